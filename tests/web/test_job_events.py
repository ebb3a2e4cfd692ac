"""The jobs as they go on, by server-sent events of the real server."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from app.settings import Settings
from app.store import job_lists
from app.store.articles import add_article
from app.store.job_rows import JobOutcome, JobStatus
from app.web import job_events
from app.web.application import create_app
from tests.factories import SUMMIT_TEXT, summit
from tests.web.serving import listening
from tests.web.test_jobs import end, queue


@dataclass
class Server:
    """The real server."""

    port: int
    app: FastAPI
    opened: list[http.client.HTTPConnection] = field(default_factory=list)

    def open(self, path: str) -> http.client.HTTPResponse:
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.opened.append(conn)
        conn.request("GET", path, headers={"accept": "text/event-stream", "accept-encoding": "gzip"})
        return conn.getresponse()

    def leave(self, number: int) -> None:
        """Go away from the first *number* that were opened."""
        for conn in self.opened[:number]:
            conn.close()
        del self.opened[:number]

    @property
    def streams(self) -> int:
        return int(self.app.state.desk.streams)


@pytest.fixture
def server(sqlite_engine: Engine) -> Iterator[Server]:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    app = create_app(Settings(), sqlite_engine)
    with listening(app) as port:
        started = Server(port, app)
        yield started
        started.leave(len(started.opened))


def events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    """The events of a stream as they come in, until it ends."""
    name = ""
    while line := answer.readline():
        what, _, value = line.decode().rstrip("\n").partition(": ")
        if what == "event":
            name = value
        elif what == "data":
            yield name, json.loads(value)


def until(true: Any) -> None:
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it takes too long")


def test_a_job_is_followed_from_its_first_state_to_its_end(server: Server, sqlite_engine: Engine) -> None:
    _, [uid] = queue(sqlite_engine, 1)
    answer = server.open(f"/jobs/events?job={uid}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["content-encoding"] is None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    told = events(answer)
    name, first = next(told)
    assert (name, first["status"], first["open"], first["next"]) == ("job", "queued", True, None)
    end(sqlite_engine, JobStatus.DONE, "4 quotes.", JobOutcome.ADDED, SUMMIT_TEXT)
    *_, last, over = told
    assert last[1]["next"] == "/articles/leaders-meet-in-beijing"
    assert "4 quotes." in last[1]["html"]
    assert over == ("over", {})
    until(lambda: server.streams == 0)


def test_a_batch_tells_its_progress_and_the_lines_that_changed(server: Server, sqlite_engine: Engine) -> None:
    batch, uids = queue(sqlite_engine, 2)
    told = events(server.open(f"/jobs/events?batch={batch}"))
    assert next(told)[1]["sentence"] == "0 of 2 documents read."
    end(sqlite_engine, JobStatus.FAILED, "It is <b>broken</b>.")
    seen = [next(told)]
    while seen[-1][0] != "job" or seen[-1][1]["status"] != "failed":
        seen.append(next(told))
    assert seen[-1][1]["uid"] == uids[0]
    assert "It is &lt;b&gt;broken&lt;/b&gt;." in seen[-1][1]["html"]
    with sqlite_engine.begin() as conn:
        job_lists.cancel_batch(conn, batch)
    rest = list(told)
    assert rest[-1] == ("over", {})
    assert {"cancelled"} == {value["status"] for name, value in rest if name == "job"}


def test_the_library_tells_what_came_in_and_ends_where_nothing_is_open(server: Server, sqlite_engine: Engine) -> None:
    [(name, quiet), over] = list(events(server.open("/jobs/events")))
    assert (name, quiet["total"], quiet["quotes"], over[0]) == ("library", 0, 3, "over")
    queue(sqlite_engine, 1)
    told = events(server.open("/jobs/events?lines=true"))
    assert next(told)[0] == "progress"
    assert next(told)[1]["sentence"] == "0 of 1 document read."
    end(sqlite_engine, JobStatus.DONE, "No quotes.", JobOutcome.ADDED, SUMMIT_TEXT)
    assert {"job", "progress", "library", "over"} == {name for name, _ in told}


def test_what_there_is_not_cannot_be_followed(server: Server) -> None:
    for query in ("job=nope", "batch=nope"):
        assert server.open(f"/jobs/events?{query}").status == 404


def test_more_streams_than_the_limit_are_sent_away(
    server: Server, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_events, "MOST_STREAMS", 3)
    _, [uid] = queue(sqlite_engine, 1)
    for _ in range(3):
        answer = server.open(f"/jobs/events?job={uid}")
        assert answer.status == 200
        next(events(answer))
    assert server.open(f"/jobs/events?job={uid}").status == 503
    server.leave(1)
    until(lambda: server.streams == 2)
    assert server.open(f"/jobs/events?job={uid}").status == 200


def test_many_streams_leave_the_pages_their_threads(server: Server, sqlite_engine: Engine) -> None:
    _, [uid] = queue(sqlite_engine, 1)
    held = [server.open(f"/jobs/events?job={uid}") for _ in range(job_events.MOST_STREAMS)]
    assert {one.status for one in held} == {200}
    began = time.monotonic()
    assert server.open("/topics").status == 200
    assert time.monotonic() - began < 2
    server.leave(len(held))
    until(lambda: server.streams == 0)


def test_a_server_that_stops_ends_its_streams(server: Server, sqlite_engine: Engine) -> None:
    _, [uid] = queue(sqlite_engine, 1)
    told = events(server.open(f"/jobs/events?job={uid}"))
    next(told)
    server.app.state.desk.closing.set()
    assert list(told) == []


def test_a_stream_that_has_nothing_to_tell_gives_a_sign_of_life(
    server: Server, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_events, "COMMENT_SECONDS", 0.1)
    _, [uid] = queue(sqlite_engine, 1)
    answer = server.open(f"/jobs/events?job={uid}")
    next(events(answer))
    lines = [answer.readline() for _ in range(4)]
    assert b": still here\n" in lines


def test_a_young_stream_looks_often_and_an_old_one_seldom() -> None:
    paces = [job_events.pause(age) for age in (0, 5, 30, 300)]
    assert paces == sorted(paces)
    assert paces[0] <= 0.1
    assert paces[-1] >= 0.5
