"""What a component needs before it, said in a sentence when it is missing."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from app.errors import AnalysisError

_GIVEN_BY = {
    "DEP": "a parser",
    "POS": "a tagger with its attribute_ruler, or a morphologizer",
    "LEMMA": "a lemmatizer",
    "ENT_IOB": "an entity recogniser",
}


def need(doc: Doc, component: str, *annotations: str, spans: Mapping[str, str] | None = None) -> None:
    """Check that *doc* has what *component* builds on; a text without words lacks nothing.

    Args:
        doc: a text on its way through a pipeline.
        component: the name to blame.
        annotations: token attributes such as ``DEP``.
        spans: by key of ``doc.spans``, the component that lays it there.

    Raises:
        AnalysisError: something is missing; the message says what to add.
    """
    if not len(doc):
        return
    for key, giver in (spans or {}).items():
        if key not in doc.spans:
            raise AnalysisError(
                f"The component {component!r} found no doc.spans[{key!r}]: add {giver!r} to the pipeline before it, "
                f"and let both name the same key."
            )
    for annotation in annotations:
        if not doc.has_annotation(annotation):
            raise AnalysisError(
                f"The component {component!r} needs {_GIVEN_BY[annotation]} before it in the pipeline; "
                f"this text has no {annotation}."
            )
