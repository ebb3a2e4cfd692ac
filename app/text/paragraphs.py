"""A text cut into paragraphs at its line ends, each with what it looks like."""

import re

from app.domain import Paragraph, ParagraphKind, TextSpan

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_TERMINAL = tuple('.!?:;,…"”’»')
_LIST_ITEM = re.compile(r"(?:[-*•–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_TURN = re.compile(r"(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4}|[A-Z]{1,3}):\s")
_NAMED_QUOTE = re.compile(r"[“\"„«].*[”\"“»]\s*(?:[―—–-]|--)\s*[A-Z]")
_SINGLE_END = re.compile(r"[.!?,…]'$")
_HEADLINE_END = re.compile(r"(?:[?!]|(?<![.!?,…])[”’])$")
_HEADING_LENGTH = 120
_HEADING_WORDS = 18


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of *text* in order, one a line that has words; blanks at their ends are left out.

    Their kind is read off the line alone: a short first line, or a short line without a full stop, is a heading.
    """
    found: list[Paragraph] = []
    for line in _LINE.finditer(text):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        end = line.start() + len(words.rstrip())
        if start < end:
            kind = _kind(text[start:end], first=not found)
            found.append(Paragraph(TextSpan(start, end), kind))
    if len(found) == 1 and found[0].kind is ParagraphKind.HEADING:
        return (Paragraph(found[0].span, ParagraphKind.BODY),)
    return tuple(found)


def _kind(line: str, *, first: bool) -> ParagraphKind:
    if _LIST_ITEM.match(line):
        return ParagraphKind.LIST
    if _TURN.match(line) and line.split(":", 1)[0].isupper():
        return ParagraphKind.TURN
    short = len(line) <= _HEADING_LENGTH and line.count(" ") < _HEADING_WORDS
    if short and not line.endswith(_TERMINAL) and not _SINGLE_END.search(line) and not _NAMED_QUOTE.match(line):
        return ParagraphKind.HEADING
    if first and short and _HEADLINE_END.search(line) and not line.startswith(("“", '"')):
        return ParagraphKind.HEADING
    return ParagraphKind.BODY
