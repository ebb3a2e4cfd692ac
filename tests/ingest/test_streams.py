"""Files as documents: whole, or bit by bit where they hold many."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from app.ingest import streams
from app.ingest.finding import File, Unread
from app.ingest.streams import Piece, pieces
from app.text.given import Given


def given_file(folder: Path, name: str, data: bytes) -> File:
    path = folder / name
    path.write_bytes(data)
    return File(path, f"in/{name}")


def read(file: File, given: Given | None = None) -> list[Piece]:
    found = list(pieces(file, given))
    assert all(isinstance(one, Piece) for one in found), found
    return [one for one in found if isinstance(one, Piece)]


def unread(file: File, given: Given | None = None) -> list[Unread]:
    return [one for one in pieces(file, given) if isinstance(one, Unread)]


def test_a_document_is_its_bytes_under_its_name(tmp_path: Path) -> None:
    (piece,) = read(given_file(tmp_path, "a.txt", b"Words\r\n"))
    assert piece == Piece("in/a.txt", b"Words\r\n", Given(name="a.txt"))
    (piece,) = read(given_file(tmp_path, "b.txt", b"Words"), Given(title="T", publisher="P"))
    assert piece.given == Given(name="b.txt", title="T", publisher="P")


def test_a_long_document_is_whole(tmp_path: Path) -> None:
    data = b"Words. " * 500_000
    (piece,) = read(given_file(tmp_path, "a.txt", data))
    assert piece.data == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture: run OCR first."),
        (b"x" * 2_001, "This file has over 0 MB"),
    ],
)
def test_what_is_no_document_is_not_even_queued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, reason: str
) -> None:
    monkeypatch.setattr(streams, "LARGEST", 2_000)
    monkeypatch.setattr(streams, "_HEAD", 1_000)
    (bad,) = unread(given_file(tmp_path, "a.txt", data))
    assert bad.place == "in/a.txt"
    assert bad.reason.startswith(reason)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    assert unread(File(tmp_path / "none", "none")) == [Unread("none", "There is no such file.")]
    assert unread(File(tmp_path, "in")) == [Unread("in", "This is a folder; name the files in it.")]


def test_lines_of_json_are_documents_with_their_number(tmp_path: Path) -> None:
    lines = [b'\xef\xbb\xbf{"text": "a"}', b"", b' {"text": "b"} \r', b'{"text": "c"}']
    found = read(given_file(tmp_path, "a.jsonl", b"\n".join(lines)))
    assert [(one.place, one.data) for one in found] == [
        ("a.jsonl line 1", b'{"text": "a"}'),
        ("a.jsonl line 3", b'{"text": "b"}'),
        ("a.jsonl line 4", b'{"text": "c"}'),
    ]
    assert found[0].given.media_type == "application/json"


def test_lines_are_told_by_their_content_however_long_the_first_is(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps({"text": "word " * 20_000}).encode() for _ in range(3))
    assert len(read(given_file(tmp_path, "a.dat", lines))) == 3
    (whole,) = read(given_file(tmp_path, "a.json", json.dumps({"text": "a"}, indent=1).encode()))
    assert whole.place == "in/a.json"


def test_a_line_that_is_no_object_or_endless_fails_and_the_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 1_000)
    lines = [b'{"text": "a"}', b"[1]", b'{"text": "' + b"x" * 5_000 + b'"}', b'{"text": "b"}']
    file = given_file(tmp_path, "a.jsonl", b"\n".join(lines) + b"\n")
    found = list(pieces(file))
    assert [one.place for one in found] == [f"a.jsonl line {number}" for number in (1, 2, 3, 4)]
    assert [isinstance(one, Piece) for one in found] == [True, False, False, True]


def test_a_title_for_many_documents_is_refused(tmp_path: Path) -> None:
    (bad,) = unread(given_file(tmp_path, "a.jsonl", b'{"text": "a"}\n{"text": "b"}'), Given(title="T"))
    assert "many documents" in bad.reason


def table(rows: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["title", "text", "note"])
    for number in range(rows):
        writer.writerow([f"T{number}", f'Line “{number}”,\nthe “second”, and a "quote".', "x" * 50])
    return out.getvalue().encode()


@pytest.mark.parametrize("at_once", [1, 100, 1_000, 10**9])
def test_rows_of_a_table_are_documents_with_their_number_wherever_it_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(streams, "_TABLE_AT_ONCE", at_once)
    found = read(given_file(tmp_path, "a.csv", table(50)))
    assert [one.place for one in found] == [f"a.csv row {number}" for number in range(2, 52)]
    assert [one.given.name for one in found] == [one.place for one in found]
    texts = [json.loads(one.data)["text"] for one in found]
    assert texts == [f'Line “{number}”,\nthe “second”, and a "quote".' for number in range(50)]


def test_a_table_without_texts_or_with_an_endless_cell_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bad,) = unread(given_file(tmp_path, "a.csv", b"a,b\n1,2\n"))
    assert "No column of this table holds texts" in bad.reason
    monkeypatch.setattr(streams, "LARGEST", 2_000)
    monkeypatch.setattr(streams, "_TABLE_AT_ONCE", 100)
    endless = b'title,text\nA,"It never closes\n' + b"and goes on\n" * 1_000
    (bad,) = unread(given_file(tmp_path, "b.csv", endless))
    assert "never closes" in bad.reason
