"""A disk that is full: said plainly, nothing by halves, and all goes on once there is room again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app.ingest.intake import queue_text
from app.ingest.taking import Shop
from app.ingest.tasks import do
from app.settings import Settings
from app.store import job_lists, jobs
from app.store.articles import add_article, list_articles
from app.store.checkup import check_library
from app.store.engine import open_engine
from app.text.given import Given
from app.web.application import create_app
from tests.factories import summit
from tests.ingest.works import FakeAnalyser

LARGE = "\n".join(f"“Words {n} stand here,” she said." for n in range(400))


class Disk:
    """Where the library lies: as many pages as it has, or as many as it wants."""

    def __init__(self, engine: Engine) -> None:
        self.full = False
        self.engine = engine
        event.listen(engine, "checkout", self._limit)

    def _limit(self, conn: sqlite3.Connection, *_: object) -> None:
        conn.execute(f"PRAGMA max_page_count = {1 if self.full else 1_000_000}")  # below what it has means just that


@pytest.fixture
def disk(sqlite_engine: Engine) -> Iterator[Disk]:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    engine = open_engine(str(sqlite_engine.url))
    yield Disk(engine)
    engine.dispose()


def test_a_page_says_it_plainly_loses_nothing_and_the_site_works_on(disk: Disk) -> None:
    client = TestClient(create_app(Settings(), disk.engine), "http://127.0.0.1", headers={"accept": "text/html"})
    disk.full = True
    answer = client.post("/add/text", data={"text": LARGE * 20})
    assert answer.status_code == 503
    assert "the disk is full" in answer.text
    for path in ("/", "/articles", "/jobs", "/topics/energy"):
        assert client.get(path).status_code == 200
    with disk.engine.connect() as conn:
        assert job_lists.progress(conn).total == 0
    disk.full = False
    assert client.post("/add/text", data={"text": LARGE * 20}, follow_redirects=False).status_code == 303


def test_a_job_fails_with_the_reason_and_a_retry_takes_its_document_in(disk: Disk) -> None:
    queued = queue_text(disk.engine, LARGE, Given())
    shop = Shop(disk.engine, Settings(), FakeAnalyser(), lambda text: b"")
    disk.full = True
    work(shop)
    with disk.engine.connect() as conn:
        job = job_lists.job_by_uid(conn, queued.jobs[0])
        assert job.status == "failed"
        assert "the disk is full" in job.message
        assert list_articles(conn).total == 1
    disk.full = False
    with disk.engine.begin() as conn:
        job_lists.retry(conn, job.uid)
    work(shop)
    with disk.engine.connect() as conn:
        assert job_lists.job_by_uid(conn, job.uid).status == "done"
        assert list_articles(conn).items[0].quotes == 400
        assert [one for one in check_library(conn) if not one.mendable] == []


def work(shop: Shop) -> None:
    with shop.engine.begin() as conn:
        task = jobs.claim(conn, "w", jobs.Lease(seconds=60))
    assert task is not None
    do(shop, task)
