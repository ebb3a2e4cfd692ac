"""Articles for the pages about them: there, deleted, garbled, and what they were read from."""

from __future__ import annotations

from urllib.parse import quote

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.numbers import day
from app.store import articles
from app.store.deleting import deleted_article
from app.store.names import slug_of
from app.store.provenance import Source
from app.store.rows import ArticleText
from app.web.contexts.site import Links
from app.web.uploads import safe_name

SHOWN_REPAIRS = 6
ENDINGS = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "email": ".eml",
    "json": ".json",
    "jsonl": ".jsonl",
    "csv": ".csv",
}


class WasDeletedError(NotFound):
    """An article that was deleted and can be brought back."""

    links: Links = (("Deleted articles", "/articles/deleted"),)


def article(conn: Connection, slug: str) -> ArticleText:
    """The article *slug* with its text.

    Raises:
        NotFound: there is no such article; of one that was deleted it says so.
    """
    try:
        return articles.article_text(conn, slug)
    except NotFound:
        gone = deleted_article(conn, slug)
        if gone is None:
            raise
        told = f"“{gone.title}” was deleted on {day(gone.deleted)}; it can be brought back until {day(gone.gone)}."
        raise WasDeletedError(told) from None


def repairs(text: str) -> tuple[tuple[str, str], ...]:
    """The first words of mojibake in *text*, each with what it should be."""
    from app.text.mojibake import repairs as found  # noqa: PLC0415 - ftfy, for few articles

    pairs = dict.fromkeys((one.before, one.after) for one in found(text))
    return tuple(pairs)[:SHOWN_REPAIRS]


def disposition(source: Source, slug: str) -> str:
    """The ``Content-Disposition`` by which the original of *source* is saved; its name is never a path.

    Source:
        RFC 6266: a name in ASCII for old browsers, and the whole one for all others.
    """
    name = "" if "://" in source.name else safe_name(source.name)
    ending = ENDINGS[source.kind.value]
    name = name or f"{slug}{ending}"
    stem, dot, last = name.rpartition(".")
    plain = f"{slug_of(stem, otherwise='original')}.{last}" if stem and last.isascii() and last.isalnum() else ""
    if not dot or not plain:
        plain = slug_of(name, otherwise="original") + ending
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
