"""What the tests of ``communique topics`` share: a stand-in for the saving."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from app.domain import Topic
from app.errors import Conflict, NotFound
from app.store.topics import sync_topics

TRADE = Topic("trade", "Trade", "Goods.", "#123456", ("tariff",), ("WTO",))
SEEDED = ["energy", "nato", "ukraine", "us"]


@dataclass(frozen=True)
class Save:
    """What a command wanted to be saved."""

    topics: tuple[Topic, ...]
    based_on: int | None
    note: str

    @property
    def ids(self) -> list[str]:
        return [topic.id for topic in self.topics]


class Library:
    """Stands for the saving of topics: it keeps what it is told, and says what it is set to say."""

    def __init__(self) -> None:
        self.saves: list[Save] = []
        self.saved = SimpleNamespace(revision=3, quotes=12, skipped=0)
        self.conflict = False

    def save_topics(
        self, engine: Engine, settings: object, topics: Sequence[Topic], *, based_on: int | None, note: str = ""
    ) -> SimpleNamespace:
        if self.conflict:
            with engine.begin() as conn:
                sync_topics(conn, [TRADE])
            raise Conflict("Somebody else saved the topics meanwhile.")
        self.saves.append(Save(tuple(topics), based_on, note))
        return self.saved

    def undo_topics(self, engine: Engine, settings: object) -> SimpleNamespace:
        raise NotFound("There is nothing to undo.")

    @property
    def last(self) -> Save:
        (save,) = self.saves
        return save


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Library:
    """A library in *folder* whose saves go nowhere; files of editors are made there too."""
    made = Library()
    monkeypatch.setitem(sys.modules, "app.ingest.topics", made)
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", str(folder / "library.sqlite"))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.delenv("COMMUNIQUE_PIPELINE", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    return made
