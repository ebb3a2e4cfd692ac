"""Corrections among everything that can happen to an article: none is lost, none misplaced, none applied twice."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine, delete, func, select

from app.domain import AttributionKind, Scope
from app.errors import NotFound
from app.ingest.changes import Add, Confirm, Reject, SetEdges, SetKind, SetSpeaker, SetTopics
from app.ingest.correcting import correct, merge_speakers, redo, undo
from app.ingest.topics import save_topics
from app.settings import Settings
from app.store import counts, meta, search_keeping
from app.store.anchors import find_again
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.checkup import check_library
from app.store.correction_schema import corrections
from app.store.corrections import anchor_of, current_id
from app.store.deleting import delete_article, restore_article
from app.store.filters import AttributionFilter
from app.store.reanalysing import replace_analysis
from app.store.schema import articles, speakers
from app.store.topics import all_topics, put_topics
from app.store.troubles import Kind
from tests.factories import TOPICS
from tests.ingest.corrected import FULL, KINDS, NAMES, SHORT, SLUG, Found, Item, Model, Said, article, place, speaker_of
from tests.ingest.tagging import fake_tagger

SETTINGS = Settings()
ITEMS = st.integers(0, 4)
SPEAKERS = st.sampled_from((None, *NAMES))
TERMS = st.sampled_from(("alpha", "beta", "gamma"))
_TOPIC_IDS = ("energy", "nato", "us")
HOW = st.none() | st.builds(Found, st.sampled_from((FULL, FULL, SHORT)), SPEAKERS, st.sampled_from(("direct", "mixed")))
_COMPARED = {Kind.SIGNATURE, Kind.BANDS}


class Mixed(RuleBasedStateMachine):
    """One article in a library, and its model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.model = Model([Item(found=Found(FULL, NAMES[n % 3], "direct")) for n in range(5)])
        self.model.items[3].found = self.model.items[4].found = None
        self.deleted = False
        with self.engine.begin() as conn:
            meta.lock(conn)
            for table in (articles, corrections, speakers):
                conn.execute(delete(table))
            counts.rebuild(conn)
            search_keeping.rebuild(conn)
            put_topics(conn, [replace(one, terms=("alpha",) if one.id == "energy" else ()) for one in all_topics(conn)])
            add_article(conn, article(self.model), self.model.analysis())
            self.key = conn.scalar(select(articles.c.id)) or 0
        self.rows = self._stored()

    def _stored(self) -> dict[str, Any]:
        with self.engine.connect() as conn:
            return {row.text: row for row in list_quotes(conn, AttributionFilter(), limit=100).items}

    def _correct(self, item: int, change: Any, action: str, payload: Any) -> None:
        kept, root = self.model.keep(item), self.model.root(item)
        made = correct(self.engine, SETTINGS, change, by="Anna Berg", tagger=fake_tagger)
        self.model.said.append(Said(made.number, item, action, payload, root, kept))

    def _uid(self, item: int) -> str | None:
        row = None if self.deleted else self.model.rows().get(item)
        return None if row is None else self.rows[row.words].id

    @rule(item=ITEMS, name=SPEAKERS, wide=st.booleans())
    def say_who(self, item: int, name: str | None, wide: bool) -> None:
        uid = self._uid(item)
        if uid is None:
            return
        machine = self.model.rows()[item].machine if wide else None
        scope = Scope.ARTICLE if machine else Scope.QUOTE
        change = SetSpeaker(uid, speaker_of(name) if name else None, scope)
        self._correct(item, change, "speaker", (name, machine))

    @rule(item=ITEMS, topics=st.sets(st.sampled_from(_TOPIC_IDS)))
    def say_what(self, item: int, topics: set[str]) -> None:
        if (uid := self._uid(item)) is not None:
            said = tuple(sorted(topics))
            self._correct(item, SetTopics(uid, said), "topics", said or ("other",))

    @rule(item=ITEMS, kind=st.sampled_from(KINDS))
    def say_how(self, item: int, kind: str) -> None:
        if (uid := self._uid(item)) is not None:
            self._correct(item, SetKind(uid, AttributionKind(kind)), "kind", kind)

    @rule(item=ITEMS, edges=st.sampled_from((FULL, SHORT, "later", "longer")))
    def move(self, item: int, edges: str) -> None:
        uid = self._uid(item)
        if uid is not None and self.model.rows()[item].words != self.model.words(item, edges):
            self._correct(item, SetEdges(uid, place(self.model, item, edges)), "edges", edges)

    @rule(item=ITEMS)
    def reject(self, item: int) -> None:
        if (uid := self._uid(item)) is not None:
            self._correct(item, Reject(uid), "reject", None)

    @rule(item=ITEMS)
    def confirm(self, item: int) -> None:
        if (uid := self._uid(item)) is not None:
            row = self.model.rows()[item]
            self._correct(item, Confirm(uid), "confirm", (self.model.one(row.speaker), row.topics, row.kind))

    @rule(item=ITEMS, edges=st.sampled_from((FULL, "later")), name=SPEAKERS, said=st.none() | st.just(("us",)))
    def add(self, item: int, edges: str, name: str | None, said: tuple[str, ...] | None) -> None:
        model = self.model
        rejected = any(one.action == "reject" for one in model.holding(item))
        if self.deleted or item in model.rows() or rejected or not model.items[item].there:
            return
        who = speaker_of(name) if name else None
        change = Add(SLUG, place(model, item, edges), who, AttributionKind.MIXED, said)
        made = correct(self.engine, SETTINGS, change, by="Bo", tagger=fake_tagger)
        judged = model.judged(model.words(item, edges)) if said is None else ("other",)
        model.said.append(Said(made.number, item, "add", ("mixed", name, said), edges, ("", None, judged)))

    @precondition(lambda self: self.model.said)
    @rule(data=st.data())
    def turn(self, data: st.DataObject) -> None:
        said = data.draw(st.sampled_from(self.model.said))
        (undo if said.holds else redo)(self.engine, SETTINGS, said.number, by="Cem")
        said.holds = not said.holds

    @rule(one=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def merge(self, one: str, other: str) -> None:
        model = self.model
        with self.engine.connect() as conn:
            slugs = dict(conn.execute(select(speakers.c.name, speakers.c.slug)).all())
        if {one, other} <= set(slugs) and model.one(one) != model.one(other):
            made = merge_speakers(self.engine, SETTINGS, slugs[one], slugs[other], by="Anna Berg")
            model.merged.append((one, other, made.number, True))

    @precondition(lambda self: self.model.merged)
    @rule(data=st.data())
    def turn_merge(self, data: st.DataObject) -> None:
        merged = self.model.merged
        n = data.draw(st.integers(0, len(merged) - 1))
        one, other, number, holds = merged[n]
        (undo if holds else redo)(self.engine, SETTINGS, number, by="Cem")
        merged[n] = (one, other, number, not holds)

    @precondition(lambda self: not self.deleted)
    @rule(topic=st.sampled_from(_TOPIC_IDS), term=TERMS)
    def retag(self, topic: str, term: str) -> None:
        if self.model.terms.get(topic) == term:
            return
        with self.engine.connect() as conn:
            book = [replace(one, terms=(term,)) if one.id == topic else one for one in all_topics(conn)]
        self.model.terms[topic] = term
        self.model.terms = {one.id: self.model.terms[one.id] for one in TOPICS if one.id in self.model.terms}
        save_topics(self.engine, SETTINGS, book, based_on=None, tagger=fake_tagger)
        self.model.retag()

    @precondition(lambda self: not self.deleted)
    @rule(item=ITEMS, how=HOW)
    def reanalyse(self, item: int, how: Found | None) -> None:
        self.model.items[item].found = how
        with self.engine.begin() as conn:
            meta.lock(conn)
            replace_analysis(conn, self.key, self.model.analysis())

    @precondition(lambda self: not self.deleted)
    @rule(filler=st.sampled_from(("It rained.", "Much was said.\nLater it rained again.")), curly=st.booleans())
    def edit(self, filler: str, curly: bool) -> None:
        self._edited(fillers=[filler, f"Number {len(self.model.fillers)}.", *self.model.fillers[1:]], curly=curly)

    @precondition(lambda self: not self.deleted)
    @rule(item=ITEMS)
    def take_away_or_bring_back(self, item: int) -> None:
        self.model.items[item].there = not self.model.items[item].there
        self._edited()

    def _edited(self, **changed: Any) -> None:
        before = {item: self.rows[row.words].id for item, row in self._before().items()}
        for name, value in changed.items():
            setattr(self.model, name, value)
        with self.engine.begin() as conn:
            meta.lock(conn)
            replace_analysis(conn, self.key, self.model.analysis(), self.model.text)
        self.rows = self._stored()
        now = self.model.rows()
        with self.engine.connect() as conn:
            for item, uid in before.items():
                if item in now:
                    assert current_id(conn, uid) == self.rows[now[item].words].id

    def _before(self) -> dict[int, Any]:
        return {item: row for item, row in self.model.rows().items() if row.words in self.rows}

    @rule()
    def delete_or_bring_back(self) -> None:
        with self.engine.begin() as conn:
            (restore_article if self.deleted else delete_article)(conn, SLUG)
        self.deleted = not self.deleted

    @invariant()
    def all_is_as_people_and_machine_say(self) -> None:
        self.rows = self._stored()
        wanted = {} if self.deleted else {row.words: row for row in self.model.rows().values()}
        assert set(self.rows) == set(wanted)
        for words, row in self.rows.items():
            said = wanted[words]
            assert (row.speaker.name if row.speaker else None) == self.model.one(said.speaker)
            assert (set(row.topics), row.kind.value) == (set(said.topics), said.kind)
            assert set(row.corrected) == said.marks
        with self.engine.connect() as conn:
            assert counts.wrong(conn) == []
            assert [one for one in check_library(conn) if one.kind not in _COMPARED] == []
            self._all_are_kept(conn)

    def _all_are_kept(self, conn: Connection) -> None:
        assert conn.scalar(select(func.count()).select_from(corrections)) == len(self.model.said) + len(
            self.model.merged
        )
        kept = {row.number: row for row in conn.execute(select(corrections))}
        text, rows = self.model.text, {} if self.deleted else self.model.rows()
        for said in self.model.said:
            row, anchor = kept[said.number], anchor_of(kept[said.number].anchor)
            assert (row.undone is None) == said.holds
            assert row.placed == self.model.items[said.item].there
            assert anchor is not None
            span = find_again(text, anchor)
            assert (span is not None) == row.placed
            if span is not None:
                assert span.of(text) == anchor.exact == self.model.words(said.item, said.root)
            if said.item in rows:
                assert current_id(conn, row.quote_uid) == self.rows[rows[said.item].words].id
            elif not self.deleted:
                with pytest.raises(NotFound):
                    current_id(conn, row.quote_uid)


@pytest.mark.parametrize("steps", [30])
def test_corrections_last_whatever_is_done_to_their_article(engine: Engine, backend: str, steps: int) -> None:
    machine = type("MixedHere", (Mixed,), {"engine": engine})
    examples = int(os.environ.get("COMMUNIQUE_EXAMPLES", "0")) or (12 if backend == "sqlite" else 3)
    suppressed = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
    here = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=suppressed,
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(machine, settings=here)
