"""What a quotation is judged by, on the shipped rules: its clause, whom it is said to, and what it points to."""

from __future__ import annotations

import pytest

from app.domain import Topic
from app.nlp.pipeline import Analyser
from app.text.paragraphs import split_paragraphs

pytestmark = pytest.mark.model

TOPICS = (
    Topic("energy", "Energy", "", "#000000", terms=("energy", "gas", "pipeline")),
    Topic("nato", "NATO", "", "#000000", names=("NATO",), mentions=("alliance",)),
    Topic("us", "US", "", "#000000", names=("US", "Washington"), voices=("US", "Washington")),
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser("rules", TOPICS)


def why(analyser: Analyser, text: str) -> dict[str, list[tuple[str, str]]]:
    """By the words of each quotation, its topics and the rules that gave them."""
    found = analyser.analyse(text, split_paragraphs(text))
    return {
        quote.span.of(text): [(one.topic, one.rule) for one in quote.evidence]
        for quote in found.quotes
        if quote.kind != "indirect"
    }


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Dahl called the pipeline “a folly.”", "a folly.", [("energy", "clause")]),
        ("NATO left, after Dahl told Norland it should “play by the rules.”", "play by the rules.", []),
        ("Speaking at a NATO summit, Dahl called the ferry “a folly.”", "a folly.", []),
        ("Norland called the ferry “a folly”, and Washington blamed the gas.", "a folly", []),
        ("The US minister, Ole Dahl, called the ferry “a folly.”", "a folly.", []),
        (
            "Telling the NATO allies, Dahl said: “An attack on one is an attack on all.”",
            "An attack on one is an attack on all.",
            [],
        ),
        (
            "Dahl told NATO: “An attack on one is an attack on all.”",
            "An attack on one is an attack on all.",
            [("nato", "context")],
        ),
        (
            "Asked about the pipeline, Ole Dahl said: “No comment at all.”",
            "No comment at all.",
            [("energy", "context")],
        ),
    ],
)
def test_a_quotation_is_judged_by_its_words_and_their_clause(
    analyser: Analyser, text: str, quote: str, expected: list[tuple[str, str]]
) -> None:
    assert why(analyser, text)[quote] == expected


def test_we_of_an_official_means_the_country_and_of_anybody_else_nobody(analyser: Analyser) -> None:
    text = "“We will not wait,” US Vice-President Ole Dahl said. “We are poor,” Ida Moss, a US singer, said."
    assert why(analyser, text) == {"We will not wait,": [("us", "voice")], "We are poor,": []}


def test_we_of_an_official_who_is_a_pronoun_by_now_still_does(analyser: Analyser) -> None:
    text = "Ole Dahl, the US ambassador, came late. He spoke briefly. “Our ships will sail,” he said."
    assert why(analyser, text) == {"Our ships will sail,": [("us", "voice")]}


def test_we_of_several_speakers_means_none_of_them(analyser: Analyser) -> None:
    text = "US President Ida Moss and Premier Ole Dahl met in May. “We are glad,” they said."
    assert why(analyser, text) == {"We are glad,": []}


def test_what_somebody_vows_is_the_deed_of_whom_they_speak_for(analyser: Analyser) -> None:
    text = "US President Ida Moss spoke in May. Moss vowed “a swift answer.” She called the ferry “a folly.”"
    assert why(analyser, text) == {"a swift answer.": [("us", "voice")], "a folly.": []}


def test_a_pronoun_is_followed_and_one_that_means_the_speakers_is_not(analyser: Analyser) -> None:
    text = "The pipeline burst in May. “It is a pity,” Ole Dahl said. Two ministers said they “oppose the ferry.”"
    assert why(analyser, text) == {"It is a pity,": [("energy", "mention")], "oppose the ferry.": []}


def test_the_alliance_is_nato_where_nato_has_been_named(analyser: Analyser) -> None:
    text = "NATO met in May. Ole Dahl said the alliance “is not dead.”"
    assert why(analyser, text) == {"is not dead.": [("nato", "mention")]}
    assert why(analyser, text.replace("NATO", "The board")) == {"is not dead.": []}


def test_in_an_endless_sentence_only_what_is_near_a_quotation_is_its_clause(analyser: Analyser) -> None:
    text = f"Dahl said {', '.join(['“gas rose”'] * 300)}."
    found = analyser.analyse(text, split_paragraphs(text))
    readings = [quote.reading for quote in found.quotes if quote.reading is not None]
    assert len(readings) == 300
    farthest = [max(abs(span.start - one.own[0].start) for span in one.clause) for one in readings]
    assert max(farthest) < len(text) / 2
