"""What a share link can lead to, and how it is called: a quote, an article, a list, the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import Part
from app.errors import NotFound
from app.present.filter_query import NO_PUBLISHER_NAME, query_of
from app.present.rows import first_words, full_name, speaker_name
from app.present.templates import address
from app.store.articles import article_row
from app.store.attributions import quote_by_id
from app.store.corrections import current_id
from app.store.filters import AttributionFilter
from app.store.speakers import speaker_by_slug


@dataclass(frozen=True, slots=True)
class Target:
    """What can be shared.

    Attributes:
        key: what a form calls it.
        part, given: how much of the library, as :class:`app.store.shares.Share` has it.
        path: the page that the link leads to.
        title: what it is, in words.
        words: what choosing it means.
    """

    key: str
    part: Part
    given: Mapping[str, str]
    path: str
    title: str
    words: str


LIBRARY = Target("library", Part.LIBRARY, {}, "/", "The whole library", "everything here, and what comes in later")


def quote_target(conn: Connection, quote_id: str) -> Target:
    """The quote whose address is or was *quote_id*.

    Raises:
        NotFound: there is none.
    """
    row = quote_by_id(conn, current_id(conn, quote_id))
    who = first_words(speaker_name(row.speaker, "", row.article.language), 80)
    title = f"{who}: “{first_words(row.text, 80)}”"
    words = "it, the sentences around it, and why it stands there"
    return Target("quote", Part.QUOTE, {"quote": row.id}, address(f"/quotes/{row.id}"), title, words)


def article_target(conn: Connection, slug: str) -> Target:
    """The article *slug*.

    Raises:
        NotFound: there is none.
    """
    row = article_row(conn, slug)
    words = "its whole text, its quotes and its charts"
    return Target("article", Part.ARTICLE, {"article": slug}, address(f"/articles/{slug}"), row.title, words)


def list_target(conn: Connection, labels: Mapping[str, str], chosen: AttributionFilter) -> Target:
    """The quotes that *chosen* lets through, on their topic's page where they have one; *labels* are of the topics."""
    given = query_of(chosen)
    query = {name: value for name, value in given.items() if name != "topic"}
    path = address(f"/topics/{chosen.topic}", **query) if chosen.topic else address("/search", **given)
    words = "these quotes, and what comes in later that fits; nothing else of their articles"
    key = "topic" if chosen.given == {"topic"} else "view"
    return Target(key, Part.LIST, given, path, list_title(conn, labels, chosen), words)


def list_title(conn: Connection, labels: Mapping[str, str], chosen: AttributionFilter) -> str:
    """What *chosen* lets through, in words."""
    given = query_of(chosen)
    title = "Quotes"
    if "topic" in given:
        topic = given.pop("topic")
        title += f" on {labels.get(topic, topic)}"
    if "speaker" in given:
        title += f" by {_speaker(conn, given.pop('speaker'))}"
    if "article" in given:
        title += f" in “{first_words(article_row(conn, given.pop('article')).title, 80)}”"
    if given.get("publisher") == NO_PUBLISHER_NAME:
        given["publisher"] = "not known"
    return title + "".join(f", {'words' if name == 'q' else name} {value}" for name, value in given.items())


def _speaker(conn: Connection, slug: str) -> str:
    try:
        return full_name(speaker_by_slug(conn, slug))
    except NotFound:
        return "speakers not named"
