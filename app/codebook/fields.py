"""What a topic may be: its fields, and every rule that they keep."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from app.codebook.limits import LONGEST_LABEL, LONGEST_LIST, LONGEST_WORD, MOST_TOPICS, MOST_WORDS
from app.codebook.patterns import canonical
from app.domain import OTHER, Topic
from app.errors import AppError

WORD_LISTS = ("terms", "names", "entities", "excluded", "mentions", "voices")
FIELDS = ("id", "label", "description", "colour", *WORD_LISTS, "patterns")
ENTITY_LABELS = tuple(
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME "
    "WORK_OF_ART".split()
)
"""OntoNotes 5's, which spaCy's English pipelines give."""

ADDRESSES = frozenset(("new", "history", "suggestions", "import", "undo"))
"""Ids that would hide a page under ``/topics``."""
DEFAULT_COLOUR = "#57534e"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ENTITY = re.compile(r"(\S+?)\s*:\s*(\S.*)", re.DOTALL)
_KEPT_CONTROLS = "\t\n\r"


class CodeBookError(AppError):
    """A code book, or a topic of one, that cannot be used.

    Attributes:
        field: the field that is wrong, where one is.
        item: which entry of the field's list, counted from 0, where one is.
    """

    status = 422

    def __init__(self, message: str, field: str | None = None, item: int | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.item = item


def topic_from(values: Mapping[str, Any]) -> Topic:
    """The topic that *values* describe, as a table of the code book has them.

    Blanks around labels and words are taken off, and a word that a list has twice is kept once. Without a label, the
    id is shown; without a colour, a grey.

    Raises:
        CodeBookError: a field is unknown or cannot be used; the message names topic and field, and what is allowed.
    """
    return _Table(values).topic()


def values_of(topic: Topic) -> dict[str, Any]:
    """The fields of *topic* that hold something, in their order, as :func:`topic_from` takes them."""
    values: dict[str, Any] = {field: getattr(topic, field) for field in FIELDS}
    lists = {field: list(values[field]) for field in WORD_LISTS}
    patterns = [json.loads(pattern) for pattern in topic.patterns]
    return {field: value for field, value in {**values, **lists, "patterns": patterns}.items() if value}


def checked(topic: Topic) -> Topic:
    """*topic* as the code book would have it.

    Raises:
        CodeBookError: a code book could not have it.
    """
    return topic_from(values_of(topic))


def check_book(topics: Iterable[Topic]) -> None:
    """See that *topics* can stand in one code book.

    Raises:
        CodeBookError: two have one id, or there are more than 500.
    """
    ids = [topic.id for topic in topics]
    if len(ids) > MOST_TOPICS:
        raise CodeBookError(f"A code book may have {MOST_TOPICS} topics at most, not {len(ids):,}.")
    if repeated := next((one for one in ids if ids.count(one) > 1), None):
        raise CodeBookError(f"The topic “{repeated}” is there more than once; each needs an id of its own.", "id")


def usable_text(text: str) -> bool:
    """Whether every file of text and every database can hold *text*: no control characters, no half characters."""
    return not any(
        (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _KEPT_CONTROLS) or ord(sign) in {0xFFFE, 0xFFFF}
        for sign in text
    )


@dataclass(frozen=True, slots=True)
class _Table:
    values: Mapping[str, Any]

    def topic(self) -> Topic:
        identifier = self._id()
        if unknown := next((field for field in self.values if field not in FIELDS), None):
            close = get_close_matches(unknown, FIELDS, n=1)
            hint = f"; did you mean “{close[0]}”?" if close else "."
            raise self._wrong(unknown, f"has the unknown field “{unknown}”{hint} Known are {', '.join(FIELDS)}.")
        words = {field: self._words(field) for field in WORD_LISTS}
        return Topic(
            id=identifier,
            label=self._label(),
            description=self._text("description", ""),
            colour=self._colour(),
            patterns=self._patterns(),
            **words,
        )

    def _wrong(self, field: str, sentence: str, item: int | None = None) -> CodeBookError:
        name = self.values.get("id")
        named = f"The topic “{_short(name)}”" if isinstance(name, str) and name.strip() else "A topic without an id"
        return CodeBookError(f"{named} {sentence}", field, item)

    def _id(self) -> str:
        name = self.values.get("id")
        if name is None:
            raise self._wrong("id", 'needs a field id, such as id = "energy".')
        if isinstance(name, str) and name in ADDRESSES:
            raise self._wrong(
                "id", f"is the address of a page, as are {', '.join(sorted(ADDRESSES))}: choose another id."
            )
        if name == OTHER:
            raise self._wrong("id", "is built in, for quotes that no topic fits: choose another id.")
        if not isinstance(name, str) or not _ID.fullmatch(name):
            raise self._wrong(
                "id",
                "has an id that cannot be used: an id is made of a–z, 0–9, - and _, begins with a letter or a digit "
                "and has 64 characters at most.",
            )
        return name

    def _text(self, field: str, default: str) -> str:
        text = self.values.get(field, default)
        if not isinstance(text, str):
            raise self._wrong(field, f"needs a text in quotes as its {field}.")
        if not usable_text(text):
            raise self._wrong(field, f"has a control character in its {field}: take it out.")
        return text

    def _label(self) -> str:
        label = self._text("label", self.values["id"]).strip()
        if not label:
            raise self._wrong("label", "has a blank label: give it one, or leave the field out to show the id.")
        if len(label) > LONGEST_LABEL:
            raise self._wrong("label", f"has a label of {len(label)} characters: {LONGEST_LABEL} are allowed at most.")
        return label

    def _colour(self) -> str:
        colour = self.values.get("colour", DEFAULT_COLOUR)
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise self._wrong("colour", f"needs a colour such as #b45309, not “{_short(colour)}”.")
        return colour

    def _list(self, field: str, example: str) -> list[Any]:
        entries = self.values.get(field, [])
        if not isinstance(entries, list | tuple):
            raise self._wrong(field, f"needs a list in brackets as its {field}, such as {example}.")
        if len(entries) > LONGEST_LIST:
            raise self._wrong(field, f"has {len(entries):,} entries in {field}: {LONGEST_LIST:,} are allowed at most.")
        return list(entries)

    def _words(self, field: str) -> tuple[str, ...]:
        example = '["GPE: Georgia"]' if field == "entities" else '["oil", "natural gas"]'
        words = [self._word(field, item, word) for item, word in enumerate(self._list(field, example))]
        return tuple(dict.fromkeys(words))

    def _word(self, field: str, item: int, word: Any) -> str:
        if not isinstance(word, str):
            raise self._wrong(field, f"has an entry in {field} that is no text in quotes: {_short(word)}.", item)
        word = word.strip()
        if not word:
            raise self._wrong(field, f"has an empty entry in {field}: write a word there, or take it out.", item)
        if not usable_text(word):
            raise self._wrong(field, f"has a control character in {field}: take it out.", item)
        if len(word) > LONGEST_WORD or len(word.split()) > MOST_WORDS:
            raise self._wrong(
                field,
                f"has an entry in {field} that is too long, “{_short(word)}”: {LONGEST_WORD} characters and "
                f"{MOST_WORDS} words are allowed at most.",
                item,
            )
        return self._entity(item, word) if field == "entities" else word

    def _entity(self, item: int, entry: str) -> str:
        parts = _ENTITY.fullmatch(entry)
        if parts is None or parts[1] not in ENTITY_LABELS:
            raise self._wrong(
                "entities",
                f"has the entry “{_short(entry)}” in entities: write a label, a colon and a name, such as "
                f"“GPE: Georgia”; the labels are {', '.join(ENTITY_LABELS)}.",
                item,
            )
        return f"{parts[1]}: {parts[2]}"

    def _patterns(self) -> tuple[str, ...]:
        found = []
        for item, pattern in enumerate(self._list("patterns", '[[{LEMMA = "gas"}, {LOWER = "price"}]]')):
            try:
                found.append(canonical(pattern))
            except ValueError as error:
                raise self._wrong("patterns", f"has a pattern that cannot be used: {error}.", item) from error
        return tuple(dict.fromkeys(found))


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
