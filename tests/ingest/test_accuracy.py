"""How often the machine was right, by what people said; and the same as labelled data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.cli.labelled import read_corpora
from app.domain import AttributionKind, TextSpan
from app.ingest.changes import Add, Confirm, Reject, SetEdges, SetSpeaker, SetTopics
from app.ingest.correcting import correct, merge_speakers
from app.nlp.scoring.stretches import LabelledStretches, Stretch, Tally, stretch_report
from app.present.gold import article_of_gold, gold_of
from app.settings import Settings
from app.store.accuracy import Share, accuracy, judged_articles
from app.store.articles import add_article, article_text
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.judging import SPURIOUS
from tests.factories import find, make_analysis, numbered, person, read, say
from tests.ingest.tagging import fake_tagger

SETTINGS = Settings()
SLUG = "report-1"


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """A library with one article of 30 quotes by two speakers, all on energy, and one indirect quote."""
    with sqlite_engine.begin() as conn:
        article, _ = numbered(1, 30)
        text = f"{article.text}\nExperts say that it may wait. He called it “a plan” again."
        said = [
            say(
                text,
                f"Words 1.{n} are here",
                speaker=person(("Xi Jinping", "Vladimir Putin")[n % 2]),
                topics=("energy",),
            )
            for n in range(30)
        ]
        indirect = say(text, "it may wait", speaker=person("Experts"), kind=AttributionKind.INDIRECT)
        analysis = make_analysis(text, *said, indirect)
        add_article(conn, type(article)(article.title, text), read(text, analysis))
    return sqlite_engine


def said(engine: Engine, change: Any) -> None:
    correct(engine, SETTINGS, change, by="Anna Berg", tagger=fake_tagger)


def uids(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        page = list_quotes(conn, AttributionFilter(article=SLUG), limit=100)
    return [row.id for row in page.items]


def judge(engine: Engine) -> None:
    """20 judged: 12 right, 3 with other topics, 2 by another speaker, one with other edges, one none, one missed."""
    quotes = uids(engine)
    for uid in quotes[:12]:
        said(engine, Confirm(uid))
    for uid in quotes[12:15]:
        said(engine, SetTopics(uid, ("energy", "us")))
    for uid in quotes[15:17]:
        said(engine, SetSpeaker(uid, person("Wang Yi")))
    with engine.connect() as conn:
        text = article_text(conn, SLUG).text
    said(engine, SetEdges(quotes[17], find(text, "1.17 are here")))
    said(engine, Reject(quotes[18]))
    said(engine, Add(SLUG, find(text, "a plan"), person("Xi Jinping"), AttributionKind.MIXED, ("us",)))


def test_below_twenty_judged_quotes_nothing_is_said(engine: Engine) -> None:
    for uid in uids(engine)[:19]:
        said(engine, Confirm(uid))
    with engine.connect() as conn:
        assert accuracy(conn) is None
        few = accuracy(conn, enough=1)
    assert few is not None
    assert few.speaker == Share(19, 19)


def test_the_machine_is_as_right_as_people_say(engine: Engine) -> None:
    judge(engine)
    with engine.connect() as conn:
        found = accuracy(conn)
    assert found is not None
    assert (found.quotes, found.precision, found.recall) == (20, Share(18, 19), Share(18, 19))
    assert (found.edges, found.speaker, found.topics) == (Share(12, 13), Share(12, 14), Share(12, 15))
    assert [(one.topic, one.precision, one.recall) for one in found.by_topic] == [
        ("energy", Share(15, 15), Share(15, 15)),
        ("us", Share(0, 0), Share(0, 3)),
    ]
    speakers = {one.speaker.name if one.speaker else None: one.right for one in found.by_speaker}
    assert speakers == {"Xi Jinping": Share(6, 6), "Vladimir Putin": Share(6, 6), "Wang Yi": Share(0, 2)}
    assert [(one.kind, one.found) for one in found.by_kind] == [("direct", Share(18, 18)), ("mixed", Share(0, 1))]


def test_speakers_that_are_one_are_no_error(engine: Engine) -> None:
    judge(engine)
    for name in ("xi-jinping", "vladimir-putin"):
        merge_speakers(engine, SETTINGS, name, "wang-yi", by="Anna Berg")
    with engine.connect() as conn:
        found = accuracy(conn)
    assert found is not None
    assert found.speaker == Share(14, 14)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_lies_in_its_interval(right: int, wrong: int) -> None:
    share = Share(right, right + wrong)
    low, high = share.interval
    assert 0 <= low <= high <= 1
    assert share.value is None or low <= share.value <= high
    if right + wrong:
        wider = Share(right * 10, (right + wrong) * 10).interval
        assert wider[1] - wider[0] <= high - low


def test_an_interval_is_that_of_wilson() -> None:
    assert Share(8, 10).interval == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert Share(0, 10).interval == pytest.approx((0.0, 0.2775328), abs=1e-6)


def labelled(engine: Engine) -> tuple[dict[str, Any], str]:
    with engine.connect() as conn:
        article = article_text(conn, SLUG)
        rejected = [TextSpan(one["start"], one["end"]) for one in judged_articles(conn)[SLUG] if one["how"] == SPURIOUS]
        gold = gold_of(article, list_quotes(conn, AttributionFilter(article=SLUG), limit=100).items, rejected)
    assert gold is not None
    return gold, article.text


def score(gold: dict[str, Any], text: str, found: Sequence[Stretch]) -> Any:
    stretches = [
        [Stretch(one["start"], one["end"], one.get("topics", ()), one.get("speaker")) for one in gold[name]]
        for name in ("quotes", "ignore")
    ]
    tally = Tally()
    tally.add(LabelledStretches(SLUG, text, *stretches), found, [])
    return stretch_report(tally)


def test_what_nobody_judged_is_no_error_for_a_scorer(engine: Engine) -> None:
    judge(engine)
    gold, text = labelled(engine)
    assert len(gold["quotes"]) == 13
    everything = [
        Stretch(span.start, span.end, ("energy",), "Xi Jinping")
        for span in (find(text, f"Words 1.{n} are here") for n in range(30))
    ]
    figures = score(gold, text, everything)
    assert figures["quotes"]["gold"] == 13
    assert figures["quotes"]["matched"] == 12
    assert figures["quotes"]["predicted"] == 13, "the rejected one alone is an error"


def test_the_export_is_read_by_the_scorers(engine: Engine, tmp_path: Any) -> None:
    judge(engine)
    gold, _ = labelled(engine)
    with engine.connect() as conn:
        article = article_of_gold(article_text(conn, SLUG))
    for name, record in (("gold", gold), ("articles", article)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{SLUG}.json").write_text(json.dumps(record), encoding="utf-8")
    [corpus] = read_corpora(tmp_path, max_characters=100_000)
    [one] = corpus.articles
    assert len(one.quotes) == 13  # type: ignore[union-attr]


def test_an_article_in_which_nobody_judged_a_quote_whole_is_no_gold(engine: Engine) -> None:
    said(engine, SetTopics(uids(engine)[0], ("us",)))
    with engine.connect() as conn:
        article = article_text(conn, SLUG)
        assert gold_of(article, list_quotes(conn, AttributionFilter(), limit=100).items, ()) is None
