"""``communique serve`` as a process: it starts light and soon, says where it is, and ends quietly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli.serve import address_of, has_screen, listen
from app.errors import AppError
from app.ingest.library import SEEDED, open_library
from app.settings import Settings
from app.store import meta

WITH_REPORT = """
import atexit, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
from app.__main__ import main
heavy = {"spacy", "thinc", "plotly", "alembic", "numpy", "trafilatura", "lxml", "datasketch", "feedparser", "urllib3"}
atexit.register(lambda: print("imported:", *sorted(heavy & set(sys.modules))))
main()
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library at the schema of today that says it has had its seeds."""
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    engine = open_library(Settings(database_url=str(path)))
    with engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    engine.dispose()
    return path


@contextmanager
def served(library: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running process and the address that it printed."""
    command = [sys.executable, "-c", WITH_REPORT, "serve", "--port", "0", "--no-open", "--database", str(library)]
    process = subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def test_it_answers_at_the_address_it_prints_and_ends_quietly(library: Path) -> None:
    with served(library) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert b"<title>" in get(address)
        process.send_signal(signal.SIGINT)
        output, message = process.communicate(timeout=20)
    assert process.returncode == 130
    assert message == ""
    assert output.strip() == "imported:", "the first page needs none of these"


def test_sites_that_may_frame_pages_are_named_one_by_one(library: Path) -> None:
    sites = ("--embed-site", "https://news.example", "--embed-site", "https://*.blog.example")
    with served(library, *sites) as (_, address), urllib.request.urlopen(f"{address}embed/board", timeout=10) as answer:
        policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://news.example https://*.blog.example")


def test_a_port_that_is_taken_is_one_sentence(library: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with served(library, "--port", str(port)) as (process, _):
            _, message = process.communicate(timeout=20)
    assert process.returncode == 1
    assert (
        message == f"communique: Port {port} is taken by another program; choose another, such as --port {port + 1}.\n"
    )


def test_a_reader_that_goes_away_does_not_end_the_server(library: Path) -> None:
    with listen("127.0.0.1", 0) as chosen:
        port = chosen.getsockname()[1]
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--no-open", "--database", str(library)]
    process = subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    try:
        wait_for(port)
        assert b"<title>" in get(f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        _, message = process.communicate(timeout=20)
    assert message == ""


def wait_for(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens on {port}")


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "ü" * 80])
def test_an_address_that_is_not_ours_is_one_sentence(host: str) -> None:
    with pytest.raises(AppError, match="choose another with --host"):
        listen(host, 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("localhost", "localhost")],
)
def test_the_printed_address_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    with listen(host, 0) as sock:
        assert address_of(host, sock) == f"http://{shown}:{sock.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("terminal", "environment", "expected"),
    [
        (True, {"DISPLAY": ":0"}, True),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (True, {}, False),
        (True, {"DISPLAY": ":10", "SSH_CONNECTION": "there"}, False),
        (False, {"DISPLAY": ":0"}, False),
    ],
)
def test_a_browser_opens_only_before_a_person(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    is_terminal: Callable[[], bool] = lambda: terminal  # noqa: E731
    monkeypatch.setattr(sys.stdout, "isatty", is_terminal, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is expected


def test_small_answers_are_sent_at_once() -> None:
    with listen("127.0.0.1", 0) as sock:
        assert sock.proto == socket.IPPROTO_TCP
