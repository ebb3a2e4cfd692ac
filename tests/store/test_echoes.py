import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from app.domain import Article
from app.store.articles import add_article
from app.store.attributions import list_quotes, quotes_by_key
from app.store.echoes import echoes_of, shared
from app.store.filters import AttributionFilter
from app.store.rows import QuoteRow
from app.store.sameness import Sameness, sameness
from app.store.search_words import folded_words
from tests.factories import make_analysis, person, say

LIGHTS = "Nobody will be able to switch off our lights from the bottom of the sea"
PART = "Nobody will be able to switch off our lights"
REWORDED = "Nobody will ever be able to switch off our lights, not from the bottom of the sea"
PIPELINE = "We will build the pipeline, whatever others say"
OTHER = "Nobody will be able to say that the bottom of this barrel was not our own"


def add(engine: Engine, title: str, *said: str, who: str = "Liis Tamm", topics: tuple[str, ...] = ("energy",)) -> str:
    text = f"{title} begins.\n" + "\n".join(f"“{one},” {who} said." for one in said)
    with engine.begin() as conn:
        analysis = make_analysis(text, *(say(text, one, speaker=person(who), topics=topics) for one in said))
        return add_article(conn, Article(title, text), analysis)[0]


def quote_of(conn: Connection, article: str, words: str) -> QuoteRow:
    rows = list_quotes(conn, AttributionFilter(article=article)).items
    return next(row for row in rows if row.text == words)


@pytest.fixture
def outlets(engine: Engine) -> Engine:
    add(engine, "Wire", LIGHTS, PIPELINE)
    add(engine, "Post", LIGHTS.upper())
    add(engine, "Echo", PART)
    add(engine, "Times", REWORDED)
    add(engine, "Apart", OTHER, "It was our lights")
    return engine


def test_outlets_that_carry_a_quote_are_found_however_they_carry_it(outlets: Engine) -> None:
    with outlets.connect() as conn:
        found = echoes_of(conn, quote_of(conn, "wire", LIGHTS))
        assert {(one.quote.article.slug, one.sameness) for one in found} == {
            ("post", Sameness.SAME),
            ("echo", Sameness.PART),
            ("times", Sameness.NEARLY),
        }
        assert [one.quote.article.slug for one in found] == ["times", "echo", "post"], "the newest first"
        back = echoes_of(conn, quote_of(conn, "echo", PART))
        assert "wire" in {one.quote.article.slug for one in back}


def test_a_quote_that_nobody_else_carries_has_no_echo(outlets: Engine) -> None:
    with outlets.connect() as conn:
        assert echoes_of(conn, quote_of(conn, "wire", PIPELINE)) == ()
        assert echoes_of(conn, quote_of(conn, "apart", OTHER)) == ()


def test_the_article_itself_is_no_other_outlet(engine: Engine) -> None:
    add(engine, "Twice", LIGHTS, PIPELINE)
    add(engine, "Wire", PIPELINE, LIGHTS)
    with engine.connect() as conn:
        assert [one.quote.article.slug for one in echoes_of(conn, quote_of(conn, "wire", LIGHTS))] == ["twice"]


def test_two_words_are_everybodys(engine: Engine) -> None:
    add(engine, "One", "Serious concerns")
    add(engine, "Two", "Serious concerns")
    with engine.connect() as conn:
        assert echoes_of(conn, quote_of(conn, "one", "Serious concerns")) == ()


def test_no_more_than_asked_for_are_read(engine: Engine) -> None:
    for number in range(6):
        add(engine, f"Paper {number}", LIGHTS)
    with engine.connect() as conn:
        assert len(echoes_of(conn, quote_of(conn, "paper-0", LIGHTS), limit=3)) == 3


def test_signs_of_a_query_are_words_in_a_quote(engine: Engine) -> None:
    odd = 'AND "OR" not* topic: -x (y) NEAR gas: or what?'
    add(engine, "One", odd)
    add(engine, "Two", odd)
    with engine.connect() as conn:
        assert len(echoes_of(conn, quote_of(conn, "one", odd))) == 1


def test_quotes_that_two_sides_have_are_put_together(outlets: Engine) -> None:
    sides = [AttributionFilter(article=slug) for slug in ("wire", "echo", "post", "apart")]
    with outlets.connect() as conn:
        [group], whole = shared(conn, sides)
        assert whole
        assert group.sides == 3
        keys = [key for side in group.keys for key in side]
        assert {row.article.slug for row in quotes_by_key(conn, keys, 10).values()} == {"wire", "echo", "post"}


def test_that_not_all_was_looked_at_is_said(outlets: Engine) -> None:
    sides = [AttributionFilter(article="wire"), AttributionFilter(article="post")]
    with outlets.connect() as conn:
        groups, whole = shared(conn, sides, most=1)
        assert not whole
        assert len(groups) <= 1
        assert shared(conn, sides, most=2)[1]


def test_nothing_is_shared_with_nothing(outlets: Engine) -> None:
    with outlets.connect() as conn:
        sides = [AttributionFilter(article="wire"), AttributionFilter(article="nope")]
        assert shared(conn, sides) == ((), True)


WORDS = st.lists(st.sampled_from("we will build the line of gas and oil now never".split()), max_size=14).map(tuple)


@given(WORDS, WORDS)
def test_sameness_is_the_same_from_both_sides(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (sameness(one, other) is Sameness.SAME) == (one == other and len(one) >= 3)
    assert sameness(one, other) is sameness(other, one)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (LIGHTS, LIGHTS + "!", Sameness.SAME),
        (LIGHTS, PART, Sameness.PART),
        (LIGHTS, REWORDED, Sameness.NEARLY),
        (LIGHTS, OTHER, None),
        ("our lights", "our lights", None),
        ("switch off our lights", LIGHTS, None),
        ("", "", None),
    ],
)
def test_what_counts_as_the_same_quote(one: str, other: str, how: Sameness | None) -> None:
    assert sameness(folded_words(one), folded_words(other)) is how
