from hypothesis import given
from hypothesis import strategies as st

from app.domain import TextSpan
from app.present.marking import Mark, segments


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark], int]:
    text = draw(st.text(max_size=60))
    offset = draw(st.integers(0, 30))
    places = st.integers(0, len(text) + offset + 20)
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        marks.append(Mark(TextSpan(start, end), draw(st.sampled_from(["said", "cue"])), "t-us", f"q{number}"))
    return text, marks, offset


@given(marked_texts())
def test_the_pieces_joined_are_the_text_to_the_letter(given_: tuple[str, list[Mark], int]) -> None:
    text, marks, offset = given_
    assert "".join(piece.text for piece in segments(text, marks, offset=offset)) == text


@given(marked_texts())
def test_every_character_lies_under_exactly_the_marks_that_cover_it(given_: tuple[str, list[Mark], int]) -> None:
    text, marks, offset = given_
    place = offset
    for piece in segments(text, marks, offset=offset):
        for _ in piece.text:
            covering = {id(mark) for mark in marks if mark.span.start <= place < mark.span.end}
            assert {id(mark) for mark in piece.marks} == covering
            place += 1


@given(marked_texts())
def test_a_quote_is_anchored_where_it_begins_and_nowhere_else(given_: tuple[str, list[Mark], int]) -> None:
    text, marks, offset = given_
    found = [anchor for piece in segments(text, marks, offset=offset) for anchor in piece.anchors]
    inside = [
        mark.quote
        for mark in marks
        if offset <= mark.span.start < offset + len(text) and mark.span.start < mark.span.end
    ]
    assert sorted(found) == sorted(inside)


def test_classes_are_named_once_each() -> None:
    marks = [Mark(TextSpan(0, 4), "said", "t-us", "a"), Mark(TextSpan(0, 4), "said", "t-us", "b")]
    (piece,) = segments("word", marks)
    assert piece.classes == "m-said t-us"


def test_text_without_marks_is_one_piece_without_classes() -> None:
    (piece,) = segments("plain", [])
    assert (piece.text, piece.classes, piece.anchors) == ("plain", "", ())


def test_no_text_gives_no_pieces() -> None:
    assert segments("", [Mark(TextSpan(0, 9), "said")]) == ()
