from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Connection

from app.errors import Conflict, NotFound
from app.store.feeds import (
    FeedRow,
    Validators,
    add_feed,
    due_feeds,
    failed,
    feed_by_id,
    list_feeds,
    polled,
    remove_feed,
    take_new,
    validators_of,
)

URL = "https://news.example.org/rss.xml"


def make(conn: Connection, url: str = URL, every: int = 30) -> int:
    return add_feed(conn, url, "The Example", every, Validators('"1"', "today"))


def test_a_feed_is_listed_as_it_was_added(conn: Connection) -> None:
    feed_id = make(conn)
    (row,) = list_feeds(conn)
    assert (
        row
        == feed_by_id(conn, feed_id)
        == FeedRow(feed_id, URL, "The Example", row.added, 30, row.added + dt.timedelta(minutes=30), row.added, None, 0)
    )
    assert row.added.tzinfo
    assert validators_of(conn, feed_id) == Validators('"1"', "today")
    assert due_feeds(conn) == []


def test_an_address_is_added_once_and_the_transaction_goes_on(conn: Connection) -> None:
    make(conn)
    with pytest.raises(Conflict):
        make(conn)
    assert len(list_feeds(conn)) == 1


def test_an_entry_is_new_once_for_each_feed(conn: Connection) -> None:
    one, two = make(conn), make(conn, f"{URL}?2")
    assert take_new(conn, one, ["a", "b", "a"]) == {"a", "b"}
    assert take_new(conn, one, ["b", "c"]) == {"c"}
    assert take_new(conn, two, ["a"]) == {"a"}
    assert [row.entries for row in list_feeds(conn)] == [3, 1]


def test_thousands_of_entries_are_taken_at_once(conn: Connection) -> None:
    feed_id = make(conn)
    keys = [f"entry {n}" for n in range(2_500)]
    assert len(take_new(conn, feed_id, keys)) == 2_500
    assert take_new(conn, feed_id, keys) == set()


def test_a_feed_that_fails_is_tried_later_and_one_that_is_well_as_ever(conn: Connection) -> None:
    feed_id = make(conn, every=600)
    waits = []
    for _ in range(3):
        failed(conn, feed_id, "No.")
        row = feed_by_id(conn, feed_id)
        assert row.checked
        waits.append(row.due - row.checked)
    assert waits == [dt.timedelta(minutes=1_200), dt.timedelta(days=1), dt.timedelta(days=1)]
    polled(conn, feed_id, Validators(), "Another title")
    row = feed_by_id(conn, feed_id)
    assert (row.title, row.error, row.due - (row.checked or row.due)) == (
        "Another title",
        None,
        dt.timedelta(minutes=600),
    )


def test_a_feed_that_is_gone_is_not_found_and_its_failure_is_nobodys(conn: Connection) -> None:
    feed_id = make(conn)
    take_new(conn, feed_id, ["a"])
    remove_feed(conn, feed_id)
    failed(conn, feed_id, "No.")
    assert list_feeds(conn) == ()
    for ask in (feed_by_id, remove_feed):
        with pytest.raises(NotFound):
            ask(conn, feed_id)
