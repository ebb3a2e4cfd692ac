"""Every expected figure is worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.nlp.scoring.stretches import LabelledStretches, Stretch, Tally, stretch_report
from tests.nlp.scoring.marked import at

TEXT = "She said “gas is dear”. He said “the wall stays”. A “title”."


def said(words: str, speaker: str | None = None, *topics: str, also: Sequence[str] = ()) -> Stretch:
    return Stretch(*at(TEXT, words), topics, speaker, also)


GOLD = LabelledStretches(
    "a",
    TEXT,
    quotes=[
        said("gas is dear", "Nia Odell", "energy"),
        said("the wall stays", "Tom Brandt; Lea Ray", "nato", "us", also=["joint statement"]),
    ],
    ignore=[said("title")],
    paragraphs=[said("She said “gas is dear”.", None, "energy")],
)


def figures(*quotes: Stretch, paragraphs: Sequence[Stretch] = ()) -> dict[str, Any]:
    tally = Tally()
    tally.add(GOLD, quotes, paragraphs)
    return stretch_report(tally)


def test_the_gold_itself_is_right_in_every_figure() -> None:
    found = figures(*GOLD.quotes, paragraphs=GOLD.paragraphs)
    assert found["quotes"]["f1"] == found["quotes"]["exact_of_matched"] == 1.0
    assert found["speaker"] == {"accuracy_of_matched": 1.0, "full_name_of_matched": 1.0, "accuracy_of_gold": 1.0}
    assert found["topics_end_to_end"]["micro_f1"] == found["paragraph_topics"]["macro_f1"] == 1.0


def test_a_part_found_with_its_marks_and_half_a_name() -> None:
    found = figures(said("“gas is dear”", "Odell", "energy", "us"), said("title"))
    assert (found["quotes"]["precision"], found["quotes"]["recall"]) == (1.0, 0.5)
    assert found["speaker"] == {"accuracy_of_matched": 0.5, "full_name_of_matched": 0.0, "accuracy_of_gold": 0.25}
    topics = found["topics_end_to_end"]["per_topic"]
    assert topics["energy"]["f1"] == 1.0
    assert (topics["us"]["precision"], topics["us"]["support"], topics["nato"]["recall"]) == (0.0, 1, 0.0)
    assert list(topics) == ["energy", "nato", "us"]
    assert "nato" not in found["topics_on_matched"]["per_topic"]


def test_one_that_overlaps_by_less_than_half_is_missed_and_extra() -> None:
    found = figures(said("gas is dear”. He said “the", "Nia Odell"))
    assert (found["quotes"]["matched"], found["quotes"]["predicted"]) == (0, 1)


def test_no_topic_is_other_and_stands_apart() -> None:
    found = figures(said("gas is dear", "Nia Odell"))["topics_on_matched"]
    assert found["per_topic"]["other"]["precision"] == 0.0
    assert list(found["per_topic"])[-1] == "other"


def test_a_paragraph_that_was_not_found_misses_its_topics() -> None:
    assert figures()["paragraph_topics"]["per_topic"]["energy"]["recall"] == 0.0


def test_the_name_of_the_document_is_as_good_as_those_behind_it() -> None:
    assert figures(said("the wall stays", "the joint statement"))["speaker"]["full_name_of_matched"] == 1.0
