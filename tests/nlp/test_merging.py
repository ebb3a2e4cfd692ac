"""What becomes of rules' findings beside the tagger's; texts and tags by hand."""

from __future__ import annotations

from spacy.tokens import Doc

from app.domain import AttributionKind
from app.nlp.attribution import Attributions
from app.nlp.learned.tagged import Tagged
from app.nlp.quotations import Quotations
from tests.nlp.docs import doc_of

# “Gas is dear,” Ellis said. “We wait.”
BROKEN = """
“~ . 4 punct
Gas N 4 nsubj
is X 4 aux be
very~ B 4 advmod
dear~ V 7 ccomp
,” . 7 punct
Ellis P 7 nsubj
said~ V 7 ROOT say
. . 7 punct
“~ . 11 punct
We R 11 nsubj
wait~ V 11 ROOT
.” . 11 punct
"""

# Ellis said “We wait.”
BEFORE = """
Ellis P 1 nsubj
said V 1 ROOT say
“~ . 4 punct
We R 4 nsubj
wait~ V 1 ccomp
.” . 4 punct
"""

# Ellis and Brandt said gas rose.
TWO = """
Ellis P 3 nsubj
and C 0 cc
Brandt P 0 conj
said V 3 ROOT say
gas N 5 nsubj
rose~ V 3 ccomp
. . 3 punct
"""

# Ellis said and Brandt gas rose.
ACROSS = """
Ellis P 1 nsubj
said V 1 ROOT say
and C 0 cc
Brandt P 0 conj
gas N 5 nsubj
rose~ V 1 ccomp
. . 1 punct
"""


# “Gas rose,” the paper read.
READ = """
“~ . 2 punct
Gas N 2 nsubj
rose~ V 6 ccomp
,” . 6 punct
the D 6 det
paper N 6 compound
read~ N 6 ROOT
. . 6 punct
"""


def merged(text: str, *tagged: Tagged, starts: tuple[int, ...] = (0,)) -> Doc:
    return attributed(text, tagged, starts=starts)


def attributed(text: str, tagged: tuple[Tagged, ...] | None, *, starts: tuple[int, ...] = (0,)) -> Doc:
    doc = Quotations("quotations")(doc_of(text, starts=starts))
    if tagged is not None:
        doc._.tagged = tagged
    return Attributions("attributions")(doc)


def tag(cue: tuple[int, int], content: tuple[int, int], source: tuple[int, int] | None = None) -> Tagged:
    return Tagged(cue[0], source, cue, (content,), 0.9)


def contents(doc: Doc) -> list[tuple[str, list[str]]]:
    return [(one.rule, [span.of(doc.text) for span in one.content]) for one in doc._.attributions]


def test_a_quotation_that_the_tagger_has_is_its_and_the_rest_of_it_comes_too() -> None:
    doc = merged(BROKEN, tag((7, 8), (1, 5), (6, 7)), starts=(0, 9))
    (one,) = doc._.attributions
    assert one.rule == "learned"
    assert one.kind is AttributionKind.DIRECT
    assert one.quotes == [0, 1]


def test_most_of_a_quotation_brings_it_in_whole() -> None:
    doc = merged(BROKEN, tag((7, 8), (2, 5), (6, 7)), starts=(0, 9))
    assert doc._.attributions[0].content[0].of(doc.text).startswith("Gas")


def test_a_source_that_the_tagger_missed_is_the_rules() -> None:
    doc = merged(BROKEN, tag((7, 8), (1, 5)), starts=(0, 9))
    (one,) = doc._.attributions
    assert one.source is not None
    assert doc[slice(*one.source)].text == "Ellis"


def test_a_quotation_that_the_tagger_leaves_alone_stays_with_the_rules() -> None:
    doc = merged(BROKEN, starts=(0, 9))
    assert [one.rule for one in doc._.attributions] == ["after"]


NESTED = """
Merrill P 1 nsubj
says V 1 ROOT say
Machado P 3 nsubj
promised V 1 ccomp promise
“~ . 6 punct
a D 6 det
bridge~ N 3 dobj
” . 3 punct
. . 1 punct
"""


def test_a_report_within_a_report_keeps_its_own_source() -> None:
    doc = merged(NESTED, tag((1, 2), (2, 7), (0, 1)))
    assert {(one.rule, doc[slice(*one.source)].text, tuple(one.quotes)) for one in doc._.attributions} == {
        ("learned", "Merrill", ()),
        ("parse", "Machado", (0,)),
    }


def test_of_nested_tags_the_inner_has_the_quotation() -> None:
    doc = merged(NESTED, tag((1, 2), (2, 7), (0, 1)), tag((3, 4), (4, 7), (2, 3)))
    inner = next(one for one in doc._.attributions if one.quotes)
    assert doc[slice(*inner.source)].text == "Machado"
    assert [rule for rule, _ in contents(doc)] == ["learned", "learned"]


CLAUSE = """
Experts NS 1 nsubj expert
say V 1 ROOT
gas N 5 nsubj
prices NS 5 nsubj price
will X 5 aux
rise~ V 1 ccomp
. . 1 punct
"""


def test_where_the_tagger_speaks_clauses_are_its_alone() -> None:
    assert contents(attributed(CLAUSE, None)) == [("clause", ["gas prices will rise"])]
    assert contents(merged(CLAUSE)) == []
    doc = merged(CLAUSE, tag((1, 2), (3, 6), (0, 1)))
    assert contents(doc) == [("learned", ["prices will rise"])]


def test_content_that_is_nothing_but_source_and_cue_is_dropped() -> None:
    assert contents(merged(CLAUSE, tag((1, 2), (0, 2), (0, 1)))) == []


def test_a_quotation_with_the_cue_inside_is_not_all_said_by_its_source() -> None:
    doc = merged(BROKEN, tag((4, 5), (1, 4), (6, 7)), starts=(0, 9))
    assert all(one.quotes == [] for one in doc._.attributions if one.rule == "learned")


def test_a_mark_at_the_edge_of_a_cue_is_the_quotation_s() -> None:
    doc = merged(BEFORE, tag((1, 3), (3, 5), (0, 1)))
    (one,) = doc._.attributions
    assert one.cue is not None
    assert doc[slice(*one.cue)].text == "said"
    assert one.content[0].of(doc.text) == "We wait."


def test_a_source_goes_as_far_as_the_names_joined_to_it() -> None:
    doc = merged(TWO, tag((3, 4), (4, 6), (0, 1)))
    (one,) = doc._.attributions
    assert one.source is not None
    assert doc[slice(*one.source)].text == "Ellis and Brandt"


def test_a_source_stops_before_its_cue_whatever_is_joined_to_it() -> None:
    doc = merged(ACROSS, tag((1, 2), (4, 6), (0, 1)))
    (one,) = doc._.attributions
    assert one.source is not None
    assert doc[slice(*one.source)].text == "Ellis"


def test_a_quotation_stands_in_one_attribution_only() -> None:
    both = Tagged(7, (6, 7), (7, 8), ((1, 5), (10, 12)), 0.8)
    doc = merged(BROKEN, both, tag((7, 8), (10, 12), (6, 7)), starts=(0, 9))
    assert [len(pieces) for _, pieces in contents(doc)] == [1, 1]


def test_the_noun_of_a_source_is_its_head_where_the_parser_takes_the_verb_behind_it_for_a_noun() -> None:
    (record,) = merged(READ, tag((6, 7), (0, 4), (4, 6)))._.attributions
    assert record.head == 5
