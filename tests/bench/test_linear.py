"""How much longer twice the text takes, for texts that are made to be slow."""

from __future__ import annotations

from time import process_time

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from app.nlp.pipeline import Analyser
from app.nlp.speakers import Speakers
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs
from tests.nlp.docs import linked

pytestmark = [pytest.mark.bench, pytest.mark.model]

MOST = 2.5
SIZE = 40_000
"""Code points of the shorter text: two pieces of the pipeline, so that what is quadratic beyond one would show."""
SPEAKERS = 5_000


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


def of_speakers(number: int) -> Doc:
    """A parsed ``Doc`` in one piece: everybody is an adviser, speaks, and goes on as "she" and "the adviser"."""
    words: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    people: list[tuple[int, int]] = []
    for i in range(number):
        first = len(words)
        for source in (["Adviser", f"A{chr(97 + i % 26)}a{i}", f"B{i}o"], [f"B{i}o"], ["She"], ["the", "adviser"]):
            start = len(words)
            verb = start + len(source)
            words += [*source, "said", "gas", "rose", "."]
            deps += [*["compound"] * (len(source) - 1), "nsubj", "ROOT", "nsubj", "ccomp", "punct"]
            heads += [*[verb - 1] * (len(source) - 1), verb, verb, verb + 2, verb, verb]
        people += [(first + 1, first + 3), (first + 7, first + 8)]
    pos = [_POS.get(word) or ("PROPN" if word[0].isupper() else "NOUN") for word in words]
    doc = Doc(
        Vocab(),
        words=words,
        pos=pos,
        tags=["NNP" if one == "PROPN" else "NN" for one in pos],
        deps=deps,
        heads=heads,
        lemmas=[_LEMMAS.get(word, word.lower()) for word in words],
    )
    doc.set_ents([Span(doc, *one, label="PERSON") for one in people])
    return doc


_POS = {"said": "VERB", "rose": "VERB", "She": "PRON", "the": "DET", ".": "PUNCT", "Adviser": "NOUN"}
_LEMMAS = {"said": "say", "rose": "rise"}


def test_twice_the_speakers_of_one_text_take_about_twice_the_time() -> None:
    taken = []
    for number in (SPEAKERS // 2, SPEAKERS):
        doc = linked(of_speakers(number))
        runs = []
        for _ in range(3):
            start = process_time()
            Speakers("speakers")(doc)
            runs.append(process_time() - start)
        taken.append(min(runs))
        assert len({record.speaker for record in doc._.attributions}) >= number
    print(f"\n{SPEAKERS} speakers: {taken[1]:.2f} s, half of them {taken[0]:.2f} s: {taken[1] / taken[0]:.2f} times")
    assert taken[1] / taken[0] <= MOST
