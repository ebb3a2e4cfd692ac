"""Labelled articles as the tagger sees them, with what it should answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.nlp.assemble import Part
from app.nlp.learned.features import Words, words_of
from app.nlp.learned.windows import units_of
from app.nlp.learned.wordpieces import WordPieces
from app.nlp.pipeline import Analyser
from app.nlp.scene import Scene
from app.nlp.scoring.attributions import LabelledArticle, Spans
from app.nlp.scoring.letters import Span
from app.text.paragraphs import split_paragraphs

Run = tuple[int, int]
"""First and one-past-last word."""


@dataclass(frozen=True, slots=True)
class Target:
    """One attribution by the words of a text; *anchor* is the word of the cue that the others hang from."""

    anchor: int
    source: tuple[Run, ...]
    cue: Run
    content: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A parsed piece of an article.

    Attributes:
        words: its words.
        pieces: the word pieces of each.
        units: first and one-past-last word of each paragraph or part of one.
        targets: its attributions.
        ignored: whether a word counts for nothing, ``(words,)``.
    """

    words: Words
    pieces: list[tuple[int, ...]]
    units: list[Run]
    targets: tuple[Target, ...]
    ignored: NDArray[np.bool_]


def examples_of(
    analyser: Analyser, articles: Sequence[LabelledArticle], vocabulary: WordPieces
) -> Iterator[list[Example]]:
    """The examples of each of *articles*; *analyser* parses them and finds their quotations."""
    documents = ((one.text, split_paragraphs(one.text)) for one in articles)
    last = analyser.nlp.pipe_names.index("quotations")
    with analyser.nlp.select_pipes(disable=analyser.nlp.pipe_names[last + 1 :]):
        for article, parts in zip(articles, analyser.parts_of(documents), strict=True):
            yield [_example(article, part, vocabulary) for part in parts if len(part.doc)]


def _example(article: LabelledArticle, part: Part, vocabulary: WordPieces) -> Example:
    words = words_of(Scene.of(part.doc))
    pieces = [vocabulary.of(text) for text in words.texts]
    places = _Places(part, words)
    ignored = np.zeros(len(pieces), dtype=np.bool_)
    for run in places.runs(article.ignore):
        ignored[run[0] : run[1]] = True
    return Example(
        words=words,
        pieces=pieces,
        units=units_of(words, list(map(len, pieces))),
        targets=tuple(_targets(places, article.attributions)),
        ignored=ignored,
    )


def _targets(places: _Places, attributions: Iterable[Spans]) -> Iterator[Target]:
    for one in attributions:
        content = tuple(places.runs(one.content))
        cues = tuple(places.runs(one.cue)) or tuple(places.runs(one.cue, lettered=False))  # a colon is a cue too
        if content and cues:
            yield Target(places.anchor(cues[0]), tuple(places.runs(one.source)), cues[0], content)


class _Places:
    """From characters of an article to words of one parsed piece of it."""

    def __init__(self, part: Part, words: Words) -> None:
        doc = part.doc
        self.words = words
        self.text: str = doc.text
        self.offset = part.offset
        self.starts = np.array([doc[i].idx for i in words.tokens.tolist()])
        self.ends = self.starts + np.array(list(map(len, words.texts)))

    def runs(self, spans: Iterable[Span], *, lettered: bool = True) -> Iterator[Run]:
        """The words that *spans* touch with a letter or a digit, or with anything."""
        for start, end in spans:
            first, last = start - self.offset, end - self.offset
            touched = [
                i
                for i in np.flatnonzero((self.ends > first) & (self.starts < last)).tolist()
                if not lettered or self._lettered(max(first, int(self.starts[i])), min(last, int(self.ends[i])))
            ]
            if touched:
                yield touched[0], touched[-1] + 1

    def _lettered(self, start: int, end: int) -> bool:
        return any(map(str.isalnum, self.text[start:end]))

    def anchor(self, cue: Run) -> int:
        """The first word of *cue* that hangs from a word outside it."""
        start, end = cue
        for i in range(start, end):
            head = int(self.words.heads[i])
            if head == i or not start <= head < end:
                return i
        return start
