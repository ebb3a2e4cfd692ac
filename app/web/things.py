"""What can be compared: each thing is the filter that all have in common, with one field set."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.numbers import day
from app.present.rows import NOBODY, full_name
from app.present.templates import address
from app.store import articles, rankings, stats
from app.store.filters import UNNAMED, AttributionFilter
from app.store.names import fold_name
from app.web.comparing import BadComparison
from app.web.contexts import Site

KINDS = ("article", "speaker", "topic", "publisher", "period")
FEWEST, MOST = 2, 6
_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PERIOD = re.compile(rf"(?P<since>{_DATE})?(?P<to>\.\.)?(?P<until>{_DATE})?")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to compare.

    Attributes:
        kind: one of :data:`KINDS`.
        value: what stands behind the colon in the address.
        label: its name for a person.
        language: of an article, that of its text where the pipeline does not read it.
    """

    kind: str
    value: str
    label: str
    language: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def name(self) -> str:
        """As the address has it: ``topic:energy``."""
        return f"{self.kind}:{self.value}"

    @property
    def href(self) -> str | None:
        """Its own page, where it has one."""
        folder = {"article": "articles", "speaker": "speakers", "topic": "topics"}.get(self.kind)
        return address(f"/{folder}/{self.value}") if folder and self.value != UNNAMED else None

    def within(self, common: AttributionFilter) -> AttributionFilter:
        """The quotes of this thing that *common* lets through otherwise."""
        if self.kind == "period":
            return replace(common, since=self.since, until=self.until)
        value: Any = self.value
        return replace(common, **{self.kind: value})


class _Turned(BadComparison):
    """A period the wrong way round, and how it is right."""

    def __init__(self, message: str, right: str) -> None:
        super().__init__(message)
        self.right = right


def things_of(conn: Connection, site: Site, given: Sequence[str]) -> tuple[tuple[Thing, ...], tuple[str, ...]]:
    """The things that *given* name, each once, and the labels of those that were named more than once.

    Raises:
        BadComparison: there are more than six, or one of them is not in the library; it says what there is.
    """
    names = [one.strip() for one in given if one.strip()]
    if len(dict.fromkeys(names)) > MOST:
        raise _too_many(list(dict.fromkeys(names)))
    found: dict[str, Thing] = {}
    twice: list[str] = []
    for name in names:
        try:
            thing = _thing(conn, site, name)
        except _Turned as error:
            right = [error.right if one == name else one for one in names]
            links = ((f"Take it as {error.right}", compare_address(right)), _ANEW)
            raise BadComparison(str(error), links) from error
        if thing.name in found and thing.label not in twice:
            twice.append(thing.label)
        found[thing.name] = thing
    return tuple(found.values()), tuple(twice)


def compare_address(names: Sequence[str], path: str = "/compare", **more: str | None) -> str:
    """Where *names* are compared."""
    query = "&".join(address("", **{"with": name}).removeprefix("?") for name in names)
    rest = address("", **more).removeprefix("?")
    return path + ("?" if query or rest else "") + "&".join(filter(None, (query, rest)))


def _too_many(names: Sequence[str]) -> BadComparison:
    shown = [f"Compare the first {MOST}: {', '.join(names[:MOST])}", "Start anew"]
    return BadComparison(
        f"{len(names)} things are too many to read side by side; {MOST} can be compared at most. "
        f"Leave out {len(names) - MOST} of them.",
        ((shown[0][:200], compare_address(names[:MOST])), (shown[1], "/compare")),
    )


def _thing(conn: Connection, site: Site, name: str) -> Thing:
    kind, colon, value = name.partition(":")
    kind, value = kind.strip().casefold(), value.strip()
    if not colon or kind not in KINDS:
        return _typed(conn, site, name)
    if kind == "period":
        return _period(value)
    found = _FINDERS[kind](conn, site, value)
    if found is None:
        raise unknown(conn, site, kind, value)
    return found


