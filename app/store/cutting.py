"""The sentences around a stretch that a person chose: cut plainly, since no pipeline is loaded for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain import TextSpan

_END = re.compile(r"[.!?…][\"”’»)\]]*(?:\s+|$)|\n+")


def sentences_around(
    text: str, span: TextSpan, paragraphs: Iterable[TextSpan]
) -> tuple[TextSpan, TextSpan | None, TextSpan | None]:
    """The whole sentences that *span* stands in, and the one before and behind them within the same *paragraphs*."""
    touched = [one for one in paragraphs if one.start < span.end and span.start < one.end]
    start = min([span.start, *(one.start for one in touched)])
    end = max([span.end, *(one.end for one in touched)])
    found = _sentences(text, start, end)
    inside = [n for n, one in enumerate(found) if one.start < span.end and span.start < one.end]
    if not inside:
        return span, None, None
    whole = TextSpan(min(span.start, found[inside[0]].start), max(span.end, found[inside[-1]].end))
    before = found[inside[0] - 1] if inside[0] else None
    after = found[inside[-1] + 1] if inside[-1] + 1 < len(found) else None
    return whole, before, after


def _sentences(text: str, start: int, end: int) -> list[TextSpan]:
    found, last = [], start
    for cut in [*(one.end() for one in _END.finditer(text, start, end)), end]:
        words = text[last:cut]
        first = last + len(words) - len(words.lstrip())
        if words.strip():
            found.append(TextSpan(first, first + len(words.strip())))
        last = cut
    return found
