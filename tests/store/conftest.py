"""A library that is to be replaced, and a backup of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store.articles import add_article
from app.store.backup import back_up
from tests.factories import numbered
from tests.store.libraries import fill, opened


@pytest.fixture
def library(sqlite_engine: Engine) -> Path:
    """The library that is to be replaced, open in *sqlite_engine*: a hundred articles that the backup has not."""
    with sqlite_engine.begin() as conn:
        for number in range(100, 200):
            add_article(conn, *numbered(number))
    return Path(sqlite_engine.url.database or "")


@pytest.fixture
def backup(sqlite_template: Path, tmp_path: Path) -> Path:
    """A backup of another library."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(sqlite_template.read_bytes())
    engine = opened(folder / "library.sqlite")
    fill(engine)
    made = back_up(folder / "library.sqlite", folder / "backup.sqlite")
    engine.dispose()
    return made.path