def _typed(conn: Connection, site: Site, name: str) -> Thing:
    """What a person typed without saying of what kind it is: a year, a topic, a publisher, an article, a speaker."""
    if _PERIOD.fullmatch(name):
        return _period(name)
    key = fold_name(name)
    topic = next((one for one in site.topics if key in (fold_name(one.label), fold_name(one.id))), None)
    if topic is not None:
        return Thing("topic", topic.id, topic.label)
    for kind in ("publisher", "article", "speaker"):
        found = _FINDERS[kind](conn, site, name)
        if found is not None:
            return found
    named = rankings.rank_speakers(conn, AttributionFilter(), 200).rows
    some = [row.speaker for row in named if row.speaker and key in fold_name(row.speaker.name)]
    if some and key:
        return Thing("speaker", some[0].slug, full_name(some[0]))
    kinds = ", ".join(f"{kind}:…" for kind in KINDS)
    raise BadComparison(
        f"Nothing in the library is called “{_cut(name)}”. A thing to compare is written as {kinds}.", (_ANEW,)
    )


_ANEW = ("Choose what to compare", "/compare")


def unknown(conn: Connection, site: Site, kind: str, value: str) -> BadComparison:
    """That there is no such thing, and what there is."""
    there = {
        "topic": [one.label for one in site.topics],
        "speaker": [
            full_name(row.speaker)
            for row in rankings.rank_speakers(conn, AttributionFilter(), _SHOWN).rows
            if row.speaker
        ],
        "article": [row.title for row in articles.list_articles(conn, limit=_SHOWN).items],
        "publisher": publishers(conn),
    }[kind]
    shown = ", ".join(_cut(one, 60) for one in there[:_SHOWN]) or "none so far"
    more = ", and others" if len(there) >= _SHOWN else ""
    return BadComparison(f"There is no {kind} “{_cut(value)}” in the library. There are: {shown}{more}.", (_ANEW,))


def publishers(conn: Connection) -> list[str]:
    """The publishers with quotes, most of them first."""
    return [row.value for row in stats.publisher_counts(conn, AttributionFilter()) if row.value]


def _article(conn: Connection, site: Site, slug: str) -> Thing | None:
    try:
        row = articles.article_text(conn, slug).row
    except NotFound:
        return None
    return Thing("article", slug, row.title, language=row.language)


def _speaker(conn: Connection, site: Site, slug: str) -> Thing | None:
    if slug == UNNAMED:
        return Thing("speaker", slug, NOBODY)
    rows = rankings.rank_speakers(conn, AttributionFilter(speaker=slug), 1).rows
    return Thing("speaker", slug, full_name(rows[0].speaker)) if rows else None


def _topic(conn: Connection, site: Site, topic_id: str) -> Thing | None:
    return next((Thing("topic", one.id, one.label) for one in site.topics if one.id == topic_id), None)


def _publisher(conn: Connection, site: Site, name: str) -> Thing | None:
    there = stats.article_counts(conn, AttributionFilter(publisher=name), limit=1) if name else ()
    return Thing("publisher", name, name) if there else None


_FINDERS = {"article": _article, "speaker": _speaker, "topic": _topic, "publisher": _publisher}


def _period(value: str) -> Thing:
    """From the first day of what stands before the dots to the last of what stands behind; either may be left out."""
    found = _PERIOD.fullmatch(value)
    if found is None or not (found["since"] or found["until"]) or (found["until"] and not found["to"]):
        raise _no_period(value)
    first, last = found["since"], found["until"] or (None if found["to"] else found["since"])
    try:
        since = _day(first, last=False) if first else None
        until = _day(last, last=True) if last else None
    except ValueError:
        raise _no_period(value) from None
    if since and until and since > until:
        raise _Turned(f"The period {value} ends before it begins.", f"period:{last}..{first}")
    return Thing("period", value, _spoken(value, since, until), since=since, until=until)


def _no_period(value: str) -> BadComparison:
    return BadComparison(
        f"“{_cut(value)}” is no period: write it as 2022-01-01..2022-12-31, or as a year or a month, 2022 or 2022-06.",
        (_ANEW,),
    )


def _day(text: str, *, last: bool) -> dt.date:
    year, month, of_month = (*map(int, text.split("-")), 0, 0)[:3]
    if not month:
        return dt.date(year, 12, 31) if last else dt.date(year, 1, 1)
    if not of_month:
        of_month = calendar.monthrange(year, month)[1] if last else 1
    return dt.date(year, month, of_month)


def _spoken(value: str, since: dt.date | None, until: dt.date | None) -> str:
    if ".." not in value and since:
        return str(since.year) if len(value) == 4 else day(since) if len(value) == 10 else f"{since:%B %Y}"
    if since and until and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return str(since.year) if since.year == until.year else f"{since.year} to {until.year}"
    if since and until:
        return f"{day(since)} to {day(until)}"
    return f"since {day(since)}" if since else f"until {day(until)}"


def _cut(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
