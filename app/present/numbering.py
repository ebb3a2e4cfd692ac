"""What stands before a paragraph's words: its number in a numbered text, a letter, a bullet. It is no wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LABEL = re.compile(
    r"^\s*(?P<number>\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]{1,2}|\d{1,3}(?:\.\d{1,3}){1,3}|§\s*\d{1,3}\.?)\s+"
    r"|^\s*(?:\([A-Za-z]{1,5}\)|[A-Za-z]\))\s+"
    r"|^\s*[•·▪‣◦*‒–—-]\s+"
)
_DIGITS = re.compile(r"\d+")

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph.

    Attributes:
        length: characters of the paragraph that are the label with the blanks around it; 0 where it has none.
        shown: the label alone, without its marks where it is a number: ``12``, ``(a)``, ``•``.
    """

    length: int = 0
    shown: str = ""


def labels(paragraphs: Sequence[str]) -> list[Label]:
    """The label of each paragraph.

    A number is a label only where the numbers before or after it run on: in “9. Mai, ein Feiertag” it is a word.
    """
    found = [_LABEL.match(paragraph) for paragraph in paragraphs]
    numbers = [(at, _number(one["number"])) for at, one in enumerate(found) if one and one["number"]]
    running = {at for at, _ in _running(numbers)}
    return [
        Label() if one is None or (one["number"] and at not in running) else Label(one.end(), _shown(one))
        for at, one in enumerate(found)
    ]


def unlabelled(text: str) -> str:
    """*text* without what looks like a label at its beginning."""
    return _LABEL.sub("", text, count=1)


def numbers(paragraphs: Sequence[str]) -> list[str]:
    """What each paragraph is called: the number that it bears, else its place from 1.

    Where two bear the same number, as in lists that begin anew, places are plainer.
    """
    shown = [label.shown if label.shown[:1].isdigit() else "" for label in labels(paragraphs)]
    borne = [one for one in shown if one]
    if 2 * len(borne) < len(shown) or len(set(borne)) < len(borne):
        return [str(place) for place in range(1, len(paragraphs) + 1)]
    return [one or f"after {before or 'the title'}" for one, before in zip(shown, _last_borne(shown), strict=True)]


def _last_borne(shown: Sequence[str]) -> Iterator[str]:
    last = ""
    for one in shown:
        yield last
        last = one or last


def _number(text: str) -> Number:
    return tuple(map(int, _DIGITS.findall(text)))


def _running(numbers: Sequence[tuple[int, Number]]) -> set[tuple[int, Number]]:
    found = set()
    for one, other in pairwise(numbers):
        if _follows(one[1], other[1]):
            found |= {one, other}
    return found


def _follows(number: Number, other: Number) -> bool:
    """Whether *other* comes after *number*: 3 after 2, 2.1 after 2, 3 after 2.4."""
    if other == (*number, 1):
        return True
    level = len(other)
    return level <= len(number) and other == (*number[: level - 1], number[level - 1] + 1)


def _shown(found: re.Match[str]) -> str:
    return found.group().strip().strip("§.)( \t") if found["number"] else found.group().strip()
