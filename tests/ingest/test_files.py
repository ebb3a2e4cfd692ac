from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain import Analysis, Paragraph, Topic
from app.ingest.files import Outcome, ingest_files, seed_library
from app.ingest.library import open_library
from app.ingest.topics import save_topics
from app.settings import Settings, load_settings
from app.store import meta, schema
from app.store.articles import article_text, list_articles
from app.store.stats import library_counts
from tests.ingest.tagging import no_tagger
from tests.ingest.works import FakeAnalyser

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(database_url=str(tmp_path / "library.sqlite"), max_characters=1_000)


@pytest.fixture
def analyser() -> FakeAnalyser:
    return FakeAnalyser()


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


def test_files_go_in_and_say_what_was_found(tmp_path: Path, settings: Settings, analyser: FakeAnalyser) -> None:
    one = article(tmp_path, "one.txt", "Report\nShe said: “It is so.” And “so it is.”")
    record = {"title": "Two", "text": "He said: “No.”", "publisher": "The Example"}
    two = article(tmp_path, "two.json", json.dumps(record))
    none = article(tmp_path, "none.txt", "Nobody spoke")
    outcomes = list(ingest_files([one, two, none], settings, analyser=analyser))
    assert [(outcome.status, outcome.slug) for outcome in outcomes] == [
        ("added", "report"),
        ("added", "two"),
        ("added", "nobody-spoke"),
    ]
    assert [outcome.message for outcome in outcomes] == [
        "2 quotes, 0 indirect.",
        "1 quote, 0 indirect.",
        "No quotes found: the text quotes nobody in words or in marks.",
    ]
    assert slugs(settings) == ["nobody-spoke", "two", "report"]
    assert analyser.closed


def test_the_same_article_again_changes_nothing_says_so_and_is_not_analysed(
    tmp_path: Path, settings: Settings, analyser: FakeAnalyser
) -> None:
    path = article(tmp_path, "one.txt", "Report\nShe said: “It is so.”")
    list(ingest_files([path], settings, analyser=analyser))
    content = article_rows(settings)
    renamed = article(tmp_path, "other.txt", path.read_text(encoding="utf-8"))
    outcomes = list(ingest_files([path, renamed, path], settings, analyser=analyser))
    assert [(outcome.status, outcome.slug) for outcome in outcomes] == [("known", "report")] * 3
    assert "nothing was changed" in outcomes[0].message
    assert len(analyser.texts) == 1
    assert article_rows(settings) == content


def article_rows(settings: Settings) -> list[object]:
    engine = open_library(settings)
    with engine.connect() as conn:
        found: list[object] = [list(conn.execute(select(table))) for table in schema.articles.metadata.sorted_tables]
    engine.dispose()
    return found


def test_bad_files_fail_with_a_sentence_each_and_the_others_go_in(
    tmp_path: Path, settings: Settings, analyser: FakeAnalyser
) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "folder").mkdir()
    bad = {
        article(tmp_path, "empty.txt", ""): "The file is empty.",
        article(tmp_path, "blank.txt", " \n "): "The text is blank.",
        article(tmp_path, "nul.txt", "a\0b"): "NUL character",
        article(tmp_path, "long.txt", "x" * 1_001): "at most 1,000",
        article(tmp_path, "broken.json", "{"): "not JSON",
        article(tmp_path, "page.html", "<p>Hello"): "“.html” files cannot be read",
        tmp_path / "latin.txt": "not UTF-8: byte 4",
        tmp_path / "folder": "This is a folder",
        tmp_path / "missing.txt": "no such file",
    }
    good = article(tmp_path, "good.txt", "“Good,” she said.")
    outcomes = list(ingest_files([*bad, good], settings, analyser=analyser))
    for outcome, words in zip(outcomes, bad.values(), strict=False):
        assert (outcome.status, outcome.slug) == ("failed", None)
        assert words in outcome.message
    assert outcomes[-1].status == "added"
    assert slugs(settings) == ["good-she-said"]


def test_an_analysis_that_does_not_fit_leaves_nothing_behind(tmp_path: Path, settings: Settings) -> None:
    class Wrong(FakeAnalyser):
        def analyse(self, text, paragraphs, title=""):  # type: ignore[no-untyped-def]
            return super().analyse(text + " “More.”", paragraphs, title)

    [outcome] = ingest_files([article(tmp_path, "a.txt", "“One.”")], settings, analyser=Wrong())
    assert outcome.status == "failed"
    assert "does not fit the text" in outcome.message
    assert slugs(settings) == []


