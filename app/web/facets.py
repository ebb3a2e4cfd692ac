"""The filter form of a topic: for each field its values, each with the quotes it would leave."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from app.domain import AttributionKind
from app.present.rows import NOBODY, full_name
from app.present.templates import address
from app.store import stats
from app.store.filters import UNNAMED, AttributionFilter
from app.web.contexts import Choice, Facet

MOST_CHOICES = 60
"""A longer list is cut; charts and quotes lead to the rest."""


def facets(conn: Connection, chosen: AttributionFilter) -> tuple[Facet, ...]:
    """Speaker, kind and article. A field's counts are taken without its own value, with those of the others."""
    return (
        _facet(chosen, "speaker", "Speaker", _speakers(conn, replace(chosen, speaker=None))),
        _facet(chosen, "kind", "Kind", _kinds(conn, replace(chosen, kind=None))),
        _facet(chosen, "article", "Article", _articles(conn, replace(chosen, article=None))),
    )


def _speakers(conn: Connection, chosen: AttributionFilter) -> list[Choice]:
    return [
        Choice(
            row.speaker.slug if row.speaker else UNNAMED,
            full_name(row.speaker),
            row.quotes + row.indirect,
        )
        for row in stats.speaker_counts(conn, chosen)
    ]


def _kinds(conn: Connection, chosen: AttributionFilter) -> list[Choice]:
    return [
        Choice(row.kind.value, row.kind.value.capitalize(), row.count)
        for row in stats.kind_counts(conn, chosen)
        if row.count
    ]


def _articles(conn: Connection, chosen: AttributionFilter) -> list[Choice]:
    return [
        Choice(row.article.slug, row.article.title, row.quotes + row.indirect)
        for row in stats.article_counts(conn, chosen)
    ]


def _facet(chosen: AttributionFilter, name: str, label: str, choices: list[Choice]) -> Facet:
    value: str | None = getattr(chosen, name)
    rest = {field: getattr(chosen, field) for field in ("speaker", "kind", "article") if field != name}
    known = {choice.value: choice.label for choice in choices}
    shown = choices[:MOST_CHOICES]
    if value is not None and value not in {choice.value for choice in shown}:
        found = next((choice for choice in choices if choice.value == value), None)
        shown.append(found or Choice(value, _unknown_label(name, value), 0))
    return Facet(
        name=name,
        label=label,
        choices=tuple(shown),
        chosen=value,
        chosen_label=known.get(value, _unknown_label(name, value)) if value is not None else "",
        without=address(f"/topics/{chosen.topic}", **rest),
    )


def _unknown_label(name: str, value: str) -> str:
    if name == "kind" and value in set(AttributionKind):
        return value.capitalize()
    return NOBODY if name == "speaker" and value == UNNAMED else f"“{value}”"
