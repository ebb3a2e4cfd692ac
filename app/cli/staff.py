"""Who works behind a server: those that read what is queued, and the one that keeps the library up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.ingest.upkeep import Upkeep
    from app.ingest.workforce import Workforce
    from app.settings import Settings


class Staff:
    """The workforce and the upkeep of a library that may be written; of another there is neither."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        from app.ingest.upkeep import Upkeep
        from app.ingest.workforce import Workforce
        from app.store.engine import writable

        self.workforce: Workforce | None = None
        self.upkeep: Upkeep | None = None
        if writable(engine):
            self.workforce = Workforce(engine, settings)
            self.upkeep = Upkeep(engine, settings, self.workforce.ring)

    def start(self) -> None:
        """Begin to work."""
        if self.workforce and self.upkeep:
            self.workforce.start()
            self.upkeep.start()

    def close(self) -> None:
        """End all work at once; what was begun goes back into the queue."""
        workforce, self.workforce = self.workforce, None
        upkeep, self.upkeep = self.upkeep, None
        if upkeep:
            upkeep.close()
        if workforce:
            workforce.close()


@contextmanager
def staffed(settings: Settings, engine: Engine) -> Iterator[Staff]:
    """The staff of a library, ended at the end."""
    staff = Staff(settings, engine)
    try:
        yield staff
    finally:
        staff.close()
