from __future__ import annotations

import pytest

from app.nlp.scoring.letters import LetteredText, overlap


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('She said "yes" and "no".', ["yes", "no"]),
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ("They said ''we agree'' and ``so do we''.", ["we agree", "so do we"]),
        ('"A first paragraph.\n"And a second."', ["A first paragraph.", "And a second."]),
        ('A plank of 6" is long.', []),
        ('("in brackets") and—"after a dash"', ["in brackets", "after a dash"]),
        ('He called it "big."Then he left.', ["big."]),
        ("“outer “inner” rest”", ["outer “inner"]),
        ('Nothing "" and "!" here', []),
        ('He said " so " twice', [" so "]),
        ("„unten“ oben”", ["unten“ oben"]),
    ],
)
def test_a_run_stands_between_double_marks_and_ends_with_its_line(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end in LetteredText(text).runs] == runs


def test_marks_and_blanks_are_no_letters() -> None:
    text = LetteredText("“a, b” c")
    assert text.letters([(0, 6)]) == text.letters([(1, 2), (3, 5)]) == 0b10010


def test_a_kind_goes_by_the_quotation_marks() -> None:
    text = LetteredText("She said it was “a wall” of rain.")
    assert text.kind(text.letters([(16, 24)])) == "direct"
    assert text.kind(text.letters([(9, 24)])) == "mixed"
    assert text.kind(text.letters([(24, 32)])) == text.kind(0) == "indirect"


def test_overlap_is_intersection_over_union() -> None:
    assert overlap(0b1110, 0b0111) == 0.5
    assert overlap(0, 0) == overlap(1, 2) == 0.0
