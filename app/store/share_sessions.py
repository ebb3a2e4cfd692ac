"""The browsers that came by a share link: each has a secret of its own, so that the link's token need not travel on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select, update

from app.store import meta
from app.store.jobs import now
from app.store.share_schema import share_sessions as sessions
from app.store.share_schema import shares
from app.store.shares import Share, hash_of, holding, new_secret, share_of

LONGEST = dt.timedelta(days=30)
"""How long a browser is known; then its link must be opened again."""

MOST_SHARES = 20
"""Links that one browser is known by; the oldest is forgotten."""

SEEN_SECONDS = 60
"""How exactly it is kept when a link was last used."""


def start(conn: Connection, share: Share, before: str | None = None) -> str | None:
    """The secret of a browser that has opened *share*; ``None`` where another was quicker and it works once only.

    What it could see as the browser with the secret *before* it goes on to see, and that secret is worth nothing any
    more. Call it first in a transaction.
    """
    meta.lock(conn)
    at, secret = now(), new_secret()
    opened = update(shares).where(shares.c.id == share.id, holding(at))
    if share.once:
        opened = opened.where(shares.c.uses == 0)
    if not conn.execute(opened.values(uses=shares.c.uses + 1, last_used=at)).rowcount:
        return None
    conn.execute(delete(sessions).where(sessions.c.ends <= at))
    known = _share_ids(conn, before, at) if before else []
    if before:
        conn.execute(delete(sessions).where(sessions.c.secret_hash == hash_of(before)))
    ends = {one: end for one, end in known if one != share.id}
    ends[share.id] = at + LONGEST
    rows = [
        {"secret_hash": hash_of(secret), "share_id": one, "started": at, "ends": end}
        for one, end in list(ends.items())[-MOST_SHARES:]
    ]
    conn.execute(insert(sessions), rows)
    return secret


def shares_of(conn: Connection, secret: str) -> tuple[Share, ...]:
    """What the browser with *secret* may see now: the links that it opened and that still work, the last first."""
    at = now()
    chosen = (
        select(shares)
        .join(sessions, sessions.c.share_id == shares.c.id)
        .where(sessions.c.secret_hash == hash_of(secret), sessions.c.ends > at, holding(at))
        .order_by(sessions.c.ends.desc(), shares.c.id.desc())
    )
    return tuple(share_of(row) for row in conn.execute(chosen))


def forget(conn: Connection, secret: str) -> None:
    """Let the browser with *secret* see nothing any more. Call it first in a transaction."""
    meta.lock(conn)
    conn.execute(delete(sessions).where(sessions.c.secret_hash == hash_of(secret)))


def unseen(share: Share) -> bool:
    """Whether it is not kept, or not exactly enough, that *share* is used now."""
    return share.last_used is None or (now() - share.last_used).total_seconds() >= SEEN_SECONDS


def seen(conn: Connection, share: Share) -> None:
    """Keep that *share* is used at this moment."""
    conn.execute(update(shares).where(shares.c.id == share.id).values(last_used=now()))


def _share_ids(conn: Connection, secret: str, at: dt.datetime) -> list[tuple[int, dt.datetime]]:
    chosen = select(sessions.c.share_id, sessions.c.ends).where(
        sessions.c.secret_hash == hash_of(secret), sessions.c.ends > at
    )
    return [(row.share_id, row.ends) for row in conn.execute(chosen.order_by(sessions.c.ends, sessions.c.share_id))]
