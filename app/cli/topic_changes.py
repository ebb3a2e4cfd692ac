"""Changes to a code book, as values: what is saved is decided here, and saved elsewhere."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from app.codebook import CodeBookError, check_book, topic_from, values_of
from app.domain import Topic
from app.errors import NotFound

Words = Mapping[str, Sequence[str] | None]
"""For each list of a topic, what to put in or to take out."""


def find(topics: Sequence[Topic], topic_id: str) -> Topic:
    """The topic *topic_id* of *topics*.

    Raises:
        NotFound: there is none.
    """
    for topic in topics:
        if topic.id == topic_id:
            return topic
    known = ", ".join(topic.id for topic in topics)
    raise NotFound(f"There is no topic “{topic_id}” to change or show" + (f"; there are {known}." if known else "."))


def added(topics: Sequence[Topic], values: Mapping[str, Any], words: Words) -> tuple[Topic, ...]:
    """*topics* with a new one at their end.

    Raises:
        CodeBookError: its id is taken, or it cannot be used.
    """
    if any(topic.id == values["id"] for topic in topics):
        raise CodeBookError(
            f"There is a topic “{values['id']}” already; change it with `communique topics edit {values['id']}`.", "id"
        )
    return merged(topics, [topic_from({**_given(values), **_entries(words)})])


def edited(topic: Topic, values: Mapping[str, Any], put_in: Words, take_out: Words) -> Topic:
    """*topic* with *values* instead of its own, and words put into its lists and taken out.

    Raises:
        CodeBookError: a word to take out is not there, or the topic can no longer be used.
    """
    fields = {**values_of(topic), **_given(values)}
    for field, entries in _entries(take_out).items():
        fields[field] = _without(topic, field, fields.get(field, []), entries)
    for field, entries in _entries(put_in).items():
        fields[field] = [*fields.get(field, []), *entries]
    return topic_from(fields)


def merged(topics: Sequence[Topic], given: Sequence[Topic]) -> tuple[Topic, ...]:
    """*topics*, those of *given* in the place of those with their ids, and the others of *given* at the end.

    Raises:
        CodeBookError: these are too many.
    """
    chosen = {topic.id: topic for topic in (*topics, *given)}
    check_book(chosen.values())
    return tuple(chosen.values())


def replaced(topics: Sequence[Topic], topic_id: str, given: Sequence[Topic]) -> tuple[Topic, ...]:
    """*topics* with *given* in the place of the topic *topic_id*.

    Raises:
        CodeBookError: an id of *given* is taken.
    """
    changed = tuple(one for topic in topics for one in (given if topic.id == topic_id else (topic,)))
    check_book(changed)
    return changed


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in values.items() if value is not None}


def _entries(words: Words) -> dict[str, list[Any]]:
    return {
        field: [_pattern(entry) for entry in entries] if field == "patterns" else list(entries)
        for field, entries in words.items()
        if entries
    }


def _pattern(text: str) -> Any:
    """A pattern as it was typed: in JSON, or in TOML as a code book has it."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return tomllib.loads(f"pattern = {text}")["pattern"]
    except ValueError as error:
        raise CodeBookError(
            f'The pattern {text} cannot be read; write it as [{{"LEMMA": "gas"}}, {{"LOWER": "price"}}].',
            "patterns",
        ) from error


def _without(topic: Topic, field: str, there: Sequence[Any], entries: Sequence[Any]) -> list[Any]:
    for entry in entries:
        if entry not in there:
            shown = entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False)
            raise CodeBookError(f"The topic “{topic.id}” has no “{shown}” in {field}.", field)
    return [entry for entry in there if entry not in entries]
