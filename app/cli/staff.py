"""Who works behind a server: those that read what is queued, and the one that keeps the library up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.ingest.upkeep import Upkeep
    from app.settings import Settings


UPKEEP_SECONDS = 5.0


class Staff:
    """The workforce and the upkeep of a library that may be written; of another there is neither."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        from app.ingest.workforce import Workforce
        from app.store.engine import writable

        self._settings, self._engine = settings, engine
        self.workforce = Workforce(engine, settings) if writable(engine) else None
        self._upkeep: Upkeep | None = None
        self._lock = threading.Lock()
        self._ended = False
        self._timer = threading.Timer(UPKEEP_SECONDS, self._begin_upkeep)
        self._timer.daemon = True

    def start(self) -> None:
        """Begin to work; the upkeep waits until the first pages are seen."""
        if self.workforce:
            self.workforce.start()
            self._timer.start()

    def _begin_upkeep(self) -> None:
        from app.ingest.upkeep import Upkeep

        with self._lock:
            if self.workforce and not self._ended:
                self._upkeep = Upkeep(self._engine, self._settings, self.workforce.ring)
                self._upkeep.start()

    def close(self) -> None:
        """End all work at once; what was begun goes back into the queue."""
        self._timer.cancel()
        with self._lock:
            self._ended = True
            workforce, self.workforce = self.workforce, None
            upkeep, self._upkeep = self._upkeep, None
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
