"""Near-copies: which articles are versions of one another, told by their signatures or by their address.

A signature is a MinHash as :mod:`app.ingest.likeness` makes it. It is cut into bands; two articles that share a band
are candidates, so that finding them is a few look-ups however many articles there are.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from operator import eq
from typing import Any
from urllib.parse import urldefrag

from sqlalchemy import Connection, Select, TextClause, delete, exists, insert, select, text, union_all

from app.store.batches import batches
from app.store.intake_schema import bands, signatures, versions
from app.store.schema import articles

PERMUTATIONS = 128
BANDS, ROWS = 42, 3
"""Two articles become candidates with a chance of 1 - (1 - r³)⁴² for a resemblance r: .84 at .35, .996 at .5."""

THRESHOLD = 0.5
"""The likeness from which two articles are versions; ``docs/decisions/0016`` says why."""

BAND_CANDIDATES = 50
"""Articles looked at of those that share one band, the last added first."""

MOST_LINKS = 50
SAME_ADDRESS = 20
"""An address that more articles have is that of a site, not of an article."""

_PACKED = struct.Struct(f"<{PERMUTATIONS}I")


def moment(date: dt.date | None, added: dt.datetime) -> tuple[dt.date, dt.datetime]:
    """By which versions are ordered: the date, where there is none the day it was added, and then that moment."""
    return date or added.date(), added


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An article that is a version of another.

    Attributes:
        likeness: estimated, from 0 to 1: twice the runs of three words that both have, by those of the one and those of
            the other.
        same_url: whether both were published at the same address.
    """

    slug: str
    title: str
    publisher: str | None
    date: dt.date | None
    added: dt.datetime
    language: str | None
    likeness: float
    same_url: bool

    @property
    def percent(self) -> int:
        """The likeness in hundredths, 99 at most: it is an estimate, and one that has the same text is not stored."""
        return min(99, round(100 * self.likeness))

    @property
    def when(self) -> tuple[dt.date, dt.datetime]:
        """Its :func:`moment`."""
        return moment(self.date, self.added)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An article whose signature is to be made."""

    id: int
    text: str
    url: str | None


def put_signature(conn: Connection, article_id: int, signature: bytes) -> None:
    """Keep the signature of an article in place of the one before; an empty one says that its text is too short."""
    for table in (bands, signatures):
        conn.execute(delete(table).where(table.c.article_id == article_id))
    conn.execute(insert(signatures).values(article_id=article_id, minhash=signature))
    if signature:
        rows = [{"band": at, "value": value, "article_id": article_id} for at, value in enumerate(bands_of(signature))]
        conn.execute(insert(bands), rows)


def link_versions(conn: Connection, article_id: int, *, signature: bytes, url: str | None) -> list[VersionRow]:
    """Link an article with those that it is a version of, and say which, the most alike first.

    It is one of another whose signature is like its own, and of one that was published at the same address.
    At most 50 are linked, deleted ones never.

    Args:
        conn: in the transaction that the caller commits.
        article_id: of the article.
        signature: its own, as it was put; empty for a short text.
        url: where it was published.
    """
    same = _same_address(conn, article_id, url)
    likenesses = _likenesses(conn, article_id, signature, same)
    known = set(conn.scalars(select(versions.c.other_id).where(versions.c.article_id == article_id)))
    known |= set(conn.scalars(select(versions.c.article_id).where(versions.c.other_id == article_id)))
    new = {key: value for key, value in likenesses.items() if (value >= THRESHOLD or key in same) and key not in known}
    chosen = sorted(new, key=lambda key: (-new[key], key))[:MOST_LINKS]
    if not chosen:
        return []
    rows = [_link(article_id, key, new[key], key in same) for key in chosen]
    conn.execute(insert(versions), rows)
    found = {row.id: row for row in conn.execute(_SHOWN.where(articles.c.id.in_(chosen)))}
    return [VersionRow(*found[key][1:], new[key], key in same) for key in chosen]


def versions_of(conn: Connection, slug: str) -> tuple[VersionRow, ...]:
    """The versions of the article *slug*, the earliest first; none for one that is not there.

    Only its own: what is a version of a version is shown there.
    """
    return tuple(sorted((row for _, _, row in _around(conn, [slug])), key=lambda row: row.when))


def earlier_versions(conn: Connection, slugs: Collection[str]) -> dict[str, VersionRow]:
    """For each of some articles that has an earlier version, the earliest of them."""
    found: dict[str, VersionRow] = {}
    for slug, own, row in _around(conn, slugs):
        if row.when < own and (slug not in found or row.when < found[slug].when):
            found[slug] = row
    return found


def has_signature(conn: Connection, article_id: int) -> bool:
    """Whether the article was signed, or is not there any more."""
    return conn.scalar(_unsigned(articles.c.id).where(articles.c.id == article_id)) is None


def unsigned(conn: Connection, *, limit: int) -> list[Unsigned]:
    """Articles without a signature, as they were added; at most *limit*."""
    found = _unsigned(articles.c.id, articles.c.text, articles.c.url).order_by(articles.c.id).limit(limit)
    return [Unsigned(*row) for row in conn.execute(found)]


def likeness(one: bytes, other: bytes) -> float:
    """The likeness that two signatures tell, from 0 to 1; 0 where one of them is empty.

    The share of equal places estimates the resemblance (Jaccard) *r*; this is Dice's 2r / (1 + r), which
    is about the share of the words that both texts have in the same runs.
    """
    if len(one) != _PACKED.size or len(other) != _PACKED.size:
        return 0.0
    equal: int = sum(map(eq, _PACKED.unpack(one), _PACKED.unpack(other)))
    return 2.0 * equal / (PERMUTATIONS + equal)


_SHOWN = select(
    articles.c.id,
    articles.c.slug,
    articles.c.title,
    articles.c.publisher,
    articles.c.date,
    articles.c.added,
    articles.c.language,
)


def bands_of(signature: bytes) -> list[int]:
    """The bands of a signature as signed numbers of 64 bits; an empty one has none."""
    width = 4 * ROWS
    pieces = (signature[at * width : (at + 1) * width] for at in range(BANDS if signature else 0))
    return [int.from_bytes(blake2b(piece, digest_size=8).digest(), "little", signed=True) for piece in pieces]


@cache
def _candidates() -> TextClause:
    # Written out, since it is fixed and runs inside the transaction of every article; each band has a limit of its
    # own, so that what ten thousand articles share does not hide what two do.
    one = "SELECT article_id FROM (SELECT article_id FROM bands WHERE band = {0} AND value = :value_{0}"
    one += f" ORDER BY article_id DESC LIMIT {BAND_CANDIDATES}) AS band_{{0}}"
    return text(" UNION ".join(one.format(band) for band in range(BANDS)))


def _likenesses(conn: Connection, article_id: int, signature: bytes, more: Iterable[int]) -> dict[int, float]:
    """How like *more* and the candidates by bands are."""
    keys = set(more)
    if signature:
        values = {f"value_{band}": value for band, value in enumerate(bands_of(signature))}
        keys.update(conn.scalars(_candidates(), values))
    keys.discard(article_id)
    found = dict.fromkeys(more, 0.0)
    for some in batches(sorted(keys)):
        wanted = select(signatures.c.article_id, signatures.c.minhash).join(articles)
        wanted = wanted.where(signatures.c.article_id.in_(some), articles.c.deleted.is_(None))
        found |= {key: likeness(signature, minhash) for key, minhash in conn.execute(wanted)}
    return found


def _same_address(conn: Connection, article_id: int, url: str | None) -> set[int]:
    spellings = _spellings(url or "")
    if not spellings:
        return set()
    # Whether it was deleted is asked here: SQLite would go by the index on that, and look at every article.
    found = select(articles.c.id, articles.c.deleted).where(articles.c.url.in_(spellings), articles.c.id != article_id)
    rows = conn.execute(found.limit(SAME_ADDRESS + 1)).all()
    return {row.id for row in rows if row.deleted is None} if len(rows) <= SAME_ADDRESS else set()


def _spellings(url: str) -> list[str]:
    """*url* with either scheme, with and without a slash at its end; none where it is the front page of a site."""
    scheme, _, rest = urldefrag(url).url.partition("://")
    bare = rest.rstrip("/")
    if scheme not in ("http", "https") or "/" not in bare:
        return []
    return [url, *(f"{either}://{bare}{end}" for either in ("https", "http") for end in ("", "/"))]


def _link(one: int, other: int, value: float, same_url: bool) -> dict[str, Any]:
    return {"article_id": max(one, other), "other_id": min(one, other), "likeness": value, "same_url": same_url}


def _around(conn: Connection, slugs: Collection[str]) -> Iterator[tuple[str, tuple[dt.date, dt.datetime], VersionRow]]:
    """The versions of the articles *slugs*, each behind the slug and the moment of the article that it is one of."""
    if slugs:
        sides = (versions.c.article_id, versions.c.other_id), (versions.c.other_id, versions.c.article_id)
        for slug, date, added, *row in conn.execute(union_all(*(_side(slugs, *side) for side in sides))):
            yield slug, moment(date, added), VersionRow(*row)


def _side(slugs: Collection[str], own: Any, other: Any) -> Select[Any]:
    mine = articles.alias("mine")
    _, *shown = _SHOWN.selected_columns
    return (
        select(
            mine.c.slug,
            mine.c.date,
            mine.c.added,
            *shown,
            versions.c.likeness,
            versions.c.same_url,
        )
        .select_from(versions)
        .join(mine, mine.c.id == own)
        .join(articles, articles.c.id == other)
        .where(mine.c.slug.in_(slugs), mine.c.deleted.is_(None), articles.c.deleted.is_(None))
    )


def _unsigned(*columns: Any) -> Select[Any]:
    signed = exists().where(signatures.c.article_id == articles.c.id)
    return select(*columns).where(~signed)
