"""What differs between two versions of the topics, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain import OTHER, Topic
from app.present.topic_fields import LISTS, TEXTS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: the entries that came and those that went; of a text, the new one and the old one."""

    label: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicChange:
    """One topic: whether it is new, gone or another, and in which fields."""

    id: str
    label: str
    what: Literal["new", "deleted", "changed"]
    fields: tuple[FieldChange, ...]


def field_changes(before: Topic, after: Topic) -> tuple[FieldChange, ...]:
    """The fields in which *after* differs from *before*, in the order of the form."""
    texts = (_text_change(text.label, getattr(before, text.name), getattr(after, text.name)) for text in TEXTS)
    lists = (_list_change(one.label, getattr(before, one.name), getattr(after, one.name)) for one in LISTS)
    return tuple(change for change in (*texts, *lists) if change.added or change.removed)


def topic_changes(before: Iterable[Topic], after: Iterable[Topic]) -> tuple[TopicChange, ...]:
    """The topics that are new or another in *after*, in its order, and then those that are gone.

    "other" is built in and left out. A mere change of the order is none.
    """
    old = {topic.id: topic for topic in before if topic.id != OTHER}
    new = {topic.id: topic for topic in after if topic.id != OTHER}
    found = []
    for topic in new.values():
        fields = field_changes(old.get(topic.id, Topic(topic.id, "", "", "")), topic)
        if topic.id not in old:
            found.append(TopicChange(topic.id, topic.label, "new", fields))
        elif fields:
            found.append(TopicChange(topic.id, topic.label, "changed", fields))
    gone = (topic for topic in old.values() if topic.id not in new)
    return (*found, *(TopicChange(topic.id, topic.label, "deleted", ()) for topic in gone))


def _text_change(label: str, before: str, after: str) -> FieldChange:
    if before == after:
        return FieldChange(label, (), ())
    return FieldChange(label, (after,) if after else (), (before,) if before else ())


def _list_change(label: str, before: Sequence[str], after: Sequence[str]) -> FieldChange:
    came = [word for word in after if word not in set(before)]
    went = [word for word in before if word not in set(after)]
    return FieldChange(label, tuple(came), tuple(went))
