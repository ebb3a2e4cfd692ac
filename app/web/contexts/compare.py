"""Several things side by side."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.carried import Variant
from app.present.dumbbell import Dumbbell
from app.store.rows import QuoteRow
from app.web.contexts.site import Site

Counted = tuple[str, int, str]
"""A label, how many, and where these are."""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is compared.

    Attributes:
        label, kind: what it is.
        name: as the address has it.
        href: its own page, where it has one.
        quotes, indirect: how many it has.
        search_url: all of them.
        without_url: the comparison without it.
    """

    label: str
    kind: str
    name: str
    href: str | None
    quotes: int
    indirect: int
    search_url: str
    without_url: str


@dataclass(frozen=True, slots=True)
class Only:
    """What one thing has and none of the others: topics, speakers, and its newest quotes that no other has."""

    label: str
    topics: tuple[Counted, ...]
    speakers: tuple[Counted, ...]
    quotes: tuple[QuoteRow, ...]
    search_url: str


@dataclass(frozen=True, slots=True)
class Both:
    """A quote that several things have: as the first has it, and for each of the others its label and the variant."""

    quote: QuoteRow
    label: str
    others: tuple[tuple[str, Variant], ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """How two articles differ paragraph by paragraph, in one line."""

    url: str
    percent: int
    counts: dict[str, int]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """``/compare?with=…``: two to six articles, speakers, topics, publishers or periods side by side.

    Attributes:
        sides: what is compared; of fewer than two there is only the form.
        twice: what was named more than once.
        common: the fields of the filter that all have in common, as the form sends them on.
        chart: topics, or speakers where all sides are topics; ``None`` where there is nothing to draw.
        left_out: rows that the chart has no room for.
        charts_url: where ``charts.js`` gets it from.
        scale_url: the same by number instead of share, or the other way round.
        speakers: who is in all of them, with the counts in their order.
        both: quotes with the same words in several of them.
        all_read: whether all quotes were looked at for that.
        only: what each has alone.
        statements: of two articles, how their texts differ.
        languages: whether they are in several languages, so that words cannot be the same.
        offered: what else the form suggests, as the address has it and in words.
        examples: comparisons to begin with, where there is none so far.
        json_url: the same as JSON.
    """

    site: Site
    sides: tuple[Side, ...]
    twice: tuple[str, ...]
    common: dict[str, str]
    chart: Dumbbell | None
    left_out: int
    charts_url: str
    scale_url: str
    speakers: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    both: tuple[Both, ...]
    all_read: bool
    only: tuple[Only, ...]
    statements: Statements | None
    languages: bool
    offered: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]
    json_url: str
