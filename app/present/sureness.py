"""How sure an attribution is, in words."""

from __future__ import annotations

from app.store.confidence import FAIRLY_SURE, SURE, Band

BAND_WORDS = {
    Band.SURE: "Sure",
    Band.FAIRLY: "Fairly sure",
    Band.UNSURE: "Unsure",
    Band.UNCOUNTED: "Nobody counted",
}

NOT_COUNTED = "Nobody has counted how often such a finding is right."


def unsure(confidence: float | None) -> bool:
    """Whether a reader should be told at once to look twice; what nobody counted is no warning."""
    return confidence is not None and confidence < FAIRLY_SURE


def sureness(confidence: float | None) -> str:
    """*confidence* as a sentence: a word for it, and how many of ten such findings are right."""
    if confidence is None:
        return NOT_COUNTED
    word = "Sure" if confidence >= SURE else "Fairly sure" if confidence >= FAIRLY_SURE else "Unsure"
    return f"{word}: of ten findings like this one, {_share(confidence)} right."


def of_ten(score: float) -> str:
    """*score*, the share right of what a rule finds, in few words: ``of ten like it, about 9 are right``."""
    return f"of ten like it, {_share(score)} right"


def _share(confidence: float) -> str:
    share = round(10 * confidence)
    if share >= 10:
        return "nearly all are"
    if share <= 0:
        return "hardly any is"
    return f"about {share} {'is' if share == 1 else 'are'}"
