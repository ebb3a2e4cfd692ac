from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import OTHER, Article
from app.ingest.suggestions import Suggestion, dismiss, dismissed, log_likelihood, restore, suggestions
from app.store import meta
from app.store.articles import add_article
from app.store.attributions import quote_by_id
from tests.factories import make_analysis, read, say, summit

TAGS = {
    "ADJ": "nuclear free new French".split(),
    "NOUN": "trade deal deals tariffs tariff pipeline weather year minister waste reactor".split(),
    "PROPN": "Brussels Ann".split(),
}
LEMMAS = {"deals": "deal", "tariffs": "tariff", "Brussels": "Brussels", "French": "French"}


def add(engine: Engine, number: int, *quotes: tuple[str, str]) -> None:
    """An article of *quotes*, each with the topic it has."""
    text = f"Report {number}.\n" + "\n".join(f"“{words}” she said." for words, _ in quotes)
    said = [say(text, words, topics=(topic,)) for words, topic in quotes]
    analysis = read(text, make_analysis(text, *said))
    words = [text[start:end] for start, end in zip(analysis.tokens.starts, analysis.tokens.ends, strict=True)]
    tags = tuple(next((tag for tag, some in TAGS.items() if word in some), "VERB") for word in words)
    named = tuple((n, n + 1, "PERSON") for n, word in enumerate(words) if word == "Ann")
    lemmas = tuple(LEMMAS.get(word, word.lower()) for word in words)
    with engine.begin() as conn:
        tokens = replace(analysis.tokens, lemmas=lemmas, tags=tags, entities=named)
        add_article(conn, Article(f"Report {number}", text), replace(analysis, tokens=tokens))


@pytest.fixture
def library(engine: Engine) -> Engine:
    add(engine, 1, ("We want a trade deal now", OTHER), ("It is a new pipeline", "energy"), ("Hello Ann", OTHER))
    add(engine, 2, ("They sign trade deals", OTHER), ("The pipeline goes", "energy"), ("Bye Ann", OTHER))
    add(engine, 3, ("No trade deal with Brussels", OTHER), ("This year it is tariffs", OTHER))
    add(engine, 4, ("Go to Brussels", OTHER), ("A year of the tariff", OTHER), ("A year and a minister", OTHER))
    return engine


def shown(engine: Engine) -> list[Suggestion]:
    with engine.connect() as conn:
        return suggestions(conn)


def test_what_other_quotes_speak_of_is_suggested_with_its_terms_and_quotes(library: Engine) -> None:
    first, *rest = shown(library)
    assert (first.key, first.label, first.terms) == ("trade deal", "Trade deal", ("trade deal",))
    with library.connect() as conn:
        words = [quote_by_id(conn, one).text for one in first.quotes]
    assert words == ["We want a trade deal now", "They sign trade deals", "No trade deal with Brussels"]
    assert [(one.key, len(one.quotes)) for one in rest] == [("brussels", 2), ("tariff", 2)]
    assert first.score > rest[0].score == rest[1].score > 0


def test_a_phrase_whose_lemmas_have_capitals_is_found_by_its_forms(engine: Engine) -> None:
    add(engine, 1, ("Our French deals", OTHER), ("All French deals", OTHER), ("The pipeline", "energy"))
    assert [one.terms for one in shown(engine)] == [("french deal", "french deals")]


def test_names_of_people_and_words_of_time_and_office_suggest_nothing(library: Engine) -> None:
    words = {word for one in shown(library) for term in one.terms for word in term.split()}
    assert words.isdisjoint({"ann", "year", "minister", "new", "pipeline"})


def test_what_is_as_common_elsewhere_is_not_suggested(engine: Engine) -> None:
    add(engine, 1, ("The reactor", "energy"), ("A reactor", "energy"), ("One reactor", OTHER))
    add(engine, 2, ("Our reactor", OTHER), ("The weather", OTHER), ("Some weather", OTHER))
    assert [one.key for one in shown(engine)] == ["weather"]


def test_a_suggestion_that_is_dismissed_stays_away_until_it_is_restored(library: Engine) -> None:
    before = shown(library)
    with library.begin() as conn:
        dismiss(conn, "tariff")
        dismiss(conn, "tariff")
        revision = meta.revision(conn)
    assert shown(library) == [one for one in before if one.key != "tariff"]
    with library.begin() as conn:
        assert dismissed(conn) == {"tariff"}
        restore(conn, "tariff")
        restore(conn, "tariff")
        assert meta.revision(conn) == revision + 1
    assert shown(library) == before


def test_the_same_library_gives_the_same_list(library: Engine) -> None:
    assert shown(library) == shown(library)


def test_a_library_without_tokens_or_without_topics_is_no_error(engine: Engine) -> None:
    assert shown(engine) == []
    with engine.begin() as conn:
        add_article(conn, *summit())
    assert shown(engine) == []
    add(engine, 1, ("A tariff", OTHER), ("Two tariffs", OTHER))
    assert [(one.key, one.score) for one in shown(engine)] == [("tariff", 0)]


def test_the_ratio_is_dunnings() -> None:
    assert log_likelihood(10, 2, 100, 100) == pytest.approx(5.822, abs=0.001)
    assert log_likelihood(2, 10, 100, 100) == -log_likelihood(10, 2, 100, 100)
    assert log_likelihood(3, 0, 10, 0) == 0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(1, 50))
def test_the_ratio_is_above_nothing_exactly_where_the_share_is_higher(a: int, b: int, c: int, d: int) -> None:
    ratio = log_likelihood(min(a, c), min(b, d), c, d)
    higher = min(a, c) * d - min(b, d) * c
    assert ratio * higher >= 0
