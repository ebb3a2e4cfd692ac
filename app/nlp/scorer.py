"""The scorer that ``nlp.evaluate`` uses for ``attributions``, and how to make examples for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry

from app.errors import AnalysisError
from app.nlp.keys import ATTRIBUTIONS_KEY, CONTENT, CUE, SOURCE
from app.nlp.scoring.attributions import LEVELS, Counts, LabelledArticle, Spans, count_article
from app.nlp.scoring.report import Report, report, total

SCORER = "communique.attributions_scorer.v1"
Scores = dict[str, Any]
Scorer = Callable[..., Scores]


@registry.scorers(SCORER)  # type: ignore[untyped-decorator]
def make_attributions_scorer(spans_key: str = ATTRIBUTIONS_KEY) -> Scorer:
    """The scorer of the attributions in ``doc.spans[spans_key]``."""

    def score(examples: Iterable[Example], **_: Any) -> Scores:
        return score_attributions(examples, spans_key=spans_key)

    return score


def score_attributions(examples: Iterable[Example], *, spans_key: str = ATTRIBUTIONS_KEY) -> Scores:
    """How well the predicted attributions fit those of the reference texts.

    Args:
        examples: those whose reference has no ``doc.spans[spans_key]`` are left out.
        spans_key: where the attributions stand, on both sides.

    Returns:
        For *content* (``quotes``) and content with its source (``joint``), at each level of
        :data:`~app.nlp.scoring.attributions.LEVELS`: ``attributions_joint_iou80_p``, ``_r`` and ``_f``, and by kind
        ``attributions_joint_iou80_per_kind``; for the stretches between quotation marks whose speaker is right
        ``attributions_stretch_any_*`` and ``attributions_stretch_long_*``. Shares from 0 to 1; ``None`` where there is
        nothing to score.

    Raises:
        AnalysisError: the two sides of an example are not the same text.
    """
    counted = [_count(one, spans_key) for one in examples if spans_key in one.reference.spans]
    figures = report(total(counted))
    scores: Scores = {}
    for block in ("quotes", "joint"):
        for level in LEVELS:
            kinds = {kind: _prf(found) for kind, found in figures[block][level].items()}
            scores |= _named(f"attributions_{block}_{level}", kinds.pop("all"), some=bool(counted))
            scores[f"attributions_{block}_{level}_per_kind"] = kinds if counted else None
    for size, found in figures["stretch"].items():
        scores |= _named(f"attributions_stretch_{size}", _prf(found["with_speaker"]), some=bool(counted))
    return scores


def example_of(nlp: Language, record: dict[str, Any], *, spans_key: str = ATTRIBUTIONS_KEY) -> Example:
    """An example for ``nlp.evaluate`` and for training, from a text with marked attributions.

    Spans are widened to whole tokens.

    Args:
        nlp: its tokenizer cuts the text.
        record: ``text``, and ``attributions``: a list of mappings with ``content`` and perhaps ``source`` and ``cue``,
            each a list of ``[start, end]`` in code points.
        spans_key: where the reference has them.
    """
    reference = nlp.make_doc(record["text"])
    spans: list[Span] = []
    for number, one in enumerate(record["attributions"]):
        for label, part in ((SOURCE, "source"), (CUE, "cue"), (CONTENT, "content")):
            for start, end in one.get(part) or ():
                span = reference.char_span(start, end, label=label, span_id=str(number), alignment_mode="expand")
                if span is not None:
                    spans.append(span)
    reference.spans[spans_key] = spans
    return Example(nlp.make_doc(record["text"]), reference)


def attributions_of(doc: Doc, spans_key: str = ATTRIBUTIONS_KEY) -> list[Spans]:
    """The attributions that ``doc.spans[spans_key]`` holds, one for each ``Span.id_``, in their order."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in doc.spans.get(spans_key, ()):
        held = parts.setdefault(span.id_, {SOURCE: [], CUE: [], CONTENT: []})
        held[span.label_].append((span.start_char, span.end_char))
    return [Spans(one[CONTENT], one[SOURCE], one[CUE]) for one in parts.values()]


def _count(example: Example, spans_key: str) -> Counts:
    reference, predicted = example.reference, example.predicted
    if reference.text != predicted.text:
        raise AnalysisError("An example to be scored has two different texts as its reference and its prediction.")
    gold = LabelledArticle("", reference.text, attributions_of(reference, spans_key))
    return count_article(gold, attributions_of(predicted, spans_key))


def _prf(found: Report) -> Scores:
    return {"p": found["p"], "r": found["r"], "f": found["f1"]}


def _named(prefix: str, found: Scores, *, some: bool) -> Scores:
    return {f"{prefix}_{name}": value if some else None for name, value in found.items()}


SCORE_WEIGHTS: dict[str, float | None] = {
    "attributions_joint_iou80_f": 0.5,
    "attributions_joint_iou30_f": 0.0,
    "attributions_quotes_iou30_f": 0.0,
    "attributions_stretch_long_f": 0.5,
}
"""What a training report shows of these, and how much each counts for the best model."""
