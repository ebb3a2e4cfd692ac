"""What a person corrected, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain import Action, Scope
from app.present.rows import first_words
from app.store.corrections import Correction

LONGEST = 120
FIELD_WORDS = {
    "speaker": "the speaker",
    "topics": "the topics",
    "kind": "the kind",
    "edges": "where it begins and ends",
    "added": "added by a person",
    "confirmed": "said to be right",
}
NOT_QUOTE, RIGHT = "No quote", "Right as it is"


def corrected_words(corrected: tuple[str, ...]) -> str:
    """What of a quote is a person's word, for the title of a badge."""
    changed = [FIELD_WORDS.get(one, one) for one in corrected if one not in ("added", "confirmed")]
    rest = [FIELD_WORDS[one] for one in ("added", "confirmed") if one in corrected]
    told = [f"set by a person: {', '.join(changed)}"] if changed else []
    return "; ".join([*told, *rest])


def correction_words(one: Correction, labels: Mapping[str, str]) -> str:
    """*one* as a short sentence; topics by their *labels*."""
    value = one.value
    if one.action is Action.SPEAKER:
        where = ", wherever the article names the same speaker" if value.get("scope") == Scope.ARTICLE else ""
        return f"Said by {_name(value.get('speaker'))}{where}"
    if one.action is Action.TOPICS:
        return f"On {_topics(value.get('topics'), labels)}"
    if one.action is Action.KIND:
        return f"It is {value.get('kind', '')}"
    if one.action is Action.EDGES:
        return f"The words are “{first_words(str((value.get('to') or {}).get('exact', '')), LONGEST)}”"
    if one.action is Action.ADD:
        return f"A quote that was missed, said by {_name(value.get('speaker'))}"
    if one.action is Action.MERGE:
        return f"{_name(value.get('speaker'))} is the same as {_name(value.get('into'))}"
    return NOT_QUOTE if one.action is Action.REJECT else RIGHT


def _name(speaker: Mapping[str, Any] | None) -> str:
    return first_words(str(speaker["name"]), LONGEST) if speaker else "nobody who is named"


def _topics(given: Any, labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(one, one) for one in given) if given else "no topic of the list"
