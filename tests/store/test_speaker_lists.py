from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from app.domain import Article
from app.errors import NotFound, StoreError
from app.store import stats
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import UNNAMED, AttributionFilter
from app.store.speaker_lists import Sort, SpeakerTopics, in_same_articles, list_speakers
from app.store.speakers import speaker_by_slug
from tests.factories import make_analysis, numbered, person, say, summit
from tests.store.test_attributions import SHARED, Library, fill, filters, libraries
from tests.store.test_rankings import crowd

EVERYTHING = AttributionFilter()


def every_page(conn: Connection, chosen: AttributionFilter, limit: int, sort: Sort) -> list[SpeakerTopics]:
    found: list[SpeakerTopics] = []
    after: str | None = None
    while True:
        page = list_speakers(conn, chosen, limit=limit, after=after, sort=sort)
        found += page.items
        after = page.next
        if after is None:
            assert page.total == len(found)
            return found
        assert len(page.items) == limit


def speaks(conn: Connection, *names: str) -> None:
    """An article for all of *names* together; each has a quote in it."""
    lines = [f"“Words {number},” said {name}." for number, name in enumerate(names)]
    text = "\n".join(lines)
    said = [say(text, f"Words {number}", speaker=person(name)) for number, name in enumerate(names)]
    add_article(conn, Article(" ".join(names)[:80], text), make_analysis(text, *said))


def names(rows: list[SpeakerTopics] | tuple[SpeakerTopics, ...]) -> list[str]:
    return [row.count.speaker.name if row.count.speaker else UNNAMED for row in rows]


@SHARED
@given(library=libraries, chosen=filters, limit=st.integers(1, 3))
def test_the_pages_together_are_the_counts_of_all_speakers_in_their_order(
    engine: Engine, library: Library, chosen: AttributionFilter, limit: int
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        found = every_page(conn, chosen, limit, Sort.QUOTES)
        assert [row.count for row in found] == list(stats.speaker_counts(conn, chosen))
        by_name = every_page(conn, chosen, limit, Sort.NAME)
        assert sorted(names(by_name)) == sorted(names(found))
        named = [name for name in names(by_name) if name != UNNAMED]
        assert named == sorted(named, key=str.casefold)
        assert UNNAMED not in names(by_name)[:-1]
        conn.rollback()


@SHARED
@given(library=libraries, chosen=filters)
def test_every_cell_is_the_length_of_the_list_behind_it(
    engine: Engine, library: Library, chosen: AttributionFilter
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        cells = {
            (cell.topic_id, cell.speaker.slug if cell.speaker else UNNAMED): (cell.quotes, cell.indirect)
            for cell in stats.topic_speaker_counts(conn, chosen)
        }
        found = {
            (topic, row.count.speaker.slug if row.count.speaker else UNNAMED): numbers
            for row in every_page(conn, chosen, 2, Sort.QUOTES)
            for topic, numbers in row.topics.items()
        }
        if chosen.topic is not None:
            cells = {key: numbers for key, numbers in cells.items() if sum(numbers)}
        assert found == cells
        conn.rollback()


def test_a_name_is_found_without_regard_to_case_accents_and_order(conn: Connection) -> None:
    speaks(conn, "José Álvarez", "Maria Alvarez", "Ann Lee")

    def found(name: str) -> list[str]:
        return names(list_speakers(conn, EVERYTHING, limit=9, sort=Sort.NAME, name=name).items)

    assert found("ALVAREZ") == ["José Álvarez", "Maria Alvarez"]
    assert found("álvarez jose") == ["José Álvarez"]
    assert found("%") == found("_") == found("nobody at all") == []
    assert found("  ") == ["Ann Lee", "José Álvarez", "Maria Alvarez"]
    assert found("x" * 100_000) == []


def test_a_cursor_that_is_not_in_the_list_is_not_found(conn: Connection) -> None:
    crowd(conn, 5)
    for after in ("nobody-at-all", UNNAMED):
        with pytest.raises(NotFound, match="begin with its first page"):
            list_speakers(conn, EVERYTHING, limit=2, after=after)
    with pytest.raises(StoreError):
        list_speakers(conn, EVERYTHING, limit=0)


def test_thousands_of_speakers_come_in_pages(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as conn:
        crowd(conn, 5_000)
        first = list_speakers(conn, EVERYTHING, limit=25)
        second = list_speakers(conn, EVERYTHING, limit=25, after=first.next)
        assert first.total == 5_000
        assert names(first.items)[:2] == ["Speaker 001", "Speaker 002"]
        assert names(second.items)[0] == "Speaker 026"
        assert not {*names(first.items)} & {*names(second.items)}


def test_a_speaker_is_found_by_its_address(conn: Connection) -> None:
    add_article(conn, *numbered(1))
    assert speaker_by_slug(conn, "xi-jinping").name == "Xi Jinping"
    with pytest.raises(NotFound, match="no speaker “nobody”"):
        speaker_by_slug(conn, "nobody")


def test_those_who_are_quoted_in_the_same_articles_come_with_the_number_of_these(conn: Connection) -> None:
    speaks(conn, "Ann", "Bob", "Cid")
    speaks(conn, "Ann", "Bob", "Bob")
    speaks(conn, "Cid", "Dee")
    add_article(conn, *summit())
    found = [(speaker.name, number) for speaker, number in in_same_articles(conn, "ann", 5)]
    assert found == [("Bob", 2), ("Cid", 1)]
    assert in_same_articles(conn, "nobody", 5) == ()
    quoted = list_quotes(conn, AttributionFilter(speaker=UNNAMED)).total
    assert quoted
    assert in_same_articles(conn, UNNAMED, 5)
