"""Speakers as corrections keep them: by row, address and name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.domain import Speaker
from app.errors import NotFound
from app.ingest.changes import CorrectionError, one_line
from app.store.schema import speakers
from app.store.speaker_names import LONGEST_NAME
from app.store.speakers import ensure_speakers, speaker_key

Reference = dict[str, Any]
"""``id``, ``slug``, ``name`` and ``kind`` of a speaker."""


def reference(conn: Connection, who: str | Speaker, article_id: int = 0) -> Reference:
    """The speaker with the address *who*, or the one of that name and kind; added where there was none.

    Raises:
        NotFound: there is no speaker of this address.
        CorrectionError: the name is none.
    """
    if isinstance(who, str):
        key = conn.scalar(select(speakers.c.id).where(speakers.c.slug == who))
        if key is None:
            raise NotFound(f"There is no speaker “{who}”.")
    else:
        name = one_line(who.name, LONGEST_NAME, "The name of the speaker")
        if not name:
            raise CorrectionError("Say who speaks: the name is empty.")
        named = Speaker(name, who.kind, who.members)
        key = ensure_speakers(conn, [named], article_id)[speaker_key(named, article_id)]
    return _of(conn, key)


def speaker_reference(conn: Connection, key: int | None) -> Reference | None:
    """The speaker of the row *key*; nobody for none."""
    return None if key is None else _of(conn, key)


def _of(conn: Connection, key: int) -> Reference:
    row = conn.execute(select(speakers.c.slug, speakers.c.name, speakers.c.kind).where(speakers.c.id == key)).one()
    return {"id": key, "slug": row.slug, "name": row.name, "kind": row.kind}
