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


WRAPPED = (
    "Leaders meet in Halden\n\n"
    "HALDEN, May 16 - The leaders of Norland and Sudovia met in Halden on\n"
    "Thursday and spoke for several hours about the price of grain, which\n"
    "had risen since the winter.\n\n"
    "“We will not be threatened,” the president of Norland said after the\n"
    "talks, and added that the bridge would be opened in the spring.\n"
    "- First of all, the bridge over the river is to be built anew by both\n"
    "sides, who pay for it."
)


def test_lines_that_were_broken_to_a_width_make_one_paragraph() -> None:
    found = split_paragraphs(WRAPPED)
    assert [paragraph.span.of(WRAPPED).count("\n") for paragraph in found] == [0, 2, 1, 1]
    assert kinds(WRAPPED) == [ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.BODY, ParagraphKind.LIST]
    assert kinds(WRAPPED.replace("\n", "\r\n")) == kinds(WRAPPED)


def test_short_lines_that_a_person_ended_stay_paragraphs() -> None:
    text = "".join(
        f"KLEIN: This is what I said on the {n}th day of it.\nBRANDT: And so did I, as you know.\n" for n in range(9)
    )
    assert len(split_paragraphs(text)) == 18
    verse = "They came in spring\nand went in May,\nthe river rose\nand took the quay.\n" * 5
    assert len(split_paragraphs(verse)) == 20