def test_progress_is_told_after_every_file(tmp_path: Path, settings: Settings, analyser: FakeAnalyser) -> None:
    paths = [article(tmp_path, f"{n}.txt", f"Text {n}.") for n in range(3)]
    told: list[tuple[int, int]] = []
    list(ingest_files(paths, settings, analyser=analyser, on_progress=lambda done, total: told.append((done, total))))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_caller_that_stops_halfway_keeps_what_is_in_and_ends_the_analysis(
    tmp_path: Path, settings: Settings, analyser: FakeAnalyser
) -> None:
    paths = [article(tmp_path, f"{n}.txt", f"Text {n}.") for n in range(3)]
    outcomes = ingest_files(paths, settings, analyser=analyser)
    assert next(outcomes).status == "added"
    outcomes.close()  # type: ignore[attr-defined]
    assert analyser.closed
    assert slugs(settings) == ["text-0"]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    article(folder, "b.txt", "“B,” she said.")
    article(folder, "a.json", json.dumps({"text": "“A,” she said.", "title": "A"}))
    article(folder, "README.md", "# Seeds")
    article(folder, "topics.toml", "")
    return folder


def test_a_library_is_seeded_once_even_if_all_is_deleted_later(
    settings: Settings, seeds: Path, analyser: FakeAnalyser
) -> None:
    outcomes = list(seed_library(settings, seeds=seeds, analyser=analyser))
    assert [(outcome.path.name, outcome.status) for outcome in outcomes] == [("a.json", "added"), ("b.txt", "added")]
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
    assert [outcome.status for outcome in first] == ["added", "added", "failed"]
    broken.write_text("“C,” she said.", encoding="utf-8")
    second = list(seed_library(settings, seeds=seeds, analyser=analyser))
    assert [outcome.status for outcome in second] == ["known", "known", "added"]
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []


def test_the_program_brings_seeds_of_its_own(settings: Settings, analyser: FakeAnalyser) -> None:
    outcomes = list(seed_library(load_settings(database_url=settings.database_url), analyser=analyser))
    assert [outcome.path.suffix for outcome in outcomes] == [".txt"]
    assert outcomes[0].status == "added"


def test_a_read_only_library_is_not_seeded_and_takes_nothing_in(
    tmp_path: Path, settings: Settings, seeds: Path, analyser: FakeAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(settings).dispose()
    monkeypatch.setattr(os, "access", lambda *args: False)  # root may write everything, so modes prove nothing
    assert list(seed_library(settings, seeds=seeds, analyser=analyser)) == []
    [outcome] = ingest_files([article(tmp_path, "a.txt", "Words.")], settings, analyser=analyser)
    assert outcome.status == "failed"
    assert "is read-only" in outcome.message


def test_the_text_is_kept_to_the_letter(tmp_path: Path, settings: Settings, analyser: FakeAnalyser) -> None:
    text = "Report\r\n\r\n“Zoë 😀,” she\u00a0said.\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    [outcome] = ingest_files([path], settings, analyser=analyser)
    engine = open_library(settings)
    with engine.connect() as conn:
        assert outcome.slug
        assert article_text(conn, outcome.slug).text == text
        assert library_counts(conn).quotes == 1
        assert meta.revision(conn) == 2  # the code book, the article
    engine.dispose()


def test_an_outcome_is_a_plain_value() -> None:
    assert Outcome(Path("a"), "added", "a", "") == Outcome(Path("a"), "added", "a", "")


class SlowAnalyser(FakeAnalyser):
    """Meanwhile, somebody saves other topics, *times* times."""

    def __init__(self, settings: Settings, times: int) -> None:
        super().__init__()
        self.settings = settings
        self.times = times

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """The analysis of *text*, after the others have saved."""
        if len(self.texts) < self.times:
            book = [Topic(f"t{len(self.texts)}", "T", "", "#123456", ("x",))]
            engine = open_library(self.settings)
            save_topics(engine, self.settings, book, based_on=None, tagger=no_tagger)
            engine.dispose()
        return super().analyse(text, paragraphs, title)


@pytest.mark.parametrize(("times", "status", "read"), [(0, "added", 1), (2, "added", 3), (9, "failed", 5)])
def test_a_text_is_read_again_where_the_topics_were_changed_meanwhile(
    tmp_path: Path, times: int, status: str, read: int
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“One,” she said.", encoding="utf-8")
    settings = load_settings(database_url=str(tmp_path / "library.sqlite"))
    analyser = SlowAnalyser(settings, times)
    (outcome,) = ingest_files([path], settings, analyser=analyser)
    assert (outcome.status, len(analyser.texts)) == (status, read)
