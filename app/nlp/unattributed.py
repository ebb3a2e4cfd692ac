"""Quotations given to nobody: all of a text in another language, and whole sentences that nobody is named for."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Span

from app.domain import AttributionKind
from app.nlp.linking import is_whole
from app.nlp.notquoted import is_name, looks_like_title
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

RULE = "marks"
_FOREIGN = (
    "It stands between quotation marks. The text is not in the language that the pipeline reads, "
    "so nobody was looked for who says it."
)
_SILENT = "It stands between quotation marks as a sentence of its own, and the text does not say who speaks."

if not Doc.has_extension("language"):
    Doc.set_extension("language", default=None)

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SENTENCE = 5
"""Words of a sentence at least, below which it may be a slogan or a sign."""
_SENTENCE_END = frozenset(".!?…")
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 6
_SPEECH_END = frozenset(".,!?…。！？、，")


def unattributed_records(scene: Scene) -> list[AttributionRecord]:
    """A record for each quotation of *scene* that is more than a name or a title, as far as its length can tell."""
    return [
        _record(scene, number, _FOREIGN)
        for number, stretch in enumerate(scene.doc._.quotations)
        if _speech(scene.text, stretch.span.start, stretch.span.end)
    ]


def silent_records(scene: Scene, owned: Container[int]) -> list[AttributionRecord]:
    """A record for each quotation that is none of *owned* and is a sentence: somebody says it, if nobody is named."""
    return [
        _record(scene, number, _SILENT)
        for number, quote in enumerate(scene.quotes)
        if number not in owned and _is_sentence(scene, quote, number)
    ]


def _record(scene: Scene, number: int, reason: str) -> AttributionRecord:
    return AttributionRecord(
        cue=None,
        source=None,
        head=None,
        content=[scene.doc._.quotations[number].span],
        quotes=[number],
        kind=AttributionKind.DIRECT,
        rule=RULE,
        reason=reason,
    )


def _is_sentence(scene: Scene, quote: Span, number: int) -> bool:
    stretch = scene.doc._.quotations[number]
    verb = any(token.tag_ in _FINITE for token in quote)
    whole = (
        verb and stretch.opened and stretch.closed and is_whole(scene, quote) and quote[-1].text[-1] in _SENTENCE_END
    )
    long = sum(token.is_alpha for token in quote) >= _SENTENCE
    return (
        whole
        and long
        and not scene.in_heading[quote.start]
        and not looks_like_title(quote)
        and not is_name(scene, quote, None)
    )


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
