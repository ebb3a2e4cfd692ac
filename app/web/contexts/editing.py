"""What a person changes the topics with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from app.present.rows import QuoteFigure
from app.present.topic_changes import FieldChange, TopicChange
from app.present.topic_fields import FieldHelp
from app.store.rows import TopicCount
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form: what was typed, and what is wrong with it (empty where nothing is)."""

    field: FieldHelp
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """What saving would do to the topic's quotes; at most 20 of those that come and of those that go are shown.

    ``problems`` says by field why there is nothing to show; then all counts are 0.
    """

    tone: str
    labels: dict[str, str]
    entering: tuple[QuoteFigure, ...] = ()
    leaving: tuple[QuoteFigure, ...] = ()
    entering_count: int = 0
    leaving_count: int = 0
    staying_count: int = 0
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """What somebody else saved in between.

    Attributes:
        gone: whether they deleted this topic.
        mine: what saving over it would change of the topic as they left it.
        theirs: what they changed since this page was opened.
    """

    gone: bool
    mine: tuple[FieldChange, ...]
    theirs: tuple[TopicChange, ...]


@dataclass(frozen=True, slots=True)
class TopicEditPage:
    """``/topics/new`` and ``/topics/{id}/edit``: one topic's fields, and what they would do.

    Attributes:
        topic_id: its id; empty for a new one.
        name: its label as it is saved; empty for a new one.
        entries: the fields by name.
        revision: the change that the fields are based on.
        action: where the form goes; ``/preview`` under the topic answers with the preview alone.
        preview: shown where it was asked for.
        conflict: shown where somebody else saved in between.
        saved: the change that was just saved.
        skipped: articles whose quotes it could not judge, since an older version read them.
    """

    site: Site
    topic_id: str
    name: str
    entries: dict[str, Entry]
    revision: int
    action: str
    preview: PreviewShown | None = None
    conflict: ConflictShown | None = None
    saved: int | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class SuggestionShown:
    """A candidate for a topic: its words, the first of its quotes, and where a form with its words stands."""

    key: str
    label: str
    terms: tuple[str, ...]
    count: int
    quotes: tuple[QuoteFigure, ...]
    form_url: str


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """``/topics/suggestions``: what the quotes in "other" speak of, for a person to take up or to dismiss.

    ``dismissed`` holds the keys of those that were dismissed, in alphabetical order.
    """

    site: Site
    suggestions: tuple[SuggestionShown, ...]
    dismissed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicDeletePage:
    """``/topics/{id}/delete``: whether to delete a topic, with the quotes that lose it."""

    site: Site
    topic: TopicCount
    revision: int


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of the topics."""

    number: int
    saved: dt.datetime
    note: str
    changes: tuple[TopicChange, ...]


@dataclass(frozen=True, slots=True)
class TopicHistoryPage:
    """``/topics/history``: every change of the topics, the last one first.

    ``revision`` is that of the topics as they are now; ``undoable`` says whether a change is left to take back.
    """

    site: Site
    lines: tuple[HistoryLine, ...]
    revision: int
    undoable: bool


@dataclass(frozen=True, slots=True)
class TopicImportPage:
    """``/topics/import``: a code book from a file, before it is saved.

    Attributes:
        name: the file's; empty where none was given yet.
        error: why it cannot be used.
        changes: what saving it would change.
        kept: labels of the topics that the file does not have and that stay.
        book: the topics that would be saved, in TOML.
        revision: the change that this is based on.
    """

    site: Site
    name: str
    error: str
    changes: tuple[TopicChange, ...]
    kept: tuple[str, ...]
    book: str
    revision: int
