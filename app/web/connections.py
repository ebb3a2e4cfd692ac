"""Connections of the server: who sends or takes too slowly, or speaks no HTTP, is let go, so that others come in."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.web.security import HEADERS

HEAD_SECONDS = 15.0
"""From the first byte of a request, or from an empty connection, to the end of its head."""

STUCK_SECONDS = 20.0
"""For how long somebody may take nothing of an answer that waits for them."""

LARGEST_HEAD = 32_768
"""Bytes of the address and all headers while they come in pieces; browsers keep either below 8,000."""

MOST_CONNECTIONS = 2_000
"""Open at once; 200 people have at most six a browser. Above that the answer is 503."""

MOST_FILES = 8_192
NO_HTTP = "This request is not HTTP as it should be, and nothing was done."
TOO_LONG = f"The address or the headers of this request are too long: {LARGEST_HEAD // 1024} kB are allowed in all."


def server_options() -> dict[str, Any]:
    """The options of ``uvicorn.Config`` by which it keeps to these limits."""
    return {
        "http": Connection,
        "h11_max_incomplete_event_size": LARGEST_HEAD,
        "limit_concurrency": MOST_CONNECTIONS,
        "timeout_keep_alive": 5,
    }


def allow_more_files() -> None:
    """Let this process hold as many connections as it may, where the system starts it with few (256 on macOS)."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, which counts otherwise
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Connection(H11Protocol):
    """One connection, which uvicorn would keep for ever while it waits for a head or for room to write."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting for a head, or stop where it is whole; further bytes of it win no time."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait()
        else:
            self._head = ended(self._head)

    def pause_writing(self) -> None:
        """Wait for the other side to take something."""
        super().pause_writing()
        self._stuck = self._stuck or self.loop.call_later(STUCK_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It has."""
        super().resume_writing()
        self._stuck = ended(self._stuck)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._head, self._stuck = ended(self._head), ended(self._stuck)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say what was wrong with what is no request, if anything can still be said."""
        error = sys.exception()
        long = isinstance(error, h11.RemoteProtocolError) and error.error_status_hint in (414, 431)
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        body = ((TOO_LONG if long else NO_HTTP) + "\n").encode()
        kind = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body)))]
        headers = [*kind, ("connection", "close"), ("cache-control", "no-store"), *HEADERS.items()]
        for event in (
            h11.Response(status_code=431 if long else 400, headers=headers),
            h11.Data(body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait(self) -> None:
        self._head = self._head or self.loop.call_later(HEAD_SECONDS, self.transport.close)


def ended(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """*timer* ended, and ``None`` in its place."""
    if timer is not None:
        timer.cancel()
    return None
