from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.domain import Article, Reading, TextSpan, Tokens, TopicEvidence
from app.errors import StoreError
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.readings import pack_readings, pack_tokens, unpack_readings, unpack_tokens
from app.store.schema import articles, evidence, readings
from tests.factories import SUMMIT_TEXT, make_analysis, read, say, summit

TEXT = "Words, words — and “Wörter”."

spans = st.builds(lambda start, length: TextSpan(start, start + length), st.integers(0, 5_000), st.integers(0, 300))
parts = st.lists(spans, max_size=3).map(tuple)
some_readings = st.builds(Reading, parts, parts, parts, parts, parts, parts, parts)


@st.composite
def some_tokens(draw: st.DrawFn) -> Tokens:
    ends = sorted(draw(st.sets(st.integers(1, len(TEXT)))))
    starts = [draw(st.integers(before, end - 1)) for before, end in zip([0, *ends], ends, strict=False)]
    words = [TEXT[start:end] for start, end in zip(starts, ends, strict=True)]
    lemmas = [draw(st.sampled_from([word, word.lower(), "be", "", '"\\', "0"])) for word in words]
    tags = [draw(st.sampled_from(["NOUN", "ADJ", ""])) for _ in words]
    entities = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["GPE", "ORG"]))))
    return Tokens(tuple(starts), tuple(ends), tuple(lemmas), tuple(tags), tuple(entities))


@given(some_tokens())
def test_tokens_come_back_as_they_were_packed(tokens: Tokens) -> None:
    assert unpack_tokens(TEXT, pack_tokens(TEXT, tokens)) == tokens


@given(st.dictionaries(st.text("abc234", min_size=12, max_size=12), some_readings))
def test_readings_come_back_as_they_were_packed(given_readings: dict[str, Reading]) -> None:
    assert unpack_readings(pack_readings(given_readings)) == given_readings


def test_a_token_takes_a_few_bytes() -> None:
    tokens = read(SUMMIT_TEXT, summit()[1]).tokens
    assert len(pack_tokens(SUMMIT_TEXT, tokens)) < 10 * len(tokens.starts) + 50


def test_tokens_and_readings_are_stored_with_the_article(conn: Connection) -> None:
    article, analysis = summit()
    whole = read(article.text, analysis)
    add_article(conn, article, whole)
    (row,) = conn.execute(select(readings)).all()
    assert unpack_tokens(article.text, row.tokens) == whole.tokens
    stored = list_quotes(conn, AttributionFilter()).items
    assert unpack_readings(row.quotes) == {quote.id: Reading(own=(quote.span,)) for quote in stored}


def test_an_analysis_without_tokens_stores_none(conn: Connection) -> None:
    add_article(conn, *summit())
    assert conn.execute(select(readings)).all() == []


def test_tokens_go_with_their_article(conn: Connection) -> None:
    article, analysis = summit()
    add_article(conn, article, read(article.text, analysis))
    conn.execute(articles.delete())
    assert conn.execute(select(readings)).all() == []


def test_evidence_comes_back_with_what_it_refers_to_and_its_score(conn: Connection) -> None:
    text = "NATO met. “The alliance will grow,” she said."
    said = say(text, "The alliance will grow", topics=("nato",))
    found = TopicEvidence("nato", TextSpan(11, 23), "NATO", "mention", TextSpan(0, 4), 0.75)
    said = replace(said, attribution=replace(said.attribution, evidence=(found,)))
    add_article(conn, Article("T", text), make_analysis(text, said))
    (quote,) = list_quotes(conn, AttributionFilter()).items
    assert quote.evidence == (found,)


@pytest.mark.parametrize("refers", [(1, None), (None, 1), (2, 2), (-1, 3)])
def test_evidence_cannot_refer_to_half_a_span(conn: Connection, refers: tuple[int | None, int | None]) -> None:
    add_article(conn, *summit())
    (row, *_) = conn.execute(select(evidence)).mappings().all()
    start, end = refers
    wrong = {**row, "id": 9_999, "refers_start": start, "refers_end": end}
    with pytest.raises(IntegrityError):
        conn.execute(insert(evidence).values(wrong))


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (Tokens((0,), (4,), ("a",), ()), "not whole"),
        (Tokens((3,), (3,), ("a",), ("X",)), "not whole"),
        (Tokens((0,), (9_999,), ("a",), ("X",)), "a token ends at 9999"),
    ],
)
def test_tokens_that_do_not_fit_are_refused(conn: Connection, wrong: Tokens, problem: str) -> None:
    article, analysis = summit()
    with pytest.raises(StoreError, match=problem):
        add_article(conn, article, replace(analysis, tokens=wrong))


def test_a_reading_that_reaches_past_the_end_is_refused(conn: Connection) -> None:
    article, analysis = summit()
    whole = read(article.text, analysis)
    far = replace(whole.quotes[0], reading=Reading(own=(TextSpan(0, 9_999),)))
    with pytest.raises(StoreError, match="what a quote is judged by at 0–9999"):
        add_article(conn, article, replace(whole, quotes=(far, *whole.quotes[1:])))
