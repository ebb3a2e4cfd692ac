import pytest

from app.domain import SpeakerKind
from app.present import rows
from app.store.rows import SpeakerRow
from tests.present.rows import BOTH, PUTIN, quote_row

TEXT = "Xi and Putin voiced “serious concerns” about “a continuous build-up.” It rained. “We are calm,” Putin said."
CLAUSE = "Xi and Putin voiced “serious concerns” about “a continuous build-up."
FIRST = quote_row(TEXT, "serious concerns", CLAUSE, speaker=BOTH, source="Xi and Putin", cue="voiced")
SECOND = quote_row(TEXT, "a continuous build-up.", CLAUSE, speaker=BOTH, topics=("nato",))
THIRD = quote_row(
    TEXT, "We are calm,", "We are calm,” Putin said", sentence="“We are calm,” Putin said.", attribution=2
)


def test_neighbours_of_one_attribution_are_one_figure_with_each_stretch_marked() -> None:
    both, alone = rows.quote_figures([FIRST, SECOND, THIRD])
    assert [one.id for one in both.stretches] == [FIRST.id, SECOND.id]
    marked = [piece.text for piece in both.clause if piece.marks]
    assert marked == ["serious concerns", "a continuous build-up."]
    assert both.topics == ("energy", "nato")
    assert [one.id for one in alone.stretches] == [THIRD.id]


def test_stretches_that_are_not_listed_are_shown_but_not_marked() -> None:
    (figure,) = rows.quote_figures([SECOND])
    assert [piece.text for piece in figure.clause if piece.marks] == ["a continuous build-up."]
    assert "".join(piece.text for piece in figure.clause).startswith("Xi and Putin voiced “serious concerns”")


def test_stretches_of_one_attribution_that_do_not_stand_together_stay_apart() -> None:
    assert len(rows.quote_figures([FIRST, THIRD, SECOND])) == 3


def test_a_clause_is_shown_with_the_quotation_marks_that_touch_it() -> None:
    (figure,) = rows.quote_figures([THIRD])
    assert "".join(piece.text for piece in figure.clause) == "“We are calm,” Putin said."


def test_a_figure_says_who_and_how_in_the_words_of_the_text() -> None:
    figure = rows.quote_figures([FIRST])[0]
    assert (figure.source, figure.cue, figure.tone) == ("Xi and Putin", "voiced", "t-energy")
    assert figure.kind_words == "partly in quotation marks, partly reported"


def test_first_words_are_cut_between_words() -> None:
    assert rows.first_words("continuous strengthening of ties", 28) == "continuous strengthening of…"
    assert rows.first_words("short") == "short"
    assert rows.first_words("x" * 50, 10) == "x" * 10 + "…"


@pytest.mark.parametrize(
    ("speaker", "source", "name"),
    [
        (PUTIN, "he", "Vladimir Putin"),
        (BOTH, "both", "Xi Jinping and Vladimir Putin"),
        (SpeakerRow("g7", "G7", SpeakerKind.GROUP, ("A", "B")), "", "G7"),
        (SpeakerRow("abc", "A; B; C", SpeakerKind.GROUP, ("A", "B", "C")), "", "A, B and C"),
        (None, "one diplomat", "“one diplomat”"),
        (None, "", "Nobody named"),
    ],
)
def test_a_speaker_is_called_by_name_else_by_the_words_of_the_text(
    speaker: SpeakerRow | None, source: str, name: str
) -> None:
    assert rows.speaker_name(speaker, source) == name


def test_a_passage_marks_quote_source_cue_and_evidence() -> None:
    row = quote_row(TEXT, "serious concerns", CLAUSE, source="Xi and Putin", cue="voiced", evidence=("concerns",))
    pieces = rows.passage(row)
    assert "".join(piece.text for piece in pieces) == row.sentence.text
    assert {"m-source", "m-cue", "m-said", "m-evidence"} <= set(" ".join(p.classes for p in pieces).split())
