"""Rows as the store would give them, for tests that need no database."""

from __future__ import annotations

from app.domain import AttributionKind, SpeakerKind, TextSpan, TopicEvidence
from app.store.rows import ArticleRef, AttributionRow, Excerpt, QuoteRow, SpeakerRow
from tests.factories import find

ARTICLE = ArticleRef("leaders-meet", "Leaders meet", "The Example", None, None)
PUTIN = SpeakerRow("vladimir-putin", "Vladimir Putin", SpeakerKind.PERSON, ())
BOTH = SpeakerRow("both", "Xi Jinping; Vladimir Putin", SpeakerKind.GROUP, ("Xi Jinping", "Vladimir Putin"))


def quote_row(
    text: str,
    words: str,
    clause: str,
    *,
    sentence: str = "",
    speaker: SpeakerRow | None = PUTIN,
    source: str = "",
    cue: str = "",
    topics: tuple[str, ...] = ("energy",),
    kind: AttributionKind = AttributionKind.MIXED,
    attribution: int = 1,
    evidence: tuple[str, ...] = (),
) -> QuoteRow:
    """The quote of *words* in *text*, in *clause*; every argument is words of the text."""

    def excerpt(part: str) -> Excerpt:
        return Excerpt(find(text, part), part)

    def spans(part: str) -> tuple[TextSpan, ...]:
        return (find(text, part),) if part else ()

    said = AttributionRow(attribution, spans(source), spans(cue), spans(words), "hand", "made by hand", topics)
    shown = tuple(TopicEvidence(topics[0], find(text, term), term, "quote") for term in evidence)
    return QuoteRow(
        id=f"id{find(text, words).start}",
        span=find(text, words),
        text=words,
        kind=kind,
        topics=topics,
        evidence=shown,
        speaker=speaker,
        attribution=said,
        article=ARTICLE,
        clause=excerpt(clause),
        sentence=excerpt(sentence or clause),
        before=None,
        after=None,
    )
