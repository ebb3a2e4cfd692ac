"""The palette: one place for the colours of speakers, kinds and topics, by day and by night.

Figures name colours as CSS custom properties (``var(--t1)``), so that one figure serves both schemes; this file
writes the rules that give them their values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain import AttributionKind, Topic

PAPER = {"light": "#fbfaf6", "dark": "#171714"}
INK = {"light": "#1b1b18", "dark": "#ecebe5"}
SERIES = {
    "light": ("#1f5a94", "#b4532a", "#2f7d5b", "#86478c", "#8f6f0c", "#0b747e", "#a8324e", "#77756d"),
    "dark": ("#74ace2", "#e39066", "#67bb96", "#c98fd0", "#cfae45", "#52bac4", "#e87d96", "#9b988f"),
}
"""The colours of the first speakers of a chart; the last is for the others together."""

KIND_STRENGTH = {AttributionKind.DIRECT: 1.0, AttributionKind.MIXED: 0.55, AttributionKind.INDIRECT: 0.16}
LINES = ("solid", "dashed", "dotted", "double", "wavy")
SHAPES = (
    "none",
    "circle(50%)",
    "polygon(50% 0,100% 100%,0 100%)",
    "polygon(50% 0,100% 50%,50% 100%,0 50%)",
    "polygon(0 0,100% 0,50% 100%)",
    "polygon(35% 0,65% 0,65% 35%,100% 35%,100% 65%,65% 65%,65% 100%,35% 100%,35% 65%,0 65%,0 35%,35% 35%)",
)
"""What tells topics apart besides their colours: the line under their words and the shape before their names."""
PLAIN_CLASS = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Shades:
    """A topic's colours on one paper: ``fill`` at 3:1 or more, ``ink`` (for words) at 4.5:1 or more."""

    fill: str
    ink: str
    kinds: tuple[str, str, str]


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a ``#rrggbb`` colour, each from 0 to 1."""
    value = colour.lstrip("#")
    if len(value) == 3:
        value = "".join(digit * 2 for digit in value)
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def mix(colour: str, other: str, share: float) -> str:
    """``#rrggbb`` with *share* (0 to 1) of *colour* and the rest of *other*, channel by channel."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round((a * share + b * (1 - share)) * 255):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, paper: str, ratio: float) -> str:
    """*colour*, moved towards black or white only as far as it takes to reach *ratio* on *paper*."""
    end = "#000000" if luminance(paper) > 0.18 else "#ffffff"
    for step in range(21):
        tried = mix(colour, end, 1 - step / 20)
        if contrast(tried, paper) >= ratio:
            return tried
    return end


def shades(colour: str, scheme: str) -> Shades:
    """What a topic's *colour* becomes in *scheme* (``light`` or ``dark``)."""
    paper = PAPER[scheme]
    fill = readable(colour, paper, 3.6)
    kinds = tuple(mix(fill, paper, share) for share in KIND_STRENGTH.values())
    return Shades(fill, readable(colour, mix(fill, paper, 0.16), 4.6), (kinds[0], kinds[1], kinds[2]))


def topic_class(topic_id: str) -> str:
    """The CSS class that carries a topic's colours; safe for any id."""
    if PLAIN_CLASS.fullmatch(topic_id):
        return f"t-{topic_id}"
    return f"t--{hashlib.sha256(topic_id.encode()).hexdigest()[:8]}"


def series_colour(index: int, *, last: bool = False) -> str:
    """The custom property for the speaker at *index* of a chart (0 is the most quoted)."""
    count = len(SERIES["light"])
    return f"var(--s{count if last else min(index + 1, count)})"


def kind_colour(kind: AttributionKind) -> str:
    """The custom property for a kind, in the colours of the topic around it."""
    return f"var(--k{list(KIND_STRENGTH).index(kind) + 1})"


def topic_colour(topic_id: str) -> str:
    """The custom property for a topic's fill, wherever on the page."""
    return f"var(--{topic_class(topic_id)})"


def _declarations(topics: Sequence[tuple[str, str]], scheme: str) -> tuple[str, list[str]]:
    roots = [f"--s{i}:{colour}" for i, colour in enumerate(SERIES[scheme], 1)]
    rules = []
    for topic_id, colour in topics:
        shade, name = shades(colour, scheme), topic_class(topic_id)
        kinds = ";".join(f"--k{i}:{kind}" for i, kind in enumerate(shade.kinds, 1))
        roots.append(f"--{name}:{shade.fill}")
        rules.append(f".{name}{{--t:{shade.fill};--ti:{shade.ink};{kinds}}}")
    return f":root{{{';'.join(roots)}}}", rules


@lru_cache(maxsize=8)
def palette_css(topics: tuple[Topic, ...], only: frozenset[str] | None = None) -> str:
    """The style rules for every speaker's, kind's and topic's colour in both schemes.

    With *only*, those of the topics with these ids, as they have them among all *topics*. Dark values are for screens
    only: a page printed from a dark window is printed on white paper.
    """
    given = [(topic.id, topic.colour) for topic in topics if only is None or topic.id in only]
    light_root, light = _declarations(given, "light")
    dark_root, dark = _declarations(given, "dark")
    night = "".join([dark_root, *dark])
    forms = [
        f".{topic_class(topic.id)}{{--line:{LINES[at % len(LINES)]};--shape:{SHAPES[at % len(SHAPES)]}}}"
        for at, topic in enumerate(topics)
        if only is None or topic.id in only
    ]
    return "".join([light_root, *light, *forms, "@media screen and (prefers-color-scheme:dark){", night, "}"])
