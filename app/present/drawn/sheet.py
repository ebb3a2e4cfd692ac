"""A sheet to draw on: outlines and words at places in pixels, and how much room words take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.present.drawn.colours import Palette

WIDTH, SIDE = 720, 24
INNER = WIDTH - 2 * SIDE
TITLE_SIZE, SIZE, SMALL = 17, 14, 12
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no way to write.

Source:
    XML 1.0, section 2.2.
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text. ``anchor`` says which end of it stands at ``x``; ``tone`` is the name of its colour."""

    x: float
    y: float
    text: str
    size: int = SIZE
    tone: str = "ink"
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A path, moved to ``x`` and ``y``. ``says`` is what it stands for, shown where a pointer rests on it."""

    d: str
    fill: str = ""
    stroke: str = ""
    wide: float = 1
    dash: str = ""
    says: str = ""
    x: float = 0
    y: float = 0


@dataclass
class Sheet:
    """A drawing as it grows downwards: ``y`` is where the next thing has its place."""

    title: str
    y: float = SIDE
    words: list[Words] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    def colours(self) -> frozenset[str]:
        """The names of all colours on it."""
        filled = {name for one in self.outlines for name in (one.fill, one.stroke) if name}
        return frozenset({"paper", *(one.tone for one in self.words), *filled})

    def headline(self) -> None:
        """Its title, in as many lines as it takes."""
        for line in wrapped(self.title, INNER, TITLE_SIZE):
            self.y += TITLE_SIZE + 5
            self.words.append(Words(SIDE, self.y - 6, line, TITLE_SIZE, bold=True))
        self.y += 4

    def key(self, items: Iterable[tuple[str, Outline]]) -> None:
        """What each colour stands for: a label behind an outline that is 14 pixels wide, around its middle."""
        x, height = float(SIDE), 22
        for label, outline in items:
            shown = fitted(label, INNER - 40, 13)
            wide = 22 + width_of(shown, 13)
            if x + wide > SIDE + INNER and x > SIDE:
                x, self.y = SIDE, self.y + height
            place = Outline(outline.d, outline.fill, outline.stroke, outline.wide, outline.dash, "", x + 7, self.y + 10)
            self.outlines.append(place)
            self.words.append(Words(x + 20, self.y + 15, shown, 13, "soft"))
            x += wide + 16
        self.y += height + 8

    def stamp(self, lines: Iterable[str]) -> None:
        """What it is of, small below a line, and the margin at the end."""
        self.y += 10
        self.outlines.append(Outline(f"M{SIDE} {self.y:g}h{INNER}", stroke="rule"))
        self.y += 4
        for line in (part for one in lines for part in wrapped(one, INNER, SMALL)):
            self.y += SMALL + 5
            self.words.append(Words(SIDE, self.y, line, SMALL, "soft"))
        self.y += SIDE - 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished sheet: what the template of a drawing is given, all of it fit for XML."""

    title: str
    says: str
    height: int
    words: Sequence[Words]
    outlines: Sequence[Outline]
    palette: Palette
    width: int = WIDTH


def finished(sheet: Sheet, colours: Palette) -> Drawing:
    """*sheet* as a drawing in *colours*; ``says`` tells all of it to whoever does not see it."""
    used = colours.only(sheet.colours())
    return Drawing(sheet.title, " ".join(sheet.says), round(sheet.y), tuple(sheet.words), tuple(sheet.outlines), used)


def xml_text(text: str) -> str:
    """*text* without what XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def width_of(text: str, size: int) -> float:
    """About how many pixels *text* takes in the usual fonts, rather too many than too few."""
    return size * sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56 for char in text)


def fitted(text: str, wide: float, size: int = SIZE) -> str:
    """*text*, cut with an ellipsis where it takes more than *wide* pixels."""
    text = " ".join(text.split())
    if width_of(text, size) <= wide:
        return text
    while text and width_of(text, size) > wide - size:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, wide: float, size: int) -> list[str]:
    """*text* in lines of *wide* pixels at most, broken between words; a word that is wider is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, wide, size) for line in lines]
