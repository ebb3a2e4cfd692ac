"""The forms by which documents come in, without a script; nothing but their jobs is looked at here."""

from __future__ import annotations

import datetime as dt

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app.store.intake_schema import jobs
from app.store.job_rows import JobKind
from app.store.originals import original
from app.web.uploads import LONGEST_NAME, MOST_FILES, safe_name
from tests.web.conftest import read

TEXT = "“We agree,” she said."


def queued(engine: Engine) -> list[dict[str, object]]:
    """Every job, with the bytes of its document."""
    with engine.connect() as conn:
        rows = [dict(row) for row in conn.execute(select(jobs).order_by(jobs.c.id)).mappings()]
        return [{**row, "data": original(conn, row["original"]) if row["original"] else None} for row in rows]


def test_a_pasted_text_is_queued_with_what_is_said_of_it(empty: TestClient, sqlite_engine: Engine) -> None:
    form = {"text": TEXT, "title": " A  title ", "url": "https://example.org/a", "publisher": "P", "date": "2023-03"}
    answer = empty.post("/add/text", data=form, follow_redirects=False)
    assert answer.status_code == 303
    [job] = queued(sqlite_engine)
    assert answer.headers["location"] == f"/jobs/{job['uid']}?then=article"
    assert (job["kind"], job["name"], job["data"]) == (JobKind.DOCUMENT.value, "A title", TEXT.encode())
    said = {"title": "A title", "url": "https://example.org/a", "publisher": "P", "date_precision": "month"}
    given = job["given"]
    assert isinstance(given, dict)
    assert said.items() <= given.items()
    assert given["date"] == dt.date(2023, 3, 1).isoformat()
    assert "Waiting for its turn." in read(empty.get(answer.headers["location"]).text).text


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"text": "  \n "}, "text", "Paste the text first."),
        ({"text": TEXT, "date": "some day"}, "date", "no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "url", "no address of the web"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    empty: TestClient, sqlite_engine: Engine, given: dict[str, str], field: str, sentence: str
) -> None:
    answer = empty.post("/add/text", data={"title": "Kept <b>", **given})
    assert answer.status_code == 422
    assert sentence in read(answer.text).text
    assert f'id="field-{field}-error"' in answer.text
    assert f'field-{field}-error" aria-invalid="true" autofocus' in answer.text
    assert 'value="Kept &lt;b&gt;"' in answer.text
    assert not queued(sqlite_engine)


def test_files_are_queued_together_by_names_that_are_no_paths(empty: TestClient, sqlite_engine: Engine) -> None:
    files = [("files", ("../../etc/a b.txt", b"\x00\xff\r\n--x", "text/plain")), ("files", ("C:\\b.eml", b"b", None))]
    answer = empty.post("/add/files", files=files, follow_redirects=False)
    assert answer.status_code == 303
    first, second = queued(sqlite_engine)
    assert answer.headers["location"] == f"/batches/{first['batch']}"
    assert first["batch"] == second["batch"]
    assert (first["name"], first["data"]) == ("a b.txt", b"\x00\xff\r\n--x")
    assert second["name"] == "b.eml"


def test_one_file_leads_to_its_own_page(empty: TestClient, sqlite_engine: Engine) -> None:
    answer = empty.post("/add/files", files={"files": ("a.txt", b"a")}, follow_redirects=False)
    assert answer.headers["location"] == f"/jobs/{queued(sqlite_engine)[0]['uid']}"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("files", ("", b"", "application/octet-stream"))], "Choose a file first."),
        ([("files", ("a.txt", b""))], "“a.txt” is empty."),
        ([("files", ("a.txt", b"")), ("files", ("b.txt", b""))], "There is nothing in it."),
    ],
)
def test_no_file_and_an_empty_one_say_so(
    empty: TestClient, sqlite_engine: Engine, files: list[tuple[str, tuple[str, bytes]]], sentence: str
) -> None:
    answer = empty.post("/add/files", files=files)
    assert answer.status_code == 422
    assert sentence in read(answer.text).text
    assert not queued(sqlite_engine)


def test_more_files_than_the_limit_are_refused_as_a_whole(empty: TestClient, sqlite_engine: Engine) -> None:
    for number in (MOST_FILES + 1, MOST_FILES + 50):
        answer = empty.post("/add/files", files=[("files", (f"{n}.txt", b"x")) for n in range(number)])
        assert answer.status_code == 413
        assert "100" in read(answer.text).text
    assert not queued(sqlite_engine)


def test_addresses_are_queued_one_a_line_each_once(empty: TestClient, sqlite_engine: Engine) -> None:
    lines = "https://example.org/a\r\n\r\n  https://example.org/b  \r\nhttps://example.org/a"
    answer = empty.post("/add/addresses", data={"addresses": lines}, follow_redirects=False)
    assert answer.headers["location"].startswith("/batches/")
    assert [job["url"] for job in queued(sqlite_engine)] == ["https://example.org/a", "https://example.org/b"]


def test_an_address_that_cannot_be_fetched_is_named_and_none_is_queued(
    empty: TestClient, sqlite_engine: Engine
) -> None:
    for wrong in ("file:///etc/passwd", "https://user:pw@example.org/", "http://example.org:8080/", ""):
        answer = empty.post("/add/addresses", data={"addresses": f"https://example.org/a\n{wrong}" if wrong else ""})
        assert answer.status_code == 422
        assert 'id="field-addresses-error"' in answer.text
        assert wrong in read(answer.text).text
    assert not queued(sqlite_engine)


def test_a_link_to_the_forms_fills_them_and_adds_nothing(empty: TestClient, sqlite_engine: Engine) -> None:
    page = empty.get("/add", params={"url": "https://example.org/a", "title": "T<i>", "text": TEXT}).text
    assert f"{TEXT}</textarea>" in page
    assert 'value="T&lt;i&gt;"' in page
    assert "https://example.org/b</textarea>" in empty.get("/add?url=https://example.org/b").text
    assert "too long for a link" in empty.get("/add?url=https://example.org/b&long=yes").text
    assert not queued(sqlite_engine)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a.txt", "a.txt"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\u202eb\x00c.txt", "abc.txt"),
        ("..", ""),
        ("%22a%22.txt", '"a".txt'),
        ("é" * 300 + ".docx", "é" * (LONGEST_NAME - 5) + ".docx"),
        ("folder/", "folder"),
    ],
)
def test_a_file_is_called_by_its_name_alone(given: str, shown: str) -> None:
    assert safe_name(given) == shown
