"""Labelled texts for the scorer's tests, made from words rather than offsets."""

from __future__ import annotations

from collections.abc import Sequence

from app.nlp.scoring.attributions import LabelledArticle, Spans


def at(text: str, words: str) -> tuple[int, int]:
    """Where *words* first stand in *text*; a test that names missing words fails."""
    start = text.index(words)
    return start, start + len(words)


def spans(text: str, content: str | Sequence[str], source: str = "", cue: str = "", sure: float | None = None) -> Spans:
    """An attribution of *text* by its words; *content* may come in pieces."""
    pieces = [content] if isinstance(content, str) else content
    return Spans(
        content=[at(text, piece) for piece in pieces],
        source=[at(text, source)] if source else (),
        cue=[at(text, cue)] if cue else (),
        confidence=sure,
    )


TEXT = (
    "“We will not wait for rain,” Nia Odell said.\n"
    "Tom Brandt argued that the plan was “dead on arrival”.\n"
    "Lea hopes that wind will come.\n"
    "The film “Gone To The Green Hills” opened."
)
GOLD = (
    spans(TEXT, "“We will not wait for rain,”", "Nia Odell", "said"),
    spans(TEXT, "that the plan was “dead on arrival”", "Tom Brandt", "argued"),
    spans(TEXT, "that wind will come", "Lea", "hopes"),
)
ARTICLE = LabelledArticle("a", TEXT, GOLD)
