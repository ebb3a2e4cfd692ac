"""A quote as other outlets carry it: how each has its words, and what it has otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.wording import Piece, differences, units
from app.store.echoes import Echo
from app.store.rows import QuoteRow
from app.store.sameness import Sameness

HOW = {
    Sameness.SAME: "in the same words",
    Sameness.PART: "in part",
    Sameness.NEARLY: "in other words here and there",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A quote of another article that says the same.

    Attributes:
        quote: that one.
        how: how it has the words, as a phrase.
        pieces: its words against those of the first; empty where they are the same.
    """

    quote: QuoteRow
    how: str
    pieces: tuple[Piece, ...]


def variant(quote: QuoteRow, echo: Echo) -> Variant:
    """*echo* beside *quote*, word by word. Words that one has no more of are told as gone."""
    pieces: tuple[Piece, ...] = ()
    if echo.sameness is not Sameness.SAME:
        pieces = differences(units(quote.text), units(echo.quote.text))
    return Variant(echo.quote, HOW[echo.sameness], pieces)
