"""Documents as they were given, byte for byte, each kept once and compressed."""

from __future__ import annotations

import hashlib
import zlib

from sqlalchemy import Connection, delete, insert, select

from app.errors import NotFound, StoreError
from app.store.intake_schema import jobs, originals, sources

_LEVEL = 3
"""Of zlib: nine tenths of what the highest saves, in a third of the time."""


def original_hash(data: bytes) -> str:
    """The SHA-256 of *data* in hexadecimal, by which it is kept."""
    return hashlib.sha256(data).hexdigest()


def keep_original(conn: Connection, data: bytes) -> str:
    """Keep *data*, once, and say under which hash."""
    digest = original_hash(data)
    if conn.scalar(select(originals.c.size).where(originals.c.hash == digest)) is None:
        packed = zlib.compress(data, _LEVEL)
        conn.execute(insert(originals).values(hash=digest, size=len(data), data=packed))
    return digest


def original(conn: Connection, digest: str) -> bytes:
    """The bytes under *digest*.

    Raises:
        NotFound: there are none.
        StoreError: what is kept is damaged.
    """
    packed = conn.scalar(select(originals.c.data).where(originals.c.hash == digest))
    if packed is None:
        raise NotFound("The original of this document is not kept any more.")
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise StoreError("The original of this document is damaged.") from error
    if original_hash(data) != digest:
        raise StoreError("The original of this document is damaged: it is not what was given.")
    return data


def drop_unused(conn: Connection) -> int:
    """Forget the originals that no article and no job needs; how many there were."""
    needed = select(sources.c.original).union(select(jobs.c.original).where(jobs.c.original.is_not(None)))
    gone = delete(originals).where(originals.c.hash.not_in(needed))
    return conn.execute(gone).rowcount
