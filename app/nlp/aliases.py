"""Names that are one body however they are written: "U.S.", "America", and "Washington" where it speaks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("aliases.toml")
_OF = re.compile(r"(?:federal |national |central )?(?:government|administration|authorities) of (?:the )?(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other names of bodies, in lower case, and the name each body is listed by.

    Attributes:
        names: its written forms, alike wherever they stand.
        spoken: what means it only as a speaker: its capital, its government.
        unless: for a name of *spoken*, the words in an article by which it means something else.
    """

    names: dict[str, str]
    spoken: dict[str, str]
    unless: dict[str, tuple[str, ...]]

    def speaker(self, name: str, text: str) -> str:
        """The name that the speaker *name* of the article *text* is listed by, often its own."""
        plain = name.casefold()
        if found := _OF.fullmatch(plain):
            return self.names.get(found["name"], name)
        body = self.names.get(plain) or self.spoken.get(plain)
        return name if body is None or any(words in text for words in self.unless.get(plain, ())) else body


@cache
def aliases() -> Aliases:
    """The aliases that come with the package, in ``aliases.toml``."""
    bodies = tomllib.loads(_DATA.read_text("utf-8"))["bodies"]
    names: dict[str, str] = {}
    spoken: dict[str, str] = {}
    unless: dict[str, tuple[str, ...]] = {}
    for body, one in bodies.items():
        written = [body, *one.get("names", ())]
        governments = [f"{whose} government" for whose in (*written, *one.get("people", ()))]
        names |= {name.casefold(): body for name in written}
        spoken |= {name.casefold(): body for name in (*one.get("capitals", ()), *governments)}
        unless |= {name.casefold(): tuple(one.get("unless", ())) for name in one.get("capitals", ())}
    return Aliases(names, spoken, unless)
