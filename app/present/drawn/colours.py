"""The values of the colours that charts name, by day and by night, for drawings that have no style sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import Topic
from app.present.theme import INK, PAPER, SERIES, shades, topic_class

SOFT = {"light": "#63625b", "dark": "#a8a69c"}
RULE = {"light": "#d6d3c8", "dark": "#3a3933"}
BY_KIND = {"light": ("#82a2c0", "#d8e0e6"), "dark": ("#4a6985", "#262f35")}
"""Mixed and indirect where no topic gives the colour; direct is that of the first speaker, as in the style sheet."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours by their names, which are those of the custom properties without the dashes before them."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def night(self) -> str:
        """The style rules for a dark screen; without them a drawing is as by day."""
        rules = "".join(f".f-{name}{{fill:{value}}}.l-{name}{{stroke:{value}}}" for name, value in self.dark.items())
        return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"

    def only(self, names: frozenset[str]) -> Palette:
        """The same with no others than *names*."""
        return Palette(*({name: one[name] for name in sorted(names)} for one in (self.light, self.dark)))


def palette(topics: Sequence[Topic], tone: str = "") -> Palette:
    """The colours of a library with *topics*; *tone* is the class of a chart, from which its kinds have theirs."""
    return Palette(*(_values(topics, tone, scheme) for scheme in ("light", "dark")))


def _values(topics: Sequence[Topic], tone: str, scheme: str) -> dict[str, str]:
    found = {"paper": PAPER[scheme], "ink": INK[scheme], "soft": SOFT[scheme], "rule": RULE[scheme]}
    found |= {f"s{number}": colour for number, colour in enumerate(SERIES[scheme], 1)}
    kinds = (SERIES[scheme][0], *BY_KIND[scheme])
    for topic in topics:
        shade, name = shades(topic.colour, scheme), topic_class(topic.id)
        found[name] = shade.fill
        kinds = shade.kinds if name == tone else kinds
    return found | {f"k{number}": colour for number, colour in enumerate(kinds, 1)}


def name_of(colour: str) -> str:
    """The name in ``var(--s1)``: ``s1``."""
    return colour.removeprefix("var(--").removesuffix(")")
