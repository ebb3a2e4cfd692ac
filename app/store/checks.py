"""What must hold of an analysis before any of it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from app.domain import Analysis, Attribution, Quote, TextSpan, Tokens, TopicEvidence
from app.errors import StoreError
from app.store.readings import spans_of

LARGEST_NUMBER = 2**31 - 1
"""That a row can have on every database; some fail on a larger one instead of finding nothing."""


def check_analysis(text: str, analysis: Analysis) -> None:
    """Say whether *analysis* can be one of *text*.

    Raises:
        StoreError: a span is empty or reaches past the end, or a quote has no attribution or no topic.
    """
    for what, span in _spans(analysis):
        if not span.start < span.end <= len(text):
            raise StoreError(
                f"The analysis does not fit the text: {what} at {span.start}–{span.end} of {len(text)} characters."
            )
    for quote in analysis.quotes:
        if not 0 <= quote.attribution < len(analysis.attributions):
            raise StoreError(f"The analysis does not hold together: no attribution {quote.attribution}.")
        if not quote.topics:
            raise StoreError(f"The analysis gives the quote at {quote.span.start} no topic, not even “other”.")
    _check_tokens(analysis.tokens, len(text))


def _check_tokens(tokens: Tokens, length: int) -> None:
    numbers = {len(one) for one in (tokens.starts, tokens.ends, tokens.lemmas, tokens.tags)}
    if len(numbers) > 1 or not all(0 <= start < end for start, end in zip(tokens.starts, tokens.ends, strict=True)):
        raise StoreError("The analysis does not hold together: its tokens are not whole.")
    if tokens.ends and tokens.ends[-1] > length:
        raise StoreError(
            f"The analysis does not fit the text: a token ends at {tokens.ends[-1]} of {length} characters."
        )


def check_topics(known: Collection[str], analysis: Analysis) -> None:
    """Say whether *analysis* keeps to the topics with the ids *known*.

    Raises:
        StoreError: it names another.
    """
    named = [paragraph.topics for paragraph in analysis.paragraphs]
    named += [one.topics for one in analysis.attributions] + [one.topics for one in analysis.quotes]
    evidence = [one.evidence for one in analysis.attributions] + [one.evidence for one in analysis.quotes]
    named += [tuple(one.topic for one in some) for some in evidence]
    for topic in dict.fromkeys(topic for topics in named for topic in topics):
        if topic not in known:
            raise StoreError(f"The analysis names the topic “{topic}”, which the library does not have.")


def check_limit(limit: int) -> None:
    """Say whether a page can hold *limit* rows.

    Raises:
        StoreError: it is below 1.
    """
    if limit < 1:
        raise StoreError(f"A page holds at least 1 row, not {limit}.")


def window(quote: Quote, attribution: Attribution) -> TextSpan:
    """The stretch that holds the quote and all that is shown around it, read from the text in one piece."""
    around = (attribution.clause, attribution.sentence, attribution.before, attribution.after)
    shown = [quote.span, *(span for span in around if span is not None)]
    return TextSpan(min(span.start for span in shown), max(span.end for span in shown))


def _spans(analysis: Analysis) -> Iterator[tuple[str, TextSpan]]:
    yield from (("a paragraph", paragraph.span) for paragraph in analysis.paragraphs)
    for attribution in analysis.attributions:
        yield from _attribution_spans(attribution)
    for quote in analysis.quotes:
        yield "a quote", quote.span
        yield from _evidence_spans(quote.evidence)
        yield from (("what a quote is judged by", span) for span in spans_of(quote.reading))


def _attribution_spans(attribution: Attribution) -> Iterator[tuple[str, TextSpan]]:
    yield from (("a source", span) for span in attribution.source)
    yield from (("a cue", span) for span in attribution.cue)
    yield from (("content", span) for span in attribution.content)
    yield "a clause", attribution.clause
    yield "a sentence", attribution.sentence
    for neighbour in (attribution.before, attribution.after):
        if neighbour is not None:
            yield "a neighbouring sentence", neighbour
    yield from _evidence_spans(attribution.evidence)


def _evidence_spans(evidence: Iterable[TopicEvidence]) -> Iterator[tuple[str, TextSpan]]:
    for one in evidence:
        yield "evidence", one.span
        if one.refers is not None:
            yield "what evidence refers to", one.refers
