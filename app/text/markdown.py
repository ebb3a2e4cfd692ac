"""Markdown: headings, lists, quotes and paragraphs as CommonMark has them, links reduced to their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain import Article, DatePrecision, Document, DocumentKind, ParagraphKind
from app.errors import IngestError
from app.text.assembling import assembled, first_heading, with_rows
from app.text.blocks import Block, Blocks
from app.text.charsets import decode
from app.text.dates import read_date
from app.text.fields import address
from app.text.given import Given
from app.text.markup import tokens
from app.text.plain import title_of, usable_text
from app.text.runs import Builder, lines, text_of

_FRONT = re.compile(r"---[ \t]*\r?\n(?P<fields>(?:[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"^(?P<name>[A-Za-z_-]{1,40})[ \t]*:[ \t]*(?P<value>[^\n]{1,2000})$", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The text of the Markdown file *data*; front matter says its title, date, author and source.

    Raises:
        IngestError: it has no text, or one that is too long.
    """
    decoded = decode(data, given.charset)
    source = decoded.text
    front = _FRONT.match(source)
    blocks = blocks_of(source, front.end() if front else 0)
    if not blocks:
        raise IngestError("This Markdown file has no text.")
    made = assembled(with_rows(blocks))
    text = usable_text(made.text, max_characters=max_characters)
    article = Article(first_heading(made) or title_of(text, otherwise=given.stem), text)
    article = _described(article, _fields(front["fields"] if front else ""))
    return Document(article, made.paragraphs, DocumentKind.MARKDOWN, decoded.encoding, made.sources, decoded.notes)


def blocks_of(source: str, begin: int = 0) -> list[Block]:
    """The blocks of the Markdown *source* from *begin* on, with their places in it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only Markdown needs it

    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join")  # so that escapes stay apart
    plain = source[begin:].replace("\r\n", "\n").replace("\r", "\n")
    starts = [begin + found.start() for found in re.finditer(r"^|(?<=\r)(?!\n)", source[begin:], re.MULTILINE)]
    walk = _Walk(source, [*starts, len(source), len(source)], begin)
    for token in parser.parse(plain):
        walk.take(token)
    return walk.found


@dataclass(slots=True)
class _Walk:
    """Goes through the tokens of the parser, and through the source beside them."""

    source: str
    starts: list[int]
    at: int
    found: list[Block] = field(default_factory=list)
    _heading: bool = False
    _items: int = 0
    _row: int = 0
    _in_row: bool = False
    _cell: int = 0

    def take(self, token: Any) -> None:
        match token.type:
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case "list_item_open" | "list_item_close":
                self._items += token.nesting
            case "tr_open" | "tr_close":
                self._row += token.nesting > 0
                self._in_row = token.nesting > 0
            case "inline":
                self._inline(token)
            case "html_block":
                self._html(*self._place(token))
            case "fence" | "code_block":
                self._code(token)

    def _place(self, token: Any) -> tuple[int, int]:
        first, last = token.map or (0, len(self.starts) - 1)
        self.at = max(self.at, self.starts[min(first, len(self.starts) - 1)])
        return self.at, max(self.at, self.starts[min(last, len(self.starts) - 1)])

    def _inline(self, token: Any) -> None:
        _, end = self._place(token)
        builder = Builder(self.source, references=False)
        bold = bool(token.children)
        depth = 0
        for child in token.children or ():
            depth += child.nesting if child.type.startswith("strong_") else 0
            bold = bold and (depth > 0 or not child.content.strip())
            self._child(child, builder, end)
        self._keep(builder, bold)

    def _child(self, child: Any, builder: Builder, end: int) -> None:
        is_break = child.type in {"softbreak", "hardbreak"} or (
            child.type == "html_inline" and _BREAK.match(child.content)
        )
        if is_break:
            mark = "\n" if child.type != "html_inline" else child.content
            place = self.source.find(mark, self.at, end)
            if place >= 0:
                words = (" ", "joined") if child.type == "softbreak" else ("\n", "markup")
                builder.put(words[0], place, place + len(mark), words[1])
                self.at = place + len(mark)
            return
        written = child.markup if child.type == "text_special" else child.content
        if child.type not in {"text", "text_special", "code_inline"} or not written:
            return
        place = self.source.find(written, self.at, end)
        if place < 0:
            return
        if child.type == "text_special":
            builder.put(child.content, place, place + len(written))
        else:
            builder.add(place, place + len(written))
        self.at = place + len(written)

    def _code(self, token: Any) -> None:
        _, end = self._place(token)
        builder = Builder(self.source, references=False)
        for line in token.content.splitlines():
            if line.strip() and (place := self.source.find(line.strip(), self.at, end)) >= 0:
                if builder.runs:
                    builder.put("\n", self.at, place)
                self.at = place + len(line.strip())
                builder.add(place, self.at)
        self._keep(builder, bold=False)

    def _keep(self, builder: Builder, bold: bool) -> None:
        kind = ParagraphKind.HEADING if self._heading else ParagraphKind.LIST if self._items else ParagraphKind.BODY
        for runs in lines(builder.runs):
            row = self._row if self._in_row else 0
            self._cell += 1
            self.found.append(Block(runs, text_of(runs), "p", kind, row=row, cell=self._cell, bold=bold))

    def _html(self, start: int, end: int) -> None:
        stretch = self.source[start:end]
        blocks = Blocks(stretch)
        for token in tokens(stretch):
            blocks.feed(token)
        for block in blocks.end():
            block.runs = [replace(run, start=run.start + start, end=run.end + start) for run in block.runs]
            self.found.append(block)
        self.at = end


def _fields(front: str) -> dict[str, str]:
    return {name: value for name, value in _pairs(front) if value}


def _pairs(front: str) -> Iterator[tuple[str, str]]:
    for found in _FIELD.finditer(front):
        value = found["value"].strip()
        if value[:1] in {'"', "'"} and value.endswith(value[0]) and len(value) > 1:
            value = value[1:-1]
        yield found["name"].lower(), " ".join(value.strip("[] ").split())


def _described(article: Article, fields: dict[str, str]) -> Article:
    date, precision = read_date(fields.get("date", "")) or (None, DatePrecision.DAY)
    stated = next((fields[name] for name in ("url", "source", "canonical_url", "link") if name in fields), "")
    try:
        url = address(stated)
    except IngestError:  # a source may well be a name
        url = None
    return replace(
        article,
        title=fields.get("title") or article.title,
        url=url,
        publisher=fields.get("publisher") or (stated if stated and not url else None),
        date=date,
        date_precision=precision,
        byline=fields.get("author") or fields.get("byline"),
        language=(fields.get("lang") or fields.get("language") or "")[:2].lower() or None,
    )
