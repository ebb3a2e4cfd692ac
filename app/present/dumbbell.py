"""A dumbbell chart: a line a row, a mark a thing, so that what several things have of the same stands side by side.

The same values make the stand-in, the table and the Plotly figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.present.rows import first_words
from app.present.theme import series_colour


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a mark: its name for Plotly, and its outline for an SVG, around 0,0 and 11 pixels wide."""

    symbol: str
    outline: str


SHAPES = (
    Shape("circle", "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z"),
    Shape("square", "M-4.9-4.9h9.8v9.8h-9.8z"),
    Shape("diamond", "M0-7l7 7l-7 7l-7-7z"),
    Shape("triangle-up", "M0-6.5l6.4 11h-12.8z"),
    Shape("x", "M-3.9-5.9l3.9 3.9l3.9-3.9l2 2l-3.9 3.9l3.9 3.9l-2 2l-3.9-3.9l-3.9 3.9l-2-2l3.9-3.9l-3.9-3.9z"),
    Shape("cross", "M-1.6-6h3.2v4.4h4.4v3.2h-4.4v4.4h-3.2v-4.4h-4.4v-3.2h4.4z"),
)
"""As many as there may be things; no two are told apart by colour alone."""

MOST_THINGS = len(SHAPES)

CLOSE = 1.8
"""Marks nearer to one another than so many hundredths of the width stand one below the other."""

SPREAD = (0.0, 0.0, 11.0, 15.0)
"""Over how many pixels: none where there is one mark, for two of them, and for more."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things that are compared: its label, where it leads, and how many it has in all."""

    label: str
    href: str
    total: int


@dataclass(frozen=True, slots=True)
class Dot:
    """What a thing has in a row: how many, and where these are."""

    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, where it leads, and a dot for each thing, in their order."""

    label: str
    href: str | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot as it is drawn: which thing, where, and the value in words.

    ``at`` is its share of the width, in hundredths; ``shift`` moves it down by as many pixels, so that those of one
    value do not hide each other.
    """

    thing: int
    at: float
    shift: float
    words: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """The chart. Its scale is the share of each thing's own quotes, or their number: ``by_share`` says which."""

    key: str
    title: str
    of: str
    things: tuple[Thing, ...]
    rows: tuple[Row, ...]
    by_share: bool = True

    def value(self, thing: int, dot: Dot) -> float:
        """Where *dot* stands on the scale: its share in hundredths, or its number."""
        if not self.by_share:
            return float(dot.count)
        return 100 * dot.count / self.things[thing].total if self.things[thing].total else 0.0

    @property
    def longest(self) -> float:
        """The end of the scale: the next round number above every dot."""
        most = max((self.value(at, dot) for row in self.rows for at, dot in enumerate(row.dots)), default=0.0)
        return rounded_up(most)

    def words(self, thing: int, dot: Dot) -> str:
        """The value of *dot* with its unit, the other one behind it: ``12 % (3 of 25)``, ``3 (12 %)``."""
        total = self.things[thing].total
        share = percent(dot.count, total)
        return f"{share} ({dot.count} of {total})" if self.by_share else f"{dot.count} ({share})"

    def marks(self, row: Row) -> tuple[Mark, ...]:
        """The dots of *row* as they are drawn, in the order of the things."""
        places = [100 * self.value(at, dot) / self.longest for at, dot in enumerate(row.dots)]
        shifts = _shifts(places)
        return tuple(Mark(at, places[at], shifts[at], self.words(at, dot), dot.href) for at, dot in enumerate(row.dots))

    def ends(self, row: Row) -> tuple[float, float]:
        """Where the line of *row* begins and ends, in hundredths of the width."""
        places = [mark.at for mark in self.marks(row)]
        return min(places), max(places)

    def note(self, row: Row) -> str:
        """The values of *row* in the order of the things, as short as can be: ``12 · 8 %``."""
        values = [f"{self.value(at, dot):.0f}" for at, dot in enumerate(row.dots)]
        return " · ".join(values) + (" %" if self.by_share else "")

    @property
    def shorts(self) -> tuple[str, ...]:
        """The labels of the things, cut where they are long, so that they stay different where they are."""
        return shortened([thing.label for thing in self.things])

    def colour(self, thing: int) -> str:
        """The custom property for the colour of the thing at this place."""
        return series_colour(thing)

    def css(self, thing: int) -> str:
        """The class of the stand-in's marks: ``s1``."""
        return self.colour(thing).removeprefix("var(--").removesuffix(")")

    def shape(self, thing: int) -> Shape:
        """The shape of the thing at this place."""
        return SHAPES[thing % MOST_THINGS]


def shortened(labels: Sequence[str], limit: int = 44) -> tuple[str, ...]:
    """*labels*, long ones without their end; those that would then be alike without their beginning."""
    heads = [first_words(label, limit) for label in labels]
    return tuple(
        head if heads.count(head) == 1 or len(label) <= limit else "…" + label[-limit:].partition(" ")[2]
        for head, label in zip(heads, labels, strict=True)
    )


def _shifts(places: Sequence[float]) -> list[float]:
    """How far each is moved down: those that are close to one another are spread over a few pixels."""
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    groups: list[list[int]] = []
    for at in order:
        if groups and places[at] - places[groups[-1][-1]] < CLOSE:
            groups[-1].append(at)
        else:
            groups.append([at])
    shifts = [0.0] * len(places)
    for group in groups:
        spread = SPREAD[min(len(group), 3)]
        for number, at in enumerate(sorted(group)):
            shifts[at] = round(spread * (number / max(1, len(group) - 1) - 0.5), 2) + 0.0
    return shifts


def percent(count: int, total: int) -> str:
    """A share in whole hundredths; what is something is never shown as nothing."""
    if not count or not total:
        return "0 %"
    share = 100 * count / total
    return "under 1 %" if share < 1 else f"{share:.0f} %"


def rounded_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, … that *value* does not pass; 1 at least."""
    step = 1.0
    while True:
        for factor in (1, 2, 5):
            if value <= factor * step:
                return factor * step
        step *= 10


def most_different(rows: Sequence[Row], totals: Sequence[int], most: int) -> list[Row]:
    """Of *rows* with any dot, the *most* in which the shares lie farthest apart, in the order given."""

    def apart(row: Row) -> float:
        shares = [dot.count / total if total else 0.0 for dot, total in zip(row.dots, totals, strict=True)]
        return max(shares) - min(shares)

    some = [row for row in rows if any(dot.count for dot in row.dots)]
    kept = sorted(range(len(some)), key=lambda at: (-apart(some[at]), at))[:most]
    return [some[at] for at in sorted(kept)]
