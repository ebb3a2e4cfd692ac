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
        digest = hashlib.sha256(f"{hashed}\n{seen[words]}\n{words}".encode()).digest()
        ids[index] = base64.b32encode(digest).decode().lower()[:LENGTH]
    return ids
