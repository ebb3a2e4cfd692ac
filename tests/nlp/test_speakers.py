from app.domain import Speaker, SpeakerKind
from app.nlp.cast import body_name, name_words
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
