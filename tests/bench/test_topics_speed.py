"""What topics cost beside the parse: a quote with the four default topics, and with 500 topics of 200 terms."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest

from app.codebook import read_codebook
from app.domain import Topic
from app.nlp.assemble import assemble
from app.nlp.pipeline import Analyser
from app.nlp.retagging import TopicTagger
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

pytestmark = [pytest.mark.bench, pytest.mark.model]

MOST = 0.05
"""Share of the parse's time that the four topics may take."""
MANY_MOST = 0.2
"""The same of 500 topics of 200 terms."""


def many_topics() -> tuple[Topic, ...]:
    def words(topic: int) -> tuple[str, ...]:
        return tuple(f"word{topic} term{number}" if number % 3 else f"w{topic}x{number}" for number in range(200))

    return tuple(Topic(f"topic-{number}", f"Topic {number}", "", "#000000", words(number)) for number in range(500))


def test_topics_cost_little_beside_the_parse() -> None:
    (seed,) = resource_dir("seeds").glob("*.txt")
    text = seed.read_text(encoding="utf-8")
    analyser = Analyser(topics=read_codebook(resource_dir("seeds") / "topics.toml"))
    start = perf_counter()
    parts = list(analyser.parts_of([(text, split_paragraphs(text))] * 40))
    parsed = (perf_counter() - start) / 40
    analysis = assemble(parts[0], "")
    reading = _best(lambda: assemble(parts[0], ""))
    costs = {"the four": reading + _best(lambda: analyser.tagger.tag(text, analysis))}
    tagger = TopicTagger(many_topics())
    costs["500 of 200 terms"] = reading + _best(lambda: tagger.tag(text, analysis))
    for name, cost in costs.items():
        quote = cost / len(analysis.quotes) * 1000
        print(f"\n{name}: {quote:.3f} ms a quote, {cost / parsed:.1%} of the parse")
    assert costs["the four"] <= MOST * parsed
    assert costs["500 of 200 terms"] <= MANY_MOST * parsed


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(20):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)
