"""Articles and analyses made by hand, without a model: words are found, so no test counts characters.

>>> text = 'He is sure. “We will build it,” Putin said on Monday. It rained.'
>>> said = say(text, "We will build it", speaker=person("Vladimir Putin"), topics=("energy",))
>>> analysis = make_analysis(text, said)
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain import (
    OTHER,
    Analysis,
    Article,
    Attribution,
    AttributionKind,
    Paragraph,
    ParagraphKind,
    Quote,
    Reading,
    Speaker,
    SpeakerKind,
    TextSpan,
    Tokens,
    Topic,
    TopicEvidence,
)

PIPELINE = "hand-made-1"
_WORD = re.compile(r"\w+|[^\w\s]")
TOPICS = (
    Topic("energy", "Energy", "Oil and gas.", "#b45309", ("pipeline",), ()),
    Topic("nato", "NATO", "The alliance.", "#1d4ed8", (), ("NATO",)),
    Topic("ukraine", "Ukraine", "The war.", "#0f766e", ("war",), ("Ukraine",)),
    Topic("us", "United States", "Its policy.", "#9f1239", (), ("US",)),
)


@dataclass(frozen=True)
class Said:
    """One attribution with the quotes that it becomes."""

    attribution: Attribution
    quotes: tuple[TextSpan, ...]
    kind: AttributionKind


def person(name: str) -> Speaker:
    """A person."""
    return Speaker(name, SpeakerKind.PERSON)


def group(*members: str) -> Speaker:
    """Several people who say something together."""
    return Speaker(" and ".join(members), SpeakerKind.GROUP, members)


def find(text: str, words: str, nth: int = 0) -> TextSpan:
    """Where *words* stand in *text* for the *nth* time (from 0); a test that names missing words fails."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return TextSpan(start, start + len(words))


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[TextSpan, ...]:
    """A plain cut after ``. `` and at line ends, good enough for texts made up in a test."""
    spans: list[TextSpan] = []
    start = 0
    for position, char in enumerate(text):
        last = position == len(text) - 1
        if char == "\n" or last or (char == "." and text[position + 1] == " "):
            end = position if char == "\n" else position + 1
            if text[start:end].strip():
                start += len(text[start:end]) - len(text[start:end].lstrip())
                spans.append(TextSpan(start, end))
            start = position + 1
    return tuple(spans)


def say(
    text: str,
    *quotes: str | TextSpan,
    speaker: Speaker | None = None,
    topics: Sequence[str] = (OTHER,),
    kind: AttributionKind = AttributionKind.DIRECT,
    source: str = "",
    cue: str = "",
    evidence: Sequence[tuple[str, str]] = (),
    reason: str = "made by hand",
    chain: Sequence[str] = (),
    confidence: float | None = None,
) -> Said:
    """An attribution of *quotes* (words of *text*, or spans) to *speaker*.

    *source*, *cue* and those of *chain* are words of the text; *evidence* pairs a topic with the words that show it.
    """
    content = tuple(quote if isinstance(quote, TextSpan) else find(text, quote) for quote in quotes)
    sources = (find(text, source),) if source else ()
    cues = (find(text, cue),) if cue else ()
    parts = [*sources, *cues, *content]
    clause = TextSpan(min(part.start for part in parts), max(part.end for part in parts))
    sentence, before, after = _around(text, clause)
    attribution = Attribution(
        source=sources,
        cue=cues,
        content=content,
        kind=kind,
        speaker=speaker,
        rule="hand",
        reason=reason,
        clause=clause,
        sentence=sentence,
        before=before,
        after=after,
        topics=tuple(topics),
        evidence=tuple(TopicEvidence(topic, find(text, words), words, "quote") for topic, words in evidence),
        chain=tuple(find(text, words) for words in chain),
        confidence=confidence,
    )
    return Said(attribution, content, kind)


def make_analysis(text: str, *said: Said, pipeline: str = PIPELINE) -> Analysis:
    """The analysis of *text* that holds exactly *said*, its quotes in the order of the text."""
    quotes = [
        Quote(span, index, one.kind, one.attribution.topics, one.attribution.evidence)
        for index, one in enumerate(said)
        for span in one.quotes
    ]
    return Analysis(
        paragraphs=tuple(paragraphs(text)),
        attributions=tuple(one.attribution for one in said),
        quotes=tuple(sorted(quotes, key=lambda quote: quote.span)),
        pipeline=pipeline,
    )


