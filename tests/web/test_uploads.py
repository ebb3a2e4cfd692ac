"""Uploads as they come in by the wire: counted, whole, or refused."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from app.settings import Settings
from app.store.intake_schema import jobs
from app.web.application import create_app
from app.web.security import LARGEST_BODY, LARGEST_UPLOAD
from tests.web.conftest import read
from tests.web.serving import listening

HEAD = b'--X\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
WHOLE = HEAD + b"Some words.\r\n--X--\r\n"
FORM = "multipart/form-data; boundary=X"


def count(engine: Engine) -> int:
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(jobs)) or 0


@pytest.fixture
def port(sqlite_engine: Engine) -> Iterator[int]:
    """The real server, to be spoken to by a socket."""
    with listening(create_app(Settings(), sqlite_engine)) as number:
        yield number


def request(path: str, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {FORM}", "Accept: text/html", *headers, "", ""]
    return "\r\n".join(lines).encode()


def answer(sock: socket.socket) -> tuple[int, bytes]:
    """What the server says, up to where it closes or falls silent."""
    sock.settimeout(3)
    said = b""
    try:
        while part := sock.recv(65_536):
            said += part
    except TimeoutError:
        pass
    return int(said.split(b" ", 2)[1]), said


@pytest.mark.parametrize("path", ["/add/files", "/api/articles"])
@pytest.mark.parametrize("cut", [WHOLE[:-6], HEAD + b"Some wor", HEAD[:20], b""])
def test_a_form_without_its_closing_boundary_is_refused(
    empty: TestClient, sqlite_engine: Engine, path: str, cut: bytes
) -> None:
    told = empty.post(path, content=cut, headers={"content-type": FORM})
    assert told.status_code == 400
    assert "was cut off before its end" in told.text
    assert count(sqlite_engine) == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [("multipart/form-data", WHOLE), (FORM, b"nonsense"), ("multipart/form-data; boundary=" + "x" * 300, WHOLE)],
)
def test_what_is_no_form_is_refused(empty: TestClient, sqlite_engine: Engine, kind: str, body: bytes) -> None:
    assert empty.post("/add/files", content=body, headers={"content-type": kind}).status_code == 400
    assert count(sqlite_engine) == 0


def test_a_client_that_goes_away_in_the_middle_leaves_nothing_behind(port: int, sqlite_engine: Engine) -> None:
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(request("/add/files", f"Content-Length: {len(WHOLE) + 1000}") + WHOLE)
        time.sleep(0.2)
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(request("/add/files", "Transfer-Encoding: chunked") + b"10\r\n" + WHOLE[:16] + b"\r\n")
        time.sleep(0.2)
    time.sleep(0.3)
    assert count(sqlite_engine) == 0


def test_a_whole_upload_in_pieces_is_taken(port: int, sqlite_engine: Engine) -> None:
    with socket.create_connection(("127.0.0.1", port)) as sock:
        head = request("/add/files", "Transfer-Encoding: chunked", "Connection: close")
        sock.sendall(head)
        for byte in WHOLE:
            sock.sendall(b"1\r\n" + bytes([byte]) + b"\r\n")
        sock.sendall(b"0\r\n\r\n")
        status, said = answer(sock)
    assert status == 303
    assert b"location: /jobs/" in said
    assert count(sqlite_engine) == 1


def test_an_upload_that_says_it_is_too_large_is_answered_before_it_comes(port: int, sqlite_engine: Engine) -> None:
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(request("/add/files", f"Content-Length: {LARGEST_UPLOAD + 1}"))
        status, said = answer(sock)
    assert status == 413
    assert b"20 MB is allowed at most" in said
    assert count(sqlite_engine) == 0


def test_an_upload_is_counted_as_it_comes_and_the_rest_of_it_thrown_away(port: int, sqlite_engine: Engine) -> None:
    piece = b"x" * 1_000_000
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(request("/api/articles", "Transfer-Encoding: chunked") + b"%x\r\n" % len(HEAD) + HEAD + b"\r\n")
        for _ in range(LARGEST_UPLOAD // len(piece) + 10):
            sock.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
        sock.sendall(b"0\r\n\r\n")
        status, said = answer(sock)
    assert status == 413
    assert b"20 MB is allowed at most" in said
    assert count(sqlite_engine) == 0


def test_only_documents_may_be_larger_than_a_form(empty: TestClient, sqlite_engine: Engine) -> None:
    large = HEAD + b"x" * (LARGEST_BODY * 2) + b"\r\n--X--\r\n"
    assert empty.post("/topics/import", content=large, headers={"content-type": FORM}).status_code == 413
    assert empty.post("/add/addresses", content=large, headers={"content-type": FORM}).status_code == 413
    assert empty.post("/add/files", content=large, headers={"content-type": FORM}).status_code == 200
    assert count(sqlite_engine) == 1


def test_an_upload_asked_for_by_another_site_is_refused(empty: TestClient, sqlite_engine: Engine) -> None:
    headers = {"content-type": FORM, "origin": "https://evil.example"}
    told = empty.post("/add/files", content=WHOLE, headers=headers)
    assert told.status_code == 403
    assert "asked for by another site" in read(told.text).text
    assert count(sqlite_engine) == 0
