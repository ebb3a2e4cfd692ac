import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.present.alignment import align, rising
from app.present.differences import Comparison, compare
from app.present.wording import Piece, differences, key_of, units
from tests.ingest.copies import CORRECTED, CORRECTION, SUMMIT, edited, restyled, syndicated, updated

WORDS = st.sampled_from(
    ["we", "will", "not", "“wait”", "'wait'", "it’s", "it's", "...", "…", "a–b", "Nein", "\u00ad", "x"]
)
BLANKS = st.sampled_from([" ", "  ", "\u00a0", " \t"])
PARAGRAPH = st.lists(st.tuples(WORDS, BLANKS), min_size=1, max_size=12).map(
    lambda some: "".join(a + b for a, b in some)
)
TEXT = st.lists(st.one_of(PARAGRAPH, st.text(min_size=1, max_size=20)), max_size=12)


def kinds(comparison: Comparison) -> list[str]:
    return [change.kind for change in comparison.changes]


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def shown(pieces: tuple[Piece, ...]) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[piece.what].format(piece.text) for piece in pieces)


@given(TEXT, TEXT)
def test_both_texts_can_be_had_back_from_the_pieces(old: list[str], new: list[str]) -> None:
    comparison = compare(old, new)
    assert sorted(at for change in comparison.changes for at in change.old) == list(range(len(old)))
    assert sorted(at for change in comparison.changes for at in change.new) == list(range(len(new)))
    for change in comparison.changes:
        was = "\n".join(old[at] for at in change.old)
        now = "\n".join(new[at] for at in change.new)
        # Blanks alone are no words, so a paragraph that has no others is not told word by word.
        if change.kind not in ("reworded", "moved") or (key_of(was) and key_of(now)):
            assert "".join(piece.old for piece in change.pieces) == was
            assert "".join(piece.new for piece in change.pieces) == now
        assert all(piece.old == "" for piece in change.pieces if piece.what == "new")
        assert all(piece.new == "" for piece in change.pieces if piece.what == "gone")
        assert all(key_of(piece.old) == key_of(piece.new) for piece in change.pieces if piece.what == "same")


@given(TEXT)
def test_a_text_is_the_same_as_itself(text: list[str]) -> None:
    comparison = compare(text, text)
    assert set(kinds(comparison)) <= {"kept"}
    assert comparison.alike == 1.0


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_pairs_are_equal_and_rise_on_both_sides(old: list[int], new: list[int]) -> None:
    pairs = align(old, new)
    assert all(old[at] == new[there] for at, there in pairs)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in itertools.pairwise(pairs))


def test_the_longest_rising_choice_is_taken() -> None:
    assert rising([(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)]) == [(1, 0), (2, 1), (4, 2)]
    assert rising([]) == []


def test_two_paragraphs_more_are_two_that_are_new() -> None:
    comparison = compare(lines(SUMMIT), lines(updated(SUMMIT)))
    assert kinds(comparison) == ["kept"] * 4 + ["new"] + ["kept"] * 5 + ["new"]
    assert comparison.words["gone"] == 0
    assert comparison.alike == pytest.approx(0.89, abs=0.01)


def test_how_marks_blanks_and_paragraphs_are_set_is_no_difference() -> None:
    comparison = compare(lines(SUMMIT), lines(restyled(SUMMIT)))
    assert set(kinds(comparison)) == {"kept"}
    assert comparison.changes[0].old == (0, 1)
    back = compare(lines(restyled(SUMMIT)), lines(SUMMIT))
    assert set(kinds(back)) == {"kept"}
    assert back.changes[0].new == (0, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“No,” she said.", '"No," she said.'),
        ("« Non »", "“Non”"),
        ("it’s – well…", "it's - well..."),
        ("co\u00adop", "coop"),
    ],
)
def test_styles_of_marks_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_a_corrected_sentence_is_told_by_its_words() -> None:
    [piece] = [
        c for c in compare(lines(SUMMIT), lines(SUMMIT.replace(CORRECTED, CORRECTION))).changes if c.kind != "kept"
    ]
    assert piece.kind == "reworded"
    assert shown(piece.pieces).endswith(
        "She said [-the first of the -][+that both +]cables would be in service by the [-autumn -][+spring +]"
        "of [-2029-][+2030+]."
    )


