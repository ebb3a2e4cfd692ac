"""Any document an analyst has, from its bytes to an article: the one door of this room."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from app.domain import Document, DocumentKind
from app.errors import IngestError
from app.text.given import Given
from app.text.kinds import kind_of
from app.text.records import documents_in

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")

__all__ = ["Given", "documents_in", "read_document"]


class _Reader(Protocol):
    def __call__(self, data: bytes, given: Given, *, max_characters: int) -> Document: ...


def read_document(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The article in *data*, whatever kind of document that is, with where each of its words came from.

    Args:
        data: the document, as it was given or loaded.
        given: what is known of it besides; each field wins over what the document says itself, but for the address,
            of which the page's own canonical form is taken.
        max_characters: the longest text that is taken in.

    Raises:
        IngestError: it cannot be read; one sentence that says what to do.
    """
    if not data:
        raise IngestError("The file is empty.")
    kind = kind_of(data, given)
    document = _reader(kind)(data, given, max_characters=max_characters)
    return _with_given(_looked_over(document, given), given)


def _reader(kind: DocumentKind) -> _Reader:  # each with its library only when it is needed
    match kind:
        case DocumentKind.HTML:
            from app.text.webpage import read_page as reader  # noqa: PLC0415
        case DocumentKind.JSON:
            from app.text.json_record import read_json as reader  # noqa: PLC0415
        case DocumentKind.JSON_LINES | DocumentKind.CSV:
            from app.text.records import read_only_record as reader  # noqa: PLC0415
        case DocumentKind.PDF:
            from app.text.pdf import read_pdf as reader  # noqa: PLC0415
        case DocumentKind.DOCX:
            from app.text.docx import read_docx as reader  # noqa: PLC0415
        case DocumentKind.EMAIL:
            from app.text.mail import read_mail as reader  # noqa: PLC0415
        case DocumentKind.MARKDOWN:
            from app.text.markdown import read_markdown as reader  # noqa: PLC0415
        case _:
            from app.text.txt import read_text as reader  # noqa: PLC0415
    return reader


def _looked_over(document: Document, given: Given) -> Document:
    """*document*, with its mojibake told of, or repaired where a person asked for it."""
    from app.text.mojibake import is_garbled, mended  # noqa: PLC0415

    if given.repair:
        return mended(document)
    return replace(document, garbled=True) if is_garbled(document.article.text) else document


def _with_given(document: Document, given: Given) -> Document:
    article = document.article
    article = replace(
        article,
        title=_line(given.title) or _line(article.title) or given.stem,
        publisher=_line(given.publisher) or _line(article.publisher),
        byline=_line(article.byline),
        url=article.url or given.url,
    )
    if given.date:
        article = replace(article, date=given.date, date_precision=given.date_precision)
    return replace(document, article=article)


def _line(words: str | None) -> str | None:
    """*words* in one line, without what no page may hold: control characters, which some readers let through."""
    return " ".join(_CONTROLS.sub(" ", words or "").split()) or None
