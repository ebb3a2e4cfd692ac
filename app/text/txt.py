"""Plain text, which stays to the letter."""

from __future__ import annotations

from app.domain import Article, Document, DocumentKind
from app.text.charsets import decode
from app.text.given import Given
from app.text.paragraphs import split_paragraphs
from app.text.plain import title_of, usable_text


def read_text(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The text in *data* as it is, cut into paragraphs at its line ends and blank lines.

    Raises:
        IngestError: it is blank, too long or no text.
    """
    decoded = decode(data, given.charset)
    text = usable_text(decoded.text, max_characters=max_characters)
    article = Article(title_of(text, otherwise=given.stem), text)
    return Document(article, split_paragraphs(text), DocumentKind.TEXT, decoded.encoding, notes=decoded.notes)
