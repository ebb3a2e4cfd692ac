"""Words found again in a text that was changed around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import nsmallest

from app.domain import Anchor, TextSpan

CONTEXT = 32
"""Code points of prefix and suffix."""

TELLING = 20
"""Words of so many code points are told by themselves; shorter ones only by what stands around them too."""

AROUND = 8
"""Code points around short words that must be as they were."""

_MOST_PLACES = 1_000
_SIGNS = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
    **dict.fromkeys("‐‑‒–—", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", ""),
}
_FOLDED = re.compile(rf"\s+|[{''.join(_SIGNS)}]")


def quote_selector(text: str, span: TextSpan, *, context: int = CONTEXT) -> Anchor:
    """What finds *span* again in a changed copy of *text*.

    Args:
        text: the text that *span* was measured on.
        span: offsets in code points, half-open, not empty.
        context: code points of ``prefix`` and ``suffix`` at most; 0 leaves both empty.

    Raises:
        ValueError: *span* is empty or reaches past the end of *text*, or *context* is negative.

    Source:
        W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5.
    """
    if not span.start < span.end <= len(text) or context < 0:
        raise ValueError(f"no such span: {span.start}–{span.end} of {len(text)}")
    before, after = text[max(0, span.start - context) : span.start], text[span.end : span.end + context]
    return Anchor(span.of(text), before, after, span.start, span.end)


def find_again(text: str, anchor: Anchor) -> TextSpan | None:
    """Where the words of *anchor* stand in *text* now; ``None`` where they are not there any more.

    Of several places it is the one with the most of the old prefix and suffix around it, then the nearest. Words that
    are not to be had to the letter may have other blanks, other quotation marks, apostrophes and hyphens. Short words
    alone are no proof: of their surroundings some must be left too.
    """
    if quoted_there(text, anchor):
        return anchor.span
    found = _nearest(text, anchor)
    if found is not None:
        return found
    folded, places = _folded(text)
    exact, prefix, suffix = (_folded(part)[0] for part in (anchor.exact, anchor.prefix, anchor.suffix))
    start = bisect_left(places, anchor.start)
    alike = Anchor(exact, prefix, suffix, start, start)
    near = _nearest(folded, alike) if alike.exact.strip() else None
    return None if near is None else TextSpan(places[near.start], places[near.end - 1] + 1)


def quoted_there(text: str, anchor: Anchor) -> bool:
    """Whether the words of *anchor* stand where they stood, with the same around them."""
    around = text[max(0, anchor.start - len(anchor.prefix)) : anchor.end + len(anchor.suffix)]
    return around == anchor.prefix + anchor.exact + anchor.suffix


def _nearest(text: str, anchor: Anchor) -> TextSpan | None:
    length = len(anchor.exact)
    places = nsmallest(_MOST_PLACES, _places(text, anchor.exact), key=lambda place: abs(place - anchor.start))
    scored = [(_kept(text, anchor, place), place) for place in places]
    score, place = max(scored, key=lambda one: (one[0], -abs(one[1] - anchor.start)), default=(-1, 0))
    whole = len(anchor.prefix) + len(anchor.suffix)
    if score < 0 or (length < TELLING and score < min(AROUND, whole)):
        return None
    return TextSpan(place, place + length)


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _kept(text: str, anchor: Anchor, place: int) -> int:
    """How many code points directly before and behind *place* are as they were."""
    end = place + len(anchor.exact)
    before = text[max(0, place - len(anchor.prefix)) : place]
    return _same(before[::-1], anchor.prefix[::-1]) + _same(text[end : end + len(anchor.suffix)], anchor.suffix)


def _same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _folded(text: str) -> tuple[str, list[int]]:
    """*text* with one blank for several and one sign for its variants, and where each code point of it stood."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for found in _FOLDED.finditer(text):
        sign = _SIGNS.get(found.group(), " ")
        pieces += (text[last : found.start()], sign)
        places += range(last, found.start())
        places += [found.start()] * len(sign)
        last = found.end()
    pieces.append(text[last:])
    places += range(last, len(text))
    return "".join(pieces), places
