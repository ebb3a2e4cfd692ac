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
    if cube is not None and cube.revision == revision:
        return cube
    with kept.lock:
        cube = kept.cube
        if cube is None:
            cube = read_cube(conn)
        elif cube.revision < revision:
            cube = newer(conn, cube)
            if len(cube) != _quotes(conn):
                cube = read_cube(conn)
        elif cube.revision > revision and len(cube) != _quotes(conn):
            cube = read_cube(conn)
        kept.cube = cube
        return cube


def _quotes(conn: Connection) -> int:
    """How many there are, by the counts. Another library put in this one's place, say, tells itself so."""
    table = count_topics.c
    return conn.scalar(select(table.direct + table.mixed + table.indirect).where(table.topic_id == ALL)) or 0
