from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import QueryError
from app.store.search_query import LONGEST, MOST, Query, Term, parse


def word(*words: str, field: str = "", prefix: bool = False) -> Term:
    return Term(words, prefix, field)


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("Gas price", Query(((word("gas"),), (word("price"),)))),
        ("“Joint  Statement”", Query(((word("joint", "statement"),),))),
        ("«gas»", Query(((word("gas"),),))),
        ("O’Brien", Query(((word("o", "brien"),),))),
        ("ener*", Query(((word("ener", prefix=True),),))),
        ('"energy part*"', Query(((word("energy", "part", prefix=True),),))),
        ('"energy part"*', Query(((word("energy", "part", prefix=True),),))),
        ("gas -oil", Query(((word("gas"),),), (word("oil"),))),
        (
            'gas -"joint statement" -speaker:xi',
            Query(((word("gas"),),), (word("joint", "statement"), word("xi", field="speaker"))),
        ),
        ("gas NOT oil", Query(((word("gas"),),), (word("oil"),))),
        ("gas AND oil", Query(((word("gas"),), (word("oil"),)))),
        ("gas OR oil price", Query(((word("gas"), word("oil")), (word("price"),)))),
        ("gas or oil", Query(((word("gas"),), (word("or"),), (word("oil"),)))),
        ('speaker:"Vladimir Putin"', Query(((word("vladimir", "putin", field="speaker"),),))),
        ("Speaker:putin title:summit", Query(((word("putin", field="speaker"),), (word("summit", field="title"),)))),
        ("topic:Energy", Query(topics=((word("Energy", field="topic"),),))),
        (
            'topic:"United  States" OR topic:nato',
            Query(topics=((word("United States", field="topic"), word("nato", field="topic")),)),
        ),
        ("gas -topic:nato", Query(((word("gas"),),), other_topics=(word("nato", field="topic"),))),
        ("12:30 http://x.org", Query(((word("12", "30"),), (word("http", "x", "org"),)))),
        ("he said: gas & oil - now", Query(tuple((word(one),) for one in "he said gas oil now".split()))),
        ("U.S. gas-price", Query(((word("us"),), (word("gas", "price"),)))),
        ("gas gas", Query(((word("gas"),),))),
        ("能源", Query(((word("能", "源"),),))),
        ("能*", Query(((word("能", prefix=True),),))),
    ],
)
def test_a_query_has_a_meaning(query: str, meaning: Query) -> None:
    assert parse(query) == meaning
    assert parse(str(meaning)) == meaning


@pytest.mark.parametrize(
    ("query", "explained"),
    [
        ("", "There is no word to look for"),
        (" … ! ", "There is no word to look for"),
        ("-gas", "only what must not be there: add a word"),
        ("-topic:nato", "only what must not be there: add a word"),
        ('gas "joint statement', "before “joint statement” is not closed"),
        ('gas "', "at the end is not closed"),
        ('gas ""', "no word between these quotation marks"),
        ('gas "…"', "no word between these quotation marks"),
        ("*", "stands behind the beginning of a word"),
        ("gas *", "stands behind the beginning of a word"),
        ("*gas", "not before or within a word"),
        ("g*s", "not before or within a word"),
        ("a*", "Too many words begin with a"),
        ("author:smith", "Nothing is known as “author:”; there are speaker:, topic: and title:"),
        ('-author:"ann smith"', 'put them in quotation marks: "author ann smith"'),
        ("speaker: putin", "speaker: wants something right behind it"),
        ("topic:", "topic: wants something right behind it"),
        ("speaker:!", "write letters or digits"),
        ("gas OR", "OR in capitals stands between two words"),
        ("OR gas", "OR in capitals stands between two words"),
        ("gas OR -oil", "OR in capitals stands between two words"),
        ("gas OR AND oil", "OR in capitals stands between two words"),
        ("gas NOT", "NOT in capitals stands before a word"),
        ("gas OR topic:nato", "not between a word and a topic"),
        ("x" * (LONGEST + 1), f"has {LONGEST + 1} characters; {LONGEST} are enough"),
        (" ".join(f"w{n}" for n in range(MOST + 1)), f"has {MOST + 1} terms"),
    ],
)
def test_what_cannot_be_understood_is_explained_in_a_sentence(query: str, explained: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert explained in str(caught.value)
    assert caught.value.status == 400
    assert str(caught.value).endswith(".")


PIECES = st.sampled_from(
    'gas Gas “ ” " * - : OR AND NOT or speaker: topic: title: author: "joint statement" -oil ener* 12:30 http://x '
    "O’Brien 能源 é ( ) ^ + { } ' \\ NEAR NEAR( a.b U.S. \x00 \ud800 % , ; ‑ “x” topic:energy speaker:xi".split(" ")
)


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
    )
)
def test_any_text_has_a_meaning_or_an_explanation_and_the_meaning_can_be_written_down(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        str(error).encode()
        return
    assert query.wanted or query.topics
    assert parse(str(query)) == query
