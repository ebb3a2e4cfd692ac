from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from app.domain import Article
from app.store import rankings, stats
from app.store.articles import add_article
from app.store.filters import AttributionFilter
from app.store.rows import Others, SpeakerCount, SpeakerRanking
from tests.factories import make_analysis, numbered, person, say, summit
from tests.store.test_attributions import SHARED, Library, fill, filters, libraries

EVERYTHING = AttributionFilter()


def together(rows: tuple[SpeakerCount, ...]) -> Others:
    numbers = (sum(row.direct for row in rows), sum(row.mixed for row in rows), sum(row.indirect for row in rows))
    return Others(len(rows), *numbers)


def crowd(conn: Connection, speakers: int, *, topics: tuple[str, ...] = ("energy",)) -> None:
    """So many speakers with a quote each, those at the end of the alphabet first; the last of them has two."""
    names = [f"Speaker {number:03}" for number in range(speakers, 0, -1)]
    lines = [f"“Words {number}” said {name}." for number, name in enumerate([*names, names[-1]])]
    text = "\n".join(lines)
    said = [
        say(text, line[1 : line.index("”")], speaker=person(line.partition("said ")[2].rstrip(".")), topics=topics)
        for line in lines
    ]
    add_article(conn, Article("Crowd", text), make_analysis(text, *said))


@SHARED
@given(library=libraries, chosen=filters, limit=st.integers(1, 3))
def test_a_ranking_is_the_beginning_of_the_list_and_the_sum_of_the_rest(
    engine: Engine, library: Library, chosen: AttributionFilter, limit: int
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        rows = stats.speaker_counts(conn, chosen)
        assert rankings.rank_speakers(conn, chosen, limit) == SpeakerRanking(rows[:limit], together(rows[limit:]))
        conn.rollback()


@pytest.mark.parametrize("kind", [None, "direct", "indirect", "sung"])
def test_of_more_speakers_than_are_read_the_others_are_counted_all_the_same(
    conn: Connection, monkeypatch: pytest.MonkeyPatch, kind: str | None
) -> None:
    monkeypatch.setattr(rankings, "MARGIN", 10)
    crowd(conn, 40)
    add_article(conn, *summit())
    chosen = AttributionFilter(topic="energy", kind=kind)
    whole = stats.speaker_counts(conn, chosen)
    found = rankings.rank_speakers(conn, chosen, 5)
    assert found.rows[:1] == whole[:1]
    assert [row.quotes + row.indirect for row in found.rows] == [row.quotes + row.indirect for row in whole[:5]]
    assert found.others == together(tuple(row for row in whole if row not in found.rows))


def test_those_with_as_many_quotes_come_by_name(conn: Connection) -> None:
    crowd(conn, 60)
    rows = rankings.rank_speakers(conn, EVERYTHING, 4).rows
    assert [row.speaker.name for row in rows if row.speaker] == [f"Speaker 00{number}" for number in (1, 2, 3, 4)]


def test_on_each_topic_those_lead_who_have_a_name_and_most_quotes_in_marks(conn: Connection) -> None:
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=5))
    found = rankings.leading_speakers(conn, ["energy", "ukraine", "us"], 2)
    named = {
        topic: [(cell.speaker.name, cell.quotes) for cell in cells if cell.speaker] for topic, cells in found.items()
    }
    assert named == {"energy": [("Xi Jinping", 3), ("Vladimir Putin", 2)]}


def test_as_many_topics_as_there_are_are_asked_for(conn: Connection) -> None:
    add_article(conn, *summit())
    topics = [*(f"topic-{number}" for number in range(3 * rankings.TOGETHER)), "nato"]
    assert list(rankings.leading_speakers(conn, topics, 3)) == ["nato"]


@SHARED
@given(library=libraries, most=st.integers(1, 2))
def test_the_topics_by_speakers_add_up_to_the_topics(engine: Engine, library: Library, most: int) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        topics = stats.topic_counts(conn, EVERYTHING)
        cells = rankings.topics_by_speakers(conn, topics, most)
        for row in topics:
            of_topic = [cell for cell in cells if cell.topic_id == row.topic.id]
            assert sum(cell.quotes for cell in of_topic) == row.quotes
            assert sum(cell.indirect for cell in of_topic) == row.indirect
        every = stats.topic_speaker_counts(conn, EVERYTHING)
        assert {cell for cell in cells if cell.speaker} <= set(every)
        assert len({cell.speaker for cell in cells if cell.speaker}) <= most
        conn.rollback()
