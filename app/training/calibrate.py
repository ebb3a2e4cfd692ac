"""How sure the tagger may be: fitted on articles that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.nlp.assemble import Part
from app.nlp.keys import SceneKeys
from app.nlp.learned.decoding import Found
from app.nlp.learned.features import words_of
from app.nlp.learned.tagger import THRESHOLD, AttributionTagger, evidence
from app.nlp.pipeline import Analyser
from app.nlp.scene import Scene
from app.nlp.scoring.attributions import LabelledArticle, Spans, rightness
from app.nlp.scoring.letters import Span
from app.text.paragraphs import split_paragraphs
from app.training.heads import read_heads, write_heads

_ROUNDS = 50
_RIDGE = 1e-3


def calibrate(folder: Path, analyser: Analyser, articles: Sequence[LabelledArticle]) -> int:
    """Fit the confidences of the tagger in *folder* on *articles*; returns how many attributions they rest on.

    A tagger that finds none there keeps the confidences that it has.
    """
    tagger = AttributionTagger("tagger", model=folder, threshold=THRESHOLD, threads=0, reads=SceneKeys())
    seen, right = [], []
    documents = ((one.text, split_paragraphs(one.text)) for one in articles)
    last = analyser.nlp.pipe_names.index("quotations")
    with analyser.nlp.select_pipes(disable=analyser.nlp.pipe_names[last + 1 :]):
        for article, parts in zip(articles, analyser.parts_of(documents), strict=True):
            found = [one for part in parts if len(part.doc) for one in _found(tagger, part)]
            judged = rightness(article, [spans for _, spans in found])
            for (one, _), verdict in zip(found, judged, strict=True):
                if verdict is not None:
                    seen.append(evidence(one))
                    right.append(verdict)
    if right:
        write_heads(folder, {**read_heads(folder), "calibration": logistic(np.array(seen), np.array(right))})
    return len(right)


def _found(tagger: AttributionTagger, part: Part) -> Iterator[tuple[Found, Spans]]:
    words = words_of(Scene.of(part.doc))

    def characters(run: tuple[int, int]) -> Span:
        first, last = part.doc[int(words.tokens[run[0]])], part.doc[int(words.tokens[run[1] - 1])]
        return part.offset + first.idx, part.offset + last.idx + len(last)

    for one in tagger.find(words):
        source = [characters(one.source)] if one.source else []
        yield one, Spans(list(map(characters, one.content)), source, [characters(one.cue)])


def logistic(evidence: NDArray[np.float32], right: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The weights of a logistic regression by Newton's method.

    Args:
        evidence: ``(attributions, weights)``.
        right: whether each is right, ``(attributions,)``.
    """
    weights = np.zeros(evidence.shape[1])
    for _ in range(_ROUNDS):
        sure = 1 / (1 + np.exp(-(evidence @ weights)))
        slope = evidence.T @ (right - sure) - _RIDGE * weights
        curve = (evidence * (sure * (1 - sure))[:, None]).T @ evidence + _RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights.astype(np.float32)
