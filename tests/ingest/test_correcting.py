"""What a person says of a quote, said, seen and undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from app.domain import Action, AttributionKind, Scope, Speaker, SpeakerKind, TextSpan
from app.errors import Conflict, NotFound
from app.ingest.changes import Add, Confirm, CorrectionError, Reject, SetEdges, SetKind, SetSpeaker, SetTopics
from app.ingest.correcting import correct, merge_speakers, redo, undo
from app.settings import Settings
from app.store import counts
from app.store.articles import add_article
from app.store.attributions import list_quotes, quote_by_id
from app.store.corrections import Correction, Disagreement, current_id, history, latest
from app.store.filters import AttributionFilter
from app.store.reanalysing import replace_analysis
from app.store.rows import QuoteRow
from app.store.schema import articles, attributions
from app.store.search_keeping import wrong as unfindable
from tests.factories import SUMMIT_TEXT, find, make_analysis, person, read, say, summit
from tests.ingest.tagging import fake_tagger

SETTINGS = Settings()
WE = "We will build a closer energy partnership"
SERIOUS = "serious concerns"
WAR = "It is a long war"


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A library with the summit in it."""
    with engine.begin() as conn:
        article, analysis = summit()
        add_article(conn, article, read(article.text, analysis))
    return engine


def say_so(engine: Engine, change: Any, by: str = "Anna Berg", **more: Any) -> Correction:
    return correct(engine, SETTINGS, change, by=by, tagger=fake_tagger, **more)


def unnumbered(row: QuoteRow) -> QuoteRow:
    """*row* without the number of its attribution, which is another whenever the article is written."""
    return replace(row, attribution=replace(row.attribution, id=0))


def every(engine: Engine) -> dict[str, QuoteRow]:
    """All quotes by their words; a library in which they are wrongly counted or indexed fails."""
    with engine.connect() as conn:
        assert counts.wrong(conn) == []
        assert unfindable(conn, list(conn.scalars(select(articles.c.id)))) == []
        return {row.text: unnumbered(row) for row in list_quotes(conn, AttributionFilter(), limit=100).items}


def quote(engine: Engine, words: str) -> QuoteRow:
    return every(engine)[words]


def article_id(conn: Connection) -> int:
    found: int | None = conn.scalar(select(articles.c.id))
    assert found is not None
    return found


def test_a_speaker_that_a_person_names_is_theirs(engine: Engine) -> None:
    before = quote(engine, WAR)
    made = say_so(engine, SetSpeaker(before.id, Speaker("Jane Doe", SpeakerKind.PERSON)), note="She told me.")
    after = quote(engine, WAR)
    assert after.speaker is not None
    assert after.speaker.name == "Jane Doe"
    assert after.attribution.rule == "person"
    assert after.attribution.reason == f"Anna Berg said so on {made.at.day} {made.at:%B %Y}."
    assert after.attribution.confidence is None
    assert after.attribution.chain == ()
    assert after.corrected == ("speaker",)
    assert after.id == before.id
    assert (made.action, made.by, made.note) == (Action.SPEAKER, "Anna Berg", "She told me.")
    assert every(engine)[WE].corrected == ()


def test_a_speaker_may_be_corrected_everywhere_in_the_article(engine: Engine) -> None:
    say_so(engine, SetSpeaker(quote(engine, WE).id, person("Wang Yi"), Scope.ARTICLE))
    now = every(engine)
    assert [now[words].speaker.name for words in (WE, SERIOUS)] == ["Wang Yi"] * 2  # type: ignore[union-attr]
    assert now[WAR].speaker is None
    assert now[SERIOUS].corrected == ("speaker",)


def test_nobody_is_not_corrected_everywhere(engine: Engine) -> None:
    with pytest.raises(CorrectionError, match="names nobody here"):
        say_so(engine, SetSpeaker(quote(engine, WAR).id, person("Wang Yi"), Scope.ARTICLE))


def test_topics_that_a_person_sets_have_no_evidence_made_up(engine: Engine) -> None:
    say_so(engine, SetTopics(quote(engine, WE).id, ("nato", "energy")))
    after = quote(engine, WE)
    assert after.topics == ("nato", "energy")
    assert [one.topic for one in after.evidence] == ["energy"]
    assert after.attribution.topics == ("nato", "energy")
    assert after.corrected == ("topics",)
    say_so(engine, SetTopics(after.id, ("other",)))
    assert quote(engine, WE).topics == ("other",)
    assert quote(engine, WE).evidence == ()


