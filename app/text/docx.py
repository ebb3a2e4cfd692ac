"""DOCX: by its styles, so that headings and lists stay what they are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from app.domain import Article, DatePrecision, Document, DocumentKind
from app.errors import IngestError
from app.text.archives import Parts, checked
from app.text.assembling import assembled, first_heading, with_rows
from app.text.blocks import Block, Blocks
from app.text.dates import Dated, read_date
from app.text.given import Given
from app.text.markup import resolved, tokens
from app.text.plain import title_of, usable_text

_DAMAGED = "This Word file is damaged: open it in Word or LibreOffice and save it again."
_EMPTY = "This Word file has no text: if it holds pictures of pages, run OCR first."
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Caption'] => figcaption:fresh
"""
_FIELD = re.compile(r"<(?P<name>dc:title|dc:creator|dcterms:created)\b[^>]{0,300}>(?P<value>[^<]{1,1000})<")
_NO_TITLE = re.compile(r"\.\w{2,5}$|^(?:word )?document ?\d*$|^untitled|^microsoft |^\W*$", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"\d|@|^(?:user|admin\w*|unknown|author|owner|microsoft.*|office.*|python-docx)$", re.IGNORECASE
)
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What mammoth raises on files that are no good, besides the parser's own error."""
_BACK_LINK = "↑"


def html_of(data: bytes) -> str:
    """The HTML that mammoth makes of the DOCX file *data*, which the offsets of its sources count in.

    Raises:
        IngestError: it is damaged, locked or a bomb.
    """
    checked(data)
    return _html(data)


def read_docx(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The text of the DOCX file *data*; its pictures, comments, headers and footers are not read.

    The original is in XML inside an archive, so what the sources count in is the HTML that it becomes: :func:`html_of`.

    Raises:
        IngestError: it is damaged, locked, a bomb, too long, or has no text.
    """
    parts = checked(data)
    html = _html(data)
    found = Blocks(html)
    for token in tokens(html):
        found.feed(token)
    blocks = list(_without_marks(found.end()))
    if not blocks:
        raise IngestError(_EMPTY)
    made = assembled(with_rows(blocks))
    text = usable_text(made.text, max_characters=max_characters)
    title, author, dated = _facts(parts)
    date, precision = dated or (None, DatePrecision.DAY)
    title = title or first_heading(made) or title_of(text, otherwise=given.stem)
    article = Article(title, text, date=date, date_precision=precision, byline=author)
    return Document(article, made.paragraphs, DocumentKind.DOCX, None, made.sources, _notes(parts))


def _html(data: bytes) -> str:
    from xml.parsers.expat import ExpatError  # noqa: PLC0415

    import mammoth  # noqa: PLC0415 - only DOCX needs it

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}), style_map=_STYLES
        )
    except (ExpatError, *_BROKEN) as error:
        raise IngestError(_DAMAGED) from error
    return str(made.value)


def _without_marks(blocks: list[Block]) -> Iterator[Block]:
    """*blocks* without the arrow that leads from a footnote back to the text."""
    for block in blocks:
        if block.text.endswith(_BACK_LINK) and block.linked and (runs := block.runs)[-1].text.strip() == _BACK_LINK:
            block.runs = runs[:-1]
            block.text = block.text[: -len(runs[-1].text)]
        if block.text.strip():
            yield block


def _facts(parts: Parts) -> tuple[str | None, str | None, Dated | None]:
    core = parts.xml.get("docProps/core.xml", b"").decode("utf-8", "replace")
    stated = {found["name"]: " ".join(resolved(found["value"]).split()) for found in _FIELD.finditer(core)}
    title, author = stated.get("dc:title", ""), stated.get("dc:creator", "")
    return (
        None if _NO_TITLE.search(title) else title,
        None if not author or _NO_PERSON.search(author) else author,
        read_date(stated.get("dcterms:created", "")),
    )


def _notes(parts: Parts) -> tuple[str, ...]:
    body = parts.xml.get("word/document.xml", b"")
    notes = []
    if b"<w:del " in body or b"<w:ins " in body:
        notes.append("The document has tracked changes: it is read as if all were accepted.")
    if "word/comments.xml" in parts.xml:
        notes.append("Comments in the margin were not read.")
    return tuple(notes)
