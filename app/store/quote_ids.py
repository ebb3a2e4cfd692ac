"""Addresses of quotes, made from the words alone, so that they outlive an analysis."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable

from app.domain import TextSpan

LENGTH = 12


def text_hash(text: str) -> str:
    """The SHA-256 of *text* as UTF-8, in hexadecimal: two articles with the same text are the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def quote_ids(text: str, spans: Iterable[TextSpan]) -> list[str]:
    """An id for each of *spans*, in their order: 12 letters and digits (60 bits).

    It is made of the text, the exact words, and which occurrence of those words among the spans it is,
    counted in the order of the text. So it stays the same when another analysis finds other quotes besides.
    """
    hashed = text_hash(text)
    given = list(spans)
    ids = [""] * len(given)
    seen: Counter[str] = Counter()
    for index in sorted(range(len(given)), key=lambda i: (given[i], i)):
        words = given[index].of(text)
        seen[words] += 1
        ids[index] = _id(hashed, str(seen[words]), words)
    return ids


def placed_id(text: str, span: TextSpan) -> str:
    """The id of a quote whose edges a person set: made of the text, the words and where they stand.

    So it never is that of a quote that the machine finds, and stays whatever else is found or rejected.
    """
    return _id(text_hash(text), f"@{span.start}", span.of(text))


def is_id_of(text: str, span: TextSpan, quote_id: str, most: int = 64) -> bool:
    """Whether *quote_id* was made of the words at *span*, as whichever occurrence of them up to *most*."""
    hashed, words = text_hash(text), span.of(text)
    return any(_id(hashed, str(n), words) == quote_id for n in range(1, most + 1))


def _id(hashed: str, which: str, words: str) -> str:
    digest = hashlib.sha256(f"{hashed}\n{which}\n{words}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:LENGTH]
