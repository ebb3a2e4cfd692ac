from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import TextSpan
from app.present.marking import Mark, segments
from app.present.matching import figure_with_hits, matched_spans, with_hits
from app.present.rows import quote_figures
from app.store.search_query import parse
from tests.present.rows import quote_row

TEXT = "“We’ll build a closer energy partnership,” Mr. O’Brien of the U.S. said of the Énergy plan."


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("energy", ["energy", "Énergy"]),
        ("partner*", ["partnership"]),
        ('"closer energy partner*"', ["closer energy partnership"]),
        ('"energy closer"', []),
        ("energy -partnership", ["energy", "Énergy"]),
        ("O'Brien", ["O’Brien"]),
        ("US", ["U.S"]),
        ('closer "closer energy"', ["closer energy"]),
        ("plan OR build", ["build", "plan"]),
        ("speaker:brien plan", ["plan"]),
        ("topic:energy plan", ["plan"]),
        ("nothing", []),
    ],
)
def test_what_is_looked_for_is_marked_and_what_must_not_be_there_never_is(query: str, marked: list[str]) -> None:
    assert [span.of(TEXT) for span in matched_spans(TEXT, parse(query))] == marked


def test_words_of_a_script_without_blanks_are_marked() -> None:
    assert [span.of("国际能源合作") for span in matched_spans("国际能源合作", parse("能源"))] == ["能源"]


def test_a_name_is_marked_by_what_is_looked_for_in_names_too() -> None:
    query = parse("speaker:putin title:gas vladimir")
    assert matched_spans("Vladimir Putin", query, "speaker") == (TextSpan(0, 8), TextSpan(9, 14))
    assert matched_spans("Vladimir Putin", query) == (TextSpan(0, 8),)
    assert matched_spans("Gas and Putin", query, "title") == (TextSpan(0, 3),)
    assert matched_spans("Vladimir Putin", None) == ()


def test_a_figure_has_its_hits_marked_within_its_other_marks() -> None:
    text = "Putin said “gas prices and oil prices” fell."
    [figure] = quote_figures([quote_row(text, "gas prices and oil prices", text)])
    shown = figure_with_hits(figure, parse('putin "prices and"'))
    assert [(piece.text, piece.classes) for piece in shown.clause] == [
        ("Putin", "m-hit"),
        (" said “", ""),
        ("gas ", "m-said"),
        ("prices and", "m-said m-hit"),
        (" oil prices", "m-said"),
        ("” fell.", ""),
    ]
    assert figure_with_hits(figure, None) == figure


@given(st.text("ab é’.- 能源", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_marking_alters_no_word_and_loses_no_mark(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(TextSpan(*sorted(place)), "said", quote=f"q{n}") for n, place in enumerate(places)]
    query = parse('ab OR ab* OR 能源 OR "b a"')
    before = segments(text, marks)
    after = with_hits(before, query)
    assert "".join(piece.text for piece in after) == text
    assert [anchor for piece in after for anchor in piece.anchors] == [x for piece in before for x in piece.anchors]
    hit = [i for span in matched_spans(text, query) for i in range(span.start, span.end)]
    place = 0
    for piece in after:
        assert all(("m-hit" in piece.classes) is (place + n in hit) for n in range(len(piece.text)))
        place += len(piece.text)
