from hypothesis import given
from hypothesis import strategies as st

from app.domain import AttributionKind, ParagraphKind, TextSpan
from app.present.marking import Mark, segments
from app.present.parts import cut_parts, numbered, runs, strip
from app.present.reading import Block, reading_blocks
from tests.factories import find, paragraphs
from tests.present.rows import quote_row

TEXT = "Xi spoke. “We are calm,” Putin said.\nNobody else spoke."


def block(length: int, start: int = 0, *, goes_on: bool = False) -> Block:
    return Block(ParagraphKind.BODY, segments("x" * length, []), (), start, goes_on)


@given(st.lists(st.integers(1, 400), max_size=40), st.data())
def test_parts_hold_every_block_once_and_none_is_too_heavy(lengths: list[int], data: st.DataObject) -> None:
    blocks = [block(length, goes_on=data.draw(st.booleans())) for length in lengths]
    parts = cut_parts(blocks, most_nodes=1_000, most_bytes=500)
    assert [one for part in parts for one in part] == blocks
    assert all(sum(len(one.text) for one in part) <= 500 for part in parts)


def test_a_part_ends_with_a_paragraph_where_it_can() -> None:
    blocks = [block(100), block(100, goes_on=True), block(100), block(100, goes_on=True), block(100, goes_on=True)]
    assert [len(part) for part in cut_parts(blocks, most_bytes=320)] == [2, 3]


def test_a_paragraph_that_no_page_can_hold_is_cut_and_a_short_text_is_not() -> None:
    pieces = [block(100, goes_on=bool(at)) for at in range(10)]
    assert len(cut_parts(pieces, most_bytes=250)) > 3
    assert cut_parts([block(20)]) == ((block(20),),)
    assert cut_parts([]) == ((),)


def test_the_words_of_a_quote_are_one_run_whatever_is_marked_in_it() -> None:
    text = "“We are very calm,” he said."
    whole, word = find(text, "We are very calm"), find(text, "very")
    pieces = segments(text, [Mark(whole, "said", "t-energy", "q1"), Mark(word, "cue")])
    found = runs(Block(ParagraphKind.BODY, pieces, ()), {"q1": 7})
    assert [(run.number, run.id, run.css) for run in found] == [(0, "", ""), (7, "q1", "m-said t-energy"), (0, "", "")]
    assert [(piece.text, piece.css) for piece in found[1].pieces] == [("We are ", ""), ("very", "m-cue"), (" calm", "")]


def test_a_quote_that_is_not_chosen_is_dimmed() -> None:
    pieces = segments("We agree", [Mark(TextSpan(0, 8), "said", "", "q1")])
    [run] = runs(Block(ParagraphKind.BODY, pieces, ()), {"q1": 7}, {1, 2})
    assert run.css == "m-said off"


def test_quotes_that_begin_at_one_place_or_overlap_keep_all_their_anchors() -> None:
    marks = [
        Mark(TextSpan(0, 8), "said", "", "q1"),
        Mark(TextSpan(0, 2), "said", "", "q2"),
        Mark(TextSpan(5, 12), "told", "", "q3"),
    ]
    found = runs(Block(ParagraphKind.BODY, segments("We agree not", marks), ()), {"q1": 1, "q2": 2, "q3": 3})
    ids = [run.id for run in found if run.id] + [one for run in found for piece in run.pieces for one in piece.ids]
    assert sorted(ids) == ["q1", "q2", "q3"]
    assert "".join(piece.text for run in found for piece in run.pieces) == "We agree not"


def test_a_note_counts_the_quotes_of_its_attribution() -> None:
    rows = [
        quote_row(TEXT, "We are calm,", "“We are calm,” Putin said."),
        quote_row(TEXT, "Nobody else spoke", "Nobody else spoke", kind=AttributionKind.INDIRECT, attribution=2),
    ]
    notes = [note for one in reading_blocks(TEXT, list(paragraphs(TEXT)), rows) for note in one.notes]
    assert [(note.numbers, note.quotes, note.slug) for note in notes] == [
        ((1,), (rows[0].id,), "vladimir-putin"),
        ((2,), (rows[1].id,), "vladimir-putin"),
    ]


@given(st.text(alphabet="ab. 。\n😀", max_size=12_000), st.sampled_from([ParagraphKind.BODY, ParagraphKind.TURN]))
def test_no_piece_of_a_text_is_longer_than_a_part_can_hold(text: str, kind: ParagraphKind) -> None:
    from app.domain import Paragraph
    from app.present.reading import LONGEST_PIECE

    whole = [Paragraph(TextSpan(0, len(text)), kind)] if text else []
    blocks = reading_blocks(text, whole, [])
    assert "".join(one.text for one in blocks) == text
    assert all(len(one.text) <= LONGEST_PIECE and text.startswith(one.text, one.start) for one in blocks)


def test_a_strip_has_a_tick_for_each_place() -> None:
    assert strip([0, 50, 50, 99], 100) == "M0 4m0 0h1m99 0h1m97 0h1"
    assert strip([], 100) == ""
    assert strip([5], 5) == "M0 4m199 0h1"


def test_numbers_are_written_as_a_person_would() -> None:
    assert numbered([7]) == "7"
    assert numbered([7, 8, 9]) == "7–9"
    assert numbered([7, 9, 10]) == "7, 9–10"
