from spacy.tokens import Doc

from app.domain import AttributionKind
from app.nlp.keys import ATTRIBUTIONS_KEY
from app.nlp.records import AttributionRecord
from tests.nlp.docs import doc_of, linked

AFTER = """
“~ . 4 punct
Gas N 4 nsubj
is~ X 4 aux be
,~ . 4 punct
dear V 8 ccomp
” . 8 punct
Alice P 7 compound
Ellis P 8 nsubj
said~ V 8 ROOT say
. . 8 punct
"""

FRAGMENTS = """
Xi P 1 nsubj
expressed V 1 ROOT express
“~ . 4 punct
serious A 4 amod
concerns~ NS 1 dobj concern
” . 4 punct
about I 4 prep
NATO P 9 poss
“~ . 9 punct
growth~ N 6 pobj
” . 9 punct
and C 1 cc
said V 1 conj say
they R 15 nsubj
“~ . 15 punct
oppose V 12 ccomp
forces~ NS 15 dobj force
” . 1 punct
"""


def only(doc: Doc) -> AttributionRecord:
    assert len(doc._.attributions) == 1
    record: AttributionRecord = doc._.attributions[0]
    return record


def words(doc: Doc, part: tuple[int, int] | None) -> str | None:
    return doc[part[0] : part[1]].text if part else None


def test_a_direct_quotation_goes_to_the_subject_of_the_verb_after_it() -> None:
    doc = linked(doc_of(AFTER))
    record = only(doc)
    assert (words(doc, record.source), words(doc, record.cue)) == ("Alice Ellis", "said")
    assert record.kind is AttributionKind.DIRECT


def test_fragments_under_one_cue_are_one_attribution_and_a_joined_cue_keeps_the_subject() -> None:
    doc = linked(doc_of(FRAGMENTS))
    first, second = doc._.attributions
    assert (first.quotes, second.quotes) == ([0, 1], [2])
    assert (words(doc, first.source), words(doc, second.source)) == ("Xi", "Xi")
    assert first.kind is second.kind is AttributionKind.MIXED
    assert first.content[0].of(doc.text) == "“serious concerns” about NATO “growth”"


def test_the_spans_carry_one_id_an_attribution() -> None:
    doc = linked(doc_of(FRAGMENTS))
    found = {(span.id_, span.label_, span.text) for span in doc.spans[ATTRIBUTIONS_KEY]}
    assert {("0", "SOURCE", "Xi"), ("0", "CUE", "expressed"), ("1", "CUE", "said")} <= found


def test_a_clause_without_marks_is_indirect() -> None:
    doc = linked(
        doc_of(
            """
            Experts NS 1 nsubj expert
            say V 1 ROOT
            that I 4 mark
            gas N 4 nsubj
            rises~ V 1 ccomp rise
            . . 1 punct
            """
        )
    )
    record = only(doc)
    assert record.kind is AttributionKind.INDIRECT
    assert (words(doc, record.source), record.content[0].of(doc.text)) == ("Experts", "that gas rises")


def test_a_name_between_marks_is_no_quotation_of_anybody() -> None:
    doc = linked(
        doc_of(
            """
            He R 1 nsubj
            watched V 1 ROOT watch
            “~ . 3 punct
            House P 1 dobj
            of I 3 prep
            Cards~ P 4 pobj
            ” . 3 punct
            """
        )
    )
    assert doc._.attributions == ()


def test_a_text_without_anything_said_has_no_attributions() -> None:
    assert linked(doc_of("Rain N 1 nsubj\nfell~ V 1 ROOT fall\n. . 1 punct"))._.attributions == ()


def test_each_quotation_that_goes_on_points_at_the_first_of_its_run() -> None:
    rows, paragraph = ["“~ . 1 punct", "Gas N 1 nsubj", "rose~ V 1 ROOT rise", ". . 1 punct", "”~ . 1 punct"], []
    lines = ["Berg P 1 nsubj", "said V 1 ROOT say", ":~ . 1 punct", "¶ _ 1 dep"]
    for first in (4, 10, 16):
        head = first + 2
        paragraph = [row.replace(" 1 ", f" {head} ") for row in rows]
        lines += [*paragraph, f"¶ _ {head} dep"]
    doc = linked(doc_of("\n".join(lines), starts=(0, 4, 10, 16)))
    first, *rest = doc._.attributions
    assert len(rest) == 2
    assert all(one.follows is first for one in rest)


def test_words_between_marks_take_the_clause_that_their_cue_takes() -> None:
    doc = linked(
        doc_of(
            """
            Berg P 1 nsubj
            called V 1 ROOT call
            the D 3 det
            ban N 1 dobj
            “~ . 6 punct
            utterly B 6 advmod
            absurd~ A 1 oprd
            ” . 1 punct
            """
        )
    )
    assert [span.of(doc.text) for span in only(doc).content] == ["the ban “utterly absurd”"]
    assert only(doc).kind is AttributionKind.MIXED


def test_who_is_said_to_use_the_words_is_not_their_source() -> None:
    doc = linked(
        doc_of(
            """
            Moss P 1 nsubj
            said V 1 ROOT say
            she R 3 nsubj
            fought V 1 ccomp fight
            what W 6 dobj
            they R 6 nsubj
            call V 3 ccomp call
            a D 10 det
            “~ . 10 punct
            paper A 10 amod
            wall~ N 6 oprd
            ” . 1 punct
            """
        )
    )
    assert (words(doc, only(doc).source), words(doc, only(doc).cue)) == ("Moss", "said")


def test_two_words_under_a_verb_that_reports_nothing_are_nobodys() -> None:
    doc = linked(
        doc_of(
            """
            Berg P 1 nsubj
            bought V 1 ROOT buy
            a D 5 det
            “~ . 5 punct
            smart A 5 amod
            house~ N 1 dobj
            ” . 1 punct
            """
        )
    )
    assert doc._.attributions == ()
