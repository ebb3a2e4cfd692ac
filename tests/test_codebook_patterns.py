"""Token patterns: which are kept, and how the others are refused."""

import re
from itertools import product
from time import perf_counter
from typing import Any

import pytest

from app.codebook.patterns import canonical


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LEMMA": "gas"}, {"LOWER": "price"}],
        [{"ORTH": "US", "IS_UPPER": True}],
        [{"LEMMA": {"IN": ["gas", "oil"]}, "POS": "NOUN"}, {}, {"LIKE_NUM": True, "OP": "?"}],
        [{"ENT_TYPE": "GPE", "OP": "{1,10}"}, {"LOWER": {"NOT_IN": ["the"]}, "OP": "!"}],
        [{"TEXT": "Nord", "OP": "{2}"}, {"IS_TITLE": False, "OP": "{0,9}"}],
    ],
)
def test_a_pattern_that_says_what_it_looks_for_is_kept(pattern: list[dict[str, Any]]) -> None:
    assert canonical(pattern).startswith("[{")


def test_one_pattern_has_one_form() -> None:
    assert canonical([{"OP": "{2}", "LOWER": "ä"}]) == canonical([{"LOWER": "ä", "OP": "{2}"}])
    assert canonical([{"OP": "{2}", "LOWER": "ä"}]) == '[{"LOWER":"ä","OP":"{2}"}]'


@pytest.mark.parametrize(
    "pattern",
    [
        [{}],
        [{"POS": "NOUN"}],
        [{"IS_TITLE": True}],
        [{"LOWER": "gas", "OP": "?"}],
        [{"LOWER": "gas", "OP": "!"}],
        [{"LOWER": "gas", "OP": "{0,2}"}],
        [{"LOWER": {"NOT_IN": ["gas"]}}],
    ],
)
def test_a_pattern_that_matches_everything_is_refused(pattern: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="matches everything; at least one token must be there"):
        canonical(pattern)


@pytest.mark.parametrize("op", ["*", "+", "{2,}", "{,2}", "**", "", 5, True])
def test_an_operator_without_an_end_is_refused_with_what_to_write(op: object) -> None:
    with pytest.raises(ValueError, match=r"exponential time; write \{0,5\} for \* and \{1,5\} for \+"):
        canonical([{"LOWER": "gas", "OP": op}])


@pytest.mark.parametrize("op", ["{0}", "{0,0}", "{3,2}", "{1,11}", "{11}"])
def test_a_range_that_is_empty_or_long_is_refused(op: str) -> None:
    with pytest.raises(ValueError, match="from 0 or more to 10 times at most"):
        canonical([{"LOWER": "gas", "OP": op}])


@pytest.mark.parametrize("pattern", [[{"REGEX": "a+"}], [{"LOWER": {"REGEX": "(a+)+"}}]])
def test_a_regular_expression_is_refused_with_what_to_write(pattern: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="REGEX can take exponential time and is not allowed; list the words"):
        canonical(pattern)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ([], "a list of tables"),
        ("gas", "a list of tables"),
        (["gas"], "a list of tables"),
        ([{"LOWER": "a"}] * 13, "13 tokens, and 12 are allowed"),
        ([{"lower": "a"}], "unknown key “lower”; known are ORTH,"),
        ([{"LOWER": "a", "IS_TITLE": "yes"}], "IS_TITLE is true or false"),
        ([{"LOWER": True}], "LOWER takes a word in quotes"),
        ([{"LOWER": ""}], "none of them empty"),
        ([{"LOWER": {"IN": []}}], "none of them empty"),
        ([{"LOWER": {"IN": "a"}}], "or {NOT_IN"),
        ([{"LOWER": {"IN": [5]}}], "LOWER takes a word in quotes"),
        ([{"LOWER": {"IN": ["a"], "NOT_IN": ["b"]}}], "or {NOT_IN"),
        ([{"LOWER": {"FUZZY": ["a"]}}], "or {NOT_IN"),
        ([{"LOWER": {"IN": ["a"] * 201}}], "200 words of 200 characters"),
        ([{"LOWER": "Gas"}], "“Gas” never matches; write “gas”"),
        ([{"LOWER": "a"}, *[{"OP": "?"}] * 11], "leaves 11 tokens open"),
        ([{"LOWER": "a"}, {"OP": "{0,6}"}, {"OP": "{1,6}"}], "leaves 11 tokens open"),
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(pattern: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        canonical(pattern)


def test_what_is_allowed_is_understood_by_the_matcher_and_quick() -> None:
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    doc = nlp.make_doc("gas " * 200 + "price")
    operators = ("!", "?", "{2}", "{1,3}")
    patterns: list[list[dict[str, Any]]] = [
        [{"LOWER": "gas"}, *[{"LOWER": "gas", "OP": "?"}] * 10, {"LOWER": "price"}],
        [{"LOWER": "gas"}, {"OP": "{0,10}"}, {"LOWER": "price"}],
        *([{"LOWER": "gas"}, {"LOWER": "gas", "OP": one}, {"OP": two}] for one, two in product(operators, repeat=2)),
    ]
    for pattern in patterns:
        assert canonical(pattern)
        matcher = Matcher(nlp.vocab, validate=True)
        matcher.add("x", [pattern])
        started = perf_counter()
        matcher(doc)
        assert perf_counter() - started < 1
