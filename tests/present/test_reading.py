from hypothesis import given
from hypothesis import strategies as st

from app.domain import Paragraph, ParagraphKind, TextSpan
from app.present.reading import LONG, reading_blocks
from tests.factories import paragraphs
from tests.present.rows import quote_row

TEXT = "Leaders meet\nXi spoke. “We are calm,” Putin said.\n\n\nNobody else spoke."
QUOTE = quote_row(TEXT, "We are calm,", "“We are calm,” Putin said.", source="Putin", cue="said")


def test_each_paragraph_is_a_block_with_its_notes() -> None:
    blocks = reading_blocks(TEXT, list(paragraphs(TEXT)), [QUOTE])
    assert [block.text for block in blocks] == [
        "Leaders meet",
        "Xi spoke. “We are calm,” Putin said.",
        "Nobody else spoke.",
    ]
    assert [len(block.notes) for block in blocks] == [0, 1, 0]
    note = blocks[1].notes[0]
    assert (note.quote, note.speaker, note.cue, note.topics) == (QUOTE.id, "Vladimir Putin", "said", ("energy",))


def test_quote_source_and_cue_are_marked_and_the_quote_is_anchored() -> None:
    block = reading_blocks(TEXT, list(paragraphs(TEXT)), [QUOTE])[1]
    marked = {piece.text: piece.classes for piece in block.segments if piece.marks}
    assert marked == {"We are calm,": "m-said t-energy", "Putin": "m-source", "said": "m-cue"}
    assert [piece.anchors for piece in block.segments if piece.anchors] == [(QUOTE.id,)]


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_noted_once() -> None:
    text = "“One goes on.\nTwo ends,” Putin said."
    row = quote_row(text, "One goes on.\nTwo ends,", text)
    first, second = reading_blocks(text, list(paragraphs(text)), [row])
    assert [p.text for p in first.segments if p.marks] == ["One goes on."]
    assert [p.text for p in second.segments if p.marks] == ["Two ends,"]
    assert [len(first.notes), len(second.notes)] == [1, 0]


def test_a_long_paragraph_is_shown_in_pieces_that_begin_with_a_sentence_that_quotes() -> None:
    text = "Filling words here. " * 40 + "“We are calm,” Putin said."
    row = quote_row(text, "We are calm,", "“We are calm,” Putin said.")
    whole = [Paragraph(TextSpan(0, len(text)), ParagraphKind.BODY)]
    assert len(text) > LONG
    first, second = reading_blocks(text, whole, [row])
    assert first.text + second.text == text
    assert second.text.startswith("“We are calm")


def test_words_between_paragraphs_are_not_lost() -> None:
    text = "One. Stray words. Two."
    given_ = [Paragraph(TextSpan(0, 4), ParagraphKind.BODY), Paragraph(TextSpan(18, 22), ParagraphKind.BODY)]
    assert [block.text.strip() for block in reading_blocks(text, given_, [])] == ["One.", "Stray words.", "Two."]


@given(st.text(alphabet="ab .\n“”", max_size=80), st.data())
def test_the_blocks_hold_every_word_of_the_text_in_order(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(places[::2], places[1::2], strict=False)
    given_ = [Paragraph(TextSpan(start, end), ParagraphKind.BODY) for start, end in pairs]
    blocks = reading_blocks(text, given_, [])
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(text.split())
