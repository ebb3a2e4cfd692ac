"""Quotations of a text in a language that the pipeline does not read: found by their marks, given to nobody."""

from __future__ import annotations

from spacy.tokens import Doc

from app.domain import AttributionKind
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

RULE = "marks"
REASON = (
    "It stands between quotation marks. The text is not in the language that the pipeline reads, "
    "so nobody was looked for who says it."
)

if not Doc.has_extension("language"):
    Doc.set_extension("language", default=None)

_FEWEST_WORDS, _FEWEST_LETTERS = 3, 6
_SPEECH_END = frozenset(".,!?…。！？、，")


def unattributed_records(scene: Scene) -> list[AttributionRecord]:
    """A record for each quotation of *scene* that is more than a name or a title, as far as its length can tell."""
    return [
        AttributionRecord(
            cue=None,
            source=None,
            head=None,
            content=[stretch.span],
            quotes=[number],
            kind=AttributionKind.DIRECT,
            rule=RULE,
            reason=REASON,
        )
        for number, stretch in enumerate(scene.doc._.quotations)
        if _speech(scene.text, stretch.span.start, stretch.span.end)
    ]


def _speech(text: str, start: int, end: int) -> bool:
    words = text[start:end].strip()
    if (
        len(words.split()) >= _FEWEST_WORDS
        or words[-1:] in _SPEECH_END
        or text[end + 1 : end + 2] in _SPEECH_END - {"."}
    ):
        return True
    unparted = any(char > "\u2e80" for char in words)  # scripts that put no blanks between words
    return unparted and len(words) >= _FEWEST_LETTERS
