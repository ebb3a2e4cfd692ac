from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from app.domain import OTHER, Topic
from app.errors import NotFound
from app.store import meta
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.topics import OTHER_TOPIC, all_topics, sync_topics, topic_by_id
from tests.factories import TOPICS, summit
from tests.store.test_attributions import SHARED

SPORT = Topic("sport", "Sport", "Games.", "#123456", ("match",), ("FIFA",))


def ids(conn: Connection) -> list[str]:
    return [topic.id for topic in all_topics(conn)]


def test_topics_come_back_as_they_were_given_and_in_order(conn: Connection) -> None:
    assert all_topics(conn) == (*TOPICS, OTHER_TOPIC)
    assert topic_by_id(conn, "nato") == TOPICS[1]


def test_an_unknown_topic_is_not_found(conn: Connection) -> None:
    with pytest.raises(NotFound, match="“sport”"):
        topic_by_id(conn, "sport")


def test_syncing_the_same_code_book_again_changes_nothing(conn: Connection) -> None:
    revision = meta.revision(conn)
    assert not sync_topics(conn, TOPICS)
    assert meta.revision(conn) == revision


def test_a_new_topic_takes_its_place_and_other_stays_last(conn: Connection) -> None:
    assert sync_topics(conn, [TOPICS[0], SPORT, *TOPICS[1:]])
    assert ids(conn) == ["energy", "sport", "nato", "ukraine", "us", "other"]


def test_a_changed_topic_keeps_its_place_and_its_quotes(conn: Connection) -> None:
    add_article(conn, *summit())
    before = meta.revision(conn)
    renamed = replace(TOPICS[1], label="The alliance", terms=("alliance",))
    assert sync_topics(conn, [TOPICS[0], renamed, *TOPICS[2:]])
    assert topic_by_id(conn, "nato") == renamed
    assert ids(conn) == ["energy", "nato", "ukraine", "us", "other"]
    assert list_quotes(conn, AttributionFilter(topic="nato")).total == 1
    assert meta.revision(conn) == before + 1


def test_a_topic_that_left_the_code_book_stays_for_its_quotes(conn: Connection) -> None:
    add_article(conn, *summit())
    sync_topics(conn, [TOPICS[3], SPORT])
    assert ids(conn) == ["us", "sport", "energy", "nato", "ukraine", "other"]
    assert list_quotes(conn, AttributionFilter(topic="nato")).total == 1


def test_other_is_last_even_where_the_code_book_names_it(conn: Connection) -> None:
    sync_topics(conn, [replace(OTHER_TOPIC, label="The rest"), *TOPICS])
    assert ids(conn)[-1] == OTHER
    assert topic_by_id(conn, OTHER).label == "The rest"


@SHARED
@given(books=st.lists(st.lists(st.sampled_from([*TOPICS, SPORT, OTHER_TOPIC]), unique=True), max_size=4))
def test_any_code_books_in_turn_leave_the_last_one_in_front(engine: Engine, books: list[list[Topic]]) -> None:
    with engine.connect() as conn:
        for book in books:
            sync_topics(conn, book)
            assert not sync_topics(conn, book)
            found = ids(conn)
            wanted = [topic.id for topic in book if topic.id != OTHER]
            assert found[: len(wanted)] == wanted
            assert found[-1] == OTHER
            assert len(found) == len(set(found))
        conn.rollback()


def test_what_is_kept_about_the_library_can_be_replaced(conn: Connection) -> None:
    assert meta.get(conn, "seeded") is None
    meta.put(conn, "seeded", "yes")
    meta.put(conn, "seeded", "again")
    assert meta.get(conn, "seeded") == "again"
