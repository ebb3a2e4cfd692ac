"""One cube an engine, read when it is first asked for and brought up to date when the library has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from app.store import meta
from app.store.count_schema import ALL, count_topics
from app.store.cube.loading import newer, read_cube
from app.store.cube.values import Cube


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    cube: Cube | None = None


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_LOCK = Lock()
LOOKS = 5
"""So often what was written meanwhile is read in one request; the next one reads the rest."""


def cube_of(conn: Connection) -> Cube:
    """The quotes of the library behind *conn*, as it sees them or newer.

    Newer where another request has seen a later change: the numbers of one cube fit one another in any case, since it
    is replaced whole. A transaction that writes gets one of its own, since what it wrote may never come to be.
    """
    if meta.writing(conn):
        return read_cube(conn)
    with _LOCK:
        kept = _KEPT.setdefault(conn.engine, _Kept())
    cube, revision = kept.cube, meta.revision(conn)
    if cube is None or cube.revision != revision:
        with kept.lock:
            kept.cube = cube = _brought_up(conn, kept.cube)
    return cube if cube.revision <= revision else cube.apart()


def _brought_up(conn: Connection, cube: Cube | None) -> Cube:
    revision = meta.revision(conn)
    if cube is None or (cube.revision > revision and _gone_back(conn)):
        return _settled(conn, read_cube(conn))
    if cube.revision >= revision:
        return cube
    cube = _settled(conn, newer(conn, cube))
    return cube if len(cube) == _quotes(conn) else _settled(conn, read_cube(conn))


def _settled(conn: Connection, cube: Cube) -> Cube:
    """*cube* with what was written while it was read, which can only be where a look later sees more."""
    for _ in range(LOOKS):
        if cube.revision == meta.revision(conn):
            break
        cube = newer(conn, cube)
    return cube


def _gone_back(conn: Connection) -> bool:
    """Whether a lower revision is that of another library in this one's place, not that of an earlier look.

    What SQLite shows of a library stays as it was at the first look; there, who brings back a copy counts on from the
    higher revision (:mod:`app.store.restoring`).
    """
    return conn.dialect.name != "sqlite"


def _quotes(conn: Connection) -> int:
    """How many there are, by the counts. Whoever wrote quotes without a word to them tells itself so."""
    table = count_topics.c
    return conn.scalar(select(table.direct + table.mixed + table.indirect).where(table.topic_id == ALL)) or 0
