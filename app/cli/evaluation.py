"""A pipeline run on labelled articles, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

from app.cli.labelled import Article, Corpus
from app.domain import Analysis, Attribution, AttributionKind, Paragraph, TextSpan
from app.nlp.scoring.attributions import Counts, LabelledArticle, Spans, count_article, judged
from app.nlp.scoring.calibration import Calibration, calibration
from app.nlp.scoring.report import intervals, report, total
from app.nlp.scoring.stretches import LabelledStretches, Stretch, Tally, stretch_report
from app.text.paragraphs import split_paragraphs


class Analyses(Protocol):
    """What turns texts into analyses; a test hands in one that needs no model."""

    def analyse_many(self, documents: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[Analysis]:
        """The analyses of *documents* in their order."""
        ...


@dataclass(slots=True)
class Evaluation:
    """The figures of one corpus; only the report of its own kind is filled."""

    name: str
    articles: int
    words: int
    seconds: float = 0.0
    attributions: dict[str, Any] = field(default_factory=dict)
    stretches: dict[str, Any] = field(default_factory=dict)
    calibration: Calibration | None = None


def evaluate_corpus(
    analyser: Analyses, corpus: Corpus, *, bootstrap: int = 0, done: Callable[[], object] = lambda: None
) -> Evaluation:
    """What *analyser* makes of *corpus*, measured.

    Args:
        analyser: reads all texts in one go.
        corpus: with articles of one kind.
        bootstrap: how many samples of the articles to draw for 95 % intervals; 0 gives none.
        done: called after each article.
    """
    begun = perf_counter()
    documents = ((one.text, split_paragraphs(one.text)) for one in corpus.articles)
    counts: list[Counts] = []
    tally, sure = Tally(), list[tuple[float, bool]]()
    for article, analysis in zip(corpus.articles, analyser.analyse_many(documents), strict=True):
        if isinstance(article, LabelledArticle):
            found = [spans_of(one) for one in analysis.attributions]
            counts.append(count_article(article, found))
            sure += judged(article, found)
        else:
            tally.add(article, *_stretches(analysis))
        done()
    made = Evaluation(corpus.name, len(corpus.articles), _words(corpus.articles), perf_counter() - begun)
    if counts:
        made.attributions = report(total(counts))
        made.calibration = calibration(sure) if sure else None
        if bootstrap:
            made.attributions["interval"] = intervals(counts, bootstrap)
    if any(isinstance(one, LabelledStretches) for one in corpus.articles):
        made.stretches = stretch_report(tally)
    return made


def _words(articles: Iterable[Article]) -> int:
    return sum(len(one.text.split()) for one in articles)


def spans_of(one: Attribution) -> Spans:
    """*one* as it is compared with what people marked."""
    return Spans(
        content=_ends(one.content),
        source=_ends(one.source),
        cue=_ends(one.cue),
        speaker=one.speaker.name if one.speaker else "",
        confidence=one.confidence,
    )


def _ends(spans: Iterable[TextSpan]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _stretches(analysis: Analysis) -> tuple[list[Stretch], list[Stretch]]:
    """Quotes in marks with their speakers, and paragraphs, as they are compared."""
    quotes = []
    for quote in analysis.quotes:
        speaker = analysis.attributions[quote.attribution].speaker
        if quote.kind is not AttributionKind.INDIRECT:
            name = speaker.name if speaker else None
            quotes.append(Stretch(quote.span.start, quote.span.end, quote.topics, name))
    return quotes, [Stretch(one.span.start, one.span.end, one.topics) for one in analysis.paragraphs]
