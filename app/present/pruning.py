"""A page without what its reader cannot use: links become their words, forms go, and what is left empty goes too."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from html import escape

from app.present.elements import Element, elements_of

BARE = re.compile(r"[\s·|/,;:–—←→‹›-]*")
"""A text that says nothing without what stood next to it."""
MEDIA = frozenset("img svg picture video audio canvas iframe object embed math input select textarea button".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 summary legend caption figcaption label dt".split())
SECTIONS = frozenset("section nav aside details fieldset figure table dl form".split())
"""These go with their heading where nothing else is left in them."""
LASTING = frozenset(["", "html", "head", "body", "main", "td", "th"])
"""These stay, though empty: a page has one, a table's columns hang on them."""


class Verdict(Enum):
    """What becomes of a link, a form or a button."""

    KEEP = auto()
    TEXT = auto()
    """A link's words stay, in its class; a form or a button goes, as with ``DROP``."""
    DROP = auto()


Verdicts = Callable[[str, str], Verdict]


def pruned(html: bytes | str, verdict: Verdicts) -> str:
    """*html* without the links and forms that *verdict* does not keep; what stays is the same to the letter.

    Args:
        html: a page as the templates write it; bytes are UTF-8.
        verdict: says it of a method in capitals and an address, as they are written: of each ``<a href>`` (always
            ``GET``), each ``<form>``, and each ``<button>`` or ``<input>`` with an address of its own. A form
            without an address has an empty one.

    What stands about a dropped element goes with it, if nothing is left in it: no words, no picture, no control, no
    place that a script fills (an empty element with an id or data). So does a section of which only the heading is
    left, a ``<dt>`` without its ``<dd>``, a control whose form is gone, and a ``<label>`` whose control is gone.
    """
    page = html.decode() if isinstance(html, bytes) else html
    elements = elements_of(page)
    dropped: set[Element] = set()
    unwrapped: list[Element] = []
    for one in elements:
        said = _said(one, verdict)
        if said is Verdict.TEXT and one.name == "a":
            unwrapped.append(one)
        elif said is not Verdict.KEEP:
            dropped.add(one)
    if dropped:
        dropped |= _orphans(elements, dropped)
        _drop_empty(page, dropped)
    return _without(page, dropped, unwrapped)


def _said(one: Element, verdict: Verdicts) -> Verdict:
    if one.name == "a":
        given = one.attributes()
        return verdict("GET", given["href"]) if "href" in given else Verdict.KEEP
    if one.name == "form":
        given = one.attributes()
        return verdict(given.get("method", "get").upper(), given.get("action", ""))
    if one.name in ("button", "input") and "formaction" in one.told.lower():
        given = one.attributes()
        form = next((other for other in one.about() if other.name == "form"), None)
        method = given.get("formmethod") or (form.attributes().get("method") if form else None) or "get"
        return verdict(method.upper(), given.get("formaction", ""))
    return Verdict.KEEP


def _orphans(elements: Iterable[Element], dropped: set[Element]) -> set[Element]:
    """Controls that belong to a dropped form by its id, and labels that belong to a dropped control."""
    forms = _ids(dropped)
    if not forms:
        return set()
    controls = {one for one in elements if one.name in MEDIA and one.attributes().get("form") in forms}
    ids = forms | _ids(controls)
    return controls | {one for one in elements if one.name == "label" and one.attributes().get("for") in ids}


def _ids(roots: Iterable[Element]) -> set[str]:
    """The ids in *roots*, those of the roots among them."""
    gone = {one for root in roots for one in _all_in(root) if "id=" in one.told}
    return {given["id"] for given in (one.attributes() for one in gone) if given.get("id")}


def _all_in(root: Element) -> Iterator[Element]:
    yield root
    for child in root.children:
        yield from _all_in(child)


def _drop_empty(page: str, dropped: set[Element]) -> None:
    """Add to *dropped* what is left empty about its elements, from the innermost outwards."""
    waiting = [(-one.start, id(one), one) for one in {one.parent for one in dropped if one.parent is not None}]
    heapq.heapify(waiting)
    seen: set[Element] = set()
    while waiting:
        _, _, one = heapq.heappop(waiting)
        if one in seen or one in dropped:
            continue
        seen.add(one)
        if one.name in ("dl", "ul", "ol"):
            _drop_terms(one, dropped)
        if not _is_empty(page, one, dropped):
            continue
        dropped.add(one)
        if one.parent is not None:
            heapq.heappush(waiting, (-one.parent.start, id(one.parent), one.parent))


def _is_empty(page: str, one: Element, dropped: set[Element]) -> bool:
    if one.name in LASTING:
        return False
    if one.name == "tr":
        return not any(_says(page, cell, dropped) for cell in one.children if cell not in dropped)
    return not _says(page, one, dropped, heading=one.name in SECTIONS)


def _drop_terms(listed: Element, dropped: set[Element]) -> None:
    """Drop each ``<dt>`` in *listed* of which every ``<dd>`` is dropped."""
    term: Element | None = None
    left = lost = False
    for one in [*listed.children, None]:
        if one is None or one.name == "dt":
            if term is not None and lost and not left:
                dropped.add(term)
            term, left, lost = one, False, False
        elif one.name == "dd":
            left, lost = left or one not in dropped, lost or one in dropped


def _says(page: str, one: Element, dropped: set[Element], *, heading: bool = False) -> bool:
    """Whether anything is left in *one*; with *heading*, anything but its heading."""
    if one.name in MEDIA:
        return one.name != "input" or 'type="hidden"' not in one.told
    if one.name in ("script", "style", "template", ""):
        return False
    if not one.children and not page[one.inside : one.inner_end].strip():
        return " id=" in one.told or " data-" in one.told
    at = one.inside
    for child in one.children:
        if _is_word(page, at, child.start):
            return True
        at = child.end
        skipped = child in dropped or (heading and child.name in HEADINGS)
        if not skipped and _says(page, child, dropped, heading=heading):
            return True
    return _is_word(page, at, one.inner_end)


def _is_word(page: str, start: int, end: int) -> bool:
    return BARE.fullmatch(page, start, end) is None


def _without(page: str, dropped: set[Element], unwrapped: Iterable[Element]) -> str:
    cuts = [(one.start, one.end, "") for one in dropped]
    for one in unwrapped:
        styled = one.attributes().get("class")
        opening, closing = (f'<span class="{escape(styled)}">', "</span>") if styled else ("", "")
        cuts += [(one.start, one.inside, opening), (one.inner_end, one.end, closing)]
    pieces: list[str] = []
    at = 0
    for start, end, instead in sorted(cuts):
        if start >= at:
            pieces += (page[at:start], instead)
        at = max(at, end)
    return "".join((*pieces, page[at:]))
