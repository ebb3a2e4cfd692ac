"""Quotes moved and taken away, and their attributions made to fit."""

from __future__ import annotations

from collections.abc import Collection

from app.domain import TextSpan
from app.store.correction_words import Page
from app.store.cutting import sentences_around
from app.store.drafts import Draft, Quoted, Said, around, ends, hull, tagged_anew


def move(page: Page, quote: Quoted, span: TextSpan) -> None:
    """Set the edges of *quote*, and let its attribution say no less than it."""
    said, old = quote.said, quote.span
    if span == old:
        return
    quote.span = span
    wider = [one for one in said.spans["content"] if one != old and one.contains(old)]
    rest = [one for one in said.spans["content"] if not old.contains(one) and one not in wider]
    quoted = [one.span for one in said.quotes]
    said.spans["content"] = _joined([*rest, *(hull([one, span]) for one in wider), *quoted])
    widen(page, said)
    _evidence_moved(quote)


def drop(draft: Draft, quotes: Collection[Quoted]) -> None:
    """Take *quotes* from their attributions, and these where no quote is left of them."""
    for quote in quotes:
        said = quote.said
        said.quotes.remove(quote)
        left = [one.span for one in said.quotes]
        content = [one for one in said.spans["content"] if not quote.span.contains(one) or one in left]
        said.spans["content"] = content or said.spans["content"]
        tagged_anew(said)
    emptied = {id(quote.said) for quote in quotes if not quote.said.quotes}
    draft.said = [said for said in draft.said if id(said) not in emptied]


def widen(page: Page, said: Said) -> None:
    """Let the clause be what source, cue and content make of it, and the sentences whole around it."""
    clause = hull([one for spans in said.spans.values() for one in spans])
    said.row |= ends("clause", clause)
    sentence = around(said, "sentence")
    if sentence is None or not sentence.contains(clause):
        spans = [clause, *([sentence] if sentence else [])]
        whole, before, after = sentences_around(page.text, hull(spans), page.paragraphs)
        said.row |= ends("sentence", whole) | ends("before", before) | ends("after", after)


def _evidence_moved(quote: Quoted) -> None:
    """Evidence that is not in the quote any more stands in the clause that it completes, or is none."""
    kept = []
    within = around(quote.said, "sentence") or quote.span
    for one in quote.evidence:
        span = TextSpan(one["start"], one["end"])
        if one["rule"] != "quote" or quote.span.contains(span):
            kept.append(one)
        elif within.contains(span):
            kept.append({**one, "rule": "clause"})
    quote.evidence = kept


def _joined(spans: list[TextSpan]) -> list[TextSpan]:
    joined: list[TextSpan] = []
    for one in sorted(set(spans)):
        if joined and one.start < joined[-1].end:
            joined[-1] = hull([joined[-1], one])
        else:
            joined.append(one)
    return joined
