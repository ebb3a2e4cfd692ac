from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from app.domain import OTHER, Topic
from app.ingest.topics import Preview, preview_topics, save_topics
from app.settings import load_settings
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from tests.factories import TOPICS
from tests.ingest.tagging import fake_tagger, fill, no_tagger

SETTINGS = load_settings()
ENERGY, *REST = TOPICS
BOOK = [replace(ENERGY, terms=("pipeline", "words 3", "build")), *REST]


def preview(engine: Engine, topics: list[Topic], only: str | None = None, most: int = 20) -> Preview:
    return preview_topics(engine, SETTINGS, topics, only=only, most=most, tagger=fake_tagger)


@pytest.fixture
def library(engine: Engine) -> Engine:
    fill(engine, more=5)
    save_topics(engine, SETTINGS, [*TOPICS, Topic("t", "T", "", "#123456", ("here",))], based_on=0, tagger=fake_tagger)
    save_topics(engine, SETTINGS, TOPICS, based_on=1, tagger=fake_tagger)
    return engine


def test_a_preview_shows_what_would_come_and_go(library: Engine) -> None:
    shown = preview(library, BOOK, "energy")
    assert [moved.quote.text for moved in shown.entering] == [
        "Words 3.0 are here",
        "Words 3.1 are here",
        "Words 3.2 are here",
        "We will build a closer energy partnership",
    ]
    assert [one.term for one in shown.entering[0].evidence] == ["Words 3"]
    assert (shown.entering_count, shown.leaving_count, shown.staying_count) == (4, 0, 1)
    gone = preview(library, [replace(ENERGY, terms=("energy",)), *REST], "energy")
    assert [(moved.quote.text, moved.evidence[0].term) for moved in gone.leaving] == [
        ("the pipeline may wait", "pipeline")
    ]
    assert (gone.entering_count, gone.leaving_count, gone.staying_count) == (1, 1, 0)


@pytest.mark.parametrize("only", ["energy", "nato", OTHER, None])
def test_a_save_does_what_its_preview_showed(library: Engine, only: str | None) -> None:
    chosen = AttributionFilter(topic=only)

    def having() -> set[str]:
        with library.connect() as conn:
            quotes = list_quotes(conn, chosen, limit=500).items
            return {quote.id for quote in quotes if only or quote.topics != (OTHER,)}

    before = having()
    shown = preview(library, BOOK, only, most=500)
    assert having() == before
    save_topics(library, SETTINGS, BOOK, based_on=None, tagger=fake_tagger)
    assert {moved.quote.id for moved in shown.entering} == having() - before
    assert {moved.quote.id for moved in shown.leaving} == before - having()
    assert shown.staying_count == len(before & having())


def test_a_preview_shows_the_first_and_counts_all(library: Engine) -> None:
    shown = preview(library, BOOK, "energy", most=2)
    assert len(shown.entering) == 2
    assert shown.entering_count == 4


def test_a_topic_that_would_be_removed_loses_all_its_quotes(library: Engine) -> None:
    shown = preview(library, REST, "energy")
    assert (shown.entering_count, shown.leaving_count, shown.staying_count) == (0, 1, 0)


def test_a_preview_writes_nothing(library: Engine) -> None:
    written: list[str] = []
    event.listen(library, "before_cursor_execute", lambda *args: written.append(args[2]))
    preview(library, BOOK)
    assert not [one for one in written if not one.startswith(("SELECT", "BEGIN"))]


def test_a_preview_of_the_topics_as_they_are_asks_nobody(library: Engine) -> None:
    shown = preview_topics(library, SETTINGS, TOPICS, only="nato", tagger=no_tagger)
    assert shown == Preview((), (), 0, 0, 0)
