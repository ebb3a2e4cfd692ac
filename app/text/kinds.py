"""What kind a document is, told by its content; its name only settles what the content leaves open."""

from __future__ import annotations

import re

from app.domain import DocumentKind
from app.errors import IngestError
from app.text.given import Given

_HEAD = 4_096
_SAVE = "save it as DOCX or PDF"
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"This is an old Word file (.doc): {_SAVE}."),
    (b"{\\rtf", f"This is a Rich Text file (.rtf): {_SAVE}."),
    (b"\x1f\x8b", "This is a gzip archive: unpack it and give the files."),
    (b"BZh", "This is a bzip2 archive: unpack it and give the files."),
    (b"\xfd7zXZ\0", "This is an xz archive: unpack it and give the files."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7z archive: unpack it and give the files."),
    (b"Rar!\x1a\x07", "This is a RAR archive: unpack it and give the files."),
    (b"\x28\xb5\x2f\xfd", "This is a Zstandard archive: unpack it and give the files."),
    (b"\x89PNG\r\n", "This is a picture: run OCR first."),
    (b"\xff\xd8\xff", "This is a picture: run OCR first."),
    (b"GIF87a", "This is a picture: run OCR first."),
    (b"GIF89a", "This is a picture: run OCR first."),
    (b"II*\0", "This is a picture: run OCR first."),
    (b"MM\0*", "This is a picture: run OCR first."),
    (b"8BPS", "This is a picture: run OCR first."),
    (b"\x7fELF", "This is a program, not a document."),
    (b"\xca\xfe\xba\xbe", "This is a program, not a document."),
    (b"\xcf\xfa\xed\xfe", "This is a program, not a document."),
    (b"SQLite format 3\0", "This is a database: export its texts as CSV or JSON."),
    (b"%!PS", "This is PostScript: save it as PDF."),
    (b"ID3", "This is a recording: give its transcript."),
    (b"OggS", "This is a recording: give its transcript."),
    (b"fLaC", "This is a recording: give its transcript."),
    (b"\x1aE\xdf\xa3", "This is a film: give its transcript."),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/document", ""),
    (b"mimetypeapplication/epub", "This is an e-book (EPUB): save it as HTML or PDF."),
    (b"mimetypeapplication/vnd.oasis.opendocument", f"This is an OpenDocument file: {_SAVE}."),
    (b"xl/workbook", "This is a spreadsheet (XLSX): save it as CSV."),
    (b"ppt/presentation", "These are slides (PPTX): save them as PDF."),
)
_MAIL_FIELD = re.compile(rb"(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)")
_MAIL_NAMES = frozenset(b"from to subject date message-id received return-path mime-version delivered-to".split())
_TAG = re.compile(
    rb"</?(?:p|div|span|a|b|i|em|strong|br|h[1-6]|ul|ol|li|table|tr|td|article|section|body|head|title|meta|"
    rb"blockquote|figure|img|main|header|footer)(?=[\s>/])",
    re.IGNORECASE,
)
_OPENS_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,9}<(?:!doctype html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    rb"^(?:#{1,6} \S|```|> \S|[-*+] \S|={3,}\s*$|!\[|\|.*\|\s*$)|"
    rb"\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|\*\*[^*\n]{1,200}\*\*",
    re.MULTILINE,
)
_MARKS_ENOUGH = 3
_TAGS_ENOUGH = 3
_PARTED = (b",", b";", b"\t", b"|")
_BY_NAME = {
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".csv": DocumentKind.CSV,
    ".tsv": DocumentKind.CSV,
    ".json": DocumentKind.JSON,
    ".jsonl": DocumentKind.JSON_LINES,
    ".ndjson": DocumentKind.JSON_LINES,
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".eml": DocumentKind.EMAIL,
}
_BY_TYPE = {
    "application/json": DocumentKind.JSON,
    "application/x-ndjson": DocumentKind.JSON_LINES,
    "application/jsonl": DocumentKind.JSON_LINES,
    "text/csv": DocumentKind.CSV,
    "text/tab-separated-values": DocumentKind.CSV,
    "text/markdown": DocumentKind.MARKDOWN,
    "text/html": DocumentKind.HTML,
    "application/xhtml+xml": DocumentKind.HTML,
    "message/rfc822": DocumentKind.EMAIL,
}


