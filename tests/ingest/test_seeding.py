"""The seeds of a new library: taken in once, read in this process, and never again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.ingest.library import open_library
from app.ingest.seeding import seed_library
from app.settings import Settings, load_settings
from app.store import schema
from app.store.articles import list_articles
from tests.ingest.works import FakeAnalyser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(database_url=str(tmp_path / "library.sqlite"), max_characters=1_000)


@pytest.fixture
def analyser() -> FakeAnalyser:
    return FakeAnalyser()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    article(folder, "b.txt", "“B,” she said.")
    article(folder, "a.json", json.dumps({"text": "“A,” she said.", "title": "A"}))
    article(folder, "README.md", "# Seeds")
    article(folder, "topics.toml", "")
    return folder


def article(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def slugs(settings: Settings) -> list[str]:
    engine = open_library(settings)
    with engine.connect() as conn:
        found = [row.slug for row in list_articles(conn).items]
    engine.dispose()
    return found


def test_a_library_is_seeded_once_even_if_all_is_deleted_later(
    settings: Settings, seeds: Path, analyser: FakeAnalyser
) -> None:
    seeded = list(seed_library(settings, seeds=seeds, analyser=analyser))
    assert [(one.path.name, one.status, one.slug) for one in seeded] == [
        ("a.json", "added", "a"),
        ("b.txt", "added", "b-she-said"),
    ]
    assert seeded[0].message == "1 quote, 0 indirect."
    assert analyser.closed
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []
    engine = open_library(settings)
    with engine.begin() as conn:
        conn.execute(schema.articles.delete())
    engine.dispose()
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []
    assert slugs(settings) == []


def test_seeding_that_failed_is_tried_again(settings: Settings, seeds: Path, analyser: FakeAnalyser) -> None:
    broken = article(seeds, "c.txt", "REFUSE")
    first = list(seed_library(settings, seeds=seeds, analyser=analyser))
    assert [one.status for one in first] == ["added", "added", "failed"]
    assert first[2].message == "There is no pipeline."
    broken.write_text("“C,” she said.", encoding="utf-8")
    second = list(seed_library(settings, seeds=seeds, analyser=analyser))
    assert [one.status for one in second] == ["known", "known", "added"]
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []


def test_a_seed_that_cannot_be_read_fails_with_a_sentence(
    settings: Settings, seeds: Path, analyser: FakeAnalyser
) -> None:
    (seeds / "c.txt").mkdir()
    article(seeds, "d.txt", "x" * 1_001)
    failed = [one.message for one in seed_library(settings, seeds=seeds, analyser=analyser) if one.status == "failed"]
    assert failed[0] == "This is a folder; name the files in it."
    assert "at most 1,000" in failed[1]


def test_a_caller_that_stops_halfway_keeps_what_is_in_and_ends_the_analysis(
    settings: Settings, seeds: Path, analyser: FakeAnalyser
) -> None:
    seeded = seed_library(settings, seeds=seeds, analyser=analyser)
    assert next(seeded).status == "added"
    seeded.close()  # type: ignore[attr-defined]
    assert analyser.closed
    assert slugs(settings) == ["a"]


def test_the_program_brings_seeds_of_its_own(settings: Settings, analyser: FakeAnalyser) -> None:
    seeded = list(seed_library(load_settings(database_url=settings.database_url), analyser=analyser))
    assert [one.path.suffix for one in seeded] == [".txt"]
    assert seeded[0].status == "added"


def test_a_read_only_library_is_not_seeded(
    settings: Settings, seeds: Path, analyser: FakeAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(settings).dispose()
    monkeypatch.setattr(os, "access", lambda *args: False)  # root may write everything, so modes prove nothing
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []
