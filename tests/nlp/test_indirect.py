"""Reports without quotation marks: what each kind of cue takes, and whose it is."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from app.domain import AttributionKind
from app.nlp.attribution import Attributions
from app.nlp.quotations import Quotations
from app.nlp.valency import FRAMES, frames_of
from tests.nlp.docs import doc_of

PROMISED = """
Berg P 1 nsubj
promised V 1 ROOT promise
to X 3 aux
cut V 1 xcomp
taxes~ NS 3 dobj tax
. . 1 punct
"""

DENOUNCED = """
Berg P 1 nsubj
denounced V 1 ROOT denounce
the D 3 det
ban~ N 1 dobj
. . 1 punct
"""

SEEMS = """
Gas N 1 nsubj
seems V 1 ROOT seem
to X 3 aux
rise~ V 1 xcomp
. . 1 punct
"""

VOTERS_WHO = """
Voters NS 4 nsubj voter
who W 2 nsubj
fear V 0 relcl
floods~ NS 2 dobj flood
left V 4 ROOT leave
early~ B 4 advmod
. . 4 punct
"""

HOPE = """
Berg P 2 poss
’s T 0 case
hope N 7 nsubj
that I 5 mark
gas N 5 nsubj
falls V 2 acl fall
soon B 5 advmod
faded~ V 7 ROOT fade
. . 7 punct
"""

CONFIDENT = """
Berg P 1 nsubj
is V 1 ROOT be
confident A 1 acomp
that I 5 mark
gas N 5 nsubj
falls~ V 2 ccomp fall
. . 1 punct
"""

TWICE = """
Berg P 1 nsubj
said V 1 ROOT say
voters NS 3 nsubj voter
want V 1 ccomp
to X 5 aux
leave~ V 3 xcomp
. . 1 punct
"""

JOINED = """
Berg P 1 nsubj
said V 1 ROOT say
gas N 3 nsubj
fell V 1 ccomp fall
and C 3 cc
Moss P 6 nsubj
said V 3 conj say
oil N 8 nsubj
rose~ V 6 ccomp rise
. . 1 punct
"""

ASIDE = """
Gas~ N 6 nsubj
, . 3 punct
Berg P 3 nsubj
said~ V 6 parataxis say
, . 3 punct
will X 6 aux
rise~ V 6 ROOT
. . 6 punct
"""


def read(lines: str, *, attitudes: bool = True) -> Doc:
    doc = doc_of(lines)
    return Attributions("attributions", attitudes=attitudes)(
        Quotations("quotations", paragraphs_key="paragraphs", spans_key="quotations")(doc)
    )


def found(doc: Doc) -> list[tuple[str | None, str | None, list[str], str]]:
    """Source, cue, content and rule of each attribution."""
    assert all(one.kind is AttributionKind.INDIRECT for one in doc._.attributions)
    return [
        (
            doc[slice(*one.source)].text if one.source else None,
            doc[slice(*one.cue)].text if one.cue else None,
            [span.of(doc.text) for span in one.content],
            one.rule,
        )
        for one in doc._.attributions
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (PROMISED, ("Berg", "promised", ["to cut taxes"], "infinitive")),
        (DENOUNCED, ("Berg", "denounced", ["the ban"], "object")),
        (CONFIDENT, ("Berg", "confident", ["that gas falls"], "adjective")),
    ],
)
def test_a_cue_takes_what_its_frame_says(lines: str, expected: tuple[str, str, list[str], str]) -> None:
    assert found(read(lines)) == [expected]


def test_a_noun_is_the_cue_of_whoever_has_it() -> None:
    assert found(read(HOPE)) == [("Berg", "hope", ["that gas falls soon"], "noun")]


def test_what_seems_so_is_said_around_the_cue_and_by_nobody() -> None:
    assert found(read(SEEMS)) == [(None, "seems", ["Gas", "to rise"], "impersonal")]


def test_a_relative_pronoun_is_the_source_and_its_noun_the_head() -> None:
    doc = read(VOTERS_WHO)
    assert found(doc) == [("who", "fear", ["floods"], "object")]
    assert doc[doc._.attributions[0].head].text == "Voters"


def test_of_a_report_within_a_report_only_the_outer_one_counts() -> None:
    assert found(read(TWICE)) == [("Berg", "said", ["voters want to leave"], "clause")]


def test_a_report_ends_where_another_one_is_joined_to_it() -> None:
    assert [one[:3] for one in found(read(JOINED))] == [("Berg", "said", ["gas fell"]), ("Moss", "said", ["oil rose"])]


def test_words_around_an_aside_are_its_content_in_two_pieces() -> None:
    assert found(read(ASIDE)) == [("Berg", "said", ["Gas", "will rise"], "clause")]


def test_without_attitudes_only_clauses_of_verbs_of_speech_remain() -> None:
    for lines in (PROMISED, DENOUNCED, SEEMS, VOTERS_WHO, CONFIDENT):
        assert found(read(lines, attitudes=False)) == []
    assert len(found(read(TWICE, attitudes=False))) == 1


def test_every_frame_has_words_and_most_words_have_no_frame() -> None:
    assert len(FRAMES) > 50
    assert not any(frames_of(token) for token in doc_of("Rain N 1 nsubj\nfell~ V 1 ROOT fall\n. . 1 punct"))
