"""What is being read, as pages that need no script."""

from __future__ import annotations

import datetime as dt

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.present.job_words import duration, pace
from app.store import job_lists, jobs
from app.store.job_rows import JobKind, JobOutcome, JobStatus, NewJob, Progress
from app.store.reanalysing import find_text
from app.web.cache import Glance
from tests.factories import SUMMIT_TEXT
from tests.web.conftest import read

RELOAD = '<noscript><meta http-equiv="refresh"'


def queue(engine: Engine, number: int, batch: str | None = None) -> tuple[str, list[str]]:
    new = [NewJob(JobKind.DOCUMENT, f"{n}.txt", data=f"{n}".encode()) for n in range(number)]
    with engine.begin() as conn:
        return jobs.add_jobs(conn, new, batch)


def end(engine: Engine, status: JobStatus, message: str, outcome: JobOutcome | None = None, text: str = "") -> None:
    """Let the next job end in that way."""
    with engine.begin() as conn:
        task = jobs.claim(conn, "w", dt.timedelta(seconds=30))
        assert task
        found = find_text(conn, text)
        assert jobs.finish(conn, task, status, message, outcome=outcome, article_id=found.id if found else None)


def test_a_batch_is_told_in_words_and_loads_itself_anew_while_it_is_open(
    client: TestClient, sqlite_engine: Engine
) -> None:
    batch, uids = queue(sqlite_engine, 4)
    end(sqlite_engine, JobStatus.DONE, "4 quotes, 1 indirect.", JobOutcome.ADDED, SUMMIT_TEXT)
    end(sqlite_engine, JobStatus.FAILED, "This PDF holds only images: run OCR first.")
    answer = client.get(f"/batches/{batch}")
    page = read(answer.text)
    assert RELOAD in answer.text
    assert "1 of 4 documents read, 1 failed." in page.text
    assert "run OCR first" in page.text
    assert "/articles/leaders-meet-in-beijing" in page.links
    assert f"/jobs/{uids[1]}" in page.links
    stopped = client.post(f"/batches/{batch}/cancel")
    assert "2 cancelled" in read(stopped.text).text
    assert RELOAD not in stopped.text
    again = client.post(f"/batches/{batch}/retry")
    assert "1 of 4 documents read, 2 cancelled." in read(again.text).text
    assert client.get(f"/batches/{batch}?status=queued").text.count('<li class="job ') == 1
    assert client.get("/batches/nope").status_code == 404


def test_a_job_says_how_far_it_is_and_leads_on(client: TestClient, sqlite_engine: Engine) -> None:
    _, uids = queue(sqlite_engine, 3)
    assert "Waiting for its turn." in read(client.get(f"/jobs/{uids[0]}").text).text
    end(sqlite_engine, JobStatus.DONE, "This text is here.", JobOutcome.KNOWN, SUMMIT_TEXT)
    known = read(client.get(f"/jobs/{uids[0]}").text)
    assert "It was in the library already; nothing was changed." in known.text
    assert "Open the article" in known.text
    end(sqlite_engine, JobStatus.FAILED, "It is broken.")
    failed = client.get(f"/jobs/{uids[1]}?then=article")
    assert "It is broken." in read(failed.text).text
    assert "data-live" not in failed.text, "it would load itself anew without end"
    again = client.post(f"/jobs/{uids[1]}/retry")
    assert "Waiting for its turn." in read(again.text).text
    assert "cancelled" in read(client.post(f"/jobs/{uids[1]}/cancel").text).text.lower()
    assert client.post(f"/jobs/{uids[0]}/cancel").status_code == 409
    assert client.get("/jobs/nope").status_code == client.post("/jobs/nope/retry").status_code == 404


def test_the_list_is_filtered_and_cut_into_pages(client: TestClient, sqlite_engine: Engine) -> None:
    queue(sqlite_engine, 60)
    end(sqlite_engine, JobStatus.FAILED, "It is broken.")
    page = client.get("/jobs")
    words = read(page.text)
    assert "0 of 60 documents read, 1 failed." in words.text
    assert "All 60 Waiting 59 Failed 1" in words.text
    following = client.get("/jobs.json").json()["next"]
    assert following.replace(".json", "") in words.links
    assert len(client.get(following).json()["items"]) == 10
    assert client.get("/jobs?status=failed").text.count('<li class="job ') == 1
    assert client.get("/jobs?status=odd").status_code == client.get("/jobs?after=odd").status_code == 404
    client.post("/jobs/retry")
    assert client.get("/jobs.json").json()["progress"]["queued"] == 60


def test_names_of_jobs_are_never_markup(client: TestClient, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        _, [uid] = jobs.add_jobs(conn, [NewJob(JobKind.URL, "<script>alert(1)</script>", "javascript:alert(1)")])
    for path in ("/jobs", f"/jobs/{uid}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert 'href="javascript' not in page


def test_the_board_says_how_much_is_being_read_without_a_script(client: TestClient, sqlite_engine: Engine) -> None:
    def line() -> str:
        page = client.get("/").text
        return read(page[page.index("data-arriving") :].partition("</p>")[0]).text

    assert "being read" not in line()
    queue(sqlite_engine, 1)
    assert "A document is being read. See how far" in line()
    queue(sqlite_engine, 2)
    assert "3 documents are being read." in line()
    queue(sqlite_engine, 30)
    assert "More than 20 documents are being read." in line()
    with sqlite_engine.begin() as conn:
        for row in job_lists.list_jobs(conn, limit=50).items:
            job_lists.cancel(conn, row.uid)
    assert "being read" not in line()


def test_a_rate_and_the_time_left_are_told_once_there_is_enough_to_tell_them_by() -> None:
    first = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    now = first + dt.timedelta(minutes=2)
    assert pace(Progress(queued=10, done=2, first=first), now).rate == ""
    told = pace(Progress(queued=10, done=18, failed=2, first=first), now)
    assert (told.rate, told.left) == ("10 a minute", "about 60 seconds left")
    assert told.sentence == "18 of 30 documents read, 2 failed."
    over = pace(Progress(done=20, first=first, last=now), now + dt.timedelta(days=1))
    assert (over.rate, over.left, over.sentence) == ("10 a minute", "", "20 documents read.")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(3, "less than 10 seconds"), (44, "about 40 seconds"), (200, "about 3 minutes"), (9_000, "about 2 hours")],
)
def test_a_duration_is_told_as_a_person_would(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_many_who_look_at_once_share_one_look() -> None:
    moment, looks = [0.0], iter(range(10))
    glance = Glance[int](0.2, clock=lambda: moment[0])
    assert [glance.get(lambda: next(looks)) for _ in range(3)] == [0, 0, 0]
    assert glance.get(lambda: next(looks), anew=True) == 1
    moment[0] = 0.3
    assert glance.get(lambda: next(looks)) == 2
