"""Corrections as people and programs give them: read, checked, and said to the library, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.domain import OTHER, AttributionKind, Scope, Speaker, SpeakerKind, Topic
from app.errors import AppError
from app.ingest.changes import LONGEST_NOTE, LONGEST_SIGNATURE
from app.store.articles import article_text
from app.store.corrections import Correction, Disagreement
from app.store.rows import QuoteRow
from app.store.speaker_names import LONGEST_NAME, speakers_named
from app.web.deps import Desk
from app.web.places import LONGEST, around, nearest
from app.web.signing import TOO_LONG, cleaned

if TYPE_CHECKING:
    from app.ingest.correcting import Change, Who

TOPIC = "topic-"
"""What the field of a topic begins with; its id follows."""
KINDS = tuple(kind for kind in SpeakerKind if kind is not SpeakerKind.UNRESOLVED)
LABELS = {
    "speaker": "Speaker",
    "speaker_kind": "What the speaker is",
    "topics": "Topics",
    "kind": "Kind",
    "words": "The words",
    "note": "Why",
    "by": "Your name",
}
FORM = "note"
"""The field at which what is wrong with the whole is told."""
UNCHANGED = "Nothing differs from what is there. If it is right, say so with “This is right”."
NOT_THERE = "These words do not stand where the quote stands. Take them from the passage, in its order and spelling."
_LISTED = (409, 422)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed: the changes that it asks for, and what is wrong, by field."""

    changes: list[Change] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What became of some changes: those saved, what somebody else said first, what could not be used."""

    saved: tuple[Correction, ...]
    conflict: Correction | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class NoSuchSpeakerError(AppError):
    """A name by which nobody can be found, or several can."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def stored(row: QuoteRow, topics: Sequence[Topic]) -> dict[str, str]:
    """What the form of the quote *row* begins with."""
    who = row.speaker
    return {
        "speaker": who.name if who else "",
        "nobody": "" if who else "yes",
        "speaker_kind": "",
        "topics": " ".join(topic.id for topic in topics if topic.id in row.topics and topic.id != OTHER),
        "kind": row.kind.value,
        "words": row.text,
    }


def check(
    conn: Connection,
    row: QuoteRow,
    typed: Mapping[str, str],
    before: Mapping[str, str],
    unknown: Sequence[str] = (),
) -> Checked:
    """The changes that *typed* asks for of the quote *row*; what is as it was *before* asks for none.

    *unknown* are topics that were ticked and are gone.

    The edges come last, since the quote has another address then.
    """
    from app.ingest.correcting import SetEdges, SetKind, SetSpeaker, SetTopics  # noqa: PLC0415 - what judges topics

    found = Checked(errors=signed_wrong(typed))
    if any(typed[name] != before[name] for name in ("speaker", "nobody", "speaker_kind")):
        try:
            who = speaker_of(conn, typed)
            found.changes.append(
                SetSpeaker(row.id, who, Scope.ARTICLE if typed["scope"] == Scope.ARTICLE else Scope.QUOTE)
            )
        except NoSuchSpeakerError as error:
            found.errors[error.field] = str(error)
    if unknown:
        found.errors["topics"] = f"There is no topic “{unknown[0][:40]}” any more. Choose others, and save again."
    elif typed["topics"] != before["topics"]:
        found.changes.append(SetTopics(row.id, tuple(typed["topics"].split())))
    if typed["kind"] != before["kind"]:
        if typed["kind"] in tuple(AttributionKind):
            found.changes.append(SetKind(row.id, AttributionKind(typed["kind"])))
        else:
            found.errors["kind"] = "Choose direct, mixed or indirect."
    if typed["words"].split() != before["words"].split():
        wrong = words_wrong(typed["words"])
        text = article_text(conn, row.article.slug).text
        span = None if wrong else nearest(around(text, typed["words"], row.span), row.span)
        if span is None:
            found.errors["words"] = wrong or NOT_THERE
        elif span != row.span:
            found.changes.append(SetEdges(row.id, span, text[span.start : span.end]))
    if not found.changes and not found.errors:
        found.errors[FORM] = UNCHANGED
    return found


def words_wrong(words: str) -> str:
    """What is wrong with *words* by themselves, if anything."""
    if not words.strip():
        return "Write the words of the quote, as they stand in the text."
    return f"This is too long for a quote: {LONGEST:,} characters at most." if len(words) > LONGEST else ""


def signed_wrong(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the name and the note."""
    errors = {}
    if len(cleaned(typed.get("by", ""))) > LONGEST_SIGNATURE:
        errors["by"] = TOO_LONG
    if len(typed.get("note", "")) > LONGEST_NOTE:
        errors["note"] = f"This is too long: {LONGEST_NOTE:,} characters at most."
    return errors


def speaker_of(conn: Connection, typed: Mapping[str, str]) -> Who:
    """Whom *typed* names: one whom the library knows by slug, a new one by name, or nobody.

    Raises:
        NoSuchSpeakerError: the name is missing, too long, or that of several.
    """
    name, kind = cleaned(typed["speaker"]), typed["speaker_kind"]
    if typed["nobody"]:
        return None
    if not name:
        raise NoSuchSpeakerError("speaker", "Write a name, or tick that nobody is named.")
    if len(name) > LONGEST_NAME:
        raise NoSuchSpeakerError("speaker", f"This is too long for a name: {LONGEST_NAME} characters at most.")
    if kind and kind not in tuple(KINDS):
        raise NoSuchSpeakerError("speaker_kind", f"Choose one of: {', '.join(KINDS)}.")
    known = [one for one in speakers_named(conn, name) if kind in ("", one.kind.value)]
    if len(known) > 1:
        kinds = " and ".join(one.kind.value for one in known)
        raise NoSuchSpeakerError("speaker_kind", f"There are several of this name ({kinds}): choose which kind it is.")
    return known[0].slug if known else Speaker(name, SpeakerKind(kind or SpeakerKind.PERSON))


def say(desk: Desk, checked: Sequence[Change], *, by: str, note: str, based_on: int | None) -> Said:
    """Say the changes to the library one after another, until one cannot be taken over.

    Raises:
        NotFound: what is corrected is gone.
    """
    from app.ingest.correcting import correct  # noqa: PLC0415

    saved: list[Correction] = []
    for change in checked:
        try:
            saved.append(correct(desk.engine, desk.settings, change, by=by, note=note, based_on=based_on))
        except Disagreement as error:
            return Said(tuple(saved), error.other, {}, error.status)
        except AppError as error:
            if error.status not in _LISTED:
                raise
            return Said(tuple(saved), None, {field_of(change): str(error)}, error.status)
    return Said(tuple(saved))


def field_of(change: Change) -> str:
    """The field of the form at which what is wrong with *change* is told."""
    fields = {"SetSpeaker": "speaker", "SetTopics": "topics", "SetKind": "kind", "SetEdges": "words", "Add": "words"}
    return fields.get(type(change).__name__, FORM)
