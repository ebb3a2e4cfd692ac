"""The filter form of a topic: for each field its values, each with the quotes it would leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.domain import AttributionKind
from app.present.rows import NOBODY, full_name
from app.present.templates import address
from app.store import stats
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rankings import rank_speakers
from app.store.rows import ArticleCount, SpeakerRanking
from app.web.contexts import Choice, Facet

Found = TypeVar("Found")
MOST_CHOICES = 60
"""A longer list is cut; charts and quotes lead to the rest."""


class Counts:
    """The counts of one request: the chart, the heading and the form ask for some of the same."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[tuple[object, AttributionFilter], Any] = {}

    def __call__(self, count: Callable[[Connection, AttributionFilter], Found], chosen: AttributionFilter) -> Found:
        """What *count*, such as a function of :mod:`app.store.stats`, says of *chosen*; the store is asked once."""
        key = count, chosen
        if key not in self._known:
            self._known[key] = count(self._conn, chosen)
        found: Found = self._known[key]
        return found


def ranking(conn: Connection, chosen: AttributionFilter) -> SpeakerRanking:
    """As many speakers as the form offers, most quotes first."""
    return rank_speakers(conn, chosen, MOST_CHOICES)


def facets(counted: Counts, chosen: AttributionFilter) -> tuple[Facet, ...]:
    """Speaker, kind and article. A field's counts are taken without its own value, with those of the others."""
    return (
        _facet(counted, chosen, "speaker", "Speaker", _speakers),
        _facet(counted, chosen, "kind", "Kind", _kinds),
        _facet(counted, chosen, "article", "Article", _articles),
    )


def _speakers(counted: Counts, chosen: AttributionFilter) -> list[Choice]:
    return [
        Choice(
            row.speaker.slug if row.speaker else UNNAMED,
            full_name(row.speaker),
            row.quotes + row.indirect,
        )
        for row in counted(ranking, chosen).rows
    ]


def _kinds(counted: Counts, chosen: AttributionFilter) -> list[Choice]:
    return [
        Choice(row.kind.value, row.kind.value.capitalize(), row.count)
        for row in counted(stats.kind_counts, chosen)
        if row.count
    ]


def _articles(counted: Counts, chosen: AttributionFilter) -> list[Choice]:
    return [Choice(row.article.slug, row.article.title, row.quotes + row.indirect) for row in counted(_newest, chosen)]


def _newest(conn: Connection, chosen: AttributionFilter) -> tuple[ArticleCount, ...]:
    return stats.article_counts(conn, chosen, limit=MOST_CHOICES)


def _facet(
    counted: Counts,
    chosen: AttributionFilter,
    name: str,
    label: str,
    choices: Callable[[Counts, AttributionFilter], list[Choice]],
) -> Facet:
    value: str | None = getattr(chosen, name)
    rest = {field: getattr(chosen, field) for field in ("speaker", "kind", "article") if field != name}
    shown = choices(counted, AttributionFilter(chosen.topic, **rest))
    if value is not None and all(choice.value != value for choice in shown):
        shown += choices(counted, chosen) or [Choice(value, _unknown_label(name, value), 0)]
    return Facet(
        name=name,
        label=label,
        choices=tuple(shown),
        chosen=value,
        chosen_label=next((choice.label for choice in shown if choice.value == value), ""),
        without=address(f"/topics/{chosen.topic}", **rest),
    )


def _unknown_label(name: str, value: str) -> str:
    if name == "kind" and value in set(AttributionKind):
        return value.capitalize()
    return NOBODY if name == "speaker" and value == UNNAMED else f"“{value}”"
