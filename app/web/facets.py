"""The filters of a page: for each field its values, each with the quotes it would leave and where these are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.present.filter_query import NAMES, query_of
from app.present.languages import language_name
from app.present.numbers import day
from app.present.rows import NOBODY, full_name
from app.present.sureness import BAND_WORDS
from app.present.templates import address
from app.store import stats
from app.store.confidence import Band
from app.store.cube.choosing import Order
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rankings import rank_speakers
from app.store.rows import ArticleCount, SpeakerRanking, ValueCount
from app.web.contexts import Choice, Facet, FilterBar, Site

Found = TypeVar("Found")
MOST_CHOICES = 8
"""A longer list is cut; its end says where the rest is."""
MOST_LISTED = 400
"""The same on a page of its own."""
MOST_SPEAKERS = 60
"""Speakers that a chart reads."""
MOST_YEARS = 6
DATES = frozenset({"from", "to"})

LABELS = {
    "topic": "Topic",
    "speaker": "Speaker",
    "kind": "Kind",
    "publisher": "Publisher",
    "article": "Article",
    "language": "Language",
    "confidence": "How sure",
    "corrected": "Corrected",
    "q": "Words",
}


class Counts:
    """The counts of one request: the chart, the heading and the filters ask for some of the same."""

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

    def total(self, chosen: AttributionFilter) -> int:
        """How many quotes *chosen* leaves."""
        return sum(row.count for row in self(stats.kind_counts, chosen))


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field as it is counted."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PageAt:
    """What a page is asked for: *chosen* at *path*, and *kept* parameters that are no filter, such as the order."""

    path: str
    chosen: AttributionFilter
    kept: dict[str, str]

    def url(self, chosen: AttributionFilter) -> str:
        """The page under *chosen*; a topic that the path has is not said again, nor an order that needs words."""
        query, kept = query_of(chosen), self.kept
        if self.path.startswith("/topics/"):
            query.pop("topic", None)
        if self.path.startswith("/speakers/"):
            query.pop("speaker", None)
        if chosen.words is None and kept.get("order") == Order.RELEVANCE:
            kept = {name: value for name, value in kept.items() if name != "order"}
        return address(self.path, **query, **kept)


def ranking(conn: Connection, chosen: AttributionFilter) -> SpeakerRanking:
    """As many speakers as a chart reads, most quotes first."""
    return rank_speakers(conn, chosen, MOST_SPEAKERS)


def filter_bar(
    counted: Counts, site: Site, asked: PageAt, *, fixed: Collection[str] = (), left: int | None = None
) -> FilterBar:
    """Every field but the *fixed* ones, and those that were shared with only one value.

    A field's counts are taken without its own value, with those of the others.

    *left* is how many quotes the whole filter leaves, if that is known.
    """
    chosen, fixed = asked.chosen, {*fixed, *site.visitor.fixed}
    undated = not fixed.isdisjoint(DATES)
    facets = tuple(
        _facet(counted, site, asked, name) for name in LABELS if name not in fixed and _shown(counted, chosen, name)
    )
    dates = _dates(asked, fixed=undated)
    kept: dict[str, Any] = {field: getattr(chosen, field) for field in (NAMES[name] for name in fixed)}
    whole = AttributionFilter(**kept)
    bar = FilterBar(
        facets=facets,
        dates=dates,
        path=asked.path,
        kept={name: value for name, value in _form(asked, fixed).items() if name not in ("from", "to")},
        since=str(chosen.since or ""),
        until=str(chosen.until or ""),
        years=() if undated else _years(counted, asked),
        whole_url=asked.url(whole),
    )
    total = counted.total(chosen) if left is None else left
    if total or not bar.applied:
        return bar
    return replace(bar, culprits=tuple(_culprits(counted, chosen, bar.applied)))


def _form(asked: PageAt, fixed: Collection[str]) -> dict[str, str]:
    return {**{name: value for name, value in query_of(asked.chosen).items() if name not in fixed}, **asked.kept}


def _shown(counted: Counts, chosen: AttributionFilter, name: str) -> bool:
    """Whether a field is worth its place: a language or publisher that all articles have is not, nor are words."""
    field = NAMES[name]
    if getattr(chosen, field) is not None:
        return True
    if name == "q":
        return False
    if name in ("language", "publisher", "confidence", "corrected"):
        return sum(1 for value in _VALUES[name](counted, chosen) if value.count) > 1
    return True


def _culprits(counted: Counts, chosen: AttributionFilter, applied: Iterable[Facet]) -> Iterable[tuple[Facet, int]]:
    for facet in applied:
        fields = ("since", "until") if facet.name == "from" else (NAMES[facet.name],)
        nothing: dict[str, Any] = dict.fromkeys(fields)
        yield facet, counted.total(replace(chosen, **nothing))


def every_value(counted: Counts, site: Site, asked: PageAt, name: str, most: int = MOST_LISTED) -> Facet:
    """The field *name* with *most* of its values: else as many as one page can list."""
    return _facet(counted, site, asked, name, most)


def _facet(counted: Counts, site: Site, asked: PageAt, name: str, most: int = MOST_CHOICES) -> Facet:
    field, chosen = NAMES[name], asked.chosen
    value: str | None = getattr(chosen, field)
    nothing: dict[str, Any] = {field: None}
    rest = replace(chosen, **nothing)
    named = value if site.visitor.whole else None  # others are not told what there is elsewhere
    every = [] if name == "q" else [row for row in _VALUES[name](counted, rest) if row.count or row.value == named]
    shown = every[:most]
    if value is not None and all(row.value != value for row in shown):
        shown += [row for row in every if row.value == value] or _asked_for(counted, site, name, value, chosen)
    labels = {row.value: _label(site, name, row) for row in shown}
    more = len(every) - len(shown) + (counted(ranking, rest).others.number if name == "speaker" else 0)
    return Facet(
        name=name,
        label=LABELS[name],
        choices=tuple(
            Choice(row.value, labels[row.value], row.count, asked.url(_with(rest, field, row.value))) for row in shown
        ),
        chosen=value,
        chosen_label="" if value is None else labels.get(value, value),
        without=asked.url(rest),
        more=more,
        every=_listing(name, rest) if more else "",
    )


def _listing(name: str, rest: AttributionFilter) -> str:
    """The page that lists more values than there is room for beside a list."""
    return address("/speakers" if name == "speaker" else f"/search/values/{name}", **query_of(rest))


def _with(chosen: AttributionFilter, field: str, value: str) -> AttributionFilter:
    given: dict[str, Any] = {field: value}
    return replace(chosen, **given)


def _asked_for(counted: Counts, site: Site, name: str, value: str, chosen: AttributionFilter) -> list[Value]:
    """The chosen value where it is not among those with most quotes; where it has none here, by its name elsewhere."""
    if name == "q":
        return []
    found = [row for row in _VALUES[name](counted, chosen) if row.value == value]
    if found:
        return found
    if not site.visitor.whole:
        return [Value(value, value, 0)]
    alone = _with(AttributionFilter(), NAMES[name], value)
    named = [row.label for row in _VALUES[name](counted, alone) if row.value == value]
    return [Value(value, named[0] if named else value, 0)]


def _label(site: Site, name: str, row: Value) -> str:
    if name == "topic" and (row.count or site.visitor.whole):
        return site.labels.get(row.value, row.value)
    return NOBODY if name == "speaker" and row.value == UNNAMED else row.label


def _dates(asked: PageAt, *, fixed: bool) -> Facet:
    since, until = (None, None) if fixed else (asked.chosen.since, asked.chosen.until)
    words = " to ".join(day(one) for one in dict.fromkeys((since, until)) if one)
    if since and not until:
        words = f"from {words}"
    elif until and not since:
        words = f"until {words}"
    without = asked.url(replace(asked.chosen, since=None, until=None))
    return Facet("from", "Date", (), words or None, words, without)


def _years(counted: Counts, asked: PageAt) -> tuple[Choice, ...]:
    rest = replace(asked.chosen, since=None, until=None)
    found = [row for row in counted(_by_year, rest) if not row.topic_id][::-1][:MOST_YEARS]
    return tuple(
        Choice(str(row.start.year), str(row.start.year), row.quotes + row.indirect, asked.url(_year(rest, row.start)))
        for row in found
    )


def _year(rest: AttributionFilter, start: dt.date) -> AttributionFilter:
    return replace(rest, since=start, until=start.replace(month=12, day=31))


def _by_year(conn: Connection, chosen: AttributionFilter) -> Any:
    return stats.time_counts(conn, chosen, "year")


def _topics(counted: Counts, chosen: AttributionFilter) -> list[Value]:
    rows = counted(stats.topic_counts, chosen)
    return [Value(row.topic.id, row.topic.label, row.quotes + row.indirect) for row in rows]


def _speakers(counted: Counts, chosen: AttributionFilter) -> list[Value]:
    return [
        Value(row.speaker.slug if row.speaker else UNNAMED, full_name(row.speaker), row.quotes + row.indirect)
        for row in counted(ranking, chosen).rows
    ]


def _kinds(counted: Counts, chosen: AttributionFilter) -> list[Value]:
    return [Value(row.kind.value, row.kind.value.capitalize(), row.count) for row in counted(stats.kind_counts, chosen)]


def _articles(counted: Counts, chosen: AttributionFilter) -> list[Value]:
    return [Value(row.article.slug, row.article.title, row.quotes + row.indirect) for row in counted(_newest, chosen)]


def _newest(conn: Connection, chosen: AttributionFilter) -> tuple[ArticleCount, ...]:
    return stats.article_counts(conn, chosen, limit=MOST_LISTED + 1)


def _named(
    count: Callable[[Connection, AttributionFilter], tuple[ValueCount, ...]], label: Callable[[str], str]
) -> Callable[[Counts, AttributionFilter], list[Value]]:
    def values(counted: Counts, chosen: AttributionFilter) -> list[Value]:
        return [Value(row.value, label(row.value), row.quotes + row.indirect) for row in counted(count, chosen)]

    return values


_VALUES: dict[str, Callable[[Counts, AttributionFilter], list[Value]]] = {
    "topic": _topics,
    "speaker": _speakers,
    "kind": _kinds,
    "article": _articles,
    "publisher": _named(stats.publisher_counts, lambda name: name or "Not known"),
    "language": _named(stats.language_counts, language_name),
    "confidence": _named(stats.confidence_counts, lambda band: BAND_WORDS[Band(band)]),
    "corrected": _named(stats.corrected_counts, lambda answer: "By a person" if answer == "yes" else "Not yet"),
}
