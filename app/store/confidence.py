"""How sure an attribution is, in bands: the one place for the thresholds."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, false

from app.store.schema import attributions

SURE, FAIRLY_SURE = 0.9, 0.7
"""Shares right from which on one may be sure, or fairly sure."""


class Band(StrEnum):
    """How sure a finding is; ``uncounted`` where nobody has counted how often such findings are right."""

    SURE = "sure"
    FAIRLY = "fairly"
    UNSURE = "unsure"
    UNCOUNTED = "uncounted"


def in_band(band: str) -> ColumnElement[bool]:
    """The condition on ``attributions`` for *band*; one that there is not holds for none."""
    confidence = attributions.c.confidence
    if band == Band.UNCOUNTED:
        return confidence.is_(None)
    if band not in set(Band):
        return false()
    low, high = {Band.SURE: (SURE, 2.0), Band.FAIRLY: (FAIRLY_SURE, SURE), Band.UNSURE: (-1.0, FAIRLY_SURE)}[Band(band)]
    return (confidence >= low) & (confidence < high)
