from app.domain import Speaker, SpeakerKind
from app.nlp.cast import body_name
from app.nlp.names import name_words
from app.nlp.speakers import Speakers
from tests.nlp.docs import doc_of, linked

REPORT = "\n{cue} V {i} ROOT say\ngas N {j} nsubj\nrose~ V {i} ccomp rise\n. . {i} punct"


def speakers(lines: str, ents: dict[str, str], starts: tuple[int, ...] = (0,)) -> list[Speaker]:
    doc = Speakers("speakers")(linked(doc_of(lines, ents=ents, starts=starts)))
    return [record.speaker for record in doc._.attributions]


def test_a_surname_becomes_the_fullest_name_in_the_text() -> None:
    lines = """
    Liz P 1 compound
    Truss P 2 nsubj
    came~ V 2 ROOT come
    . . 2 punct
    Truss P 5 nsubj
    said V 5 ROOT say
    gas N 7 nsubj
    rose~ V 5 ccomp rise
    . . 5 punct
    """
    assert speakers(lines, {"Liz Truss": "PERSON", "Truss": "PERSON"}, (0, 4)) == [
        Speaker("Liz Truss", SpeakerKind.PERSON)
    ]


def test_he_is_the_person_who_is_the_subject_of_the_sentence_before() -> None:
    lines = """
    Alexander P 1 compound
    Korolev P 2 nsubj
    came~ V 2 ROOT come
    . . 2 punct
    He R 5 nsubj
    said V 5 ROOT say
    gas N 7 nsubj
    rose~ V 5 ccomp rise
    . . 5 punct
    """
    assert speakers(lines, {"Alexander Korolev": "PERSON"}, (0, 4)) == [
        Speaker("Alexander Korolev", SpeakerKind.PERSON)
    ]


def test_they_are_the_people_last_named_together() -> None:
    lines = """
    Xi P 3 nsubj
    and C 0 cc
    Putin P 0 conj
    met~ V 3 ROOT meet
    . . 3 punct
    They R 6 nsubj
    said V 6 ROOT say
    gas N 8 nsubj
    rose~ V 6 ccomp rise
    . . 6 punct
    """
    group = Speaker("Xi; Putin", SpeakerKind.GROUP, ("Xi", "Putin"))
    assert speakers(lines, {"Xi": "PERSON", "Putin": "PERSON"}, (0, 5)) == [group]


def test_what_the_text_does_not_resolve_stays_openly_unresolved() -> None:
    lines = """
    She R 1 nsubj
    said V 1 ROOT say
    gas N 3 nsubj
    rose~ V 1 ccomp rise
    . . 1 punct
    """
    assert speakers(lines, {}) == [Speaker("She", SpeakerKind.UNRESOLVED)]


def test_a_statement_speaks_as_a_document_and_a_country_as_an_organisation() -> None:
    said = "said V 2 ROOT say\ngas N 4 nsubj\nrose~ V 2 ccomp rise\n. . 2 punct"
    assert speakers(f"The D 1 det\nstatement N 2 nsubj\n{said}", {})[0].kind is SpeakerKind.DOCUMENT
    assert speakers(f"The D 1 det\nUS P 2 nsubj\n{said}", {"US": "GPE"}) == [
        Speaker("United States", SpeakerKind.ORGANISATION)
    ]


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    assert name_words("President Vladimir Putin’s") == ("Vladimir", "Putin")
    assert name_words("Ursula von der Leyen") == ("Ursula", "von", "der", "Leyen")
    assert body_name("the U.S.") == "United States"


def test_a_list_of_three_names_speaks_together_and_they_and_the_trio_are_the_list() -> None:
    lines = """
    Ana P 8 nsubj
    Ruiz~ P 0 appos
    , . 0 punct
    minister N 4 compound
    Bo P 0 conj
    and C 4 cc
    Cy P 4 conj
    Dahl P 6 flat
    said V 8 ROOT say
    gas N 10 nsubj
    rose~ V 8 ccomp rise
    . . 8 punct
    The D 13 det
    trio N 14 nsubj
    said V 14 ROOT say
    oil N 16 nsubj
    rose~ V 14 ccomp rise
    . . 14 punct
    """
    names = ("Ana Ruiz", "Bo", "Cy Dahl")
    group = Speaker("Ana Ruiz; Bo; Cy Dahl", SpeakerKind.GROUP, names)
    assert speakers(lines, dict.fromkeys(names, "PERSON"), (0, 12)) == [group, group]


def test_a_name_with_particles_is_one_person_where_the_recogniser_parts_it() -> None:
    lines = """
    Ada P 3 compound
    von P 3 compound
    der P 3 compound
    Aue P 4 nsubj
    said V 4 ROOT say
    gas N 6 nsubj
    rose~ V 4 ccomp rise
    . . 4 punct
    """
    assert speakers(lines, {"Ada von der": "PERSON", "Aue": "GPE"}) == [Speaker("Ada von der Aue", SpeakerKind.PERSON)]


def test_an_office_with_a_portfolio_is_not_given_to_the_holder_of_another() -> None:
    lines = """
    Culture P 1 compound
    minister N 2 compound
    Ada P 3 nsubj
    came~ V 3 ROOT come
    . . 3 punct
    The D 7 det
    transport N 7 compound
    minister N 8 nsubj
    said V 8 ROOT say
    gas N 10 nsubj
    rose~ V 8 ccomp rise
    . . 8 punct
    """
    assert speakers(lines, {"Ada": "PERSON"}, (0, 5)) == [Speaker("transport minister", SpeakerKind.UNRESOLVED)]


def test_two_presidents_who_fit_equally_are_not_guessed_between() -> None:
    lines = """
    President P 1 compound
    Ada P 3 poss
    's T 1 case
    car N 7 nsubj
    and C 3 cc
    President P 6 compound
    Bo P 3 conj
    came~ V 7 ROOT come
    . . 7 punct
    The D 10 det
    president N 11 nsubj
    said V 11 ROOT say
    gas N 13 nsubj
    rose~ V 11 ccomp rise
    . . 11 punct
    """
    assert speakers(lines, {"Ada": "PERSON", "Bo": "PERSON"}, (0, 9))[0].name == "president"


def test_the_statement_is_the_joint_statement_named_before() -> None:
    lines = """
    A D 2 det
    joint A 2 amod
    statement N 3 nsubj
    came~ V 3 ROOT come
    . . 3 punct
    The D 6 det
    statement N 7 nsubj
    said V 7 ROOT say
    gas N 9 nsubj
    rose~ V 7 ccomp rise
    . . 7 punct
    """
    assert speakers(lines, {}, (0, 5)) == [Speaker("joint statement", SpeakerKind.DOCUMENT)]
