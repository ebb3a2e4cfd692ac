"""The keys that ``keyboard.js`` knows, in words: one list for the page and for the dialog."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One or more keys, and what they do."""

    keys: tuple[str, ...]
    words: str


KEYS = (
    Key(("j",), "the next quote, on the next page as well"),
    Key(("k",), "the quote before"),
    Key(("o", "Enter"), "open the quote: why it stands there"),
    Key(("/",), "search"),
    Key(("t",), "choose a topic: a number, or letters, or arrows and Enter"),
    Key(("s",), "choose a speaker"),
    Key(("c",), "copy the quote’s citation"),
    Key(("x",), "reject the quote: it is none, or wrong"),
    Key(("y",), "confirm the quote: it is right"),
    Key(("u",), "undo the last correction"),
    Key(("?",), "this list"),
    Key(("Esc",), "close what a key opened"),
)
