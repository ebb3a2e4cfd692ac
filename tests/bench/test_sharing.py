"""Two hundred viewers of a shared topic before one process, over a single one, by wrk."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from sqlalchemy import Engine

from app.domain import Part, Role
from app.settings import Settings
from app.store.articles import add_article
from app.store.share_sessions import start
from app.store.shares import NewShare, make_share, share_by_token
from app.web.gate.cookies import cookie_name
from tests.bench.served import started
from tests.factories import numbered

pytestmark = [pytest.mark.bench, pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed here")]
VIEWERS, SECONDS, ALONE_SECONDS = 200, 60, 10
MOST = 3
SERVER = """
import sys, uvicorn
from app.settings import Settings
from app.store.engine import open_engine
from app.web.application import create_app
url = "sqlite:///" + sys.argv[1]
app = create_app(Settings(database_url=url, share=True), open_engine(url))
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
"""
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def p99(said: str) -> float:
    """The 99th percentile that wrk printed, in seconds."""
    found = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\s", said)
    assert found is not None, said
    return float(found[1]) * UNITS[found[2]]


def test_two_hundred_viewers_wait_their_turn_and_no_longer(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(10):
            add_article(conn, *numbered(number, 4))
    path = sqlite_engine.url.database or ""
    settings = Settings(database_url=path, share=True)
    with sqlite_engine.begin() as conn:
        _, token = make_share(conn, NewShare(Role.READER, Part.LIST, {"topic": "energy"}, "/topics/energy", "Energy"))
    with sqlite_engine.begin() as conn:
        share = share_by_token(conn, token)
        assert share is not None
        secret = start(conn, share)
    with started("-c", SERVER, path) as (connection, _):
        cookie = f"cookie: {cookie_name(settings)}={secret}"

        def load(viewers: int, seconds: int) -> str:
            given = [f"-c{viewers}", f"-d{seconds}s", "-t1", "--latency", "--timeout", "30s", "-H", cookie]
            command = ["wrk", *given, f"http://127.0.0.1:{connection.port}/topics/energy"]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout

        load(1, 2)  # the first page of all is made, and what it is made of
        alone, together = load(1, ALONE_SECONDS), load(VIEWERS, SECONDS)
    ratio = p99(together) / (VIEWERS * p99(alone))
    print(f"\n{VIEWERS} viewers for {SECONDS} s: p99 {p99(together) * 1000:.0f} ms; one: {p99(alone) * 1000:.2f} ms")
    print(f"per request served at once {ratio:.2f} times; {re.findall(r'Requests/sec.*', together)}")
    assert float(re.findall(r"Requests/sec:\s+([\d.]+)", together)[0]) > 0
    assert "Socket errors" not in together
    assert "Non-2xx" not in together
    assert ratio <= MOST