def read(text: str, analysis: Analysis) -> Analysis:
    """*analysis* with what it takes to judge its topics anew: each quote is judged by its own words."""
    words = list(_WORD.finditer(text))
    tokens = Tokens(
        starts=tuple(word.start() for word in words),
        ends=tuple(word.end() for word in words),
        lemmas=tuple(word.group().lower() for word in words),
        tags=("NOUN",) * len(words),
    )
    quotes = tuple(replace(quote, reading=Reading(own=(quote.span,))) for quote in analysis.quotes)
    return replace(analysis, quotes=quotes, tokens=tokens)


def paragraphs(text: str) -> Iterable[Paragraph]:
    """One body paragraph a line."""
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            first = start + line.index(words)
            yield Paragraph(TextSpan(first, first + len(words)), ParagraphKind.BODY)
        start += len(line)


SUMMIT_TEXT = (
    "Leaders met in Beijing on Thursday.\n"
    "“We will build a closer energy partnership,” Xi Jinping and Vladimir Putin said in a joint statement. "
    "They voiced “serious concerns” about NATO.\n"
    "Experts say that the pipeline may wait. Nobody was surprised.\n"
    "“It is a long war,” one diplomat said."
)


def summit(title: str = "Leaders meet in Beijing") -> tuple[Article, Analysis]:
    """A small article with four quotes: three in marks (energy, nato, ukraine) and one indirect (energy)."""
    text = SUMMIT_TEXT
    both = group("Xi Jinping", "Vladimir Putin")
    analysis = make_analysis(
        text,
        say(
            text,
            "We will build a closer energy partnership",
            speaker=both,
            topics=("energy",),
            source="Xi Jinping and Vladimir Putin",
            cue="said",
            evidence=[("energy", "energy partnership")],
        ),
        say(
            text,
            "serious concerns",
            speaker=both,
            topics=("nato",),
            kind=AttributionKind.MIXED,
            source="They",
            cue="voiced",
            evidence=[("nato", "NATO")],
            chain=["They", "Xi Jinping and Vladimir Putin"],
            confidence=0.61,
        ),
        say(
            text,
            "the pipeline may wait",
            speaker=Speaker("Experts", SpeakerKind.GROUP),
            topics=("energy",),
            kind=AttributionKind.INDIRECT,
            source="Experts",
            cue="say",
            evidence=[("energy", "pipeline")],
        ),
        say(text, "It is a long war", topics=("ukraine",), evidence=[("ukraine", "war")]),
    )
    article = Article(
        title=title,
        text=text,
        url="https://example.org/summit",
        publisher="The Example",
        date=dt.date(2024, 5, 16),
    )
    return article, analysis


def numbered(number: int, quotes: int = 3, *, topics: Sequence[str] = ("energy",)) -> tuple[Article, Analysis]:
    """Article *number* with *quotes* direct quotes, by two speakers in turn; every text is another."""
    speakers = (person("Xi Jinping"), person("Vladimir Putin"))
    lines = [f"“Words {number}.{n} are here,” someone said." for n in range(quotes)]
    text = f"Report {number}.\n" + "\n".join(lines)
    said = [say(text, f"Words {number}.{n} are here", speaker=speakers[n % 2], topics=topics) for n in range(quotes)]
    return Article(f"Report {number}", text), make_analysis(text, *said)


def _around(text: str, clause: TextSpan) -> tuple[TextSpan, TextSpan | None, TextSpan | None]:
    found = sentences(text)
    first = max(bisect_right(found, clause.start, key=lambda span: span.start) - 1, 0)
    last = max(bisect_left(found, clause.end, key=lambda span: span.start) - 1, first)
    sentence = TextSpan(min(clause.start, found[first].start), max(clause.end, found[last].end))
    before = found[first - 1] if first else None
    after = found[last + 1] if last + 1 < len(found) else None
    if before is not None and "\n" in text[before.end : sentence.start]:
        before = None
    if after is not None and "\n" in text[sentence.end : after.start]:
        after = None
    return sentence, before, after
