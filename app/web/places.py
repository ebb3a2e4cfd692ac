"""Words that a person points at, found in the text of an article."""

from __future__ import annotations

import re
from itertools import islice

from app.domain import TextSpan
from app.web.contexts.corrections import Place

MOST_PLACES = 20
AROUND = 60
LONGEST = 20_000
NEAR = 3_000
"""Code points before and behind a quote in which its words may stand otherwise."""


def find_words(text: str, words: str, begin: int = 0, end: int | None = None) -> list[TextSpan]:
    """Where *words* stand in *text*, whatever blanks are between them, 20 at most; whole words where there are any.

    Only from *begin* to *end*, where these are given.
    """
    pieces = words.split()
    if not pieces or len(words) > LONGEST:
        return []
    between = r"\s+".join(map(re.escape, pieces))
    last = len(text) if end is None else end
    before, after = (r"(?<!\w)" if pieces[0][0].isalnum() else ""), (r"(?!\w)" if pieces[-1][-1].isalnum() else "")
    for pattern in (before + between + after, between):  # in a script without blanks words end within letters
        matches = islice(re.compile(pattern).finditer(text, begin, last), MOST_PLACES)
        found = [TextSpan(*match.span()) for match in matches]
        if found:
            break
    return found


def around(text: str, words: str, span: TextSpan) -> list[TextSpan]:
    """Where *words* stand at *span*, or near it."""
    return find_words(text, words, max(0, span.start - NEAR), min(len(text), span.end + NEAR))


def nearest(spans: list[TextSpan], to: TextSpan) -> TextSpan | None:
    """The one of *spans* that shares most with *to*, if any shares something."""
    shared = [(min(one.end, to.end) - max(one.start, to.start), -one.start, one) for one in spans]
    best = max(shared, default=None)
    return best[2] if best is not None and best[0] > 0 else None


def shown_place(text: str, span: TextSpan) -> Place:
    """*span* of *text* with what is around it."""
    before = " ".join(text[max(0, span.start - AROUND) : span.start].split())
    after = " ".join(text[span.end : span.end + AROUND].split())
    return Place(span.start, before, " ".join(text[span.start : span.end].split()), after)
