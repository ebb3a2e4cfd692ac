"""Speakers as a person types them: by their whole name."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.domain import SpeakerKind
from app.store.names import fold_name
from app.store.rows import SpeakerRow
from app.store.schema import speakers as table
from app.store.speakers import COLUMNS, speaker_of

LONGEST_NAME = 200
MOST = 20


def speakers_named(conn: Connection, name: str) -> tuple[SpeakerRow, ...]:
    """Those called *name*, whatever its case and accents, at most one a kind; none that was never resolved."""
    wanted = (table.c.key == fold_name(name[:LONGEST_NAME]), table.c.kind != SpeakerKind.UNRESOLVED.value)
    rows = conn.execute(select(*COLUMNS).where(*wanted).order_by(table.c.id).limit(MOST))
    return tuple(found for row in rows if (found := speaker_of(row)) is not None)
