"""By which mentions a speaker is reached: from the source as it stands to the full name."""

from app.nlp.speakers import Speakers
from tests.nlp.docs import doc_of, linked

SAYS = "{cue} V {i} ROOT say\ngas N {j} nsubj\nrose~ V {i} ccomp rise\n. . {i} punct\n"
TRUNK = """
Ada P 1 compound
Moss P 2 nsubj
came~ V 2 ROOT come
. . 2 punct
"""


def chains(lines: str, ents: dict[str, str], starts: tuple[int, ...]) -> list[list[str]]:
    doc = Speakers("speakers")(linked(doc_of(lines, ents=ents, starts=starts)))
    return [[span.of(doc.text) for span in record.chain] for record in doc._.attributions]


def says(source: str, i: int) -> str:
    return f"{source} P {i + 1} nsubj\n" + SAYS.format(cue="said", i=i + 1, j=i + 3)


def test_a_pronoun_leads_by_the_surname_to_the_full_name() -> None:
    lines = (
        TRUNK + says("Moss", 4) + says("She", 9).replace("She P", "She R") + says("She", 14).replace("She P", "She R")
    )
    people = {"Ada Moss": "PERSON", "Moss": "PERSON"}
    assert chains(lines, people, (0, 4, 9, 14)) == [
        ["Moss", "Ada Moss"],
        ["She", "Moss", "Ada Moss"],
        ["She", "Moss", "Ada Moss"],
    ]


def test_a_source_in_full_is_its_own_chain_and_so_are_words_that_name_nobody() -> None:
    lines = TRUNK + says("He", 4).replace("He P", "He R")
    assert chains(lines, {}, (0, 4)) == [["He"]]
    assert chains("Ada P 1 compound\n" + says("Moss", 1), {"Ada Moss": "PERSON"}, (0,)) == [["Ada Moss"]]


def test_an_office_leads_to_where_the_person_is_called_so() -> None:
    lines = """
    Mayor P 2 compound
    Ada P 2 compound
    Moss P 3 nsubj
    came~ V 3 ROOT come
    . . 3 punct
    The D 6 det
    mayor N 7 nsubj
    said V 7 ROOT say
    gas N 9 nsubj
    rose~ V 7 ccomp rise
    . . 7 punct
    """
    assert chains(lines, {"Ada Moss": "PERSON"}, (0, 5)) == [["The mayor", "Ada Moss"]]


def test_they_lead_to_the_names_that_stand_together() -> None:
    lines = """
    Moss P 3 nsubj
    and C 0 cc
    Roe P 0 conj
    met~ V 3 ROOT meet
    . . 3 punct
    """
    chain = chains(lines + says("They", 5).replace("They P", "They R"), {"Moss": "PERSON", "Roe": "PERSON"}, (0, 5))
    assert chain == [["They", "Moss and Roe"]]


def test_mentions_that_follow_on_one_another_do_not_grow_the_chain() -> None:
    lines = TRUNK + says("Moss", 4)
    for i in range(40):
        lines += says("She", 9 + 5 * i).replace("She P", "She R")
    starts = (0, *range(4, 4 + 5 * 41, 5))
    assert max(map(len, chains(lines, {"Ada Moss": "PERSON", "Moss": "PERSON"}, starts))) == 3
