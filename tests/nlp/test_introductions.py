"""How people are introduced, and who is meant later: by an office, an age, a noun, a pronoun of their sex."""

import pytest

from app.domain import Speaker, SpeakerKind
from app.nlp.genders import female_by_name, female_by_word
from app.nlp.names import name_words, surname
from app.nlp.speakers import Speakers
from tests.nlp.docs import doc_of, linked

PERSON, OPEN = SpeakerKind.PERSON, SpeakerKind.UNRESOLVED


def speakers(sentences: list[str], people: list[str], **ents: str) -> list[Speaker]:
    """The speakers of sentences whose tokens are ``form pos head dep``, *head* counted in the sentence."""
    lines: list[str] = []
    starts: list[int] = []
    for sentence in sentences:
        start = len(lines)
        starts.append(start)
        for row in sentence.split("|"):
            form, pos, head, *rest = row.split()
            lines.append(" ".join([form, pos, str(int(head) + start), *rest]))
    doc = doc_of("\n".join(lines), ents={**dict.fromkeys(people, "PERSON"), **ents}, starts=tuple(starts))
    return [record.speaker for record in Speakers("speakers")(linked(doc))._.attributions]


def says(*source: str) -> str:
    """A sentence that *source*, rows of a noun phrase whose last is its head, says something."""
    i = len(source)
    rows = [f"{row} {i - 1} {'det' if row.endswith('D') else 'compound'}" for row in source[:-1]]
    return "|".join([*rows, f"{source[-1]} {i} nsubj", f"said V {i} ROOT say", f"gas N {i + 2} nsubj",
                     f"rose~ V {i} ccomp rise", f". . {i} punct"])  # fmt: skip


def test_who_is_said_to_be_the_mayor_is_the_mayor_later() -> None:
    lynch = "Emma P 1 compound|Rusk P 2 nsubj|is V 2 ROOT be|the D 4 det|mayor N 2 attr|. . 2 punct"
    klein = "Ann P 1 compound|Klein P 2 nsubj|came~ V 2 ROOT come|. . 2 punct"
    found = speakers([lynch, klein, says("The D", "mayor N")], ["Emma Rusk", "Ann Klein"])
    assert found == [Speaker("Emma Rusk", PERSON)]


def test_who_is_not_the_mayor_is_not_taken_for_the_mayor() -> None:
    rusk = "Emma P 1 compound|Rusk P 2 nsubj|is V 2 ROOT be|not B 2 neg|the D 5 det|mayor N 2 attr|. . 2 punct"
    assert speakers([rusk, says("The D", "mayor N")], ["Emma Rusk"]) == [Speaker("mayor", OPEN)]


@pytest.mark.parametrize(("noun", "name"), [("official", "Emma Rusk"), ("woman", "Emma Rusk"), ("man", None)])
def test_the_official_is_whom_the_sentence_before_was_about(noun: str, name: str | None) -> None:
    rusk = "Emma P 1 compound|Rusk P 2 nsubj|came~ V 2 ROOT come|. . 2 punct"
    wanted = Speaker(name, PERSON) if name else Speaker(noun, OPEN)
    assert speakers([rusk, says("The D", f"{noun} N")], ["Emma Rusk"]) == [wanted]


def test_an_age_stands_for_whom_the_sentence_before_was_about() -> None:
    rusk = "Emma P 1 compound|Rusk P 2 nsubj|came~ V 2 ROOT come|. . 2 punct"
    parted = "The D 5 det|45~ N 3 nummod|-~ . 3 punct|year~ N 5 npadvmod|-~ . 5 punct|old A 6 nsubj|" + (
        "said V 6 ROOT say|gas N 8 nsubj|rose~ V 6 ccomp rise|. . 6 punct"
    )
    assert speakers([rusk, parted], ["Emma Rusk"]) == [Speaker("Emma Rusk", PERSON)]
    assert speakers([parted], []) == [Speaker("45-year-old", OPEN)]
    assert speakers([rusk, says("The D", "45-year-old N")], ["Emma Rusk"]) == [Speaker("Emma Rusk", PERSON)]


