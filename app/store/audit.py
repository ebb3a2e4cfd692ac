"""Who did what: a line for each change that somebody made by the pages or the API, and for each link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from app.store.jobs import now
from app.store.share_schema import audit as table

MOST_LINES = 50_000
"""Lines that are kept; the oldest go."""

_SPARE = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody did.

    Attributes:
        who: "owner", or the note and the number of the share link that let them in.
        did: the method and the route, or a word of ours such as "shared".
        what: the path, or the link.
        client: the address that the request came from; empty for the command line.
    """

    number: int
    at: dt.datetime
    who: str
    did: str
    what: str
    client: str


def note(conn: Connection, who: str, did: str, what: str, client: str = "") -> None:
    """Keep a line."""
    conn.execute(insert(table).values(at=now(), who=who, did=did[:200], what=what, client=client[:64]))
    newest = conn.scalar(select(func.max(table.c.number))) or 0
    if newest % _SPARE == 0:
        conn.execute(delete(table).where(table.c.number <= newest - MOST_LINES))


def lines(conn: Connection, before: int | None = None, limit: int = 100) -> tuple[Line, ...]:
    """The last *limit* lines, or those before the line with the number *before*; the last first."""
    chosen = select(table).order_by(table.c.number.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(table.c.number < before)
    return tuple(Line(row.number, row.at, row.who, row.did, row.what, row.client) for row in conn.execute(chosen))
