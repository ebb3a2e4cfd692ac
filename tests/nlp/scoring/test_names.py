from __future__ import annotations

import pytest

from app.nlp.scoring.names import name_score


@pytest.mark.parametrize(
    ("given", "wanted", "score"),
    [
        ("Nia Odell", "Nia Odell", 1.0),
        ("President Nia Odell", "nia odell", 1.0),
        ("Odell", "Nia Odell", 0.5),
        ("Nia", "Nia Odell", 0.5),
        ("Tom Odell", "Nia Odell", 0.5),
        ("Tom Brandt", "Nia Odell", 0.0),
        (None, "Nia Odell", 0.0),
        ("Hồ Đăng", "Ho Dang", 1.0),
        ("the U.S.", "US", 1.0),
        ("Odell’s", "Odell", 1.0),
        ("Tom Brandt and Nia Odell", "Nia Odell; Tom Brandt", 1.0),
        ("Nia Odell", "Nia Odell; Tom Brandt", 0.5),
        ("Lea; Max", "Nia Odell; Tom Brandt", 0.0),
        ("the president", "President", 0.5),
    ],
)
def test_names_are_compared_as_a_reader_would(given: str | None, wanted: str, score: float) -> None:
    assert name_score(given, wanted) == score


def test_the_best_of_several_accepted_names_counts() -> None:
    assert name_score("the statement", "Nia Odell; Tom Brandt", ["joint text", "statement"]) == 1.0
