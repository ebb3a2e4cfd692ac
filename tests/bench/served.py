"""Servers over a library, for benches: each in a process of its own."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.ingest.library import SEEDED, open_library
from app.settings import Settings
from app.store import meta
from tests.web.serving import free_port


def empty_library(path: Path) -> Settings:
    """A library at *path* that does not want the seeds."""
    settings = Settings(database_url=str(path))
    engine = open_library(settings)
    with engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    engine.dispose()
    return settings


@contextmanager
def started(*words: str) -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """A connection to the server that Python with *words* and a port is, as soon as it listens, and its process id."""
    port = free_port()
    process = subprocess.Popen([sys.executable, *words, str(port)], stdout=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(400):
            try:
                connection.connect()
                break
            except OSError:
                time.sleep(0.05)
        yield connection, process.pid
    finally:
        connection.close()
        process.terminate()
        process.wait()


@contextmanager
def serving(path: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to ``communique serve`` over the library at *path*."""
    with started("-m", "app", "serve", "--no-open", "--database", str(path), "--port") as (connection, _):
        yield connection


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The body at *path*, which must answer."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    return body


def post(connection: http.client.HTTPConnection, path: str, value: Any) -> tuple[int, dict[str, Any]]:
    """The status and the JSON that come back for *value* in JSON."""
    connection.request("POST", path, json.dumps(value), {"content-type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())
