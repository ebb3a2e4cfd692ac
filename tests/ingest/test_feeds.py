"""Feeds as they are looked at: each new entry queued once, whatever the site does, whenever the program dies."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from app.errors import Conflict, IngestError, NotFound
from app.ingest.feeds import ACCEPT, Polled, add_feed, poll_due, poll_feed
from app.ingest.given import unpack_given
from app.store.feeds import due_feeds, list_feeds, remove_feed
from app.store.intake_schema import feed_entries, feeds, jobs
from app.store.job_lists import list_jobs
from app.store.jobs import now
from app.text.fetch import Fetched, FetchError

ROOT = Path(__file__).parents[2]
URL = "https://news.example.org/rss.xml"


def rss(*numbers: int, title: str = "The Example") -> bytes:
    items = "".join(
        f"<item><title>Story {n}</title><link>https://news.example.org/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, {n:02} Mar 2023 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


@dataclass
class Site:
    """Answers what it is told to; notes what it was asked."""

    pages: dict[str, bytes | Exception]
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    same: bool = False

    def __call__(
        self, url: str, *, etag: str | None = None, modified: str | None = None, accept: str = ACCEPT
    ) -> Fetched:
        """The page at *url*."""
        self.asked.append((url, etag, modified))
        if self.same:
            return Fetched(url, b"", None, None, etag, modified, not_modified=True)
        page = self.pages.get(url, FetchError("There is nothing at this address (404)."))
        if isinstance(page, Exception):
            raise page
        return Fetched(url, page, "application/rss+xml", None, f'"{len(page)}"', "Tue, 21 Mar 2023 10:00:00 GMT")


def queued(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        return sorted(job.url or "" for job in list_jobs(conn, limit=1_000).items)


def story(number: int) -> str:
    return f"https://news.example.org/{number}"


def make_due(engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(update(feeds).values(due=now() - dt.timedelta(seconds=1)))


def test_a_new_feed_queues_its_newest_entries_and_counts_the_others_as_seen(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(*range(1, 13))})
    row = add_feed(sqlite_engine, URL, every=60, latest=2, fetch=site)
    assert (row.url, row.title, row.every, row.entries, row.error) == (URL, "The Example", 60, 12, None)
    assert row.due - row.added == dt.timedelta(minutes=60)
    assert queued(sqlite_engine) == [story(11), story(12)]
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(0)
    assert len(queued(sqlite_engine)) == 2


def test_a_job_knows_what_the_feed_says_of_its_entry(sqlite_engine: Engine) -> None:
    add_feed(sqlite_engine, URL, fetch=Site({URL: rss(3)}))
    with sqlite_engine.connect() as conn:
        job = conn.execute(select(jobs)).one()
    given = unpack_given(job.given)
    assert (job.kind, job.name, job.url, job.priority) == ("url", "Story 3", story(3), 1)
    assert (given.title, given.date) == ("Story 3", dt.date(2023, 3, 3))


def test_what_is_new_is_queued_once(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1)})
    row = add_feed(sqlite_engine, URL, fetch=site)
    site.pages[URL] = rss(1, 2, 3)
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(2)
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(0)
    assert queued(sqlite_engine) == [story(1), story(2), story(3)]


def test_a_feed_that_is_as_it_was_need_not_come_again(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1)})
    row = add_feed(sqlite_engine, URL, fetch=site)
    site.same = True
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(0)
    etag = f'"{len(rss(1))}"'
    assert site.asked[-1] == (URL, etag, "Tue, 21 Mar 2023 10:00:00 GMT")
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(0)
    assert site.asked[-1][1] == etag, "what the site said is kept although it did not say it again"


def test_a_page_that_names_one_feed_leads_to_it(sqlite_engine: Engine) -> None:
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="{URL}"></head><p>Hi</p></html>'
    site = Site({"https://news.example.org/": page.encode(), URL: rss(1)})
    assert add_feed(sqlite_engine, "https://news.example.org", fetch=site).url == URL


def test_a_page_that_names_several_feeds_lists_them_and_adds_none(sqlite_engine: Engine) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}.xml">'
    site = Site({"https://news.example.org/": f"<html><head>{link.format('a')}{link.format('b')}</head>".encode()})
    with pytest.raises(IngestError, match=r"news\.example\.org/a\.xml, https://news\.example\.org/b\.xml"):
        add_feed(sqlite_engine, "https://news.example.org/", fetch=site)
    with sqlite_engine.connect() as conn:
        assert list_feeds(conn) == ()


def test_a_feed_is_added_once(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1)})
    add_feed(sqlite_engine, URL, fetch=site)
    with pytest.raises(Conflict, match="already"):
        add_feed(sqlite_engine, "HTTPS://News.example.org:443/rss.xml", fetch=site)
    assert queued(sqlite_engine) == [story(1)]


def test_a_feed_that_fails_says_why_waits_longer_each_time_and_recovers(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1)})
    row = add_feed(sqlite_engine, URL, every=30, fetch=site)
    waits = []
    site.pages[URL] = FetchError("The site has trouble of its own (503).", retry=True)
    for _ in range(8):
        polled = poll_feed(sqlite_engine, row.id, fetch=site)
        assert polled.error == "The site has trouble of its own (503)."
        with sqlite_engine.connect() as conn:
            (failed,) = list_feeds(conn)
        assert failed.checked
        assert failed.error == polled.error
        waits.append((failed.due - failed.checked) / dt.timedelta(minutes=1))
    assert waits == [60, 120, 240, 480, 960, 1440, 1440, 1440]
    site.pages[URL] = rss(1, 2)
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(1)
    with sqlite_engine.connect() as conn:
        (well,) = list_feeds(conn)
    assert well.error is None
    assert well.checked
    assert well.due - well.checked == dt.timedelta(minutes=30)


def test_what_is_no_feed_any_more_is_an_error_of_the_feed(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1)})
    row = add_feed(sqlite_engine, URL, fetch=site)
    site.pages[URL] = b"<html><p>Gone</p></html>"
    assert "no feed" in (poll_feed(sqlite_engine, row.id, fetch=site).error or "")


def test_only_what_is_due_is_looked_at_and_one_failure_does_not_stop_the_others(sqlite_engine: Engine) -> None:
    other, bad = "https://other.example.org/feed", "https://bad.example.org/feed"
    site = Site({URL: rss(1), other: rss(1, 2), bad: rss(1)})
    ids = [add_feed(sqlite_engine, url, latest=0, fetch=site).id for url in (bad, URL, other)]
    assert list(poll_due(sqlite_engine)) == []
    make_due(sqlite_engine)
    site.pages |= {bad: FetchError("No."), other: rss(1, 2, 3)}

    def poll(engine: Engine, feed_id: int) -> Polled:
        if feed_id == ids[1]:
            raise NotFound("It was removed meanwhile.")
        return poll_feed(engine, feed_id, fetch=site)

    assert list(poll_due(sqlite_engine, poll=poll)) == [
        (ids[0], Polled(0, "No.")),
        (ids[1], Polled(0, "It was removed meanwhile.")),
        (ids[2], Polled(1)),
    ]
    with sqlite_engine.connect() as conn:
        assert due_feeds(conn) == [ids[1]]


def test_a_feed_removed_is_looked_at_no_more_and_what_came_from_it_stays(sqlite_engine: Engine) -> None:
    row = add_feed(sqlite_engine, URL, fetch=Site({URL: rss(1)}))
    with sqlite_engine.begin() as conn:
        remove_feed(conn, row.id)
        assert conn.execute(select(feed_entries)).all() == []
    with pytest.raises(NotFound):
        poll_feed(sqlite_engine, row.id, fetch=Site({URL: rss(1, 2)}))
    assert queued(sqlite_engine) == [story(1)]


def test_what_the_feed_has_not_had_for_long_is_forgotten(sqlite_engine: Engine) -> None:
    site = Site({URL: rss(1, 2)})
    row = add_feed(sqlite_engine, URL, fetch=site)
    with sqlite_engine.begin() as conn:
        conn.execute(update(feed_entries).values(seen=now() - dt.timedelta(days=100)))
    site.pages[URL] = rss(2, 3)
    assert poll_feed(sqlite_engine, row.id, fetch=site) == Polled(1)
    with sqlite_engine.connect() as conn:
        assert sorted(key[-1] for key in conn.scalars(select(feed_entries.c.key))) == ["2", "3"]


POLL = """
import os, signal, sys
from sqlalchemy import event
from app.ingest.feeds import poll_feed
from app.store.engine import open_engine
from tests.ingest.test_feeds import URL, Site, rss

moment = sys.argv[2]

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

def after(conn, cursor, statement, *args):
    if statement.startswith(moment):
        die()

engine = open_engine(sys.argv[1])
event.listen(engine, "after_cursor_execute", after)
if moment == "commit":
    event.listen(engine, "commit", die)
print(poll_feed(engine, 1, fetch=Site({URL: rss(1, 2, 3)})).queued)
"""


@pytest.mark.parametrize("moment", ["UPDATE feeds", "INSERT INTO feed_entries", "INSERT INTO jobs", "commit"])
def test_a_program_killed_while_it_polls_neither_loses_nor_doubles_an_entry(sqlite_engine: Engine, moment: str) -> None:
    add_feed(sqlite_engine, URL, fetch=Site({URL: rss(1)}))
    command = [sys.executable, "-c", POLL, str(sqlite_engine.url)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([*command, moment], env=environment, check=False, capture_output=True).returncode == -9
    assert queued(sqlite_engine) == [story(1)]
    done = subprocess.run([*command, "never"], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "2\n"
    assert queued(sqlite_engine) == [story(1), story(2), story(3)]
