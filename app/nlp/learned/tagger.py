"""The ``attribution_tagger`` component: sources, cues and contents as a network learned them from PolNeAR."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from app.errors import AnalysisError
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY, QUOTATIONS_KEY, SceneKeys
from app.nlp.learned.decoding import Found, decode
from app.nlp.learned.encoded import pieces_of
from app.nlp.learned.features import Numbers, Words, words_of
from app.nlp.learned.files import MODEL, VOCABULARY, missing
from app.nlp.learned.network import Floats, Network, Seen
from app.nlp.learned.tagged import Tagged, Tokens
from app.nlp.learned.windows import Window, units_of, windows_of
from app.nlp.learned.wordpieces import WordPieces
from app.nlp.needs import need
from app.nlp.scene import Scene

THRESHOLD = 0.5
"""The probability of heading a cue from which on a word is an anchor; from .3 to .6 articles held out score alike."""


@Language.factory(
    "attribution_tagger",
    assigns=["doc._.tagged"],
    requires=["doc.spans", "token.dep", "token.tag", "token.ent_type"],
    default_config={
        "model": None,
        "threshold": THRESHOLD,
        "threads": 0,
        "quotations_key": QUOTATIONS_KEY,
        "paragraphs_key": PARAGRAPHS_KEY,
        "headings_key": HEADINGS_KEY,
    },
)
def make_attribution_tagger(
    nlp: Language,
    name: str,
    model: str | None,
    threshold: float,
    threads: int,
    quotations_key: str,
    paragraphs_key: str,
    headings_key: str,
) -> AttributionTagger:
    """Build the component; place it after the parser, the entity recogniser and ``quotations``."""
    reads = SceneKeys(quotations_key, paragraphs_key, headings_key)
    return AttributionTagger(
        name, model=Path(model) if model else MODEL, threshold=threshold, threads=threads, reads=reads
    )


class AttributionTagger:
    """Leaves what it finds on ``doc._.tagged``, a tuple of :class:`~app.nlp.learned.tagged.Tagged`.

    The component ``attributions`` after it joins these with its own rules.
    """

    def __init__(self, name: str, *, model: Path, threshold: float, threads: int, reads: SceneKeys) -> None:
        self.name = name
        self.model = model
        self.threshold = threshold
        self.threads = threads
        self.reads = reads

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with what the tagger finds; nothing in a text of another language.

        Raises:
            AnalysisError: a component that this one builds on is not in the pipeline, or the weights are missing.
        """
        need(doc, self.name, "DEP", "TAG", "ENT_IOB", spans={self.reads.quotations: "quotations"})
        if doc._.language is not None or not len(doc):
            return doc
        words = words_of(Scene.of(doc, self.reads))
        calibration = self.network.calibration
        doc._.tagged = tuple(_tagged(words, one, confidence(one, calibration)) for one in self.find(words))
        return doc

    @property
    def network(self) -> Network:
        """The weights, read when they are first needed."""
        return load(self.model, self.threads)[0]

    def find(self, words: Words) -> list[Found]:
        """The attributions among *words*, in the order of their anchors."""
        network, vocabulary = load(self.model, self.threads)
        pieces = [vocabulary.of(text) for text in words.texts]
        sizes = list(map(len, pieces))
        windows = list(windows_of(units_of(words, sizes), sizes))
        if not windows:
            return []
        seen = _joined([network.see(pieces_of(words, window, pieces, vocabulary)) for window in windows])
        anchors = np.flatnonzero(seen.anchors > self.threshold)
        labels = network.labels(words, seen, anchors, _bounds(windows)[anchors])
        return decode(anchors, seen.anchors[anchors], labels)


@cache
def load(folder: Path, threads: int) -> tuple[Network, WordPieces]:
    """The weights in *folder*, once a process.

    Raises:
        AnalysisError: there are none.
    """
    if lacking := missing(folder):
        raise AnalysisError(
            f"The learned tagger lacks {', '.join(lacking)} in {folder}. Install communique again, name a folder that "
            f"`communique train` has written, or use the rules alone with --pipeline rules."
        )
    return Network(folder, threads), WordPieces(folder / VOCABULARY)


def confidence(found: Found, calibration: Floats) -> float:
    """The share of attributions like *found* that are right, by a logistic regression on articles held out of training.

    Args:
        found: an attribution.
        calibration: what to add, and what to multiply the log odds of the anchor and the certainty of the labels by.
    """
    return float(1 / (1 + np.exp(-(evidence(found) @ calibration))))


def evidence(found: Found) -> Floats:
    """What a confidence is made of: one, the log odds of the anchor, the certainty of the labels; ``(3,)``."""
    odds = np.clip(found.probability, 1e-6, 1 - 1e-6)
    return np.array([1.0, np.log(odds / (1 - odds)), found.certainty], dtype=np.float32)


def _joined(parts: list[Seen]) -> Seen:
    return Seen(
        np.concatenate([part.anchors for part in parts]),
        np.concatenate([part.near for part in parts]),
        np.concatenate([part.own for part in parts]),
    )


def _bounds(windows: list[Window]) -> Numbers:
    """For each word the first and one-past-last word of its window."""
    return np.concatenate([np.tile([one.start, one.end], (one.end - one.start, 1)) for one in windows])


def _tagged(words: Words, found: Found, sure: float) -> Tagged:
    def tokens(run: tuple[int, int]) -> Tokens:
        return int(words.tokens[run[0]]), int(words.tokens[run[1] - 1]) + 1

    return Tagged(
        anchor=int(words.tokens[found.anchor]),
        source=tokens(found.source) if found.source else None,
        cue=tokens(found.cue),
        content=tuple(tokens(run) for run in found.content),
        confidence=sure,
    )
