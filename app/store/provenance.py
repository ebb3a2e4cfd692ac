"""How an article came out of its original: what it was, by which encoding it was read, where each piece stood."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.domain import DocumentKind, SourcePiece, TextSpan
from app.store.intake_schema import originals, sources
from app.store.reanalysing import Found
from app.store.schema import articles


@dataclass(frozen=True, slots=True)
class Source:
    """How an article came out of its original.

    Attributes:
        original: the hash that the original is kept under.
        name: the file's name, or the address, as it was given.
        media_type: as who sent it declared it.
        address: where it was fetched from in the end; ``None`` for what was not fetched.
        given: what was said of it when it came in, as plain JSON, so that it can be read again in the same way.
        notes: sentences for a person.
        garbled: whether the text looks like mojibake.
        pieces: the offset map; empty where the text is the original to the letter.
        size: bytes of the original; 0 before it is stored.
    """

    original: str
    name: str
    kind: DocumentKind
    media_type: str | None = None
    encoding: str | None = None
    address: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    garbled: bool = False
    pieces: tuple[SourcePiece, ...] = ()
    size: int = 0


def put_source(conn: Connection, article_id: int, source: Source) -> None:
    """Keep *source* as that of the article, in place of what was there."""
    conn.execute(delete(sources).where(sources.c.article_id == article_id))
    values = {
        "original": source.original,
        "name": source.name,
        "kind": source.kind.value,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "address": source.address,
        "given": dict(source.given),
        "notes": list(source.notes),
        "garbled": source.garbled,
        "pieces": pack_pieces(source.pieces),
    }
    conn.execute(insert(sources).values(article_id=article_id, **values))


def source_of(conn: Connection, slug: str, *, pieces: bool = True) -> Source | None:
    """The source of the article *slug*, with its offset map or without; ``None`` for one that came in without one."""
    columns = [column for column in sources.c if pieces or column.name != "pieces"]
    found = select(*columns, originals.c.size).join(originals, originals.c.hash == sources.c.original)
    found = found.join(articles, articles.c.id == sources.c.article_id).where(articles.c.slug == slug)
    row = conn.execute(found).one_or_none()
    if row is None:
        return None
    return Source(
        original=row.original,
        name=row.name,
        kind=DocumentKind(row.kind),
        media_type=row.media_type,
        encoding=row.encoding,
        address=row.address,
        given=row.given,
        notes=tuple(row.notes),
        garbled=row.garbled,
        pieces=unpack_pieces(row.pieces) if pieces else (),
        size=row.size,
    )


def article_from(conn: Connection, digest: str) -> Found | None:
    """The article that came from exactly the bytes of the original *digest*, deleted or not."""
    found = select(articles.c.id, articles.c.slug, articles.c.deleted)
    found = found.join(sources, sources.c.article_id == articles.c.id).where(sources.c.original == digest)
    row = conn.execute(found.order_by(articles.c.id).limit(1)).one_or_none()
    return None if row is None else Found(row.id, row.slug, row.deleted is not None)


def pack_pieces(pieces: Sequence[SourcePiece]) -> str:
    """*pieces* as JSON; :func:`unpack_pieces` makes them again."""
    rows = [[p.span.start, p.span.end, p.source.start, p.source.end, p.page, p.change] for p in pieces]
    return json.dumps(rows, separators=(",", ":"))


def unpack_pieces(packed: str) -> tuple[SourcePiece, ...]:
    """What :func:`pack_pieces` packed."""
    return tuple(SourcePiece(TextSpan(a, b), TextSpan(c, d), page, how) for a, b, c, d, page, how in json.loads(packed))
