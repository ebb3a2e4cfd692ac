import io
import zipfile

import pytest

from app.domain import DocumentKind
from app.errors import IngestError
from app.text.kinds import kind_of
from app.text.reading import Given
from tests.text.making import docx, lines_of, p, pdf, refusal

K = DocumentKind
OPEN = "application/vnd.oasis.opendocument"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf(lines_of("Words.")), "a.txt", K.PDF),
        (docx(p("Words.")), "a.pdf", K.DOCX),
        (b"<!DOCTYPE html><p>Words", "a.txt", K.HTML),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><html>", "", K.HTML),
        (b"<p>One</p><p>Two</p>", "", K.HTML),
        ("<!doctype html>".encode("utf-16"), "", K.HTML),
        (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nWords", "a.txt", K.EMAIL),
        (b'{"text": "a"}', "", K.JSON),
        (b'[{"text": "a"}]', "", K.JSON),
        (b'{"text": "a"}\n{"text": "b"}\n', "", K.JSON_LINES),
        (b'{"text": "a"}', "a.jsonl", K.JSON_LINES),
        (b"[00:12] KLEIN: Words.", "a.txt", K.TEXT),
        (b"{sic} he wrote.", "", K.TEXT),
        (b"title,text\na,b", "", K.CSV),
        (b"a;b\n1;2", "a.csv", K.CSV),
        (b"# Title\n\nSome *words*.\n\n- a\n- b\n", "", K.MARKDOWN),
        (b"Plain words.", "a.md", K.MARKDOWN),
        (b"# Title\n\n- a\n- b\n", "a.txt", K.TEXT),
        (b"Plain words, and no more.", "", K.TEXT),
        (b"From: here\nIt went on.", "", K.TEXT),
        (b"5 < 6 and <b>bold</b>", "a.txt", K.TEXT),
    ],
)
def test_the_content_says_what_a_document_is(data: bytes, name: str, kind: DocumentKind) -> None:
    assert kind_of(data, Given(name=name)) is kind


def test_a_declared_type_is_a_hint_only() -> None:
    assert kind_of(b"title;x\n1;2", Given(media_type="text/csv; charset=utf-8")) is K.CSV
    assert kind_of(pdf(lines_of("Words.")), Given(media_type="text/html")) is K.PDF


def archive(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Word file (.doc): save it as DOCX or PDF."),
        (b"{\\rtf1 words}", "This is a Rich Text file (.rtf): save it as DOCX or PDF."),
        (archive(a="b"), "This is a ZIP archive: unpack it and give the files."),
        (archive(xl__workbook="b"), "This is a spreadsheet (XLSX): save it as CSV."),
        (archive(mimetype="application/epub+zip"), "This is an e-book (EPUB): save it as HTML or PDF."),
        (archive(mimetype=f"{OPEN}.text"), "This is an OpenDocument file: save it as DOCX or PDF."),
        (b"\x1f\x8b\x08\0", "This is a gzip archive: unpack it and give the files."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture: run OCR first."),
        (b"\xff\xd8\xff\xe0", "This is a picture: run OCR first."),
        (b"RIFF\0\0\0\0WEBPVP8", "This is a picture: run OCR first."),
        (b"\x7fELF\2", "This is a program, not a document."),
        (b"MZ\x90\0\3", "This is a program, not a document."),
    ],
)  # fmt: skip
def test_what_is_no_document_says_what_to_do(data: bytes, sentence: str) -> None:
    assert refusal(data, "a.txt") == sentence
    with pytest.raises(IngestError):
        kind_of(data, Given())
