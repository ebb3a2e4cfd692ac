"""A text cut into paragraphs at its line ends, each with what it looks like."""

import re
from collections.abc import Iterator

from app.domain import Paragraph, ParagraphKind, TextSpan
from app.text.wrapped import LIST_ITEM, TURN, is_broken, width_of

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_TERMINAL = tuple('.!?:;,…"”’»')
_NAMED_QUOTE = re.compile(r"[“\"„«].*[”\"“»]\s*(?:[―—–-]|--)\s*[A-Z]")
_SINGLE_END = re.compile(r"[.!?,…]'$")
_HEADLINE_END = re.compile(r"(?:[?!]|(?<![.!?,…])[”’])$")
_HEADING_LENGTH = 120
_HEADING_WORDS = 18
_INDENT = 40


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of *text* in order, blanks at their ends left out: one a line that has words.

    Where a program broke the lines to a width, as in mails, a paragraph is all the lines up to an empty one.
    Their kind is read off the words alone: a short first line, or a short line without a full stop, is a heading.
    """
    found: list[Paragraph] = []
    for start, end in _stretches(text):
        kind = _kind(" ".join(text[start:end].splitlines()), first=not found)
        found.append(Paragraph(TextSpan(start, end), kind))
    if len(found) == 1 and found[0].kind is ParagraphKind.HEADING:
        return (Paragraph(found[0].span, ParagraphKind.BODY),)
    return tuple(found)


def is_turn(line: str) -> bool:
    """Whether *line* begins with the label of a speaker in capitals, as a transcript's turns do."""
    return bool(TURN.match(line)) and line.split(":", 1)[0].isupper()


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The places of the paragraphs' words."""
    lines = list(_lines(text))
    blocks: list[list[tuple[int, int]]] = []
    for line in lines:
        if blocks and _next_line(text, blocks[-1][-1][1], line[0]):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    if len(blocks) == len(lines) or (width := width_of([[text[a:b] for a, b in block] for block in blocks])) is None:
        yield from lines
        return
    for block in blocks:
        begun, before = block[0][0], block[0]
        for line in block[1:]:
            if not is_broken(text[slice(*before)], text[slice(*line)], width):
                yield begun, before[1]
                begun = line[0]
            before = line
        yield begun, before[1]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        end = line.start() + len(words.rstrip())
        if start < end:
            yield start, end


def _next_line(text: str, end: int, start: int) -> bool:
    """Whether only one line end stands between *end* and *start*."""
    between = text[end:start] if start - end <= _INDENT else ""
    return between.replace("\r\n", "\n").count("\n") == 1 and not between.strip(" \t\r\n")


def _kind(line: str, *, first: bool) -> ParagraphKind:
    if LIST_ITEM.match(line):
        return ParagraphKind.LIST
    if is_turn(line):
        return ParagraphKind.TURN
    if line.startswith(">"):
        return ParagraphKind.BODY
    short = len(line) <= _HEADING_LENGTH and line.count(" ") < _HEADING_WORDS
    if short and not line.endswith(_TERMINAL) and not _SINGLE_END.search(line) and not _NAMED_QUOTE.match(line):
        return ParagraphKind.HEADING
    if first and short and _HEADLINE_END.search(line) and not line.startswith(("“", '"')):
        return ParagraphKind.HEADING
    return ParagraphKind.BODY
