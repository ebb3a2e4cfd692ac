"""The one filter that lists, counts and charts share, so that they can never disagree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, exists, func, select

from app.store.confidence import in_band
from app.store.schema import articles, attributions, quote_topics, quotes, speakers

UNNAMED = "unnamed"
"""In place of a speaker's slug: the quotes whose text names nobody. No speaker ever gets this slug."""

UNKNOWN = "und"
"""In place of a language: that of the articles of which nobody says what they are written in (ISO 639-3)."""

NO_PUBLISHER = ""
"""In place of a publisher: the articles of which none is known."""

COUNTED = frozenset({"topic", "speaker", "kind", "article"})
"""The fields that the tables of counts know."""

language_shown: ColumnElement[str] = func.coalesce(articles.c.language, articles.c.declared_language, UNKNOWN)
publisher_shown: ColumnElement[str] = func.coalesce(articles.c.publisher, NO_PUBLISHER)


@dataclass(frozen=True, slots=True)
class AttributionFilter:
    """Which quotes: every field that is given must hold. A value that nothing has leaves nothing.

    Attributes:
        topic: a topic's id.
        speaker: a speaker's slug, or :data:`UNNAMED`.
        kind: ``direct``, ``mixed`` or ``indirect``.
        article: an article's slug.
        publisher: as the article has it, to the letter, or :data:`NO_PUBLISHER`.
        language: that of the text, or :data:`UNKNOWN`.
        since, until: the article's date, both days included; one without a date is in no span.
        confidence: one of :class:`app.store.confidence.Band`.
        corrected: ``yes`` where a person has set something of the quote, else ``no``.
        words: what a person looks for, as :mod:`app.store.search` reads it.
    """

    topic: str | None = None
    speaker: str | None = None
    kind: str | None = None
    article: str | None = None
    publisher: str | None = None
    language: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    confidence: str | None = None
    corrected: str | None = None
    words: str | None = None

    @property
    def given(self) -> frozenset[str]:
        """The names of the fields that are given."""
        return frozenset(one.name for one in fields(self) if getattr(self, one.name) is not None)

    @property
    def counted(self) -> bool:
        """Whether the tables of counts know all fields that are given."""
        return self.given <= COUNTED

    def where(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on a statement that reads from ``quotes``.

        Raises:
            ValueError: ``words`` are given, which only the index can tell.
        """
        if self.words is not None:
            raise ValueError("words are looked for in the index")
        given = (
            (self.topic, _has_topic),
            (self.speaker, _has_speaker),
            (self.kind, _has_kind),
            (self.article, _in_article),
            (self.publisher, _from_publisher),
            (self.language, _in_language),
            (self.confidence, _so_sure),
            (self.corrected, _corrected),
        )
        found = [condition(value) for value, condition in given if value is not None]
        if self.since is not None or self.until is not None:
            found.append(_dated(self.since or dt.date.min, self.until or dt.date.max))
        return tuple(found)


def _has_topic(topic: str) -> ColumnElement[bool]:
    return exists().where(quote_topics.c.quote_id == quotes.c.id, quote_topics.c.topic_id == topic).correlate(quotes)


def _has_speaker(slug: str) -> ColumnElement[bool]:
    said_by: ColumnElement[bool] = attributions.c.speaker_id.is_(None)
    if slug != UNNAMED:
        said_by = attributions.c.speaker_id == select(speakers.c.id).where(speakers.c.slug == slug).scalar_subquery()
    return _attributed(said_by)


def _attributed(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(attributions.c.id == quotes.c.attribution_id, condition).correlate(quotes)


def _has_kind(kind: str) -> ColumnElement[bool]:
    return quotes.c.kind == kind


def _in_article(slug: str) -> ColumnElement[bool]:
    return quotes.c.article_id == select(articles.c.id).where(articles.c.slug == slug).scalar_subquery()


def _of_article(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(articles.c.id == quotes.c.article_id, condition).correlate(quotes)


def _from_publisher(name: str) -> ColumnElement[bool]:
    return _of_article(publisher_shown == name)


def _in_language(code: str) -> ColumnElement[bool]:
    return _of_article(language_shown == code)


def _dated(since: dt.date, until: dt.date) -> ColumnElement[bool]:
    return _of_article(articles.c.date.between(since, until))


def _so_sure(band: str) -> ColumnElement[bool]:
    return _attributed(in_band(band))


def _corrected(answer: str) -> ColumnElement[bool]:
    if answer not in ("yes", "no"):
        return quotes.c.id.is_(None)
    return (quotes.c.corrected != "") if answer == "yes" else (quotes.c.corrected == "")
