"""From the store to the page of all speakers by topic, and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import AttributionKind, Topic
from app.present.filter_query import query_of
from app.present.rows import full_name
from app.present.speaker_words import speaker_kind, step_of
from app.present.templates import address
from app.store import stats
from app.store.filters import UNNAMED, AttributionFilter
from app.store.speaker_lists import Sort, SpeakerTopics, list_speakers
from app.web import schemas
from app.web.contexts import Site, SpeakersPage
from app.web.contexts.speakers import Cell, MatrixRow
from app.web.facets import Counts, PageAt, filter_bar
from app.web.shapes.speakers import ListedSpeaker, Speakers
from app.web.timing import search_address

PATH = "/speakers"

ON_A_PAGE = 40
MOST_COLUMNS = 8
SORT_WORDS = {Sort.QUOTES: "Most quotes first", Sort.NAME: "By name"}


@dataclass(frozen=True, slots=True)
class SpeakersView:
    """How the list goes, the name that is looked for, and the speaker that a page begins behind."""

    sort: Sort = Sort.QUOTES
    name: str = ""
    after: str | None = None

    def kept(self, **other: str) -> dict[str, str]:
        """The parameters for this view with *other* values, on the first page; the usual ones are not said."""
        found = {"sort": self.sort.value, "name": self.name, **other}
        return {name: value for name, value in found.items() if value not in ("", Sort.QUOTES.value)}


def speaker_address(slug: str, chosen: AttributionFilter) -> str:
    """The page of the speaker *slug* under the other fields of *chosen*."""
    return address(f"{PATH}/{slug}", **query_of(chosen, "speaker"))


def speakers_page(conn: Connection, site: Site, chosen: AttributionFilter, view: SpeakersView) -> SpeakersPage:
    """The context of ``/speakers``.

    Raises:
        NotFound: the speaker to begin behind is not in the list.
        QueryError: the words of *chosen* cannot be looked for.
    """
    counted = Counts(conn)
    found = list_speakers(conn, chosen, limit=ON_A_PAGE, after=view.after, sort=view.sort, name=view.name)
    shown, left = _columns(counted, site, chosen)
    asked = PageAt(PATH, chosen, view.kept())
    fixed = ("speaker",) if chosen.speaker is None else ()

    def url(**other: str) -> str:
        return PageAt(PATH, chosen, view.kept(**other)).url(chosen)

    return SpeakersPage(
        site=site,
        bar=filter_bar(counted, site, asked, fixed=fixed),
        total=found.total,
        rows=tuple(_row(row, shown, chosen) for row in found.items),
        topics=shown,
        topics_left=left,
        typed=view.name,
        find={**query_of(chosen), **view.kept(name="")},
        orders=tuple((words, "" if sort == view.sort else url(sort=sort.value)) for sort, words in SORT_WORDS.items()),
        next_url=url(after=found.next) if found.next else None,
        first_url=url() if view.after else None,
        json_url=address("/speakers.json", **query_of(chosen), **view.kept()),
        whole_url=url(name=""),
    )


def _columns(counted: Counts, site: Site, chosen: AttributionFilter) -> tuple[tuple[Topic, ...], int]:
    """The topics to have a column, and how many there are besides. Under one topic it would say the same as the row."""
    if chosen.topic is not None:
        return (), 0
    totals = {row.topic.id: row.quotes + row.indirect for row in counted(stats.topic_counts, chosen)}
    there = [one for one in site.topics if totals.get(one.id)]
    first = {one.id for one in sorted(there, key=lambda one: -totals[one.id])[:MOST_COLUMNS]}
    return tuple(one for one in there if one.id in first), len(there) - len(first)


def _row(row: SpeakerTopics, topics: tuple[Topic, ...], chosen: AttributionFilter) -> MatrixRow:
    slug = row.count.speaker.slug if row.count.speaker else UNNAMED
    theirs = replace(chosen, speaker=slug)
    whole = row.count.quotes + row.count.indirect
    cells = []
    for topic in topics:
        count = sum(row.topics.get(topic.id, (0, 0)))
        cells.append(Cell(count, step_of(count, whole), search_address(replace(theirs, topic=topic.id))))
    return MatrixRow(
        count=row.count,
        name=full_name(row.count.speaker),
        kind=speaker_kind(row.count.speaker),
        href=speaker_address(slug, chosen),
        quotes_url=search_address(theirs),
        indirect_url=search_address(replace(theirs, kind=AttributionKind.INDIRECT.value)),
        cells=tuple(cells),
    )


def as_json(page: SpeakersPage, chosen: AttributionFilter) -> Speakers:
    """``/speakers.json``: a page of the list under *chosen*, with the quotes on each topic that has a column."""
    items: list[ListedSpeaker] = [
        {
            **schemas.speaker_count(row.count),
            "address": row.href,
            "topics": {topic.id: cell.count for topic, cell in zip(page.topics, row.cells, strict=True) if cell.count},
        }
        for row in page.rows
    ]
    return {
        "filters": query_of(chosen),
        "topics": [topic.id for topic in page.topics],
        "topics_left": page.topics_left,
        "total": page.total,
        "items": items,
        "next": schemas.in_json(page.next_url),
    }
