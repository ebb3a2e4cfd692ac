"""The real server before people who are slow on purpose, or speak no HTTP."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Generator, Iterator
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from app.settings import Settings
from app.web import connections, security
from app.web.application import create_app
from app.web.connections import LARGEST_HEAD, MOST_FILES, allow_more_files, server_options
from app.web.streams import MadeAsSent
from tests.web.serving import listening

GET = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /topics/new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def port(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The real server with little patience."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.4)
    monkeypatch.setattr(connections, "STUCK_SECONDS", 0.4)
    monkeypatch.setattr(security, "PATIENCE_SECONDS", 0.4)
    with listening(create_app(Settings(), sqlite_engine), **server_options()) as number:
        yield number


def connected(port: int) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), timeout=5)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def heard(sock: socket.socket) -> bytes:
    """All that the server says until it closes; a test that waits for 5 seconds fails."""
    said = b""
    try:
        while part := sock.recv(65_536):
            said += part
    except ConnectionResetError:
        pass
    return said


def test_who_connects_and_says_nothing_is_let_go(port: int) -> None:
    with connected(port) as sock:
        assert heard(sock) == b""


def drip(sock: socket.socket, piece: bytes) -> float:
    """For how many seconds the server takes one *piece* after the other, five at most."""
    begun = time.monotonic()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while time.monotonic() - begun < 5:
            sock.sendall(piece)
            time.sleep(0.05)
    return time.monotonic() - begun


def test_a_head_that_drips_wins_no_time(port: int) -> None:
    with connected(port) as sock:
        sock.sendall(GET)
        assert drip(sock, b"X-A: b\r\n") < 2


def test_a_body_that_drips_is_refused(port: int) -> None:
    with connected(port) as sock:
        sock.sendall(POST + b"Content-Length: 1000\r\n\r\n")
        for _ in range(5):
            sock.sendall(b"a")
            time.sleep(0.05)
        said = heard(sock)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"came too slowly" in said


def test_a_body_that_takes_long_but_keeps_coming_is_read(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "SLOWEST", 1_000)
    with connected(port) as sock:
        sock.sendall(POST + b"Content-Length: 2000\r\nConnection: close\r\n\r\n")
        for _ in range(20):
            sock.sendall(b"a" * 100)
            time.sleep(0.04)
        assert heard(sock).startswith(b"HTTP/1.1 422 ")


def test_two_requests_may_lie_apart_on_one_connection(port: int) -> None:
    with connected(port) as sock:
        for _ in range(2):
            sock.sendall(GET + b"\r\n")
            said = b""
            while b"Allow: /" not in said:
                said += sock.recv(65_536)
            assert said.startswith(b"HTTP/1.1 200 ")
            time.sleep(0.8)


def test_who_does_not_take_the_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STUCK_SECONDS", 0.4)
    ended, app = threading.Event(), FastAPI()
    app.state.desk = SimpleNamespace(closing=threading.Event())

    def pieces() -> Generator[bytes, None, None]:
        try:
            for _ in range(1_000):
                yield b"a" * 100_000
        finally:
            ended.set()

    app.add_api_route("/long", lambda: MadeAsSent(pieces()))
    with listening(app, **server_options()) as number, connected(number) as sock:
        sock.sendall(b"GET /long HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert ended.wait(5)
        assert len(heard(sock)) < 100_000_000


@pytest.mark.parametrize("head", [b"GET /?q=" + b"a" * LARGEST_HEAD, GET + b"X: y\r\n" * (LARGEST_HEAD // 6)])
def test_a_head_that_is_too_long_is_told_so(port: int, head: bytes) -> None:
    with connected(port) as sock:
        sock.sendall(head)
        said = heard(sock)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"32 kB are allowed" in said
    assert b"x-content-type-options: nosniff" in said.lower()


@pytest.mark.parametrize(
    "request_",
    [b"\x16\x03\x01\x02\x00\x01\x00\x01", b"GET / HTTP/1.1\r\n\r\n", GET + b"Content-Length: x\r\n\r\n", b"?\r\n\r\n"],
)
def test_what_is_no_http_is_told_so(port: int, request_: bytes) -> None:
    with connected(port) as sock:
        sock.sendall(request_ + b"\r\n\r\n")
        said = heard(sock)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"is not HTTP" in said


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_request_that_two_servers_could_read_differently_is_answered_once(port: int, body: bytes) -> None:
    with connected(port) as sock:
        sock.sendall(POST + body)
        said = heard(sock)
    assert said.count(b"HTTP/1.1 ") <= 1
    assert b"HTTP/1.1 2" not in said


def test_above_the_most_connections_the_answer_is_503(sqlite_engine: Engine) -> None:
    options = {**server_options(), "limit_concurrency": 3}
    with listening(create_app(Settings(), sqlite_engine), **options) as port:
        held = [connected(port) for _ in range(3)]
        time.sleep(0.2)
        with connected(port) as sock:
            sock.sendall(GET + b"\r\n")
            assert heard(sock).startswith(b"HTTP/1.1 503 ")
        for one in held:
            one.close()
        time.sleep(0.2)
        with connected(port) as sock:
            sock.sendall(GET + b"Connection: close\r\n\r\n")
            assert heard(sock).startswith(b"HTTP/1.1 200 ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts files otherwise")
def test_as_many_connections_can_be_open_as_are_allowed() -> None:
    import resource

    allow_more_files()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == resource.RLIM_INFINITY or soft >= min(MOST_FILES, hard if hard > 0 else MOST_FILES)


def test_the_real_server_takes_these_limits() -> None:
    options = server_options()
    assert options["http"] is connections.Connection
    assert (options["h11_max_incomplete_event_size"], options["limit_concurrency"]) == (32_768, 2_000)
