"""A topic as a person typed it, and the topic that it becomes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from slugify import slugify

from app.codebook import ADDRESSES, CodeBookError, topic_from
from app.domain import OTHER, Topic
from app.present.topic_fields import FIELDS, LISTS, TEXTS
from app.web.forms import Form

LONGEST_ID = 60
NEW_COLOUR = "#57534e"
LINE = "\n"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields of the form, whether it can be used or not; a list has an entry a line."""

    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was read: the topic of all fields that can be used, and what is wrong with the others."""

    topic: Topic
    errors: Mapping[str, str]


def draft_of(topic: Topic) -> Draft:
    """*topic* as its form shows it."""
    texts = {one.name: getattr(topic, one.name) for one in TEXTS}
    return Draft({**texts, **{one.name: LINE.join(getattr(topic, one.name)) for one in LISTS}})


def draft_from(form: Form) -> Draft:
    """What was typed into *form*."""
    return Draft({name: form.text(name) for name in FIELDS})


def blank(label: str = "", terms: Collection[str] = ()) -> Draft:
    """A new topic's form, with what may be known of it."""
    return Draft({"label": label, "colour": NEW_COLOUR, "terms": LINE.join(terms)})


def read_draft(draft: Draft, topic_id: str) -> Checked:
    """The topic *topic_id* that *draft* describes, each field read by itself, so that every error is told at once."""
    values: dict[str, Any] = {"id": topic_id}
    errors: dict[str, str] = {}
    for name in FIELDS:
        try:
            value = _value(draft, name)
            topic_from({"id": topic_id, name: value})
            values[name] = value
        except CodeBookError as error:
            errors[name] = _sentence(error, draft, topic_id)
    return Checked(topic_from(values), errors)


def new_id(label: str, taken: Collection[str]) -> str:
    """An id made of *label* that is neither *taken* nor the address of another page."""
    base = slugify(label, max_length=LONGEST_ID, word_boundary=True) or slugify(label, max_length=LONGEST_ID) or "topic"
    tries = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(one for one in tries if one not in {OTHER, *taken, *ADDRESSES})


def _value(draft: Draft, name: str) -> Any:
    text = draft[name]
    if name == "label" and not text.strip():
        raise CodeBookError("It needs a label: the name that every page shows.", name)
    if name not in {one.name for one in LISTS}:
        return text.strip() or (NEW_COLOUR if name == "colour" else "")
    lines = [line for _, line in _lines(text)]
    return [_parsed(line, item) for item, line in enumerate(lines)] if name == "patterns" else lines


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The entries in *text* with the number of their line, from 1."""
    return ((number, line.strip()) for number, line in enumerate(text.split(LINE), 1) if line.strip())


def _parsed(line: str, item: int) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CodeBookError(
            f"It is no JSON. A pattern is a list, such as {FIELDS['patterns'].example}.", "patterns", item
        ) from error


def _sentence(error: CodeBookError, draft: Draft, topic_id: str) -> str:
    sentence = str(error).replace(f"The topic “{topic_id}” ", "It ", 1)
    if error.item is None or error.field is None:
        return sentence
    numbers = [number for number, _ in _lines(draft[error.field])]
    return f"Line {numbers[error.item]}: {sentence[:1].lower()}{sentence[1:]}"
