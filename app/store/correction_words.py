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
    def reason(self) -> str:
        """Who says so, in a sentence."""
        return f"{self.by} said so on {self.at.day} {self.at:%B %Y}."


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
