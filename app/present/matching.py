"""Which stretches of a text are what a search looks for, by the same words that the index has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from app.domain import TextSpan
from app.present.marking import Mark, Segment
from app.present.rows import QuoteFigure, quote_figures
from app.store.rows import QuoteRow
from app.store.search_query import Query, Term
from app.store.search_words import Word, words_of

HIT = "hit"
"""The role of a mark on what is looked for."""


def matched_spans(text: str, query: Query | None, field: str = "") -> tuple[TextSpan, ...]:
    """The stretches of *text* that *query* looks for, in order, none touching another; a phrase is one stretch.

    Args:
        text: a clause, a sentence, a name or a title.
        query: what must not be there is never marked; nothing is without a query.
        field: ``speaker`` or ``title``, if the text is one: then what is looked for there alone is marked too.
    """
    terms = [term for group in query.wanted for term in group if term.field in ("", field)] if query else []
    if not terms:
        return ()
    words = list(words_of(text))
    found = sorted({span for term in terms for span in _places(term, words)})
    return tuple(_merged(found))


def with_hits(pieces: Sequence[Segment], query: Query | None, field: str = "") -> tuple[Segment, ...]:
    """*pieces* of a text cut once more, so that what *query* looks for has a mark ``hit``; joined they are the same."""
    spans = matched_spans("".join(piece.text for piece in pieces), query, field)
    if not spans:
        return tuple(pieces)
    starts = accumulate((len(piece.text) for piece in pieces), initial=0)
    return tuple(cut for piece, start in zip(pieces, starts, strict=False) for cut in _cut(piece, start, spans))


def figure_with_hits(figure: QuoteFigure, query: Query | None) -> QuoteFigure:
    """*figure* with what *query* looks for marked in its clause."""
    return replace(figure, clause=with_hits(figure.clause, query))


def figures_with_hits(quotes: Sequence[QuoteRow], query: Query | None = None) -> tuple[QuoteFigure, ...]:
    """The figures of *quotes* in their order, with what *query* looks for marked."""
    return tuple(figure_with_hits(one, query) for one in quote_figures(quotes))


def _places(term: Term, words: Sequence[Word]) -> Iterator[TextSpan]:
    length = len(term.words)
    for at in range(len(words) - length + 1):
        some = words[at : at + length]
        if all(map(_is, some, term.words, [False] * (length - 1) + [term.prefix])):
            yield TextSpan(some[0].start, some[-1].end)


def _is(word: Word, wanted: str, prefix: bool) -> bool:
    return word.folded.startswith(wanted) if prefix else word.folded == wanted


def _merged(spans: Sequence[TextSpan]) -> Iterator[TextSpan]:
    last: TextSpan | None = None
    for span in spans:
        if last is not None and span.start <= last.end:
            last = TextSpan(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _cut(piece: Segment, start: int, spans: Sequence[TextSpan]) -> Iterator[Segment]:
    end = start + len(piece.text)
    inside = [
        TextSpan(max(span.start, start), min(span.end, end)) for span in spans if span.start < end > start < span.end
    ]
    if not inside:
        yield piece
        return
    places = sorted({start, end, *(span.start for span in inside), *(span.end for span in inside)})
    for begin, stop in pairwise(places):
        hits = tuple(Mark(span, HIT) for span in inside if span.start <= begin < span.end)
        anchors = piece.anchors if begin == start else ()
        yield Segment(piece.text[begin - start : stop - start], (*piece.marks, *hits), anchors)
