"""Who is named by the layout, from the characters alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import SpeakerKind, TextSpan
from app.nlp.bylines import with_bylines
from app.nlp.headlines import headline_stretches
from app.nlp.issuers import issuers
from app.nlp.marks import stretches
from app.nlp.names import mixed_case
from app.nlp.turns import transcript


def lines(text: str) -> list[TextSpan]:
    found, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(TextSpan(place, place + len(line)))
        place += len(line) + 1
    return found


def turns(text: str, shortest: int = 1) -> list[tuple[str, str]]:
    script = transcript(text, lines(text), frozenset(), shortest)
    return [(one.by.of(text), one.span.of(text)) for one in script.stretches if one.by]


def named(text: str) -> list[tuple[str | None, str]]:
    spans = lines(text)
    found = with_bylines(text, spans, list(stretches(text, spans)), {})
    return [(one.by.of(text) if one.by else None, one.span.of(text)) for one in found]


def test_labels_that_answer_each_other_open_turns() -> None:
    assert turns("KLEIN: Do you agree?\nBRANDT: I do not.\n(Laughter)\nI never did.\nKLEIN: Why?") == [
        ("KLEIN", "Do you agree?"),
        ("BRANDT", "I do not."),
        ("BRANDT", "I never did."),
        ("KLEIN", "Why?"),
    ]


def test_a_label_keeps_what_it_says_of_its_speaker_but_not_its_colon() -> None:
    assert turns("ANN KLEIN (D-Ohio), HOST: Why?\n[00:12] BRANDT: I do not know.") == [
        ("ANN KLEIN (D-Ohio), HOST", "Why?"),
        ("BRANDT", "I do not know."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Energy: We will build.\nTrade: We will lower tariffs.\nClimate: We will plant.",
        "NOTE: I was wrong.\nUPDATE: You were right.",
        "HALDEN: He left.\nKITA: They fell.",
        "Subject: Fish\nFrom: Ann Klein\nTo: Bo Brandt",
        "It opens at 10:30. Halden won 3:1.",
    ],
)
def test_a_word_before_a_colon_is_no_label_by_itself(text: str) -> None:
    assert turns(text) == []


def test_turns_that_are_too_short_to_list_are_no_prose_either() -> None:
    text = 'KLEIN: Did you say "no"?\nBRANDT: I said that I would think about it for a while.'
    script = transcript(text, lines(text), frozenset(), 8)
    assert [one.span.of(text)[:6] for one in script.stretches] == ["I said"]
    assert script.paragraphs == {0, 1}


def test_told_paragraphs_after_an_exchange_are_not_its_speakers() -> None:
    text = "Bo Klein came.\nKLEIN: I am here.\nKLEIN: I am.\nKlein left.\nIt rained."
    assert [words for _, words in turns(text)] == ["I am here.", "I am."]


def test_a_name_stands_behind_below_or_above_its_quotation() -> None:
    assert named("“It is dear.” ― Ann Klein") == [("Ann Klein", "It is dear.")]
    assert named("“It is dear.”\n– Ann Klein, baker") == [("Ann Klein", "It is dear.")]
    assert named("From Chairman Bo Brandt:\n“It is dear.\n“Very.”") == [
        ("Chairman Bo Brandt", "It is dear."),
        ("Chairman Bo Brandt", "Very."),
    ]
    assert named('Said Ellis: "It is dear."') == [("Ellis", "It is dear.")]


def test_words_beside_a_quotation_that_go_on_are_no_name() -> None:
    assert named("“It is dear” — and Ann Klein knew it.") == [(None, "It is dear")]
    assert named("“It is dear.”\nAnn Klein, 45, stood in May.\nAnn Klein won.") == [(None, "It is dear.")]


def test_a_headline_quotes_whom_it_names_if_the_text_names_them_too() -> None:
    text = "Cuts 'unlawful', says Klein\nBo Klein spoke.\n'Ghost ship' found, says Brandt"
    titles = [lines(text)[0], lines(text)[2]]
    found = [(one.by.of(text) if one.by else None, one.span.of(text)) for one in headline_stretches(text, titles)]
    assert found == [("Klein", "unlawful")]


@pytest.mark.parametrize(
    ("title", "opening", "name"),
    [
        ("", "We, the leaders of Norland, Sudovia and Estavia, met.", "Norland; Sudovia; Estavia"),
        ("", "Today, we — President Ann Klein of Norland and King Bo Brandt — met.", "Ann Klein; Bo Brandt"),
        ("Joint Statement of the Foreign Ministers of Norland and Sudovia", "The ministers met.", "Norland; Sudovia"),
        ("Norland-Sudovia Joint Leaders’ Statement", "The sides met.", "Norland; Sudovia"),
        ("Joint Statement", "In May 2021, Norland and the Coastal Union announced fish.", "Norland; Coastal Union"),
        ("C5 Statement on Fish, 11 October", "Fish matters.", "C5"),
        ("G30 Leaders’ Communiqué", "Fish matters.", "G30"),
        ("NU Statement of 3 May", "Fish matters.", "NU"),
        ("Halden Summit Declaration", "Our nations are bound.", "Halden Summit Declaration"),
    ],
)
def test_issuers_are_read_from_the_title_or_the_opening(title: str, opening: str, name: str) -> None:
    found = issuers(title, opening)
    assert found is not None
    assert found.name == name
    assert found.members == (tuple(name.split("; ")) if ";" in name else ())
    assert (found.kind is SpeakerKind.GROUP) == (";" in name)


def test_nobody_issues_what_names_nobody() -> None:
    assert issuers("Five takeaways", "It rained in Halden.") is None
    assert issuers("", "") is None


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ANN KLEIN", "Ann Klein"),
        ("SEAN O’DOWD", "Sean O’Dowd"),
        ("MCALLISTER", "McAllister"),
        ("J.R. Klein", "J.R. Klein"),
    ],
)
def test_names_in_capitals_are_written_as_prose_writes_them(name: str, written: str) -> None:
    assert mixed_case(name) == written


@given(
    st.lists(
        st.sampled_from(["KLEIN:", "Q:", "Bo Klein:", "I", "(", ")", "“", "”", "—", "Ann", "\n", "says", ".", "'"])
    )
)
def test_layouts_of_any_text_lie_in_it(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = lines(text)
    script = transcript(text, spans, frozenset(range(0, len(spans), 3)))
    found = with_bylines(text, spans, list(stretches(text, spans)), script.labelled)
    for one in (*script.stretches, *found, *headline_stretches(text, spans[::2])):
        assert any(span.contains(one.span) for span in spans)
        assert one.by is None or one.by.of(text).strip()
