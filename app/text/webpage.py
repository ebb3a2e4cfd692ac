"""Web pages: the article without what stands around it, each paragraph with its place in the page."""

from __future__ import annotations

import re

from app.domain import Article, Document, DocumentKind
from app.errors import IngestError
from app.text.assembling import assembled, with_rows
from app.text.blocks import Block, Blocks
from app.text.charsets import decode
from app.text.given import Given
from app.text.markup import tokens
from app.text.page_facts import Facts, PageFacts
from app.text.plain import title_of, usable_text
from app.text.selection import chosen

NOTHING = (
    "This page has no text that can be read: it may be built by a script or need a login; "
    "open it, save it, and give the saved file."
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_FEWEST_WORDS = 3


def read_page(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The article on the HTML page *data*. Nothing is loaded from the network.

    Raises:
        IngestError: it has no text, or one that is too long.
    """
    decoded = decode(data, given.charset, declared_charset(data))
    source = decoded.text
    found, facts = Blocks(source), PageFacts(source, given.url)
    for token in tokens(source):
        found.feed(token)
        facts.feed(token)
    blocks = found.end()
    article, left_out = chosen(source, blocks, deepest=found.deepest, elements=found.elements)
    if sum(len(block.text.split()) for block in article) < _FEWEST_WORDS:
        raise IngestError(NOTHING)
    known = facts.known(blocks)
    blocks_in_text, headline = _with_headline(blocks, article, known)
    made = assembled(with_rows(blocks_in_text), headline)
    text = usable_text(made.text, max_characters=max_characters)
    return Document(
        known.article(text, title_of(text, otherwise=given.stem)),
        made.paragraphs,
        DocumentKind.HTML,
        decoded.encoding,
        made.sources,
        (*decoded.notes, *_notes(left_out)),
    )


def read_markup(data: bytes, given: Given, *, max_characters: int) -> Document:
    """All the text of the HTML *data*, which is no page with things around its article but a mail or a record.

    Raises:
        IngestError: it has no text, or one that is too long.
    """
    decoded = decode(data, given.charset, declared_charset(data))
    found = Blocks(decoded.text)
    for token in tokens(decoded.text):
        found.feed(token)
    made = assembled(with_rows(block for block in found.end() if any(map(str.isalnum, block.text))))
    text = usable_text(made.text, max_characters=max_characters)
    article = Article(title_of(text, otherwise=given.stem), text)
    return Document(article, made.paragraphs, DocumentKind.HTML, decoded.encoding, made.sources, decoded.notes)


def _notes(left_out: int) -> tuple[str, ...]:
    if not left_out:
        return ()
    lines = "1 line was" if left_out == 1 else f"{left_out:,} lines were"
    return (f"{lines} left out as none of the article, such as “Read more” or “Sign up”.",)


def declared_charset(data: bytes) -> str | None:
    """The character encoding that the page itself names, if it does."""
    head = data[:_HEAD]
    found = _META_CHARSET.search(head) or _XML_CHARSET.match(head)
    name = found[1].decode("ascii") if found else None
    return "utf-8" if name and name.lower().startswith("utf-16") else name  # it could be read, so it is not UTF-16


def _with_headline(blocks: list[Block], article: list[Block], known: Facts) -> tuple[list[Block], str | None]:
    """The blocks of the text with the page's headline first, or that headline where no block has it."""
    headline = known.headline
    if not headline or any(_same(block.text, headline) for block in article[:_NEAR_TOP]):
        return article, None
    place = next((at for at, block in enumerate(blocks) if block.tag == "h1" and _same(block.text, headline)), None)
    if place is None:
        return article, headline
    return [blocks[place], *article], None


_NEAR_TOP = 4


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))
