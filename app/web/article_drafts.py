"""An article's fields as a person typed them, checked, and saved unless somebody else was quicker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import DatePrecision
from app.errors import Conflict
from app.present.numbers import iso_date
from app.present.templates import web_address
from app.present.topic_changes import FieldChange
from app.store import meta, stats
from app.store.editing import ArticleFields, edit_article, fields_of, rename_speaker
from app.store.filters import AttributionFilter
from app.text.dates import read_date
from app.web.adding import WRONG_ADDRESS, WRONG_DATE
from app.web.deps import Desk

LABELS = {
    "title": "Title",
    "url": "Where it was published",
    "publisher": "Publisher",
    "byline": "By",
    "date": "Date",
}
MOST_SPEAKERS = 60
LONGEST = {"title": 500, "publisher": 200, "byline": 300, "url": 2_000, "date": 40}
LONGEST_NAME = 200
SPEAKER = "speaker-"
"""What the field of a speaker's name begins with; its slug follows."""

IN_BETWEEN = "Somebody else changed this article in between, and nothing was changed now."


@dataclass(frozen=True, slots=True)
class Stored:
    """An article's fields as they are saved, with its speakers' names by their slugs.

    ``edited`` names the fields that a person has set; ``speaking`` counts the speakers, also those left out.
    """

    fields: ArticleFields
    edited: tuple[str, ...]
    speakers: dict[str, str]
    speaking: int

    @property
    def typed(self) -> dict[str, str]:
        """The form that shows them."""
        one = self.fields
        texts = {name: getattr(one, name) or "" for name in LABELS if name != "date"}
        names = {SPEAKER + slug: name for slug, name in self.speakers.items()}
        return {**texts, "date": iso_date(one.date, one.date_precision), **names}

    @property
    def labels(self) -> dict[str, str]:
        """What each field of the form is called."""
        return {**LABELS, **{SPEAKER + slug: name for slug, name in self.speakers.items()}}

    @property
    def fingerprint(self) -> str:
        """Changes with anything that the form shows."""
        told = json.dumps(self.typed, sort_keys=True).encode()
        return hashlib.blake2b(told, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed, read: the fields and the names that can be used, and what is wrong with the others."""

    fields: ArticleFields
    names: dict[str, str]
    errors: dict[str, str]


def stored(conn: Connection, slug: str) -> Stored:
    """What the form of the article *slug* is based on.

    Raises:
        NotFound: there is no such article.
    """
    fields, edited = fields_of(conn, slug)
    rows = [row.speaker for row in stats.speaker_counts(conn, AttributionFilter(article=slug)) if row.speaker]
    return Stored(fields, edited, {one.slug: one.name for one in rows[:MOST_SPEAKERS]}, len(rows))


def check(typed: Mapping[str, str], now: Stored) -> Checked:
    """*typed* as fields; what was not typed stays as it is."""
    given = {name: " ".join(typed.get(name, before).split()) for name, before in now.typed.items()}
    errors: dict[str, str] = {}
    if not given["title"]:
        errors["title"] = "It needs a title: the name that every page shows."
    if given["url"] and given["url"] != now.fields.url and not web_address(given["url"]):
        errors["url"] = WRONG_ADDRESS
    dated = read_date(given["date"]) if given["date"] else None
    if given["date"] and dated is None:
        errors["date"] = WRONG_DATE
    names = {slug: given[SPEAKER + slug] for slug in now.speakers}
    for name, value in given.items():
        if name.startswith(SPEAKER) and not value:
            errors[name] = "A speaker needs a name."
        if len(value) > LONGEST.get(name, LONGEST_NAME):
            errors[name] = f"This is too long: {LONGEST.get(name, LONGEST_NAME)} characters at most."
    date, precision = dated or (None, DatePrecision.DAY)
    texts = (given["title"], given["url"] or None, given["publisher"] or None, given["byline"] or None)
    return Checked(ArticleFields(*texts, date, precision), names, errors)


def save(desk: Desk, slug: str, checked: Checked, based_on: str | None) -> None:
    """Save the fields and the names, all of them or none.

    Args:
        desk: whose library it is.
        slug: the article's.
        checked: without errors.
        based_on: the fingerprint of what they were made on; ``None`` where it does not matter.

    Raises:
        NotFound: there is no such article.
        Conflict: the article is no longer as it was.
    """
    with desk.engine.begin() as conn:
        meta.lock(conn)
        now = stored(conn, slug)
        if based_on is not None and based_on != now.fingerprint:
            raise Conflict(IN_BETWEEN)
        edit_article(conn, slug, checked.fields)
        for speaker, name in checked.names.items():
            if now.speakers.get(speaker) not in {None, name}:
                rename_speaker(conn, speaker, name)


def differences(now: Stored, typed: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """What saving *typed* would change of what is there *now*."""
    labels = now.labels
    changed = [(name, theirs, typed.get(name, theirs)) for name, theirs in now.typed.items()]
    return tuple(
        FieldChange(labels[name], (mine,) if mine else (), (theirs,) if theirs else ())
        for name, theirs, mine in changed
        if mine != theirs
    )
