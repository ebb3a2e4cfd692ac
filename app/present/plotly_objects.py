"""Plotly, loaded when the first chart is drawn."""

from __future__ import annotations

from typing import Any


def graph_objects() -> Any:
    """``plotly.graph_objects``; 0.3 s that only a drawn chart should cost.

    NumPy comes first and whole: Plotly looks into it as soon as another thread has begun to load it.
    """
    import numpy  # noqa: F401, PLC0415
    from plotly import graph_objects as go  # noqa: PLC0415

    return go