def test_initials_and_juniors_are_the_people_of_the_full_name() -> None:
    sentences = [says("Emma P", "Rusk P"), says("E. P", "Rusk P"), says("Tom P", "Moss P", "Jr. P"), says("Moss P")]
    found = speakers(sentences, ["Emma Rusk", "E. Rusk", "Tom Moss Jr.", "Moss"])
    assert [one.name for one in found] == ["Emma Rusk", "Emma Rusk", "Tom Moss Jr.", "Tom Moss Jr."]
    assert surname(name_words("Tom Moss, Jr.")) == "Moss"


def test_an_initial_that_fits_two_people_is_given_to_neither() -> None:
    sentences = [says("Emma P", "Rusk P"), says("Edna P", "Rusk P"), says("E. P", "Rusk P")]
    assert speakers(sentences, ["Emma Rusk", "Edna Rusk", "E. Rusk"])[2].name == "E. Rusk"


def test_she_is_not_the_man_who_spoke_last() -> None:
    sentences = [says("Emma P", "Rusk P"), says("Tom P", "Moss P"), says("She R")]
    assert speakers(sentences, ["Emma Rusk", "Tom Moss"])[2] == Speaker("Emma Rusk", PERSON)


def test_a_title_tells_a_couple_apart() -> None:
    sentences = [says("Tom P", "Rusk P"), says("Emma P", "Rusk P"), says("Mrs. P", "Rusk P"), says("Mr. P", "Rusk P")]
    names = [one.name for one in speakers(sentences, ["Tom Rusk", "Emma Rusk", "Rusk"])]
    assert names == ["Tom Rusk", "Emma Rusk", "Emma Rusk", "Tom Rusk"]


@pytest.mark.parametrize("words", ["news conference", "number", "rally"])
def test_what_is_no_person_never_becomes_one_nor_he(words: str) -> None:
    *before, head = words.split()
    source = [*(f"{word} N" for word in before), f"{head} N"]
    found = speakers([says("Tom P", "Moss P"), says("The D", *source), says("He R")], ["Tom Moss"])
    assert found[1:] == [Speaker(words, OPEN), Speaker("Tom Moss", PERSON)]


def test_a_ruling_speaks_as_a_document() -> None:
    assert speakers([says("The D", "ruling N")], []) == [Speaker("ruling", SpeakerKind.DOCUMENT)]


def test_a_spokesman_is_unresolved_and_another_official_is_not_the_first() -> None:
    found = speakers([says("A D", "spokesman N"), says("An D", "official N"), says("Another D", "official N")], [])
    assert found == [Speaker("spokesman", OPEN), Speaker("official", OPEN), Speaker("another official", OPEN)]


def test_the_official_who_was_left_unnamed_goes_on_unnamed() -> None:
    sentences = [says("Tom P", "Moss P"), says("A D", "senior A", "official N"), says("The D", "official N")]
    found = speakers(sentences, ["Tom Moss"])
    assert found[1:] == [Speaker("senior official", OPEN)] * 2


def test_given_names_and_words_tell_women_from_men_or_say_nothing() -> None:
    assert female_by_name(("Emma", "Rusk")) is True
    assert female_by_name(("Tom", "Moss")) is False
    assert female_by_name(("Moss",)) is None
    assert female_by_name(("Robin", "Moss")) is None
    assert [female_by_word(word) for word in ("Mrs.", "spokesman", "mayor")] == [True, False, None]


def test_the_two_ministers_are_not_two_countries_that_spoke_together() -> None:
    together = (
        "Norland P 3 nsubj|and C 0 cc|Sudovia P 0 conj|said V 3 ROOT say|gas N 5 nsubj|rose~ V 3 ccomp rise|. . 3 punct"
    )
    two = "The D 2 det|two A 2 nummod|{} NS 3 nsubj {}|said V 3 ROOT say|gas N 5 nsubj|rose~ V 3 ccomp rise|. . 3 punct"
    bodies = {"Norland": "GPE", "Sudovia": "GPE"}
    names = [
        speakers([together, two.format(*noun)], [], **bodies)[1].name
        for noun in (("ministers", "minister"), ("countries", "country"))
    ]
    assert names == ["ministers", "Norland; Sudovia"]


