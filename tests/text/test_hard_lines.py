"""Texts and pages that are bad on purpose: each is read or refused with a sentence, and soon."""

from time import perf_counter

import pytest

from tests.text.making import MOST, read, refusal

PAGE = "<!doctype html><html><body>"
SENTENCE = "<p>The leaders met in Halden.</p>"
LIMIT = 20.0
"""Seconds, on a slow machine under load; what grows with the square of its length takes minutes."""


@pytest.mark.parametrize(
    "source",
    [
        PAGE + "<div>" * 100_000 + SENTENCE,
        PAGE + "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
        PAGE + "<p>" + "<b>" * 100_000 + "The leaders met in Halden." + "</i>" * 100_000,
        PAGE + f"<p class='{'wide ' * 1_000_000}'>The leaders met in Halden.</p>",
        PAGE + "<p>The leaders met" + " " * 2_000_000 + "in Halden.</p>",
        PAGE + SENTENCE + "<script></script >" * 50_000,
        PAGE + SENTENCE + "<!--" * 300_000,
        PAGE + SENTENCE + "<a x='" * 300_000,
        PAGE + SENTENCE + "<" * 300_000,
    ],
    ids=["deep", "deep and closed", "bold", "attribute", "blanks", "scripts", "comments", "quotes", "marks"],
)
def test_a_hostile_page_is_read_soon(source: str) -> None:
    start = perf_counter()
    assert "The leaders met in Halden." in read(source).article.text
    assert perf_counter() - start < LIMIT


@pytest.mark.parametrize(
    "part",
    ["The leaders met, and they went on for a long while, as they<br>", "<table><tr><td>a b c", "<li>some words"],
)
def test_time_grows_with_the_length_of_a_page(part: str) -> None:
    source = PAGE + "<p>" + part * 40_000
    start = perf_counter()
    assert read(source, most=10_000_000).article.text
    assert perf_counter() - start < LIMIT


def test_json_nested_without_end_is_refused() -> None:
    assert "nested too deeply" in refusal('{"text": ' + "[" * 100_000)
    assert "nested too deeply" in refusal('[{"text": ' + "[" * 100_000, "a.jsonl")


def test_a_reference_of_a_million_digits_is_no_reference() -> None:
    source = PAGE + f"<p>The leaders met in Halden. &#{'9' * 100_000};</p>"
    assert read(source).article.text.startswith("The leaders met in Halden. &#999")


def test_a_text_that_is_too_long_is_refused_whatever_it_came_from() -> None:
    for source, name in ((PAGE + SENTENCE, "a.html"), ("# The leaders\n\nmet", "a.md"), ("The leaders met.", "a.txt")):
        assert "at most 10 are taken in" in refusal(source, name, most=10)
    assert MOST > 10
