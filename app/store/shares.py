"""Share links as they are kept: what somebody may see by one, and until when. Of a token only its hash is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from app.domain import Part, Role
from app.errors import NotFound
from app.store import meta
from app.store.jobs import now
from app.store.share_schema import share_sessions, shares

TOKEN_BYTES = 32
"""256 bits: more than anybody can guess (OWASP ASVS asks for 128)."""

ONCE_LASTS = dt.timedelta(hours=1)
"""How long a link that works once waits to be opened."""


@dataclass(frozen=True, slots=True)
class Share:
    """A link to a part of the library.

    Attributes:
        given: what of the library it is: a filter's parameters, ``{"quote": id}``, ``{"article": slug}``, or nothing.
        path: the page that it leads to.
        title: what it is, in words.
        expires: when it ends; ``None`` is never.
        once: whether it works a single time.
        framed: whether it opens nothing but *path*, in frames on other sites, and lets nobody in.
        uses: how often it was opened.
    """

    id: int
    uid: str
    role: Role
    part: Part
    given: Mapping[str, str]
    path: str
    title: str
    note: str
    made: dt.datetime
    expires: dt.datetime | None
    revoked: dt.datetime | None
    once: bool
    framed: bool
    uses: int
    last_used: dt.datetime | None

    def opens(self, at: dt.datetime) -> bool:
        """Whether it still lets somebody in at the moment *at*."""
        ended = self.expires is not None and at >= self.expires
        return self.revoked is None and not ended and not (self.once and self.uses)


@dataclass(frozen=True, slots=True)
class NewShare:
    """A link that is to be made; the attributes are those of :class:`Share`."""

    role: Role
    part: Part
    given: Mapping[str, str]
    path: str
    title: str
    note: str = ""
    expires: dt.datetime | None = None
    once: bool = False
    framed: bool = False


def hash_of(secret: str) -> str:
    """What is kept of a token or a session's secret: these have too many bits for anybody to go through them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """A secret that nobody can guess, in 43 letters that an address can have."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def make_share(conn: Connection, wanted: NewShare) -> tuple[str, str]:
    """Keep a link; its id and its token, which nobody can be told again. Call it first in a transaction."""
    meta.lock(conn)
    token, uid = new_secret(), secrets.token_hex(6)
    expires = wanted.expires or (now() + ONCE_LASTS if wanted.once else None)
    conn.execute(
        insert(shares).values(
            uid=uid,
            token_hash=hash_of(token),
            role=int(wanted.role),
            part=wanted.part.value,
            given=dict(wanted.given),
            path=wanted.path,
            title=wanted.title,
            note=wanted.note,
            made=now(),
            expires=expires,
            once=int(wanted.once),
            framed=int(wanted.framed),
        )
    )
    return uid, token


def share_by_token(conn: Connection, token: str, *, framed: bool = False) -> Share | None:
    """The link of *token*, if it can still be opened; that of a frame only where a frame is asked for."""
    found = conn.execute(select(shares).where(shares.c.token_hash == hash_of(token))).first()
    share = None if found is None else share_of(found)
    return share if share is not None and share.framed is framed and share.opens(now()) else None


def list_shares(conn: Connection) -> tuple[Share, ...]:
    """All links that were made, the last first, but for those that let an owner in."""
    chosen = select(shares).where(shares.c.once == 0).order_by(shares.c.id.desc())
    return tuple(share_of(row) for row in conn.execute(chosen))


def share_by_uid(conn: Connection, uid: str) -> Share:
    """The link *uid*.

    Raises:
        NotFound: there is none.
    """
    found = conn.execute(select(shares).where(shares.c.uid == uid)).first()
    if found is None:
        raise NotFound(f"There is no share link “{uid[:20]}”.")
    return share_of(found)


def revoke(conn: Connection, uid: str) -> Share:
    """Let the link *uid*, and whoever came by it, see nothing any more. Call it first in a transaction.

    Raises:
        NotFound: there is no such link.
    """
    meta.lock(conn)
    share = share_by_uid(conn, uid)
    conn.execute(update(shares).where(shares.c.id == share.id, shares.c.revoked.is_(None)).values(revoked=now()))
    conn.execute(share_sessions.delete().where(share_sessions.c.share_id == share.id))
    return share


def holding(at: dt.datetime) -> ColumnElement[bool]:
    """The condition on ``shares`` that who came by them still sees something.

    What works once ends for who has not come in time, and not for who has.
    """
    lasting = or_(shares.c.expires.is_(None), shares.c.expires > at, shares.c.once == 1)
    return and_(shares.c.revoked.is_(None), lasting)


def share_of(row: Row[Any]) -> Share:
    """The link in a row of the table."""
    return Share(
        id=row.id,
        uid=row.uid,
        role=Role(row.role),
        part=Part(row.part),
        given=row.given,
        path=row.path,
        title=row.title,
        note=row.note,
        made=row.made,
        expires=row.expires,
        revoked=row.revoked,
        once=bool(row.once),
        framed=bool(row.framed),
        uses=row.uses,
        last_used=row.last_used,
    )
