from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from app.domain import Article, AttributionKind, Speaker, SpeakerKind
from app.store import stats
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import LibraryCounts
from tests.factories import make_analysis, numbered, say, summit
from tests.store.test_attributions import SHARED, Library, fill, filters, libraries

EVERYTHING = AttributionFilter()


def total(conn: Connection, chosen: AttributionFilter) -> int:
    return list_quotes(conn, chosen).total


@SHARED
@given(library=libraries, chosen=filters)
def test_counts_add_up_to_the_list_for_every_filter(
    engine: Engine, library: Library, chosen: AttributionFilter
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        whole = total(conn, chosen)
        speakers = stats.speaker_counts(conn, chosen)
        assert sum(one.quotes + one.indirect for one in speakers) == whole
        assert sum(one.count for one in stats.kind_counts(conn, chosen)) == whole
        assert sum(one.quotes + one.indirect for one in stats.article_counts(conn, chosen)) == whole
        cells = stats.topic_speaker_counts(conn, chosen)
        topics = stats.topic_counts(conn, chosen)
        # Here each quote has one topic, so these add up too.
        assert sum(one.quotes + one.indirect for one in topics) == whole
        assert sum(one.quotes + one.indirect for one in cells) == whole
        conn.rollback()


@SHARED
@given(library=libraries, chosen=filters, kind=st.sampled_from([kind.value for kind in AttributionKind]))
def test_every_count_is_the_length_of_the_list_behind_it(
    engine: Engine, library: Library, chosen: AttributionFilter, kind: str
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        for topic in stats.topic_counts(conn, replace(chosen, topic=None)):
            assert topic.quotes + topic.indirect == total(conn, replace(chosen, topic=topic.topic.id))
        for speaker in stats.speaker_counts(conn, replace(chosen, speaker=None)):
            slug = speaker.speaker.slug if speaker.speaker else UNNAMED
            assert speaker.quotes + speaker.indirect == total(conn, replace(chosen, speaker=slug))
        for article in stats.article_counts(conn, replace(chosen, article=None)):
            slug = article.article.slug
            assert article.quotes + article.indirect == total(conn, replace(chosen, article=slug))
        counts = {one.kind: one.count for one in stats.kind_counts(conn, replace(chosen, kind=None))}
        assert counts[AttributionKind(kind)] == total(conn, replace(chosen, kind=kind))
        conn.rollback()


def test_a_quote_with_two_topics_counts_for_both(conn: Connection) -> None:
    add_article(conn, *numbered(1, quotes=3, topics=("us", "nato")))
    counts = {one.topic.id: one.quotes for one in stats.topic_counts(conn, EVERYTHING)}
    assert counts == {"energy": 0, "nato": 3, "ukraine": 0, "us": 3, "other": 0}


def test_topics_are_counted_in_their_order_with_indirect_ones_apart(conn: Connection) -> None:
    add_article(conn, *summit())
    counts = [(one.topic.id, one.quotes, one.indirect) for one in stats.topic_counts(conn, EVERYTHING)]
    assert counts == [("energy", 1, 1), ("nato", 1, 0), ("ukraine", 1, 0), ("us", 0, 0), ("other", 0, 0)]


def test_speakers_come_with_the_most_quoted_first(conn: Connection) -> None:
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=5))
    rows = [
        (one.speaker.slug if one.speaker else None, one.direct, one.mixed, one.indirect)
        for one in stats.speaker_counts(conn, EVERYTHING)
    ]
    assert rows == [
        ("xi-jinping", 3, 0, 0),
        ("vladimir-putin", 2, 0, 0),
        ("xi-jinping-and-vladimir-putin", 1, 1, 0),
        (None, 1, 0, 0),
        ("experts", 0, 0, 1),
    ]


def test_topics_by_speakers_are_in_the_order_of_the_topics(conn: Connection) -> None:
    add_article(conn, *summit())
    rows = [
        (one.topic_id, one.speaker.name if one.speaker else None, one.quotes, one.indirect)
        for one in stats.topic_speaker_counts(conn, EVERYTHING)
    ]
    assert rows == [
        ("energy", "Xi Jinping and Vladimir Putin", 1, 0),
        ("energy", "Experts", 0, 1),
        ("nato", "Xi Jinping and Vladimir Putin", 1, 0),
        ("ukraine", None, 1, 0),
    ]


def test_kinds_are_counted_even_where_there_are_none(conn: Connection) -> None:
    assert [(one.kind.value, one.count) for one in stats.kind_counts(conn, EVERYTHING)] == [
        ("direct", 0),
        ("mixed", 0),
        ("indirect", 0),
    ]


def test_articles_are_counted_newest_first(conn: Connection) -> None:
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=2))
    rows = [(one.article.slug, one.quotes, one.indirect) for one in stats.article_counts(conn, EVERYTHING)]
    assert rows == [("report-1", 2, 0), ("leaders-meet-in-beijing", 3, 1)]


def test_the_library_is_counted(conn: Connection) -> None:
    assert stats.library_counts(conn) == LibraryCounts(0, 0, 0, 0)
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=2))
    assert stats.library_counts(conn) == LibraryCounts(articles=2, quotes=5, indirect=1, speakers=4)


def test_an_unresolved_speaker_is_not_joined_across_articles(conn: Connection) -> None:
    for title in ("One", "Two"):
        text = f"{title}: “It is cold,” she said. “It is warm,” she said."
        she = Speaker("she", SpeakerKind.UNRESOLVED)
        said = [say(text, words, speaker=she) for words in ("It is cold", "It is warm")]
        add_article(conn, Article(title, text), make_analysis(text, *said))
    assert [one.direct for one in stats.speaker_counts(conn, EVERYTHING)] == [2, 2]
