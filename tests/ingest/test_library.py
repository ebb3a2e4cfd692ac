from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain import OTHER, Article, Topic
from app.errors import AppError, StoreError
from app.ingest.library import open_library
from app.ingest.taggers import tag_here
from app.ingest.topics import Saved, save_topics, topics_history, undo_topics
from app.settings import Settings, load_settings
from app.store import meta
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.topics import all_topics, topic_by_id
from tests.factories import make_analysis, read, say
from tests.ingest.tagging import no_tagger

BOOK = '[[topic]]\nid = "{}"\nlabel = "{}"\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(database_url=str(tmp_path / "library.sqlite"))


def topics_after(settings: Settings, book: Path | None = None) -> tuple[list[str], int]:
    engine = open_library(settings, code_book=book)
    with engine.connect() as conn:
        found = [topic.label for topic in all_topics(conn)], meta.revision(conn)
    engine.dispose()
    return found


def test_a_new_library_has_the_topics_of_the_program(settings: Settings) -> None:
    engine = open_library(settings)
    with engine.connect() as conn:
        topics = [topic.id for topic in all_topics(conn)]
    engine.dispose()
    assert {"energy", "nato", "ukraine", "us"} <= set(topics)
    assert topics[-1] == OTHER


def test_a_code_book_is_taken_over_when_it_changes_and_only_then(tmp_path: Path, settings: Settings) -> None:
    book = tmp_path / "topics.toml"
    book.write_text(BOOK.format("trade", "Trade"), encoding="utf-8")
    assert topics_after(settings, book) == (["Trade", "Other"], 1)
    assert topics_after(settings, book) == (["Trade", "Other"], 1)
    book.write_text(BOOK.format("trade", "Commerce") + BOOK.format("sport", "Sport"), encoding="utf-8")
    assert topics_after(settings, book) == (["Commerce", "Sport", "Other"], 2)


def test_a_code_book_that_changes_leaves_alone_what_somebody_changed_or_removed(
    tmp_path: Path, settings: Settings
) -> None:
    book = tmp_path / "topics.toml"
    ids = ("trade", "sport", "farms")
    book.write_text("".join(BOOK.format(name, name.title()) for name in ids), encoding="utf-8")
    engine = open_library(settings, code_book=book)
    mine = [Topic("trade", "My trade", "", "#123456"), Topic("own", "Own", "", "#123456"), topic(engine, "farms")]
    save_topics(engine, settings, mine, based_on=1, tagger=no_tagger)
    engine.dispose()
    book.write_text("".join(BOOK.format(name, f"New {name}") for name in (*ids, "ports")), encoding="utf-8")
    assert topics_after(settings, book)[0] == ["My trade", "New farms", "New ports", "Own", "Other"]


def topic(engine: Engine, name: str) -> Topic:
    with engine.connect() as conn:
        return topic_by_id(conn, name)


def test_a_code_book_that_changes_is_a_revision_and_judges_what_is_stored(tmp_path: Path, settings: Settings) -> None:
    book = tmp_path / "topics.toml"
    book.write_text(BOOK.format("talk", "Talk"), encoding="utf-8")
    engine = open_library(settings, code_book=book)
    text = "“We build it,” she said."
    with engine.begin() as conn:
        add_article(conn, Article("T", text), read(text, make_analysis(text, say(text, "We build it,"))))
    engine.dispose()
    book.write_text(BOOK.format("talk", "Talk") + 'terms = ["build"]\n', encoding="utf-8")
    engine = open_library(settings, code_book=book)
    with engine.connect() as conn:
        (quote,) = list_quotes(conn, AttributionFilter(topic="talk")).items
        assert [one.term for one in quote.evidence] == ["build"]
        assert [(one.number, one.note) for one in topics_history(conn)] == [
            (number, "Taken over from the code book of the program.") for number in (2, 1)
        ]
    assert undo_topics(engine, settings, tagger=tag_here) == Saved(3, 1, 0)
    engine.dispose()


def test_a_code_book_that_cannot_be_used_leaves_the_topics_alone(tmp_path: Path, settings: Settings) -> None:
    before = topics_after(settings)
    book = tmp_path / "topics.toml"
    book.write_text("[[topic]", encoding="utf-8")
    with pytest.raises(AppError, match="cannot be read"):
        open_library(settings, code_book=book)
    assert topics_after(settings) == before


def test_the_folder_that_nobody_chose_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMUNIQUE_DATABASE_URL", raising=False)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *args, **kwargs: str(tmp_path / "data" / "communique"))
    open_library(load_settings()).dispose()
    assert (tmp_path / "data" / "communique" / "communique.sqlite").is_file()


def test_a_folder_that_somebody_named_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_library(load_settings(database_url=str(tmp_path / "slip" / "library.sqlite")))
    assert not (tmp_path / "slip").exists()
