"""Corrected articles under other topics, and under the doctor's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.domain import AttributionKind, Topic
from app.errors import NotFound
from app.ingest.changes import Add, Confirm, Reject, SetEdges, SetTopics
from app.ingest.correcting import correct, merge_speakers, undo
from app.ingest.mending import mend
from app.ingest.preview import preview_topics
from app.ingest.topics import save_topics, undo_topics
from app.settings import Settings
from app.store import counts, meta
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.checkup import check_library
from app.store.corrections import current_id
from app.store.deleting import delete_article, purge, restore_article
from app.store.filters import AttributionFilter
from app.store.jobs import now
from app.store.merging import speaks_instead
from app.store.reanalysing import replace_analysis
from app.store.rows import QuoteRow
from app.store.speaker_lists import list_speakers
from app.store.topics import all_topics
from app.store.troubles import Kind, Remedy
from tests.factories import SUMMIT_TEXT, find, make_analysis, read, say, summit
from tests.ingest.tagging import fake_tagger

SETTINGS = Settings()
SLUG = "leaders-meet-in-beijing"
WE = "We will build a closer energy partnership"
WAR = "It is a long war"
OTHERS = {Kind.SIGNATURE, Kind.BANDS}


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """A library with the summit, which can be judged anew."""
    with sqlite_engine.begin() as conn:
        article, analysis = summit()
        add_article(conn, article, read(article.text, analysis))
    return sqlite_engine


def every(engine: Engine) -> dict[str, QuoteRow]:
    with engine.connect() as conn:
        assert counts.wrong(conn) == []
        return {row.text: row for row in list_quotes(conn, AttributionFilter(), limit=100).items}


def said(engine: Engine, change: Any) -> Any:
    return correct(engine, SETTINGS, change, by="Anna Berg", tagger=fake_tagger)


def book(engine: Engine, **terms: Sequence[str] | None) -> list[Topic]:
    """The topics of the library with other terms; those that have none given go."""
    with engine.connect() as conn:
        known = [topic for topic in all_topics(conn) if topic.id not in terms or terms[topic.id] is not None]
    return [replace(topic, terms=tuple(terms.get(topic.id) or topic.terms)) for topic in known]


def save(engine: Engine, topics: Sequence[Topic]) -> None:
    save_topics(engine, SETTINGS, topics, based_on=None, tagger=fake_tagger)


def troubles(engine: Engine) -> list[Any]:
    with engine.connect() as conn:
        return [one for one in check_library(conn) if one.kind not in OTHERS]


def test_topics_that_a_person_set_stay_whatever_the_topics_are(engine: Engine) -> None:
    said(engine, SetTopics(every(engine)[WE].id, ("us",)))
    topics = book(engine, nato=["partnership", "diplomat", "war"])
    preview = preview_topics(engine, SETTINGS, topics, tagger=fake_tagger)
    assert WE not in {one.quote.text for one in (*preview.entering, *preview.leaving)}
    assert WAR in {one.quote.text for one in preview.entering}
    save(engine, topics)
    assert every(engine)[WE].topics == ("us",)
    assert set(every(engine)[WAR].topics) == {"nato", "ukraine"}
    assert troubles(engine) == []


def test_what_the_machine_judges_meanwhile_is_there_when_a_correction_is_undone(engine: Engine) -> None:
    made = said(engine, SetTopics(every(engine)[WE].id, ("us",)))
    save(engine, book(engine, energy=["closer"]))
    undo(engine, SETTINGS, made.number, by="Bo")
    assert [one.term for one in every(engine)[WE].evidence] == ["closer"]


def test_a_topic_that_is_removed_comes_back_with_it(engine: Engine) -> None:
    said(engine, SetTopics(every(engine)[WE].id, ("us", "nato")))
    said(engine, SetTopics(every(engine)[WAR].id, ("us",)))
    save(engine, book(engine, us=None))
    now_there = every(engine)
    assert (now_there[WE].topics, now_there[WAR].topics) == (("nato",), ("other",))
    assert troubles(engine) == []
    undo_topics(engine, SETTINGS, tagger=fake_tagger)
    back = every(engine)
    assert (back[WE].topics, back[WAR].topics) == (("us", "nato"), ("us",))


def test_an_added_quote_is_judged_anew_unless_a_person_said_what_it_is_on(engine: Engine) -> None:
    span = find(SUMMIT_TEXT, "Leaders met in Beijing")
    said(engine, Add(SLUG, span, None, AttributionKind.INDIRECT))
    nobody = find(SUMMIT_TEXT, "Nobody was surprised")
    said(engine, Add(SLUG, nobody, None, AttributionKind.INDIRECT, ("us",)))
    save(engine, book(engine, nato=["beijing", "surprised"]))
    assert every(engine)["Leaders met in Beijing"].topics == ("nato",)
    assert every(engine)["Nobody was surprised"].topics == ("us",)


def test_an_article_without_tokens_only_loses_what_is_no_more(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    said(sqlite_engine, SetTopics(every(sqlite_engine)[WAR].id, ("energy", "us")))
    save(sqlite_engine, book(sqlite_engine, energy=None))
    now_there = every(sqlite_engine)
    assert (now_there[WE].topics, now_there[WAR].topics) == (("other",), ("us",))


def test_corrections_go_with_an_article_that_is_forgotten_and_stay_with_one_that_is_deleted(engine: Engine) -> None:
    said(engine, Reject(every(engine)[WE].id))
    for brought_back in (True, False):
        with engine.begin() as conn:
            delete_article(conn, SLUG)
        assert troubles(engine) == []
        with engine.begin() as conn:
            if brought_back:
                restore_article(conn, SLUG)
            else:
                purge(conn, now())
        if brought_back:
            assert set(every(engine)) == {"serious concerns", "the pipeline may wait", WAR}
    with engine.connect() as conn:
        left = [conn.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("corrections", "machine_analyses")]
    assert left == [0, 0]


def test_of_two_quotes_with_the_same_edges_the_one_that_a_person_spoke_of_stays(engine: Engine) -> None:
    wider = "the pipeline may wait. Nobody was surprised"
    said(engine, SetEdges(every(engine)["the pipeline may wait"].id, find(SUMMIT_TEXT, wider)))
    both = make_analysis(SUMMIT_TEXT, *(say(SUMMIT_TEXT, words, topics=("us",)) for words in (WE, wider)))
    with engine.begin() as conn:
        key = conn.scalar(text("SELECT id FROM articles"))
        replace_analysis(conn, key, both)
    assert [row.corrected for words, row in every(engine).items() if words != WE] == [("edges",)]
    more = make_analysis(
        SUMMIT_TEXT,
        say(SUMMIT_TEXT, "the pipeline may wait", kind=AttributionKind.INDIRECT, topics=("energy",)),
        say(SUMMIT_TEXT, wider, kind=AttributionKind.INDIRECT, topics=("us",)),
    )
    with engine.begin() as conn:
        replace_analysis(conn, key, more)
    [row] = every(engine).values()
    assert (row.text, row.topics, row.corrected) == (wider, ("energy",), ("edges",))
    assert troubles(engine) == []


def test_a_merged_speaker_leads_to_the_one_that_speaks_instead(engine: Engine) -> None:
    with engine.connect() as conn:
        assert speaks_instead(conn, "experts") is None
    made = merge_speakers(engine, SETTINGS, "experts", "xi-jinping-and-vladimir-putin", by="Bo")
    with engine.connect() as conn:
        assert speaks_instead(conn, "experts") == "xi-jinping-and-vladimir-putin"
        assert speaks_instead(conn, "xi-jinping-and-vladimir-putin") is None
        assert speaks_instead(conn, "nobody-at-all") is None
        [found] = list_speakers(conn, AttributionFilter(), limit=9, name="exp").items
        assert found.count.speaker is not None
        assert found.count.speaker.slug == "xi-jinping-and-vladimir-putin"
    undo(engine, SETTINGS, made.number, by="Bo")
    with engine.connect() as conn:
        assert speaks_instead(conn, "experts") is None


def test_old_addresses_lead_on_after_a_text_was_read_again(engine: Engine) -> None:
    before = every(engine)
    with engine.begin() as conn:
        meta.lock(conn)
        changed = f"Corrected.\n{SUMMIT_TEXT}"
        replace_analysis(
            conn, conn.scalar(text("SELECT id FROM articles")), make_analysis(changed, say(changed, WE)), changed
        )
    with engine.connect() as conn:
        assert current_id(conn, before[WE].id) == every(engine)[WE].id != before[WE].id
        with pytest.raises(NotFound):
            current_id(conn, before[WAR].id)


BROKEN = {
    "a place that is told wrong": ("UPDATE corrections SET placed = 0", Kind.CORRECTION, Remedy.REBUILD),
    "a correction that was not applied": ("UPDATE quotes SET corrected = ''", Kind.CORRECTION, Remedy.REBUILD),
    "topics that nobody said": ("UPDATE quote_topics SET topic_id = 'us'", Kind.CORRECTION, Remedy.REBUILD),
    "a lost analysis": ("DELETE FROM machine_analyses", Kind.MACHINE, Remedy.ANALYSE),
    "a damaged analysis": ("UPDATE machine_analyses SET rows = x'00'", Kind.MACHINE, Remedy.ANALYSE),
    "an anchor that is none": ("UPDATE corrections SET anchor = '{}'", Kind.UNREADABLE, Remedy.BACKUP),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_doctor_finds_what_is_wrong_with_corrections(engine: Engine, name: str) -> None:
    said(engine, Confirm(every(engine)[WAR].id))
    said(engine, SetEdges(every(engine)["serious concerns"].id, find(SUMMIT_TEXT, "“serious concerns”")))
    before = every(engine)
    statement, kind, remedy = BROKEN[name]
    with engine.begin() as conn:
        conn.execute(text(statement))
        counts.rebuild(conn)
    found = troubles(engine)
    assert kind in {one.kind for one in found}
    assert {one.remedy for one in found} == {remedy}
    if remedy is Remedy.ANALYSE:
        article, analysis = summit()
        with engine.begin() as conn:
            replace_analysis(conn, int(found[0].key), read(article.text, analysis))
        assert troubles(engine) == []
        assert {row.id for row in every(engine).values()} == {row.id for row in before.values()}
    if remedy is Remedy.REBUILD:
        assert "Corrections were applied anew." in list(mend(engine, {(kind, remedy): [one.key for one in found]}))
        assert troubles(engine) == []
        assert {row.id: row.topics for row in every(engine).values()} == {row.id: row.topics for row in before.values()}
