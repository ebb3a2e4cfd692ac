"""Articles, and the documents that they are read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.spans import TextSpan


class ParagraphKind(StrEnum):
    """What a paragraph is to its text."""

    HEADING = "heading"
    DATELINE = "dateline"
    BODY = "body"
    LIST = "list"
    CAPTION = "caption"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text with its topics; paragraphs never overlap and come in order."""

    span: TextSpan
    kind: ParagraphKind
    topics: tuple[str, ...] = ()


class DatePrecision(StrEnum):
    """How much of a date is known; what is not known is 1 in the date itself."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read. *text* is never changed: every offset counts in it.

    Attributes:
        url: where it was published; the canonical address where its page names one.
        byline: who wrote it, as the article has it.
        language: as its source declares it, ISO 639-1.
    """

    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    byline: str | None = None
    language: str | None = None


class DocumentKind(StrEnum):
    """What a document is, told by its content."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    EMAIL = "email"
    JSON = "json"
    JSON_LINES = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """Where a stretch of an article's text came from, and what was done to it on the way.

    Attributes:
        span: in the article's text.
        source: in the original as decoded text, in code points; of a PDF, in the text of *page*.
        page: of a PDF, from 1.
        change: ``""`` where both are the same to the letter; else ``markup`` (tags and character references
            resolved), ``joined`` (lines of one paragraph), ``hyphen`` (a word put together again), ``blanks`` or
            ``repaired`` (mojibake, as a person asked for).
    """

    span: TextSpan
    source: TextSpan
    page: int | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a document: an article, its paragraphs, and how it came out of the original.

    Attributes:
        paragraphs: in order, not overlapping, together all that is worth reading of the text.
        kind: what the original is.
        encoding: the name of the character encoding it was decoded by; ``None`` where that makes no sense.
        sources: the offset map, in the order of the text; empty where the text is the original to the letter.
        notes: for a person to read, a sentence each: what was left out, what was guessed.
        garbled: whether the text looks like mojibake; it is repaired only when a person asks for that.
    """

    article: Article
    paragraphs: tuple[Paragraph, ...]
    kind: DocumentKind
    encoding: str | None = None
    sources: tuple[SourcePiece, ...] = ()
    notes: tuple[str, ...] = ()
    garbled: bool = False
