"""``communique assets``: the front-end files that are fetched rather than kept in the project."""

from __future__ import annotations


def assets() -> None:
    """Prepare the chart library: its small build from npm where that can be had, else Plotly's own.

    Fetches nothing while the dashboard runs, and does nothing the second time. ``make serve`` calls it.

    \b
    communique assets
    """
    from app.present.plotly_bundle import prepare
    from app.resources import resource_dir

    print(prepare(resource_dir("static") / "vendor"))
