"""Names that are one body however they are written: "U.S.", "America", and "Washington" where it speaks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("aliases.toml")
_OF = re.compile(
    r"(?:federal |national |central )?(?:government|administration|authorities) of (?:the )?(?P<name>.+)", re.IGNORECASE
)

_STATE = re.compile(
    r"(?:the )?(?:(?:Federal|Islamic|Democratic|Socialist|Hashemite|Co-operative) )*"
    r"(?:Republic|Kingdom|Sultanate|Grand Duchy|Principality|State(?= of (?:Israel|Japan|Kuwait|Palestine|Qatar)\b)) "
    r"of (?:the )?(?!.*\b(?:China|Congo|Korea)\b)(?P<name>[A-Z].*)"
)
"""A state by its full style; three share their short names with others."""
_OWN = ("government", "side")


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other names of bodies, in lower case but for abbreviations ("US"), and the name each body is listed by.

    Attributes:
        names: its written forms, alike wherever they stand.
        spoken: what means it only as a speaker: its capital, its government, "the Chinese side".
        unless: for a name of *spoken*, the words in an article by which it means something else.
    """

    names: dict[str, str]
    spoken: dict[str, str]
    unless: dict[str, tuple[str, ...]]

    def body(self, name: str, default: str | None = None) -> str:
        """The name of the body that *name* is a written form of, else *default*, else *name*."""
        found = self.names.get(name) or self.names.get(name.casefold())
        if not found and (state := _STATE.fullmatch(name)):
            return self.body(state["name"])
        return found or (name if default is None else default)

    def knows(self, name: str) -> bool:
        """Whether *name* is a body's in any of its forms."""
        return name in self.names or name.casefold() in self.names or name.casefold() in self.spoken

    def speaker(self, name: str, text: str) -> str:
        """The name that the speaker *name* of the article *text* is listed by, often its own."""
        if found := _OF.fullmatch(name):
            return self.body(found["name"], name)
        plain = name.casefold()
        if any(words in text for words in self.unless.get(plain, ())):
            return name
        return self.spoken.get(plain) or self.body(name)


@cache
def aliases() -> Aliases:
    """The aliases that come with the package, in ``aliases.toml``."""
    bodies = tomllib.loads(_DATA.read_text("utf-8"))["bodies"]
    names: dict[str, str] = {}
    spoken: dict[str, str] = {}
    unless: dict[str, tuple[str, ...]] = {}
    for body, one in bodies.items():
        written = [body, *one.get("names", ())]
        governments = [f"{whose} {what}" for whose in (*written, *one.get("people", ())) for what in _OWN]
        names |= {name if name.isupper() else name.casefold(): body for name in written}
        spoken |= {name.casefold(): body for name in (*one.get("capitals", ()), *governments)}
        unless |= {name.casefold(): tuple(one.get("unless", ())) for name in one.get("capitals", ())}
    return Aliases(names, spoken, unless)