def test_a_kind_is_that_of_all_that_is_said_with_it(engine: Engine) -> None:
    say_so(engine, SetKind(quote(engine, WE).id, AttributionKind.MIXED))
    assert quote(engine, WE).kind == "mixed"
    assert quote(engine, WE).corrected == ("kind",)


def test_edges_move_and_the_old_address_leads_on(engine: Engine) -> None:
    before = quote(engine, "the pipeline may wait")
    wider = find(SUMMIT_TEXT, "that the pipeline may wait. Nobody was surprised.")
    made = say_so(engine, SetEdges(before.id, TextSpan(wider.start - 1, wider.end)))
    after = quote(engine, wider.of(SUMMIT_TEXT))
    assert after.id != before.id
    assert after.corrected == ("edges",)
    assert after.sentence.span.contains(wider)
    assert after.clause.span.contains(wider)
    with engine.connect() as conn:
        assert current_id(conn, before.id) == after.id
        assert [one.number for one in history(conn, quote_id=after.id).items] == [made.number]
    undo(engine, SETTINGS, made.number, by="Bo")
    with engine.connect() as conn:
        assert current_id(conn, after.id) == before.id
        assert unnumbered(quote_by_id(conn, before.id)) == before


def test_what_is_rejected_is_gone_until_that_is_undone(engine: Engine) -> None:
    before = quote(engine, WAR)
    made = say_so(engine, Reject(before.id))
    assert WAR not in every(engine)
    with pytest.raises(Disagreement, match="Anna Berg rejected this quote"):
        say_so(engine, SetTopics(before.id, ("energy",)), by="Bo", based_on=0)
    undone = undo(engine, SETTINGS, made.number, by="Bo")
    assert undone.undone_by == "Bo"
    assert quote(engine, WAR) == before


def test_a_missed_quote_is_added_and_judged(engine: Engine) -> None:
    span = find(SUMMIT_TEXT, "Leaders met in Beijing")
    made = say_so(engine, Add("leaders-meet-in-beijing", span, None, AttributionKind.INDIRECT))
    added = quote(engine, "Leaders met in Beijing")
    assert (added.id, added.topics, added.speaker, added.corrected) == (made.quote_id, ("other",), None, ("added",))
    nobody = find(SUMMIT_TEXT, "Nobody was surprised")
    said = Add(
        "leaders-meet-in-beijing", nobody, person("Wang Yi"), AttributionKind.DIRECT, ("us",), "Nobody was surprised"
    )
    say_so(engine, said)
    assert quote(engine, "Nobody was surprised").topics == ("us",)


def test_an_added_quote_is_judged_by_its_words(engine: Engine) -> None:
    span = find(SUMMIT_TEXT, "Experts say that the pipeline")
    say_so(engine, Add("leaders-meet-in-beijing", span, None, AttributionKind.INDIRECT))
    added = quote(engine, "Experts say that the pipeline")
    assert added.topics == ("energy",)
    assert [one.term for one in added.evidence] == ["pipeline"]


def test_words_that_are_a_quote_are_none_again(engine: Engine) -> None:
    article = "leaders-meet-in-beijing"
    with pytest.raises(Conflict, match="a quote already"):
        say_so(engine, Add(article, find(SUMMIT_TEXT, WAR), None, AttributionKind.DIRECT))
    with pytest.raises(Conflict, match="move its edges"):
        say_so(engine, Add(article, find(SUMMIT_TEXT, WAR[:-4]), None, AttributionKind.DIRECT))
    with pytest.raises(Conflict, match="a quote already"):
        say_so(engine, SetEdges(quote(engine, WE).id, find(SUMMIT_TEXT, WAR)))
    rejected = say_so(engine, Reject(quote(engine, WAR).id))
    with pytest.raises(Disagreement) as refused:
        say_so(engine, Add(article, find(SUMMIT_TEXT, WAR), None, AttributionKind.DIRECT), by="Bo")
    assert refused.value.other == rejected


