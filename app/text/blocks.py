"""The blocks of text in HTML, as a reader sees them on the page, each with its place in the source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from app.domain import ParagraphKind
from app.text.elements import BLOCKS, CELLS, ENDED_BY, HOLDERS, NO_SECTION, OWN, VOID, apart, kind_by, unseen
from app.text.markup import RAW, Tag, Words
from app.text.runs import Builder, Run, lines, text_of

_LINE_END = re.compile(r"\r\n?|\n")
_LOOK_BACK = 6
"""How many open elements are looked at for a paragraph that was left open."""

_Stretch = tuple[int, int, bool, bool]
"""Words in the source: from, to, whether they are in a link, whether they are bold."""


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item, caption or cell.

    Attributes:
        tag: the element that it is, such as ``p``; ``div`` for text that stands in no such element.
        section: which section of the page it stands in, by number.
        noise: which element apart from the article it stands in, by number; 0 for none.
        row, cell: which row and cell of a table it stands in, by number; 0 for none.
        linked: how many of its characters are in links.
        bold: whether all of it is.
    """

    runs: list[Run]
    text: str
    tag: str
    kind: ParagraphKind
    section: int = 0
    noise: int = 0
    row: int = 0
    cell: int = 0
    linked: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element, with what it inherits from those around it."""

    name: str = ""
    own: str = ""
    section: int = 0
    noise: int = 0
    row: int = 0
    cell: int = 0
    skip: bool = False
    link: bool = False
    bold: bool = False
    pre: bool = False


@dataclass(slots=True)
class Blocks:
    """Fed with the tokens of a source in order, it finds the source's blocks; :meth:`end` closes the last.

    Attributes:
        deepest: how deep elements were nested.
        elements: how many there were.
    """

    source: str
    found: list[Block] = field(default_factory=list)
    deepest: int = 0
    elements: int = 0
    _stack: list[_Open] = field(default_factory=lambda: [_Open()])
    _names: Counter[str] = field(default_factory=Counter)
    _builder: Builder | None = None
    _stretches: list[_Stretch] = field(default_factory=list)
    _breaks: int = 0

    def feed(self, token: Tag | Words) -> None:
        """Take in the next token."""
        if isinstance(token, Words):
            self._words(token.start, token.end)
        elif token.closing:
            self._end(token)
        elif token.name not in RAW:
            self._start(token)

    def end(self) -> list[Block]:
        """Close what is open and give all blocks."""
        self._flush()
        return self.found

    def _words(self, start: int, end: int) -> None:
        top = self._stack[-1]
        if top.skip:
            return
        if top.pre:
            for line_end in _LINE_END.finditer(self.source, start, end):
                self._add(start, line_end.start())
                self._break(line_end.start(), line_end.end())
                start = line_end.end()
        self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        if start >= end:
            return
        top = self._stack[-1]
        if not self.source[start:end].isspace():
            self._breaks = 0
            self._stretches.append((start, end, top.link, top.bold))
        self._open_builder().add(start, end)

    def _open_builder(self) -> Builder:
        if self._builder is None:
            self._builder = Builder(self.source)
        return self._builder

    def _break(self, start: int, end: int) -> None:
        """A line end: two of them part paragraphs, one may."""
        self._breaks += 1
        if self._breaks > 1:
            self._flush()
        elif self._builder is not None:
            self._builder.put("\n", start, end)

    def _start(self, tag: Tag) -> None:
        self.elements += 1
        name = tag.name
        if name in BLOCKS:
            self._flush()
            self._end_what_was_left_open(name)
        top = self._stack[-1]
        if name == "br" and not top.skip:
            self._break(tag.start, tag.end)
        elif name == "q" and not top.skip:
            self._open_builder().put("“", tag.start, tag.end)
        if name not in VOID:
            self._push(tag, top)

    def _push(self, tag: Tag, top: _Open) -> None:
        self._names[tag.name] += 1
        footnote_mark = tag.name == "a" and top.name == "sup"
        self._stack.append(
            _Open(
                tag.name,
                _own(tag.name, top.own),
                self.elements if tag.name in BLOCKS and tag.name not in NO_SECTION else top.section,
                top.noise or (self.elements if apart(tag) else 0),
                self.elements if tag.name == "tr" else top.row,
                self.elements if tag.name in CELLS else top.cell,
                top.skip or unseen(tag) or footnote_mark,
                top.link or tag.name == "a",
                top.bold or tag.name in {"b", "strong"},
                top.pre or tag.name == "pre",
            )
        )
        self.deepest = max(self.deepest, len(self._stack) - 1)

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._flush()
        if not self._names[name]:
            return
        if name == "q" and not self._stack[-1].skip:
            self._open_builder().put("”", tag.start, tag.end)
        while self._pop() != name:
            pass

    def _pop(self) -> str:
        name = self._stack.pop().name
        self._names[name] -= 1
        return name

    def _end_what_was_left_open(self, name: str) -> None:
        """End the head, paragraph, item or cell that goes no further, since an element *name* begins."""
        if self._names["head"] and self._stack[-1].name != "noscript":
            while self._pop() != "head":
                pass
        for back, opened in enumerate(self._stack[: -_LOOK_BACK - 1 : -1], start=1):
            if name in ENDED_BY.get(opened.name, ()):
                for _ in range(back):
                    self._pop()
                return
            if opened.name in BLOCKS:
                return

    def _flush(self) -> None:
        builder, self._builder = self._builder, None
        stretches, self._stretches = self._stretches, []
        self._breaks = 0
        if builder is None:
            return
        top = self._stack[-1]
        tag = top.own or "div"
        row, cell = (top.row, top.cell) if top.cell else (0, 0)
        at = 0
        for runs in lines(builder.runs):
            at, linked, bold = _measured(stretches, at, runs)
            text, kind = text_of(runs), kind_by(tag)
            self.found.append(Block(runs, text, tag, kind, top.section, top.noise, row, cell, linked, bold))


def _measured(stretches: list[_Stretch], at: int, runs: list[Run]) -> tuple[int, int, bool]:
    """Where the stretches of the line *runs* end, how much of it is linked, and whether all of it is bold."""
    linked, bold = 0, True
    while at < len(stretches) and stretches[at][0] < runs[-1].end:
        start, end, in_link, in_bold = stretches[at]
        if end > runs[0].start:
            linked += (end - start) * in_link
            bold = bold and in_bold
        if end > runs[-1].end:
            break
        at += 1
    return at, linked, bold


def _own(name: str, inherited: str) -> str:
    if name in {"article", "section"}:
        return ""
    if name not in OWN or (name == "p" and inherited in HOLDERS):
        return inherited
    return name
