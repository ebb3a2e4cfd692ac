"""Speakers in words, and how strongly a cell of the table of speakers by topics is shaded."""

from __future__ import annotations

from app.domain import SpeakerKind
from app.store.rows import SpeakerRow

KIND_NAMES = {
    SpeakerKind.PERSON: "person",
    SpeakerKind.ORGANISATION: "organisation",
    SpeakerKind.DOCUMENT: "document",
    SpeakerKind.GROUP: "group",
    SpeakerKind.UNRESOLVED: "as the text has it",
}
NOBODY_IS = "the text names nobody"

STEPS = (0.1, 0.25, 0.5, 0.75)
"""From which share on a cell is shaded more strongly."""


def speaker_kind(speaker: SpeakerRow | None) -> str:
    """What a speaker is, in words."""
    return KIND_NAMES[speaker.kind] if speaker else NOBODY_IS


def other_members(speaker: SpeakerRow | None) -> tuple[str, ...]:
    """The members of a group whom its name does not name."""
    return tuple(one for one in speaker.members if one not in speaker.name) if speaker else ()


def step_of(part: int, whole: int) -> int:
    """How strongly to shade *part* of *whole*: 0 for none, 1 to 5 for a share."""
    if not part or not whole:
        return 0
    return 1 + sum(part / whole >= step for step in STEPS)
