"""PDF: its lines put together to paragraphs, heads and feet of pages left out."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import struct
import zlib
from typing import Any

from app.domain import Article, DatePrecision, Document, DocumentKind
from app.errors import IngestError
from app.text.assembling import assembled, first_heading
from app.text.given import Given
from app.text.pdf_lines import Page, page_of, without_heads_and_feet
from app.text.pdf_paragraphs import paragraphs
from app.text.plain import title_of, usable_text

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on files that are no good, besides its own errors."""
_LOCKED = "This PDF is locked with a password: save a copy without one."
_ONLY_IMAGES = "This PDF holds only images: run OCR first."
_DAMAGED = "This PDF is damaged and cannot be read: open it in a viewer and save it again."
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|odt|indd|qxp|tex|dvi|xlsx?|pptx?|rtf|wpd)\b|^Microsoft |^untitled|^document ?\d*$|^\W*$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(r"\d|@|^(?:user|admin\w*|unknown|author|owner|microsoft.*|office.*)$", re.IGNORECASE)
_MOST_PAGES_NAMED = 10
_LONGEST_TITLE = 300


def read_pdf(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The text of the PDF *data*, its paragraphs guessed from where the lines stand and how large they are.

    Offsets of the sources count in the text of each page as pypdf gives it, see :func:`page_texts`.

    Raises:
        IngestError: it is locked, damaged, too long, or holds images only.
    """
    pages, facts = _opened(data, max_characters)
    lines, left_out = without_heads_and_feet(pages)
    if not lines:
        raise IngestError(_ONLY_IMAGES)
    made = assembled(paragraphs(lines, {page.number: page.text for page in pages}))
    text = usable_text(made.text, max_characters=max_characters)
    title = facts.title or first_heading(made) or title_of(text, otherwise=given.stem)
    article = Article(title, text, date=facts.date, date_precision=DatePrecision.DAY, byline=facts.author)
    notes = _notes([page.number for page in pages if not page.lines], left_out)
    return Document(article, made.paragraphs, DocumentKind.PDF, None, made.sources, notes)


def page_texts(data: bytes, *, max_characters: int) -> list[str]:
    """The text of each page of the PDF *data*, which the offsets of its sources count in.

    Raises:
        IngestError: as :func:`read_pdf`.
    """
    return [page.text for page in _opened(data, max_characters)[0]]


class _Facts:
    """What the PDF says of itself, where that is sensible."""

    def __init__(self, info: Any) -> None:
        info = info or {}
        title, author = _string(info, "/Title"), _string(info, "/Author")
        self.title = title if title and len(title) <= _LONGEST_TITLE and not _FILE_NAME.search(title) else None
        self.author = author if author and len(author) <= _LONGEST_TITLE and not _NO_PERSON.search(author) else None
        self.date = _date(_string(info, "/CreationDate"))


def _string(info: Any, name: str) -> str:
    value = info.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _date(value: str) -> dt.date | None:
    """The day of a PDF date such as ``D:20240516093000Z``."""
    found = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", value)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _opened(data: bytes, max_characters: int) -> tuple[list[Page], _Facts]:
    from pypdf import PdfReader  # noqa: PLC0415 - only PDFs need it
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError, WrongPasswordError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it mends
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise IngestError(_LOCKED)
        return _pages(reader, max_characters), _Facts(reader.metadata)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise IngestError(_LOCKED) from error
    except (PyPdfError, *_BROKEN) as error:
        raise IngestError(_DAMAGED) from error


def _pages(reader: Any, max_characters: int) -> list[Page]:
    pages: list[Page] = []
    size = 0
    for number, page in enumerate(reader.pages, start=1):
        pages.append(page_of(page, number))
        size += sum(len(line.text) for line in pages[-1].lines)
        if size > max_characters * 2:
            raise IngestError(
                f"The text is far longer than the {max_characters:,} characters that are taken in at most "
                "(the setting COMMUNIQUE_MAX_CHARACTERS)."
            )
    return pages


def _notes(empty: list[int], left_out: int) -> tuple[str, ...]:
    notes = []
    if left_out:
        lines = "1 line was" if left_out == 1 else f"{left_out:,} lines were"
        notes.append(f"{lines} left out as heads, feet and numbers of pages.")
    if empty:
        named = ", ".join(map(str, empty[:_MOST_PAGES_NAMED])) + (" …" if len(empty) > _MOST_PAGES_NAMED else "")
        pages = f"Page {named} has" if len(empty) == 1 else f"Pages {named} have"
        notes.append(f"{pages} no text: run OCR if they hold images of it.")
    return tuple(notes)