def test_a_word_that_stays_between_two_changes_is_told_with_them() -> None:
    pieces = differences(
        units("they met long ago in the old town hall"), units("we talked only yesterday in a new place far away")
    )
    assert (
        shown(pieces)
        == "[-they met long ago in the old town hall-][+we talked only yesterday in a new place far away+]"
    )


def test_what_went_stands_where_it_stood() -> None:
    copy = lines(syndicated(edited(SUMMIT), 6))
    assert kinds(compare(lines(SUMMIT), copy))[:4] == ["new", "new", "reworded", "reworded"]
    assert kinds(compare(["One.", "Two words here.", "Three."], ["One.", "Nothing alike.", "Three."])) == [
        "kept",
        "gone",
        "new",
        "kept",
    ]


def test_a_paragraph_that_stands_elsewhere_has_moved() -> None:
    old = ["The first one.", "A second.", "And a third follows.", "The end."]
    comparison = compare(old, [old[2], old[0], old[1], old[3]])
    assert [(change.kind, change.old, change.new) for change in comparison.changes] == [
        ("moved", (2,), (0,)),
        ("kept", (0,), (1,)),
        ("kept", (1,), (2,)),
        ("kept", (3,), (3,)),
    ]
    assert comparison.counts == {"kept": 3, "reworded": 0, "moved": 1, "gone": 0, "new": 0}


def test_a_moved_paragraph_may_be_reworded() -> None:
    long = "The leaders will meet again in Riga in March to look at the fund"
    comparison = compare([long, "One.", "Two.", "Three."], ["One.", "Two.", "Three.", f"{long} again."])
    assert kinds(comparison) == ["kept", "kept", "kept", "moved"]
    assert shown(comparison.changes[-1].pieces) == f"{long} [+again.+]"


def test_nothing_and_something_differ_wholly() -> None:
    assert compare([], []).alike == 1.0
    assert compare([], ["A text."]).alike == 0.0
    assert kinds(compare(["A text."], [])) == ["gone"]


def many(count: int, length: int, seed: int, words: int = 50_000) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(f"w{rng.randrange(words)}" for _ in range(length)) for _ in range(count)]


def reworded(paragraphs: list[str]) -> list[str]:
    rng = random.Random(7)
    return [" ".join("other" if rng.random() < 0.1 else word for word in one.split(" ")) for one in paragraphs]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(many(4_000, 80, 1), id="two million characters"),
        pytest.param([" ".join(many(4_000, 80, 1))], id="the same in one paragraph"),
        pytest.param([" ".join(many(1, 100_000, 2, words=2))], id="two words again and again"),
        pytest.param(many(6_000, 40, 3, words=8), id="eight words in many paragraphs"),
        pytest.param(many(20_000, 1, 4, words=2), id="two lines again and again"),
    ],
)
def test_long_and_monotonous_texts_are_compared_in_seconds(paragraphs: list[str]) -> None:
    begun = time.perf_counter()
    comparison = compare(paragraphs, reworded(paragraphs))
    assert time.perf_counter() - begun < 20
    assert sum(comparison.counts.values()) >= len(paragraphs)


def test_a_statement_of_400_paragraphs_is_compared_word_by_word_at_once() -> None:
    paragraphs = many(400, 80, 5)
    begun = time.perf_counter()
    comparison = compare(paragraphs, reworded(paragraphs))
    assert time.perf_counter() - begun < 3
    assert comparison.counts["reworded"] > 390
    assert comparison.whole


def test_what_is_too_much_to_compare_is_said() -> None:
    paragraphs = many(2_000, 80, 6)
    comparison = compare(paragraphs, reworded(paragraphs))
    assert not comparison.whole
    last = [change for change in comparison.changes if change.kind == "reworded"][-1]
    assert [piece.what for piece in last.pieces] == ["gone", "new"]
