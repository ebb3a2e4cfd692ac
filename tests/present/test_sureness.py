import pytest

from app.present.sureness import NOT_COUNTED, sureness, unsure


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.98, "Sure: of ten findings like this one, nearly all are right."),
        (0.91, "Sure: of ten findings like this one, about 9 are right."),
        (0.72, "Fairly sure: of ten findings like this one, about 7 are right."),
        (0.55, "Unsure: of ten findings like this one, about 6 are right."),
        (0.1, "Unsure: of ten findings like this one, about 1 is right."),
        (0.0, "Unsure: of ten findings like this one, hardly any is right."),
        (None, NOT_COUNTED),
    ],
)
def test_a_confidence_is_a_sentence(confidence: float | None, words: str) -> None:
    assert sureness(confidence) == words


def test_only_what_was_counted_and_is_often_wrong_is_a_warning() -> None:
    assert [unsure(one) for one in (0.5, 0.69, 0.7, 1.0, None)] == [True, True, False, False, False]
