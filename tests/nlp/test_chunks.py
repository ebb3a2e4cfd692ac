from hypothesis import given
from hypothesis import strategies as st

from app.domain import Paragraph, ParagraphKind, TextSpan
from app.nlp.chunks import chunks, parseable
from app.text.paragraphs import split_paragraphs


@given(st.text(max_size=200))
def test_a_text_made_parseable_keeps_its_length(text: str) -> None:
    assert len(parseable(text)) == len(text)


def test_a_line_that_ends_inside_a_paragraph_ends_no_sentence() -> None:
    text = "“We will\nnot go,” she\r\nsaid.\n\nIt rained."
    end = text.index("\n\n")
    whole = TextSpan(0, end), TextSpan(end + 2, len(text))
    paragraphs = [Paragraph(span, ParagraphKind.BODY) for span in whole]
    assert parseable(text, paragraphs) == "“We will not go,” she  said.\n\nIt rained."
    assert parseable("One.\nTwo.", split_paragraphs("One.\nTwo.")) == "One.\nTwo."


def test_a_run_without_a_blank_is_broken_up_in_place() -> None:
    text = "see " + "a" * 3_000 + " there"
    plain = parseable(text)
    assert plain.startswith("see x")
    assert plain.endswith("x there")
    assert max(map(len, plain.split())) < 100


@given(st.text(alphabet="ab .!\n“”\u00a0", max_size=300), st.integers(5, 60))
def test_the_pieces_of_a_text_hold_every_letter_once(text: str, size: int) -> None:
    found = list(chunks(text, split_paragraphs(text), size))
    spans = [paragraph.span for chunk in found for paragraph in chunk.paragraphs]
    letters = [i for span in spans for i in range(span.start, span.end) if not text[i].isspace()]
    assert letters == [i for i, character in enumerate(text) if not character.isspace()]
    assert all(len(chunk.text) <= size for chunk in found)
    assert all(text[chunk.offset :].startswith(chunk.text) for chunk in found)


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    text = "One is here. Two is there. Three is gone."
    found = list(chunks(text, [Paragraph(TextSpan(0, len(text)), ParagraphKind.BODY)], 30))
    assert [chunk.text for chunk in found] == ["One is here. Two is there.", "Three is gone."]
