"""Texts to the words that search knows: without case, accents and punctuation, each with its place in the text.

The one definition of a word, for what is indexed, what is asked and what is marked. Words are letters and digits
alone, so that no database has to understand them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

LONGEST = 64
"""Characters of a word that count; longer ones are alike where these are."""

_NO_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts that put no blanks between words (Thai, Lao, Burmese, Khmer, Han, Kana): a character is a word there."""

_SEPARATE = frozenset("\u200b")
_LAST_PLAIN, _VOWELS = "\u058f", ("\u0590", "\u06ff")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe"}
)


class Word(NamedTuple):
    """A word as it is looked for, and where it stands in its text."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of *text* in their order.

    Letters of "U.S." are one word, those of scripts without blanks a word each; marks belong to the letter before.
    """
    for found in _pattern().finditer(text):
        for folded in _folded(found.group()):
            yield Word(folded, found.start(), found.end())


def folded_words(text: str) -> tuple[str, ...]:
    """The words of *text* as they are looked for."""
    return tuple(chain.from_iterable(map(_folded, _pattern().findall(text))))


@cache
def _pattern() -> re.Pattern[str]:
    extending = "".join(f"{chr(first)}-{chr(last)}" for first, last in _extending())
    letter, mark = rf"[^\W_{_NO_BLANKS}]", f"[{extending}]"
    return re.compile(
        rf"(?<![^\W_])[^\W\d_{_NO_BLANKS}](?:\.[^\W\d_{_NO_BLANKS}])+(?![^\W_{_NO_BLANKS}]|{mark})"
        rf"|[{_NO_BLANKS}]{mark}*|{letter}(?:{letter}|{mark})*"
    )


def _extending() -> Iterator[tuple[int, int]]:
    """Runs of the characters that go with the one before: marks, and what is not seen, such as a soft hyphen."""
    first = None
    for code in (*range(0xAD, 0x20000), *range(0xE0000, 0xE01F0)):
        char = chr(code)
        goes_with = unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") and char not in _SEPARATE
        if goes_with and first is None:
            first = code
        elif first is not None and not goes_with:
            yield first, code - 1
            first = None
    if first is not None:
        yield first, 0xE01EF


@lru_cache(maxsize=50_000)
def _folded(piece: str) -> tuple[str, ...]:
    """*piece* without case, dots, marks on letters that have them for accents or vowels, and what is not seen.

    That is one word, but none where it was all marks, and several where one sign stands for words ("㈠").
    """
    if piece.isascii():
        return (piece.replace(".", "").lower()[:LONGEST],)
    before, folded = "", piece
    while folded != before:
        before = folded
        folded = unicodedata.normalize("NFC", "".join(_kept(unicodedata.normalize("NFKD", folded.casefold()))))
    return tuple(unicodedata.normalize("NFC", word[:LONGEST]) for word in _pattern().findall(folded))


def _kept(decomposed: str) -> Iterator[str]:
    base = ""
    for char in decomposed.translate(_LETTERS):
        if char.isalnum():
            base = char
            yield char
        elif base > _LAST_PLAIN and not _VOWELS[0] <= base <= _VOWELS[1] and unicodedata.category(char)[0] == "M":
            yield char