def kind_of(data: bytes, given: Given) -> DocumentKind:
    """What *data* is. A PDF that is called ``.txt`` is a PDF.

    Raises:
        IngestError: it is a picture, an archive, a program or an office file of a kind that is not read; the message
            says what to do instead.
    """
    if b"%PDF-" in data[:1_024]:
        return DocumentKind.PDF
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data)
    _refuse(data)
    head = _head(data)
    if _OPENS_HTML.match(head):
        return DocumentKind.HTML
    if head.lstrip()[:1] in {b"{", b"["} and (kind := _json_kind(head.lstrip(), given)):
        return kind
    if _is_mail(head):
        return DocumentKind.EMAIL
    if len(_TAG.findall(head)) >= _TAGS_ENOUGH and _hint(given) not in {DocumentKind.MARKDOWN, DocumentKind.CSV}:
        return DocumentKind.HTML
    return _by_hint(head, given)


def _refuse(data: bytes) -> None:
    for magic, message in _REFUSED:
        if data.startswith(magic):
            raise IngestError(message)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise IngestError("This is a picture: run OCR first.")
    if data[4:8] == b"ftyp":
        raise IngestError("This is a film, a recording or a picture: give its text.")
    if data[:2] == b"MZ" and b"\0" in data[:_HEAD]:
        raise IngestError("This is a program, not a document.")
    if data[:2] == b"BM" and b"\0" in data[:64]:
        raise IngestError("This is a picture: run OCR first.")


def _zipped(data: bytes) -> DocumentKind:
    """The kind by the names in the archive, which stand in its directory at the end and before each file."""
    directory = data[:_HEAD] + data[-262_144:]
    for mark, message in _ZIPPED:
        if mark in directory:
            if message:
                raise IngestError(message)
            return DocumentKind.DOCX
    raise IngestError("This is a ZIP archive: unpack it and give the files.")


def _head(data: bytes) -> bytes:
    """The beginning as UTF-8 without a mark, so that patterns of bytes fit whatever the encoding."""
    for mark, encoding in ((b"\xef\xbb\xbf", ""), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            head = data[len(mark) : len(mark) + _HEAD * (2 if encoding else 1)]
            return head.decode(encoding, "replace").encode("utf-8", "replace") if encoding else head
    return data[:_HEAD]


def _json_kind(head: bytes, given: Given) -> DocumentKind | None:
    if not re.match(rb'\{\s*(?:"|\}|\Z)|\[\s*\{', head):  # a transcript may begin with "[00:12]"
        return None
    if _hint(given) is DocumentKind.JSON_LINES:
        return DocumentKind.JSON_LINES
    if head.startswith(b"{") and re.search(rb"\}[ \t\r]*\n\s*\{", head):
        return DocumentKind.JSON_LINES
    return DocumentKind.JSON


def _is_mail(head: bytes) -> bool:
    """Whether it begins with at least two header fields of RFC 5322, one of them a mail's own."""
    at, names = 0, set()
    if head.startswith(b"From ") and b"\n" in head[:200]:
        at = head.index(b"\n") + 1
    while field := _MAIL_FIELD.match(head, at):
        names.add(field.group().partition(b":")[0].lower())
        at = field.end()
    ended = len(head) >= _HEAD or at == len(head) or head.startswith((b"\n", b"\r\n"), at)
    return ended and b"from" in names and len(names & _MAIL_NAMES) >= 3


def _hint(given: Given) -> DocumentKind | None:
    media_type = (given.media_type or "").partition(";")[0].strip().lower()
    return _BY_TYPE.get(media_type) or _BY_NAME.get(given.ending)


def _by_hint(head: bytes, given: Given) -> DocumentKind:
    hint = _hint(given)
    if hint is DocumentKind.EMAIL:
        return DocumentKind.TEXT
    if hint is DocumentKind.HTML:
        return DocumentKind.HTML if b"<" in head else DocumentKind.TEXT
    if hint is not None:
        return hint
    if given.ending in {".txt", ".text"}:
        return DocumentKind.TEXT
    if _looks_like_table(head):
        return DocumentKind.CSV
    if len(_MARKDOWN.findall(head)) >= _MARKS_ENOUGH and re.search(rb"^#{1,6} \S|\]\(http", head, re.MULTILINE):
        return DocumentKind.MARKDOWN
    return DocumentKind.TEXT


def _looks_like_table(head: bytes) -> bool:
    """Whether the first line names columns, one of them of texts."""
    first = head.partition(b"\n")[0].strip().lower()
    for delimiter in _PARTED:
        cells = {cell.strip(b" \"'") for cell in first.split(delimiter)}
        if len(cells) > 1 and cells & TEXT_COLUMNS and all(len(cell) <= 40 for cell in cells):
            return True
    return False


TEXT_COLUMNS = frozenset(b"text content body article full_text fulltext article_text articlebody".split())
