"""The library as the commands hold it: opened, and closed again at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Library:
    """An open library with the settings that it was opened by."""

    engine: Engine
    settings: Settings

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it is kept in, if it is one of SQLite."""
        url = self.engine.url
        if url.get_backend_name() != "sqlite" or not url.database:
            return ()
        return tuple(Path(url.database + end) for end in ("", "-wal", "-shm", "-journal"))


@contextmanager
def opened(database: str | None, **given: Any) -> Iterator[Library]:
    """The library that is named, with the other settings that are *given*."""
    from app.ingest.library import open_library
    from app.settings import load_settings

    settings = load_settings(database_url=database, **given)
    engine = open_library(settings)
    try:
        yield Library(engine, settings)
    finally:
        engine.dispose()
