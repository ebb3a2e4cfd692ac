"""How much longer twice the text takes, for texts that are made to be slow."""

from __future__ import annotations

from time import process_time

import pytest

from app.nlp.pipeline import Analyser
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

pytestmark = [pytest.mark.bench, pytest.mark.model]

MOST = 2.5
SIZE = 40_000
"""Code points of the shorter text: two pieces of the pipeline, so that what is quadratic beyond one would show."""


def prose() -> str:
    (seed,) = resource_dir("seeds").glob("*.txt")
    return seed.read_text(encoding="utf-8").partition("\n")[2] + " "


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("one line of prose", None),
        ("quotations of one letter", '"a" '),
        ("marks that never close", "“a "),
        ("marks alone", '"'),
        ("one word", "a"),
        ("lines of one letter", "a\n"),
        ("cues without an end", "said that "),
        ("turns", "KLEIN: I think that you are wrong.\nBRANDT: You are, and you know it.\n"),
        ("names behind quotations", "“We like it.” — Ida Moss\n"),
        ("pull quotes", "“We like it very much”\n\n“We like it very much,” she said. "),
        ("quotations reopened and never closed", "“We like it very much\n"),
        ("single marks that never close", "'a b "),
        ("declarations", "We say that it is dear. "),
        ("primes", '5" '),
    ],
)
def test_twice_the_text_takes_about_twice_the_time(name: str, unit: str | None) -> None:
    analyser = Analyser()
    taken = []
    for size in (SIZE, 2 * SIZE):
        words = unit or prose()
        text = (words * (size // len(words) + 1))[:size]
        runs = []
        for _ in range(2):
            start = process_time()
            analyser.analyse(text, split_paragraphs(text))
            runs.append(process_time() - start)
        taken.append(min(runs))
    print(f"\n{name}: {taken[0]:.2f} s, twice the text {taken[1]:.2f} s: {taken[1] / taken[0]:.2f} times")
    assert taken[1] / taken[0] <= MOST
