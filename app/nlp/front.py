"""The front of a text: its title, and the first paragraphs, which may say who issued it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from app.domain import ParagraphKind
from app.nlp.scene import Scene

if not Doc.has_extension("front"):
    Doc.set_extension("front", default=None)

OPENING = 1_500
"""Code points from the start of a text that may name its issuers."""
FIRST_PARAGRAPHS = 8
"""Paragraphs in which the opening is looked for."""


def front(scene: Scene) -> tuple[str, str]:
    """The title and the opening of *scene*: ``doc._.front`` where the caller laid it there."""
    if scene.doc._.front is not None:
        title, opening = scene.doc._.front
        return title, opening
    return front_of([(span.label_, span.text) for span in scene.paragraphs[:FIRST_PARAGRAPHS]])


def front_of(paragraphs: Sequence[tuple[str, str]], title: str = "") -> tuple[str, str]:
    """The title and the opening of a text whose first *paragraphs* are given by kind and words.

    A heading above all else is the title where none is given; headings after it are no part of the opening.
    """
    if not title and paragraphs and paragraphs[0][0] == ParagraphKind.HEADING:
        title = paragraphs[0][1]
    body = [words for kind, words in paragraphs if kind in (ParagraphKind.BODY, ParagraphKind.LIST)]
    return title, "\n".join(body[:2])[:OPENING]
