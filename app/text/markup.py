"""HTML as tags and stretches of text, each with its place in the source. Linear in the source, however broken it is.

The parsers that build trees keep no offsets, and an offset map needs them. This one follows the tokenisation of the
HTML standard (section 13.2.5) as far as text and its places need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9]);?|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_GAP = re.compile(r"[\s/]*")
_NAME = re.compile(r"[^\s/>][^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_UNQUOTED = re.compile(r"[^\s>]*")
_MOST_ATTRIBUTE = 10_000
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is text up to their own end tag, whatever stands in it."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; of an element in :data:`RAW`, with all that stands up to its end tag as *content*."""

    name: str
    start: int
    end: int
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    content: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in the source, character references and all."""

    start: int
    end: int


def resolved(text: str) -> str:
    """*text* with its character references resolved."""
    return REFERENCE.sub(lambda found: unescape(found.group()), text) if "&" in text else text


def tokens(source: str) -> Iterator[Tag | Words]:
    """The tags and the texts of *source* in order; comments, declarations and the insides of tags are no text."""
    at, begun = 0, 0
    while (opened := source.find("<", at)) >= 0:
        token, end = _markup(source, opened)
        if end == opened:  # a mere "<" belongs to the text
            at = opened + 1
            continue
        if opened > begun:
            yield Words(begun, opened)
        if token is not None:
            if token.name in RAW and not token.closing:
                token, end = _with_content(source, token)
            yield token
        at = begun = end
    if begun < len(source):
        yield Words(begun, len(source))


def _markup(source: str, at: int) -> tuple[Tag | None, int]:
    """The tag at *at* with where it ends; ``None`` for a comment; where it began for what is no markup."""
    if source.startswith("<!--", at):
        if source.startswith((">", "->"), at + 4):
            return None, source.index(">", at) + 1
        return None, _after(source, "-->", at + 4)
    closing = source.startswith("</", at)
    if name := _TAG_NAME.match(source, at + 1 + closing):
        attributes, end = _attributes(source, name.end())
        return Tag(name.group().lower(), at, end, closing, attributes), end
    if closing or source.startswith(("<!", "<?"), at):
        return None, _after(source, ">", at + 2)
    return None, at


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes from *at* on, and where the tag ends: after its ``>``, or at the end of a source without one."""
    found: dict[str, str] = {}
    while True:
        at = _gap_end(source, at)
        if source[at : at + 1] in {">", ""}:
            return found, min(at + 1, len(source))
        name = _NAME.match(source, at)
        if name is None:
            return found, len(source)
        at = name.end()
        value = ""
        if equals := _EQUALS.match(source, at):
            at = equals.end()
            mark = source[at : at + 1]
            if mark in {'"', "'"}:
                end = source.find(mark, at + 1)
                if end < 0:
                    return found, len(source)
                value, at = source[at + 1 : end], end + 1
            elif unquoted := _UNQUOTED.match(source, at):
                value, at = unquoted.group(), unquoted.end()
        found.setdefault(name.group().lower(), resolved(value[:_MOST_ATTRIBUTE]))


def _gap_end(source: str, at: int) -> int:
    gap = _GAP.match(source, at)
    return gap.end() if gap else at


def _with_content(source: str, tag: Tag) -> tuple[Tag, int]:
    """*tag* with its content, and where its end tag is over."""
    end_tag = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE)
    found = end_tag.search(source, tag.end)
    if found is None:
        return Tag(tag.name, tag.start, len(source), False, tag.attributes, source[tag.end :]), len(source)
    end = _after(source, ">", found.end())
    return Tag(tag.name, tag.start, end, False, tag.attributes, source[tag.end : found.start()]), end
