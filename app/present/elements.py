"""A page of HTML as a tree of places in its text, so that pieces can be cut out and the rest stays to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?-->"
    # What stands in these is text to their end tag, whatever it looks like.
    r"|<(?P<raw>script|style|textarea|title)\b(?P<told>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)>.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'=/>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
"""By the name of an element that begins: those that end with it where no tag ends them."""


@dataclass(slots=True, eq=False)
class Element:
    """An element, or a comment, by its places in the text.

    Attributes:
        name: in lower case; empty for a comment and for the whole page.
        told: its attributes as they are written.
        start, inside: where its start tag begins, and where what it holds begins.
        inner_end, end: where what it holds ends, and where the element ends.
        parent, children: about it and in it.
    """

    name: str
    told: str
    start: int
    inside: int
    parent: Element | None
    inner_end: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    def attributes(self) -> dict[str, str]:
        """Its attributes by their names in lower case; one without a value has an empty one."""
        found = _ATTRIBUTE.finditer(self.told)
        return {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in found}

    def about(self) -> Iterator[Element]:
        """The elements that it stands in, the nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent


def elements_of(html: str) -> list[Element]:
    """The elements of *html* in the order in which they begin; the first is the whole page.

    It reads what templates write: an element whose end tag is missing ends with the one about it, and an end tag that
    ends nothing is passed over.
    """
    whole = Element("", "", 0, 0, None, len(html), len(html))
    found, at = [whole], whole
    for token in _TOKEN.finditer(html):
        raw, told, ends, name, rest = token.groups()
        start, end = token.span()
        if ends:
            at = _ended(at, name.lower(), start, end)
            continue
        called = (name or raw or "").lower()
        if called in _CLOSED_BY and at.name in _CLOSED_BY[called]:
            at = _ended(at, at.name, start, start)
        one = Element(called, (rest if name else told) or "", start, end, at, end, end)
        at.children.append(one)
        found.append(one)
        if name and called not in _VOID and not rest.endswith("/"):
            at = one
    while at is not whole:
        at = _ended(at, at.name, len(html), len(html))
    return found


def _ended(at: Element, name: str, inner_end: int, end: int) -> Element:
    """Where the text stands behind the end tag of *name*: the innermost open element of that name is closed by it."""
    closed = at
    while closed.name != name:
        if closed.parent is None:
            return at
        closed = closed.parent
    while at is not closed and at.parent is not None:
        at.inner_end = at.end = inner_end
        at = at.parent
    closed.inner_end, closed.end = inner_end, end
    return closed.parent or closed
