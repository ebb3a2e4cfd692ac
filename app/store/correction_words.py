"""What goes into applying the corrections of an article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain import Action, Anchor, TextSpan
from app.store.drafts import Draft


@dataclass(frozen=True, slots=True)
class Word:
    """A correction as it is applied: its quote stands at *span* of the present text, and is to stand at *to*."""

    number: int
    action: Action
    value: Mapping[str, Any]
    anchor: Anchor
    snapshot: Mapping[str, Any]
    by: str
    at: dt.datetime
    quote_uid: str
    in_force: bool
    span: TextSpan | None = None
    to: TextSpan | None = None

    @property
    def placed(self) -> bool:
        """Whether all its words stand in the text."""
        return self.span is not None and (self.to is not None or self.action is not Action.EDGES)

    @property
    def subject(self) -> int:
        """The same for all corrections of one quote."""
        return int(self.snapshot.get("subject") or self.number)

    @property
    def kind(self) -> str:
        """That of the quote as it was for this correction."""
        return str(self.snapshot.get("kind") or self.value.get("kind"))

    @property
    def reason(self) -> str:
        """Who says so, in a sentence."""
        return f"{self.by} said so on {self.at.day} {self.at:%B %Y}."


def word_of(row: Any, snapshot: Mapping[str, Any] | None = None) -> Word:
    """The correction in a row of its table, with another *snapshot* than is kept, if one is given."""
    return Word(
        number=row.number,
        action=Action(row.action),
        value=row.value,
        anchor=Anchor(**row.anchor),
        snapshot=snapshot if snapshot is not None else row.snapshot or {},
        by=row.made_by,
        at=row.made,
        quote_uid=row.quote_uid,
        in_force=row.undone is None,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows besides: the ids of its topics, and into which speaker each merged one goes, by row."""

    topics: Collection[str]
    merged: Mapping[int, int] = field(default_factory=dict)

    def one(self, speaker: int | None) -> int | None:
        """The speaker that *speaker* is now."""
        return None if speaker is None else self.merged.get(speaker, speaker)


@dataclass(frozen=True, slots=True)
class Page:
    """The text that a draft is of, the draft, and what is known besides."""

    text: str
    draft: Draft
    known: Known

    @property
    def paragraphs(self) -> list[TextSpan]:
        """The paragraphs of the text."""
        return [TextSpan(row["start"], row["end"]) for row in self.draft.others["paragraphs"]]
