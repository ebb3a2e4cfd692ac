"""What is done for a library while it is served, beside the server and in processes of its own."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, delete, func, select, update

from app.ingest.intake import queue_text
from app.ingest.taking import Shop, take_in
from app.ingest.upkeep import Upkeep
from app.settings import Settings
from app.store import meta
from app.store.deleting import delete_article, list_deleted
from app.store.feeds import Validators, add_feed, list_feeds
from app.store.intake_schema import bands, feeds, jobs, originals, signatures
from app.store.job_lists import cancel
from app.store.jobs import now
from app.store.schema import articles
from app.text.given import Given
from tests.ingest.works import FakeAnalyser

LONG_AGO = now() - dt.timedelta(days=40)
WORDS = "Report\n“It is so,” she said. " + "Many words stand here, one after the other. " * 10


@pytest.fixture
def settings(sqlite_engine: Engine) -> Settings:
    return Settings(database_url=str(sqlite_engine.url))


@contextmanager
def kept_up(engine: Engine, settings: Settings, ring: Callable[[], None] = lambda: None) -> Iterator[Upkeep]:
    upkeep = Upkeep(engine, settings, ring, round_seconds=0.05)
    upkeep.start()
    try:
        yield upkeep
    finally:
        upkeep.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def count(engine: Engine, statement: object) -> int:
    with engine.connect() as conn:
        return conn.scalar(statement) or 0  # type: ignore[call-overload]


def take(engine: Engine, settings: Settings, text: str) -> str:
    shop = Shop(engine, settings, FakeAnalyser())
    return take_in(shop, text.encode(), Given(name="a.txt"), lambda conn, taken: True).slug


def test_what_is_too_old_is_forgotten_for_ever(sqlite_engine: Engine, settings: Settings) -> None:
    old, new = take(sqlite_engine, settings, "Old\n“One.”"), take(sqlite_engine, settings, "New\n“Two.”")
    job = queue_text(sqlite_engine, "“Three.”", Given()).jobs[0]
    with sqlite_engine.begin() as conn:
        delete_article(conn, old)
        delete_article(conn, new)
        conn.execute(update(articles).where(articles.c.slug == old).values(deleted=LONG_AGO))
        cancel(conn, job)
        conn.execute(update(jobs).values(finished=LONG_AGO))
    with kept_up(sqlite_engine, settings):
        until(lambda: count(sqlite_engine, select(func.count()).select_from(originals)) == 1)
    with sqlite_engine.connect() as conn:
        assert [row.slug for row in list_deleted(conn)] == [new]
    assert count(sqlite_engine, select(func.count()).select_from(jobs)) == 0


def test_articles_without_a_signature_get_one_while_nothing_else_is_to_be_done(
    sqlite_engine: Engine, settings: Settings
) -> None:
    take(sqlite_engine, settings, WORDS)
    with sqlite_engine.begin() as conn:
        conn.execute(delete(bands))
        conn.execute(delete(signatures))
    job = queue_text(sqlite_engine, "“Three.”", Given()).jobs[0]
    with kept_up(sqlite_engine, settings):
        time.sleep(0.5)
        assert count(sqlite_engine, select(func.count()).select_from(signatures)) == 0
        with sqlite_engine.begin() as conn:
            meta.lock(conn)
            cancel(conn, job)
        until(lambda: count(sqlite_engine, select(func.count()).select_from(signatures)) == 1)


def test_feeds_that_are_due_are_looked_at_and_one_that_fails_says_so(sqlite_engine: Engine, settings: Settings) -> None:
    with sqlite_engine.begin() as conn:
        for number in (1, 2):
            add_feed(conn, f"http://127.0.0.1/{number}", "Mine", 30, Validators())
        conn.execute(update(feeds).values(due=LONG_AGO))

    def errors() -> list[str | None]:
        with sqlite_engine.connect() as conn:
            return [row.error for row in list_feeds(conn)]

    with kept_up(sqlite_engine, settings):
        until(lambda: all(errors()))
    assert "only public sites are read" in (errors()[0] or "")


def test_it_ends_at_once_whatever_it_does(sqlite_engine: Engine, settings: Settings) -> None:
    with sqlite_engine.begin() as conn:
        add_feed(conn, "http://127.0.0.1/", "Mine", 30, Validators())
        conn.execute(update(feeds).values(due=LONG_AGO))
    upkeep = Upkeep(sqlite_engine, settings, lambda: None, round_seconds=0.01)
    upkeep.start()
    time.sleep(0.3)  # its process is just starting
    start = time.monotonic()
    upkeep.close()
    assert time.monotonic() - start < 5
    assert "upkeep" not in {thread.name for thread in threading.enumerate()}
