"""What ``communique doctor`` says of what is in the library, and what it mends of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.cli.checks import Finding
from app.cli.copies import bars
from app.errors import AppError, StoreError
from app.store.troubles import Kind, Remedy, Trouble

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.settings import Settings

SHOWN = 20
"""Troubles of a kind that are listed; more are counted."""

_HELP = {
    Remedy.REBUILD: "Make it anew: communique doctor --mend",
    Remedy.ANALYSE: "Analyse it again: communique reanalyse {slug}; all such articles: communique doctor --mend",
    Remedy.REREAD: "Read it again from its original: communique doctor --mend",
    Remedy.BACKUP: "Bring back a backup: communique restore FILE",
}
_QUEUED = "It is queued to be analysed again, which `communique serve` does; then look again."


@dataclass(slots=True)
class _Group:
    """Troubles of one kind with one remedy: the first of them, how many there are, and the keys of all."""

    shown: list[Trouble] = field(default_factory=list)
    total: int = 0
    keys: list[int | str] = field(default_factory=list)

    def add(self, one: Trouble) -> None:
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(one)
        if one.key is not None and one.mendable:
            self.keys.append(one.key)


Groups = dict[tuple[Kind, Remedy], _Group]


def contents(settings: Settings, *, mend: bool = False) -> Iterator[Finding]:
    """Whether what is in the library holds together; where *mend*, after mending what can be mended."""
    engine = _opened(settings)
    if engine is None:
        return
    try:
        found = _look(engine)
        if mend and found:
            yield from _mended(engine, found)
            found = _look(engine)
        yield from _told(found, queued=mend)
    except AppError as error:
        yield Finding("contents", str(error), good=False, mend=_HELP[Remedy.BACKUP])
    finally:
        engine.dispose()


def _opened(settings: Settings) -> Engine | None:
    """The library, where there is one at the schema of this program; what else there is, others say."""
    from pathlib import Path

    from sqlalchemy import make_url

    from app.store.engine import open_engine
    from app.store.schema_version import HEAD, schema_version

    try:
        address = make_url(settings.database_url)
        if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
            return None
        engine = open_engine(settings.database_url)
    except AppError:
        return None
    with engine.connect() as conn:
        current = schema_version(conn)
    if current == HEAD:
        return engine
    engine.dispose()
    return None


def _look(engine: Engine) -> Groups:
    from app.store.checkup import check_library

    found: defaultdict[tuple[Kind, Remedy], _Group] = defaultdict(_Group)
    with bars() as bar, engine.connect() as conn:
        for one in check_library(conn, bar("Looking")):
            found[one.kind, one.remedy].add(one)
    return found


def _mended(engine: Engine, found: Groups) -> Iterator[Finding]:
    from app.ingest.mending import mend
    from app.store.engine import READING_ONLY, writable

    if not writable(engine):
        raise StoreError(f"The library {READING_ONLY}")
    keys = {which: group.keys for which, group in found.items()}
    for sentence in mend(engine, keys):
        yield Finding("contents", sentence)


def _told(found: Groups, *, queued: bool) -> Iterator[Finding]:
    if not found:
        yield Finding("contents", "everything was looked at, and nothing is wrong")
    for (_, remedy), group in found.items():
        help_ = _QUEUED if queued and remedy in (Remedy.ANALYSE, Remedy.REREAD) else _HELP[remedy]
        help_ = help_.format(slug=group.shown[0].where)
        lines = [one.what for one in group.shown]
        if group.total > SHOWN:
            lines.append(f"and {group.total - SHOWN:,} more.")
        for line in lines:
            yield Finding("contents", line, good=False, mend=help_ if line is lines[-1] else "")
