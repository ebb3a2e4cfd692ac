"""What the learned tagger leaves on ``doc._.tagged``."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from app.nlp.packing import carried

Tokens = tuple[int, int]
"""First and one-past-last token."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution as the tagger sees it, by token.

    Attributes:
        anchor: the token that heads the cue.
        source: its tokens, or ``None``.
        cue: its tokens.
        content: the tokens of each piece, in order.
        confidence: the share of such attributions that are right.
    """

    anchor: int
    source: Tokens | None
    cue: Tokens
    content: tuple[Tokens, ...]
    confidence: float


carried("tagged", Tagged)


def is_tagged(doc: Doc) -> bool:
    """Whether the tagger has read *doc*, be it in vain."""
    return "communique.tagged" in doc.user_data
