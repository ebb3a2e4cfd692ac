"""Topics judged for a text whose words and readings are known: no pipeline is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import spacy
from spacy.tokens import Doc

from app.domain import Analysis, Reading, TextSpan, Tokens, Topic, TopicEvidence
from app.nlp.topic_judge import Place, TopicJudge, topics_of
from app.nlp.topic_terms import TermFinder


class TopicTagger:
    """Finds the terms of *topics* in the words of texts and judges readings by them.

    Raises:
        AnalysisError: a topic has a pattern that spaCy does not take; the message names both.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        nlp = spacy.blank("en")
        self._vocab = nlp.vocab
        self._finder = TermFinder(nlp.vocab, nlp.tokenizer, self.topics)

    def evidence(self, text: str, tokens: Tokens, readings: Sequence[Reading]) -> list[tuple[TopicEvidence, ...]]:
        """Why each of *readings*, in their order, has its topics; empty where it has none ("other")."""
        judge = TopicJudge(text, self._places(text, tokens))
        return [judge.evidence(reading) for reading in readings]

    def tag(self, text: str, analysis: Analysis) -> Analysis:
        """*analysis* of *text* with the topics of its paragraphs, attributions and quotes, and why."""
        readings = [quote.reading or Reading((quote.span,)) for quote in analysis.quotes]
        whole = [Reading((paragraph.span,)) for paragraph in analysis.paragraphs]
        found = self.evidence(text, analysis.tokens, [*readings, *whole])
        quotes = [
            replace(quote, topics=topics_of(why), evidence=why)
            for quote, why in zip(analysis.quotes, found, strict=False)
        ]
        why_said: list[list[TopicEvidence]] = [[] for _ in analysis.attributions]
        for quote in quotes:
            why_said[quote.attribution] += quote.evidence
        return replace(
            analysis,
            quotes=tuple(quotes),
            paragraphs=tuple(
                replace(paragraph, topics=topics_of(why))
                for paragraph, why in zip(analysis.paragraphs, found[len(quotes) :], strict=True)
            ),
            attributions=tuple(
                replace(one, topics=topics_of(why), evidence=tuple(dict.fromkeys(why)))
                for one, why in zip(analysis.attributions, why_said, strict=True)
            ),
        )

    def _places(self, text: str, tokens: Tokens) -> list[Place]:
        words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
        patterns = self._finder.may_match_patterns({*words, *map(str.lower, words), *tokens.lemmas})
        doc = self._doc(words, tokens, tags=patterns)
        return [
            Place(one.topic, one.kind, TextSpan(tokens.starts[one.start], tokens.ends[one.end - 1]))
            for one in self._finder.find(doc, patterns=patterns)
        ]

    def _doc(self, words: list[str], tokens: Tokens, *, tags: bool) -> Doc:
        iob = ["O"] * len(tokens.starts)
        for start, end, label in tokens.entities:
            iob[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        return Doc(
            self._vocab,
            words=words,
            lemmas=list(tokens.lemmas),
            pos=list(tokens.tags) if tags else None,
            ents=iob,
        )
