"""A country, its capital and its government are one speaker, and a person called like a capital is not."""

import pytest

from app.domain import Speaker, SpeakerKind
from app.nlp.aliases import aliases
from app.nlp.speakers import Speakers
from tests.nlp.docs import doc_of, linked

BODY = SpeakerKind.ORGANISATION


def speakers(
    lines: str, ents: dict[str, str], starts: tuple[int, ...] = (0,), *, one_body: bool = True
) -> list[Speaker]:
    doc = Speakers("speakers", aliases=one_body)(linked(doc_of(lines, ents=ents, starts=starts)))
    return [record.speaker for record in doc._.attributions]


def says(name: str, at: int = 0) -> str:
    i = at + 1
    return f"{name} P {i} nsubj\nsaid V {i} ROOT say\ngas N {i + 2} nsubj\nrose~ V {i} ccomp rise\n. . {i} punct\n"


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("U.S.", "United States"),
        ("America", "United States"),
        ("Washington", "United States"),
        ("EU", "European Union"),
        ("Brussels", "European Union"),
        ("Britain", "United Kingdom"),
        ("London", "United Kingdom"),
        ("Beijing", "China"),
        ("Moscow", "Russia"),
        ("Nato", "NATO"),
        ("Us", "Us"),
        ("UN", "United Nations"),
        ("Kremlin", "Kremlin"),
        ("Norville", "Norville"),
    ],
)
def test_a_body_that_speaks_is_listed_under_one_name(name: str, listed: str) -> None:
    assert speakers(says(name), {name: "GPE"}) == [Speaker(listed, BODY)]


def test_a_government_is_its_country_and_the_white_house_is_itself() -> None:
    government = aliases().speaker
    assert government("Dutch government", "") == "Netherlands"
    assert government("U.S. government", "") == "United States"
    assert government("government of Canada", "") == "Canada"
    assert government("UK government", "") == "United Kingdom"
    assert government("White House", "") == "White House"
    assert government("Government of the UK", "") == "United Kingdom"
    assert government("government of Norland", "") == "government of Norland"
    assert government("Norlandic government", "") == "Norlandic government"


def test_a_state_by_its_full_style_is_its_short_name_and_two_that_share_one_are_told_apart() -> None:
    body = aliases().body
    assert body("Federal Republic of Germany") == "Germany"
    assert body("the Kingdom of the Netherlands") == "Netherlands"
    assert body("State of Qatar") == "Qatar"
    assert body("Republic of Norland") == "Norland"
    assert body("Republic of China") == "Republic of China"
    assert body("Republic of Korea") == "South Korea"
    assert body("State of Washington") == "State of Washington"


def test_a_side_of_talks_is_the_country_whose_side_it_is() -> None:
    assert aliases().speaker("Chinese side", "") == "China"
    assert aliases().speaker("Norlandic side", "") == "Norlandic side"


def test_a_person_called_like_a_capital_is_that_person() -> None:
    lines = "Ada P 1 compound\nWashington P 2 nsubj\ncame~ V 2 ROOT come\n. . 2 punct\n" + says("Washington", 4)
    ents = {"Ada Washington": "PERSON", "Washington": "GPE"}
    assert speakers(lines, ents, (0, 4)) == [Speaker("Ada Washington", SpeakerKind.PERSON)]
    assert speakers(says("Washington"), {"Washington": "PERSON"}) == [Speaker("Washington", SpeakerKind.PERSON)]


def test_washington_the_state_is_not_the_united_states() -> None:
    lines = "Washington P 1 compound\nstate N 2 nsubj\nsued~ V 2 ROOT sue\n. . 2 punct\n" + says("Washington", 4)
    assert speakers(lines, {"Washington": "GPE"}, (0, 4)) == [Speaker("Washington", BODY)]


def test_capitals_stay_as_they_are_where_the_config_says_so() -> None:
    assert speakers(says("Moscow"), {"Moscow": "GPE"}, one_body=False) == [Speaker("Moscow", BODY)]


def test_the_members_of_a_group_are_listed_under_their_one_name_too() -> None:
    lines = "Moscow P 3 nsubj\nand C 0 cc\nBeijing P 0 conj\n" + (
        "said V 3 ROOT say\ngas N 5 nsubj\nrose~ V 3 ccomp rise\n. . 3 punct\n"
    )
    group = Speaker("Russia; China", SpeakerKind.GROUP, ("Russia", "China"))
    assert speakers(lines, {"Moscow": "GPE", "Beijing": "GPE"}) == [group]


def test_a_body_is_one_though_the_recogniser_passes_over_it() -> None:
    assert speakers(says("Kremlin"), {}) == [Speaker("Kremlin", BODY)]
    assert speakers(says("Moscow"), {}) == [Speaker("Russia", BODY)]
