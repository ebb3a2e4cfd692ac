"""From the store to the page of several things side by side, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import AttributionKind
from app.present.dumbbell import Dot, Dumbbell, Row, most_different
from app.present.dumbbell import Thing as Drawn
from app.present.filter_query import query_of
from app.present.rows import full_name
from app.present.templates import address
from app.store import rankings, stats
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import SpeakerRanking, TopicCount
from app.web.contexts import ComparePage, Site
from app.web.contexts.compare import Counted, Side
from app.web.likenesses import alone, said_by_several, statements
from app.web.offers import examples, offers
from app.web.things import FEWEST, Thing, compare_address, things_of

MOST_ROWS = 14
MOST_SPEAKERS = 1_000
SHARED_SPEAKERS = 8
ALONE = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """A thing with its filter and all that is counted under it."""

    thing: Thing
    chosen: AttributionFilter
    quotes: int
    indirect: int
    topics: tuple[TopicCount, ...]
    ranking: SpeakerRanking

    @property
    def total(self) -> int:
        """All of its quotes, with those that are reported only."""
        return self.quotes + self.indirect


def compare(
    conn: Connection, site: Site, given: tuple[str, ...], common: AttributionFilter, by: str = ""
) -> ComparePage:
    """The context of ``/compare``.

    Args:
        conn: an open connection.
        site: the frame.
        given: what to compare, as in ``topic:energy``; of fewer than two things there is only the form.
        common: what all of them have in common; a thing goes before it.
        by: ``share`` (as when empty) or ``number``.

    Raises:
        BadComparison: there are more than six, or one of them is not in the library.
    """
    things, twice = things_of(conn, site, given)
    names = [thing.name for thing in things]
    query = query_of(common)
    offered = offers(conn, site, names)
    found = [_compared(conn, thing, common) for thing in things]
    several = len(found) >= FEWEST
    chart, left_out = _chart(site, found, by != "number") if several else (None, 0)
    both, keys, all_read = said_by_several(conn, found) if several else ((), [set[int]() for _ in found], True)
    speakers = _speakers_of_all(found) if several else ()
    return ComparePage(
        site=site,
        sides=tuple(_side(one, names, query, by) for one in found),
        twice=twice,
        common=query,
        chart=chart,
        left_out=left_out,
        charts_url=compare_address(names, "/compare/charts.json", **query, by=by or None, v=str(site.revision)),
        scale_url=compare_address(names, **query, by="number" if by != "number" else None),
        speakers=speakers,
        both=both,
        all_read=all_read,
        only=tuple(
            alone(conn, one, keys[at], _topics_alone(site, found, at), _speakers_alone(conn, found, at), len(found))
            for at, one in enumerate(found)
        )
        if several
        else (),
        statements=statements(conn, things) if len(things) == FEWEST else None,
        languages=len({thing.language for thing in things if thing.kind == "article"}) > 1,
        offered=offered,
        examples=() if several else examples(offered, things),
        json_url=compare_address(names, "/compare.json", **query),
    )


def chart_of(
    conn: Connection, site: Site, given: tuple[str, ...], common: AttributionFilter, by: str = ""
) -> Dumbbell | None:
    """The chart of the page alone.

    Raises:
        BadComparison: as :func:`compare`.
    """
    things, _ = things_of(conn, site, given)
    found = [_compared(conn, thing, common) for thing in things]
    return _chart(site, found, by != "number")[0] if len(found) >= FEWEST else None


def _compared(conn: Connection, thing: Thing, common: AttributionFilter) -> Compared:
    chosen = thing.within(common)
    counts = {row.kind: row.count for row in stats.kind_counts(conn, chosen)}
    indirect = counts.pop(AttributionKind.INDIRECT, 0)
    topics = stats.topic_counts(conn, chosen)
    return Compared(
        thing, chosen, sum(counts.values()), indirect, topics, rankings.rank_speakers(conn, chosen, MOST_SPEAKERS)
    )


def _side(one: Compared, names: Sequence[str], query: dict[str, str], by: str) -> Side:
    rest = [name for name in names if name != one.thing.name]
    return Side(
        label=one.thing.label,
        kind=one.thing.kind,
        name=one.thing.name,
        href=one.thing.href,
        quotes=one.quotes,
        indirect=one.indirect,
        search_url=search_address(one.chosen),
        without_url=compare_address(rest, **query, by=by or None),
    )


def search_address(chosen: AttributionFilter) -> str:
    """The list of the quotes that *chosen* lets through."""
    return address("/search", **query_of(chosen))


def _chart(site: Site, found: Sequence[Compared], by_share: bool) -> tuple[Dumbbell | None, int]:
    """Topics, or speakers where all are topics, and how many rows it has no room for."""
    by_speaker = all(one.thing.kind == "topic" for one in found)
    rows = _speaker_rows(found) if by_speaker else _topic_rows(site, found)
    totals = [one.total for one in found]
    shown = most_different(rows, totals, MOST_ROWS)
    if not shown:
        return None, 0
    things = tuple(Drawn(one.thing.label, search_address(one.chosen), one.total) for one in found)
    of, title = ("Speaker", "Quotes by speaker") if by_speaker else ("Topic", "Quotes by topic")
    left = sum(any(dot.count for dot in row.dots) for row in rows) - len(shown)
    return Dumbbell("compare", title, of, things, tuple(shown), by_share), left


def _topic_rows(site: Site, found: Sequence[Compared]) -> list[Row]:
    counted = [{row.topic.id: row.quotes + row.indirect for row in one.topics} for one in found]
    return [
        Row(
            topic.label,
            address(f"/topics/{topic.id}"),
            tuple(
                Dot(counts.get(topic.id, 0), search_address(replace(one.chosen, topic=topic.id)))
                for one, counts in zip(found, counted, strict=True)
            ),
        )
        for topic in site.topics
    ]


def _speaker_rows(found: Sequence[Compared]) -> list[Row]:
    counted = [_by_speaker(one) for one in found]
    labels = {slug: label for counts in counted for slug, (label, _) in counts.items()}
    totals = {slug: sum(counts.get(slug, ("", 0))[1] for counts in counted) for slug in labels}
    order = sorted(labels, key=lambda slug: (-totals[slug], labels[slug]))
    return [
        Row(
            labels[slug],
            None,
            tuple(
                Dot(counts.get(slug, ("", 0))[1], search_address(replace(one.chosen, speaker=slug)))
                for one, counts in zip(found, counted, strict=True)
            ),
        )
        for slug in order[: 4 * MOST_ROWS]
    ]


def _by_speaker(one: Compared) -> dict[str, tuple[str, int]]:
    return {
        row.speaker.slug if row.speaker else UNNAMED: (full_name(row.speaker), row.quotes + row.indirect)
        for row in one.ranking.rows
    }


def _speakers_of_all(found: Sequence[Compared]) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """Who is named in all of them, most quotes first; none where it is speakers that are compared."""
    if any(one.thing.kind == "speaker" for one in found):
        return ()
    counted = [_by_speaker(one) for one in found]
    common = set.intersection(*(set(counts) for counts in counted)) - {UNNAMED}
    order = sorted(common, key=lambda slug: (-sum(counts[slug][1] for counts in counted), slug))
    return tuple(
        (
            counted[0][slug][0],
            tuple(
                (counts[slug][1], search_address(replace(one.chosen, speaker=slug)))
                for one, counts in zip(found, counted, strict=True)
            ),
        )
        for slug in order[:SHARED_SPEAKERS]
    )


def _topics_alone(site: Site, found: Sequence[Compared], at: int) -> tuple[Counted, ...]:
    others = {
        row.topic.id for other in (*found[:at], *found[at + 1 :]) for row in other.topics if row.quotes or row.indirect
    }
    one = found[at]
    rows = [row for row in one.topics if row.topic.id not in others and (row.quotes or row.indirect)]
    return tuple(
        (row.topic.label, row.quotes + row.indirect, search_address(replace(one.chosen, topic=row.topic.id)))
        for row in sorted(rows, key=lambda row: -row.quotes - row.indirect)[:ALONE]
    )


def _speakers_alone(conn: Connection, found: Sequence[Compared], at: int) -> tuple[Counted, ...]:
    """Speakers that no other side has; where a side has more of them than were read, it is asked."""
    one, others = found[at], (*found[:at], *found[at + 1 :])
    if one.thing.kind == "speaker":
        return ()
    known = [set(_by_speaker(other)) for other in others]
    rows: list[Counted] = []
    for slug, (label, count) in _by_speaker(one).items():
        if len(rows) == ALONE:
            break
        if slug == UNNAMED or any(slug in there for there in known):
            continue
        if not any(_has_speaker(conn, other, slug) for other in others):
            rows.append((label, count, search_address(replace(one.chosen, speaker=slug))))
    return tuple(rows)


def _has_speaker(conn: Connection, other: Compared, slug: str) -> bool:
    if not other.ranking.others.number:
        return False
    return bool(rankings.rank_speakers(conn, replace(other.chosen, speaker=slug), 1).rows)