@pytest.mark.parametrize(
    ("span", "words", "problem"),
    [
        (TextSpan(3, 3), None, "Nothing is selected"),
        (TextSpan(7, 8), None, "Nothing is selected"),
        (TextSpan(0, 99_999), None, "past the end"),
        (TextSpan(0, 7), "Others!", "Other words|other words"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused(
    engine: Engine, span: TextSpan, words: str | None, problem: str
) -> None:
    with pytest.raises((CorrectionError, Conflict), match=problem):
        say_so(engine, Add("leaders-meet-in-beijing", span, None, AttributionKind.DIRECT, words=words))
    assert len(every(engine)) == 4


def test_what_is_confirmed_stays_whatever_the_machine_says_next(engine: Engine) -> None:
    before = quote(engine, WE)
    say_so(engine, Confirm(before.id))
    assert quote(engine, WE).corrected == ("confirmed",)
    text = SUMMIT_TEXT
    with engine.begin() as conn:
        later = make_analysis(text, say(text, WE, speaker=person("Wang Yi"), topics=("us",)))
        replace_analysis(conn, article_id(conn), later)
    after = quote(engine, WE)
    assert (after.speaker, after.topics, after.kind, after.id) == (
        before.speaker,
        before.topics,
        before.kind,
        before.id,
    )


def test_the_second_of_two_people_sees_what_the_first_said(engine: Engine) -> None:
    before = quote(engine, WE)
    with engine.connect() as conn:
        seen = latest(conn)
    first = say_so(engine, SetTopics(before.id, ("nato",)), based_on=seen)
    with pytest.raises(Disagreement, match=r"Anna Berg said that this quote is on NATO on .* UTC") as refused:
        say_so(engine, SetTopics(before.id, ("us",)), by="Bo", based_on=seen)
    assert refused.value.other == first
    assert say_so(engine, SetTopics(before.id, ("nato",)), by="Bo", based_on=seen) == first
    other = say_so(engine, SetKind(before.id, AttributionKind.MIXED), by="Bo", based_on=seen)
    assert other.number == first.number + 1
    with pytest.raises(Disagreement):
        say_so(engine, Confirm(before.id), by="Cleo", based_on=seen)
    say_so(engine, SetTopics(before.id, ("us",)), by="Bo", based_on=other.number)
    assert quote(engine, WE).topics == ("us",)


def test_corrections_are_undone_in_any_order_and_hold_again(engine: Engine) -> None:
    before = quote(engine, WE)
    first = say_so(engine, SetTopics(before.id, ("nato",)))
    second = say_so(engine, SetTopics(before.id, ("us",)))
    undo(engine, SETTINGS, first.number, by="Bo")
    assert quote(engine, WE).topics == ("us",)
    undo(engine, SETTINGS, second.number, by="Bo")
    assert quote(engine, WE) == before
    redo(engine, SETTINGS, first.number, by="Bo")
    assert quote(engine, WE).topics == ("nato",)
    with pytest.raises(Conflict, match="Bo undid this on"):
        undo(engine, SETTINGS, second.number, by="Anna Berg")
    with pytest.raises(Conflict, match="This holds"):
        redo(engine, SETTINGS, first.number, by="Bo")
    with pytest.raises(NotFound, match="no correction 99"):
        undo(engine, SETTINGS, 99, by="Bo")


def test_a_correction_of_what_was_added_ends_with_it(engine: Engine) -> None:
    added = say_so(
        engine, Add("leaders-meet-in-beijing", find(SUMMIT_TEXT, "Nobody was surprised"), None, AttributionKind.DIRECT)
    )
    say_so(engine, SetTopics(str(added.quote_id), ("us",)))
    undo(engine, SETTINGS, added.number, by="Bo")
    assert len(every(engine)) == 4
    redo(engine, SETTINGS, added.number, by="Bo")
    assert quote(engine, "Nobody was surprised").topics == ("us",)


def test_two_speakers_are_made_one_and_told_apart_again(engine: Engine) -> None:
    before = every(engine)
    made = merge_speakers(engine, SETTINGS, "experts", "xi-jinping-and-vladimir-putin", by="Anna Berg")
    now = quote(engine, "the pipeline may wait")
    assert now.speaker == before[WE].speaker
    with pytest.raises(Conflict, match="one speaker already"):
        merge_speakers(engine, SETTINGS, "experts", "xi-jinping-and-vladimir-putin", by="Bo")
    text = "Again.\n“The pipeline is late,” experts said."
    with engine.begin() as conn:
        said = say(text, "The pipeline is late", speaker=Speaker("Experts", SpeakerKind.GROUP))
        add_article(conn, summit()[0].__class__("Again", text), make_analysis(text, said))
    assert quote(engine, "The pipeline is late").speaker == before[WE].speaker
    undo(engine, SETTINGS, made.number, by="Bo")
    assert quote(engine, "The pipeline is late").speaker == before["the pipeline may wait"].speaker
    with engine.connect() as conn:
        assert (
            conn.scalars(select(attributions.c.merged_from).where(attributions.c.merged_from.is_not(None))).all() == []
        )
        assert history(conn).items[0].undone_by == "Bo"


@pytest.mark.parametrize("by", ["", "  \n", "x" * 301])
def test_a_correction_has_somebody_who_made_it(engine: Engine, by: str) -> None:
    with pytest.raises(CorrectionError):
        say_so(engine, Reject(quote(engine, WE).id), by=by)
