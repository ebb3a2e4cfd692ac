from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Anchor, TextSpan
from app.store.anchors import AROUND, CONTEXT, TELLING, find_again, quote_selector
from tests.factories import find

WORDS = st.text(st.sampled_from("abc .“”\nй́🙂"), max_size=60)
LONG = "We will not go on, whatever is said"
TEXT = f"He was asked.\n“{LONG},” she said. “Yes,” he said."


@given(st.data(), WORDS.filter(bool))
def test_an_anchor_is_the_words_with_what_stands_around_them(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = TextSpan(start, data.draw(st.integers(start + 1, len(text))))
    anchor = quote_selector(text, span)
    assert f"{anchor.prefix}{anchor.exact}{anchor.suffix}" in text
    assert anchor.exact == span.of(text)
    assert len(anchor.prefix) == min(CONTEXT, start)
    assert len(anchor.suffix) == min(CONTEXT, len(text) - span.end)
    assert find_again(text, anchor) == span


@given(WORDS, WORDS, WORDS)
def test_words_that_tell_are_found_wherever_they_have_gone(before: str, after: str, between: str) -> None:
    anchor = quote_selector(TEXT, find(TEXT, LONG))
    text = f"{before}{TEXT[:14]}{between}{TEXT[14:]}{after}"
    found = find_again(text, anchor)
    assert found is not None
    assert found.of(text) == LONG


@given(WORDS, WORDS)
def test_what_is_found_are_the_words(before: str, after: str) -> None:
    anchor = quote_selector(TEXT, find(TEXT, "Yes"))
    text = f"{before}Yes{after}"
    found = find_again(text, anchor)
    assert found is None or found.of(text) == "Yes"


def test_of_several_places_the_one_with_the_same_around_it_is_meant() -> None:
    text = "First: “We agree on all of it,” Xi said. Then: “We agree on all of it,” Putin said."
    second = quote_selector(text, find(text, "We agree on all of it", 1))
    changed = f"Long before that, it rained. {text}"
    assert find_again(changed, second) == find(changed, "We agree on all of it", 1)


def test_of_places_alike_the_nearest_is_meant() -> None:
    text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa. " * 9
    anchor = quote_selector(text, TextSpan(32 * 4, 32 * 4 + 30))
    assert find_again(text[:-32], anchor) == TextSpan(32 * 4, 32 * 4 + 30)


def test_short_words_alone_are_no_proof() -> None:
    anchor = quote_selector(TEXT, find(TEXT, "Yes"))
    assert len("Yes") < TELLING
    assert find_again("“Yes, I will,” somebody else said.", anchor) is None
    rest = f"New. {TEXT[-20:]}"
    assert find_again(rest, anchor) == find(rest, "Yes")
    assert AROUND < 20


@pytest.mark.parametrize(
    "words",
    ["We  will not\ngo on, whatever is said", "We\u00a0will not go on, whatever is said"],
)
def test_other_blanks_are_no_other_words(words: str) -> None:
    anchor = quote_selector(TEXT, find(TEXT, LONG))
    text = TEXT.replace(LONG, words)
    found = find_again(text, anchor)
    assert found is not None
    assert found.of(text) == words


@pytest.mark.parametrize(
    ("before", "now"),
    [("can’t", "can't"), ("a “so-called” deal", 'a "so-called" deal'), ("so-called", "so\u2011called")],
)
def test_other_quotation_marks_apostrophes_and_hyphens_are_no_other_words(before: str, now: str) -> None:
    text = f"He said that we {before} for ever and a day. It rained."
    anchor = quote_selector(text, find(text, f"we {before} for ever and a day"))
    changed = text.replace(before, now).replace("He", "Then he")
    found = find_again(changed, anchor)
    assert found is not None
    assert found.of(changed) == f"we {now} for ever and a day"


def test_words_that_are_gone_are_nowhere() -> None:
    anchor = quote_selector(TEXT, find(TEXT, LONG))
    assert find_again(TEXT.replace("go on", "stop"), anchor) is None
    assert find_again("", anchor) is None
    assert find_again("", Anchor(" ", "", "", 3, 4)) is None


@pytest.mark.parametrize("span", [TextSpan(2, 2), TextSpan(0, 9_999)])
def test_nothing_is_no_anchor(span: TextSpan) -> None:
    with pytest.raises(ValueError, match="no such span"):
        quote_selector(TEXT, span)
