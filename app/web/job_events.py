"""The jobs as they go on, sent to the browser as they change (server-sent events)."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.errors import AppError
from app.web import problems
from app.web.access import Role, open_to
from app.web.deps import Desk, DeskDep
from app.web.job_watchers import BatchWatcher, JobWatcher, LibraryWatcher, Watcher

router = APIRouter()
MOST_STREAMS = 50
THREADS = 4
"""That look into the store for all streams, so that pages keep theirs."""

COMMENT_SECONDS = 15.0
PACES = ((3.0, 0.04), (10.0, 0.1), (60.0, 0.5))
"""Up to which age of a stream, in seconds, it looks how often. Who waits for one short text waits for this too."""

SLOWEST = 1.0
RARELY = 10
"""Times as long as a look took is waited until the next."""

TOO_MANY = "Too many browsers follow the reading just now. Load the page again to see how far it is."
_limiter: anyio.lowlevel.RunVar[anyio.CapacityLimiter] = anyio.lowlevel.RunVar("communique_job_events")


class EventStream(StreamingResponse):
    """A stream that is counted as long as it is sent."""

    def __init__(self, desk: Desk, content: AsyncIterator[bytes]) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(content, headers=headers, media_type="text/event-stream")
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it until it ends or nobody reads any more."""
        self.desk.streams += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.desk.streams -= 1


@router.get("/jobs/events")
@open_to(Role.OWNER)
async def events(
    request: Request, desk: DeskDep, job: str | None = None, batch: str | None = None, lines: bool = False
) -> Response:
    """How far a job, a batch or all that is open is, as it changes; it ends when that is over."""
    if desk.streams >= MOST_STREAMS:
        return problems.problem(request, 503, TOO_MANY)
    watcher: Watcher
    if job is not None:
        watcher = JobWatcher(desk, job)
    elif batch is not None:
        watcher = BatchWatcher(desk, batch)
    else:
        watcher = LibraryWatcher(desk, lines=lines)
    first = await _look(watcher)
    return EventStream(desk, _stream(desk, watcher, first))


async def _stream(desk: Desk, watcher: Watcher, first: list[tuple[str, Any]]) -> AsyncIterator[bytes]:
    began = spoke = time.monotonic()
    yield b"retry: 3000\n\n"
    found, took = first, 0.0
    while True:
        for name, value in found:
            yield event(name, value)
            spoke = time.monotonic()
        if watcher.over:
            yield event("over", {})
            return
        if desk.closing.is_set():
            return
        if time.monotonic() - spoke > COMMENT_SECONDS:
            yield b": still here\n\n"
            spoke = time.monotonic()
        await anyio.sleep(max(pause(time.monotonic() - began), RARELY * took))
        looked = time.monotonic()
        try:
            found = await _look(watcher)
        except AppError:  # the library is busy: the next look may find it free
            found = []
        took = time.monotonic() - looked


async def _look(watcher: Watcher) -> list[tuple[str, Any]]:
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(THREADS)
        _limiter.set(limiter)
    return await anyio.to_thread.run_sync(watcher.look, limiter=limiter)


def pause(age: float) -> float:
    """Seconds until the next look of a stream that is *age* seconds old."""
    return next((seconds for until, seconds in PACES if age < until), SLOWEST)


def event(name: str, value: Any) -> bytes:
    """One event; JSON has no line ends of its own, so that one ``data`` line holds it."""
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