def test_the_norville_businessman_is_whom_the_sentence_before_was_about_unless_another_is_called_so() -> None:
    moss = "Tom P 1 compound|Moss P 2 nsubj|came~ V 2 ROOT come|. . 2 punct"
    vale = "Businessman N 2 compound businessman|Ian P 2 compound|Vale P 3 nsubj|left~ V 3 ROOT leave|. . 3 punct"
    said = says("The D", "Norville P", "businessman N")
    assert speakers([moss, said], ["Tom Moss"]) == [Speaker("Tom Moss", PERSON)]
    assert speakers([vale, moss, said], ["Tom Moss", "Ian Vale"]) == [Speaker("Norville businessman", OPEN)]


def test_the_spokesman_of_a_body_is_not_whom_the_sentence_before_was_about() -> None:
    moss = "Tom P 1 compound|Moss P 2 nsubj|came~ V 2 ROOT come|. . 2 punct"
    said = says("The D", "Norville P", "spokesman N")
    assert speakers([moss, said], ["Tom Moss"]) == [Speaker("Norville spokesman", OPEN)]


def test_a_given_name_with_a_hyphen_is_whole() -> None:
    lines = "Lee P 3 compound|Sun~ P 3 compound|-~ . 3 punct|min P 4 nsubj|" + (
        "said V 4 ROOT say|gas N 6 nsubj|rose~ V 4 ccomp rise|. . 4 punct"
    )
    assert speakers([lines], ["Lee Sun - min"]) == [Speaker("Lee Sun-min", PERSON)]


def test_words_before_a_given_name_are_no_name_where_the_text_leaves_them_out_elsewhere() -> None:
    sentences = [says("Weary P", "Emma P", "Rusk P"), says("Emma P", "Rusk P"), says("Anna P", "Emma P", "Moss P")]
    found = speakers(sentences, ["Weary Emma Rusk", "Emma Rusk", "Anna Emma Moss"])
    assert [one.name for one in found] == ["Emma Rusk", "Emma Rusk", "Anna Emma Moss"]
    assert name_words("Executive Director Emma Rusk") == ("Emma", "Rusk")


def test_the_verb_of_a_headline_is_no_part_of_a_name() -> None:
    headline = "Moss P 1 nsubj|Warns V 1 ROOT warn|Norville P 1 dobj|. . 1 punct"
    assert speakers([headline, says("Moss P")], ["Moss Warns", "Moss"]) == [Speaker("Moss", PERSON)]


@pytest.mark.parametrize(
    "met", ["met~ V 2 ROOT meet|Moss P 2 dobj", "spoke V 2 ROOT speak|with I 2 prep|Moss P 3 pobj"]
)
def test_the_two_leaders_are_those_who_met(met: str) -> None:
    meeting = f"Emma P 1 compound|Rusk P 2 nsubj|{met}|. . 2 punct"
    two = "The D 2 det|two A 2 nummod|leaders NS 3 nsubj leader|said V 3 ROOT say|gas N 5 nsubj|rose~ V 3 ccomp rise"
    names = ("Emma Rusk", "Moss")
    assert speakers([meeting, two], list(names)) == [Speaker("Emma Rusk; Moss", SpeakerKind.GROUP, names)]


def test_a_title_with_of_is_an_office_of_the_person_behind_it() -> None:
    title = "Secretary N 4 compound secretary|of I 0 prep|State P 1 pobj"
    grant = f"{title}|Emma P 4 compound|Rusk P 5 nsubj|came~ V 5 ROOT come"
    moss = "Tom P 1 compound|Moss P 2 nsubj|left~ V 2 ROOT leave|. . 2 punct"
    found = speakers([grant, moss, says("The D", "secretary N")], ["Emma Rusk", "Tom Moss"])
    assert found == [Speaker("Emma Rusk", PERSON)]


def test_a_name_that_a_comma_sets_off_is_the_person_whatever_the_parser_makes_of_it() -> None:
    source = "Lee P 3 nmod|,~ . 3 punct|foreign A 3 amod|minister N 4 nsubj"
    assert speakers([f"{source}|said V 4 ROOT say|gas N 6 nsubj|rose~ V 4 ccomp rise"], ["Lee"]) == [
        Speaker("Lee", PERSON)
    ]
