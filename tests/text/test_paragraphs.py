from hypothesis import given
from hypothesis import strategies as st

from app.domain import ParagraphKind
from app.text.paragraphs import split_paragraphs


def kinds(text: str) -> list[ParagraphKind]:
    return [paragraph.kind for paragraph in split_paragraphs(text)]


def test_a_short_line_without_a_full_stop_is_a_heading() -> None:
    text = "No path to peace: five takeaways\nThey met in Moscow on Tuesday.\nNuclear threat\nIt grows, he said."
    assert kinds(text) == [ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.BODY]


def test_a_line_that_is_all_there_is_is_body() -> None:
    assert kinds("No path to peace") == [ParagraphKind.BODY]


def test_list_items_and_transcript_turns_are_told_apart() -> None:
    text = "Title\n1. We condemn the war.\n- We call for peace.\nWALLACE: What then, Mr President?"
    assert kinds(text) == [ParagraphKind.HEADING, ParagraphKind.LIST, ParagraphKind.LIST, ParagraphKind.TURN]


def test_blank_lines_and_line_ends_of_every_system_are_no_paragraphs() -> None:
    text = "One went.\r\n\r\n  \u00a0\nTwo went.\u2028Three went."
    assert [paragraph.span.of(text) for paragraph in split_paragraphs(text)] == [
        "One went.",
        "Two went.",
        "Three went.",
    ]


@given(st.text(max_size=200))
def test_paragraphs_hold_every_letter_in_order(text: str) -> None:
    spans = [paragraph.span for paragraph in split_paragraphs(text)]
    letters = [i for span in spans for i in range(span.start, span.end) if not text[i].isspace()]
    assert letters == [i for i, character in enumerate(text) if not character.isspace()]
