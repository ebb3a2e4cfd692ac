import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nlp.learned.windows import WINDOW, units_of, windows_of
from tests.nlp.learned.words import words


def test_a_paragraph_is_a_unit_and_several_share_a_window() -> None:
    text = words("a b c d e", paragraphs=[0, 0, 1, 1, 2])
    units = units_of(text, [1] * 5)
    assert units == [(0, 2), (2, 4), (4, 5)]
    (window,) = windows_of(units, [1] * 5)
    assert (window.start, window.end, window.units) == (0, 5, (0, 2, 4))


def test_a_window_ends_before_the_unit_that_does_not_fit() -> None:
    windows = list(windows_of([(0, 3), (3, 6), (6, 8)], [1] * 8, size=10))
    assert [(one.start, one.end) for one in windows] == [(0, 6), (6, 8)]


def test_what_is_taken_in_before_makes_only_the_first_window_shorter() -> None:
    windows = list(windows_of([(0, 3), (3, 6), (6, 8)], [1] * 8, size=10, first=4))
    assert [(one.start, one.end) for one in windows] == [(0, 3), (3, 8)]


def test_a_long_paragraph_is_cut_where_a_sentence_ends() -> None:
    count = WINDOW + 40
    text = words("w " * count, sentences=[0] * 200 + [1] * (count - 200))
    assert units_of(text, [1] * count) == [(0, 200), (200, count)]


def test_a_sentence_longer_than_a_window_is_cut_where_it_must_be() -> None:
    count = 3 * WINDOW
    units = units_of(words("w " * count), [1] * count)
    assert all(end - start <= WINDOW for start, end in units)
    assert [units[0][0], units[-1][1]] == [0, count]


def test_a_text_without_words_has_no_windows() -> None:
    assert list(windows_of(units_of(words(""), []), [])) == []


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), min_size=1, max_size=700))
def test_every_word_is_in_one_window_that_is_not_too_long(rows: list[tuple[int, bool, bool]]) -> None:
    paragraph = sentence = 0
    paragraphs, sentences = [], []
    for _, new_paragraph, new_sentence in rows:
        paragraph += new_paragraph
        sentence += new_sentence or new_paragraph
        paragraphs.append(paragraph)
        sentences.append(sentence)
    sizes = [size for size, _, _ in rows]
    text = words("w " * len(rows), paragraphs=paragraphs, sentences=sentences)
    windows = list(windows_of(units_of(text, sizes), sizes))
    assert [i for one in windows for i in range(one.start, one.end)] == list(range(len(rows)))
    for one in windows:
        assert sum(sizes[one.start : one.end]) + 1 + len(one.units) <= WINDOW


@pytest.mark.parametrize("size", [WINDOW // 2, WINDOW])
def test_units_lie_in_their_window(size: int) -> None:
    for one in windows_of([(i, i + 7) for i in range(0, 700, 7)], [2] * 700, size=size):
        assert one.units[0] == one.start
        assert all(one.start <= unit < one.end for unit in one.units)
