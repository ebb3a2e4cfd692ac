"""The one filter that lists, counts and charts share, so that they can never disagree."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from app.store.schema import articles, attributions, quote_topics, quotes, speakers

UNNAMED = "unnamed"
"""In place of a speaker's slug: the quotes whose text names nobody. No speaker ever gets this slug."""


@dataclass(frozen=True, slots=True)
class AttributionFilter:
    """Which quotes: every field that is given must hold. A value that nothing has leaves nothing.

    Attributes:
        topic: a topic's id.
        speaker: a speaker's slug, or :data:`UNNAMED`.
        kind: ``direct``, ``mixed`` or ``indirect``.
        article: an article's slug.
    """

    topic: str | None = None
    speaker: str | None = None
    kind: str | None = None
    article: str | None = None

    def where(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on a statement that reads from ``quotes``."""
        given = (
            (self.topic, _has_topic),
            (self.speaker, _has_speaker),
            (self.kind, _has_kind),
            (self.article, _in_article),
        )
        return tuple(condition(value) for value, condition in given if value is not None)


def _has_topic(topic: str) -> ColumnElement[bool]:
    return exists().where(quote_topics.c.quote_id == quotes.c.id, quote_topics.c.topic_id == topic).correlate(quotes)


def _has_speaker(slug: str) -> ColumnElement[bool]:
    said_by: ColumnElement[bool] = attributions.c.speaker_id.is_(None)
    if slug != UNNAMED:
        said_by = attributions.c.speaker_id == select(speakers.c.id).where(speakers.c.slug == slug).scalar_subquery()
    return exists().where(attributions.c.id == quotes.c.attribution_id, said_by).correlate(quotes)


def _has_kind(kind: str) -> ColumnElement[bool]:
    return quotes.c.kind == kind


def _in_article(slug: str) -> ColumnElement[bool]:
    return quotes.c.article_id == select(articles.c.id).where(articles.c.slug == slug).scalar_subquery()
