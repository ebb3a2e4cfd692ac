"""What a person changes an article with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.present.topic_changes import FieldChange
from app.store.deleting import DeletedRow
from app.store.rows import ArticleRow
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class SpeakerField:
    """A speaker's name in the form: the name of its field, and how it is called now."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticleEditPage:
    """``/articles/{slug}/edit``: what a person knows better than the reader.

    Attributes:
        slug: the article's.
        name: its title as it is saved.
        typed: what stands in the fields.
        errors: what is wrong, by field.
        labels: what each field is called.
        set_by_hand: the labels of the fields that a person has set; a new reading leaves them alone.
        speakers: those who speak in it, most quotes first.
        more_speakers: how many of them have no field here.
        fingerprint: of what the form is based on.
        conflict: what somebody else saved in between, beside what was typed; empty for none.
        saved: whether it was saved just now.
    """

    site: Site
    slug: str
    name: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    labels: Mapping[str, str]
    set_by_hand: tuple[str, ...]
    speakers: tuple[SpeakerField, ...]
    more_speakers: int
    fingerprint: str
    conflict: tuple[FieldChange, ...] = ()
    saved: bool = False


@dataclass(frozen=True, slots=True)
class ArticleDeletePage:
    """``/articles/{slug}/delete``: whether to delete an article, and for how many days it can be brought back."""

    site: Site
    article: ArticleRow
    days: int


@dataclass(frozen=True, slots=True)
class DeletedPage:
    """``/articles/deleted``: what can be brought back, the last deleted first."""

    site: Site
    rows: tuple[DeletedRow, ...]
