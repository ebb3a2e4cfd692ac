import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import TextSpan
from app.nlp.double_marks import UNCLOSED_LIMIT
from app.nlp.marks import stretches


def words(text: str) -> list[str]:
    return [found.span.of(text) for found in stretches(text, [TextSpan(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “gas is dear” today.", ["gas is dear"]),
        ('He said "gas is dear" today.', ["gas is dear"]),
        ("Er sagte „Gas ist teuer“.", ["Gas ist teuer"]),
        ("„Gas ist teuer”, sagte er. „Sehr teuer.“", ["Gas ist teuer", "Sehr teuer."]),
        ("»Gas ist teuer«, sagte er. »Sehr.«", ["Gas ist teuer", "Sehr."]),
        ("”Gas är dyrt”, sade han.", ["Gas är dyrt"]),
        ("Il dit «\u00a0le gaz est cher\u00a0» ici.", ["le gaz est cher"]),
        ("ガスは「高い」と彼は言った。", ["高い"]),
        ("He said ``gas is dear'' today.", ["gas is dear"]),
        ("″Gas is dear,″ she said of the 12″ pipe.", ["Gas is dear,"]),
        ('“Opened curly, closed straight," he said.', ["Opened curly, closed straight,"]),
        ("“Gas is dear“ he said. “Really“.", ["Gas is dear", "Really"]),
        ("“We «never» said so,” he said.", ["We «never» said so,"]),
        ('"A," she said. "B."', ["A,", "B."]),
        ('(“so called”) and "two"-"three"', ["so called", "two", "three"]),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_inside_a_quotation_is_not_listed_by_itself() -> None:
    assert words("“He told me “never” twice,” she said.") == ["He told me “never” twice,"]
    assert words('"He told me "never" twice," she said.') == ['He told me "never" twice,']
    assert words("‘He told me “never” twice,’ she said.") == ["He told me “never” twice,"]


def test_an_inch_sign_opens_nothing() -> None:
    assert words('A 12" gun fired. He said "stop".') == ["stop"]
    assert words('"He is 6\'2" tall," she said.') == ["He is 6'2\" tall,"]


def test_a_mark_opened_anew_after_a_full_stop_ends_the_quotation_before_it() -> None:
    text = '"The first part ends here. "The second part ends there."'
    assert words(text) == ["The first part ends here.", "The second part ends there."]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    text = "“We hope for better days.\n“We will see.”"
    found = list(stretches(text, [TextSpan(0, 25), TextSpan(26, len(text))]))
    assert [(one.span.of(text), one.closed) for one in found] == [
        ("We hope for better days.", False),
        ("We will see.", True),
    ]


def test_an_opening_mark_far_from_the_end_of_its_paragraph_is_taken_for_a_slip() -> None:
    assert words("“" + "word " * UNCLOSED_LIMIT) == []


def test_single_marks_count_only_where_there_are_no_double_ones() -> None:
    assert words("It’s dear, he said: ‘Gas won’t be cheap.’") == ["Gas won’t be cheap."]
    assert words("It’s ‘dear’, he said: “Gas won’t be cheap.”") == ["Gas won’t be cheap."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'It's the leaders' gas,' she said. 'We can't wait.'", ["It's the leaders' gas,", "We can't wait."]),
        ("‘The ministers’ plan won’t help’, he said, ‘or will it?’", ["The ministers’ plan won’t help", "or will it?"]),
        ("The nurses' union and the miners' union of the '90s met.", []),
        ("Rock 'n' roll, they said. 'We like 'em,' she said.", ["We like 'em,"]),
        ("The deal is 'dead' and 'buried'.", ["dead", "buried"]),
        ("‚Gas ist teuer‘, sagte er.", ["Gas ist teuer"]),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_closing_mark_without_an_opening_one_is_told_as_such() -> None:
    text = 'Gas is dear," she said. "Very."'
    found = list(stretches(text, [TextSpan(0, len(text))]))
    assert [(one.span.of(text), one.opened) for one in found] == [("Gas is dear,", False), ("Very.", True)]


@given(st.text(alphabet="“”\"'‘’«»„ab .,\n—5", max_size=80))
def test_stretches_are_disjoint_in_order_and_inside_their_paragraphs(text: str) -> None:
    found = list(stretches(text, [TextSpan(0, len(text))]))
    last = 0
    for one in found:
        assert last <= one.span.start < one.span.end <= len(text)
        assert any(map(str.isalnum, one.span.of(text)))
        last = one.span.end
