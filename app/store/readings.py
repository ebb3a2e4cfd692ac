"""Tokens and readings as the library keeps them: JSON with numbers told from one another, a few bytes a token."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import accumulate
from operator import attrgetter, sub
from typing import Any

from app.domain import Reading, TextSpan, Tokens

_AS_WRITTEN, _IN_SMALL_LETTERS = 0, 1
_PARTS = tuple(field.name for field in fields(Reading))
_parts = attrgetter(*_PARTS)


def pack_tokens(text: str, tokens: Tokens) -> str:
    """*tokens* of *text* as JSON: gaps between them, lengths, lemmas, tags as numbers of a table, entities.

    A lemma that is the word as it stands is a 0, one that is the word in small letters a 1.
    """
    gaps = map(sub, tokens.starts, (0, *tokens.ends[:-1]))
    table = {tag: number for number, tag in enumerate(dict.fromkeys(tokens.tags))}
    words = (text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True))
    return _json(
        [
            list(gaps),
            list(map(sub, tokens.ends, tokens.starts)),
            [_short(lemma, word) for lemma, word in zip(tokens.lemmas, words, strict=True)],
            list(table),
            [table[tag] for tag in tokens.tags],
            tokens.entities,
        ]
    )


def unpack_tokens(text: str, packed: str) -> Tokens:
    """What :func:`pack_tokens` made of the tokens of *text*."""
    gaps, lengths, lemmas, table, tags, entities = json.loads(packed)
    ends = tuple(accumulate(map(sum, zip(gaps, lengths, strict=True))))
    starts = tuple(map(sub, ends, lengths))
    words = zip(lemmas, starts, ends, strict=True)
    return Tokens(
        starts=starts,
        ends=ends,
        lemmas=tuple(_long(lemma, text[start:end]) for lemma, start, end in words),
        tags=tuple(map(table.__getitem__, tags)),
        entities=tuple((first, last, label) for first, last, label in entities),
    )


def pack_readings(readings: Mapping[str, Reading]) -> str:
    """The readings of quotes by their ids, as JSON: a list of numbers a part, without the empty ones at the end."""
    return _json({quote: list(_packed(reading)) for quote, reading in readings.items()})


def unpack_readings(packed: str) -> dict[str, Reading]:
    """What :func:`pack_readings` made."""
    return {quote: Reading(*map(_spans, parts)) for quote, parts in json.loads(packed).items()}


def spans_of(reading: Reading | None) -> Iterator[TextSpan]:
    """Every stretch that *reading* names."""
    if reading is not None:
        for part in _parts(reading):
            yield from part


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _short(lemma: str, word: str) -> str | int:
    if lemma == word:
        return _AS_WRITTEN
    return _IN_SMALL_LETTERS if lemma == word.lower() else lemma


def _long(lemma: str | int, word: str) -> str:
    if isinstance(lemma, str):
        return lemma
    return word.lower() if lemma else word


def _packed(reading: Reading) -> Iterator[list[int]]:
    parts: tuple[tuple[TextSpan, ...], ...] = _parts(reading)
    filled = max((number for number, part in enumerate(parts, start=1) if part), default=1)
    for part in parts[:filled]:
        yield [number for span in part for number in (span.start, span.end - span.start)]


def _spans(numbers: Iterable[int]) -> tuple[TextSpan, ...]:
    given = iter(numbers)
    return tuple(TextSpan(start, start + length) for start, length in zip(given, given, strict=True))
