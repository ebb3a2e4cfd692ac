from dataclasses import replace

import pytest

from app.domain import TextSpan, TopicEvidence
from app.present import evidence, rows
from app.present.reading import reading_blocks
from app.store.rows import Excerpt, QuoteRow
from tests.factories import find, paragraphs
from tests.present.rows import quote_row

TEXT = (
    "NATO met in Brussels.\n"
    "Ministers from NATO and the Atlantic alliance spoke. Gas was dear. "
    "Ann Lee, the NATO chief, said “the alliance pledges that we stand by it”.\n"
    "It rained."
)
CLAUSE = "Ann Lee, the NATO chief, said “the alliance pledges that we stand by it”"
HOME = tuple(paragraphs(TEXT))


def row(*found: TopicEvidence) -> QuoteRow:
    """The quote with the sentence before it, and *found* as its evidence."""
    plain = quote_row(TEXT, "the alliance pledges that we stand by it", CLAUSE, sentence=f"{CLAUSE}.", cue="pledges")
    before = "Gas was dear."
    return replace(plain, before=Excerpt(find(TEXT, before), before), evidence=found)


def refer(words: str, to: str, nth: int = 0, rule: str = "mention", score: float = 0.83) -> TopicEvidence:
    start = find(TEXT, "the alliance pledges").start
    at = TEXT.index(words, start)
    return TopicEvidence("nato", TextSpan(at, at + len(words)), to, rule, find(TEXT, to, nth), score)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("quote", "“NATO” in the quote itself"),
        ("clause", "“NATO” in the clause that the quote completes"),
        ("context", "“NATO” in whom or what it is said of"),
        ("mention", "“NATO” in an earlier mention that the quote refers to"),
        ("of_tomorrow", "“NATO” (of_tomorrow)"),
    ],
)
def test_a_rule_is_told_in_words(rule: str, words: str) -> None:
    (reason,) = evidence.reasons(row(TopicEvidence("nato", find(TEXT, "NATO", 2), "NATO", rule)))
    assert (reason.words, reason.sure) == (words, "of ten like it, nearly all are right")


@pytest.mark.parametrize(
    ("words", "to", "nth", "where"),
    [
        ("the alliance", "NATO", 2, "in the same sentence"),
        ("it", "Gas", 0, "one sentence before"),
        ("the alliance", "NATO", 1, "earlier in the same paragraph"),
        ("the alliance", "NATO", 0, "one paragraph before"),
    ],
)
def test_a_mention_says_what_it_refers_to_and_how_far_back_that_stands(
    words: str, to: str, nth: int, where: str
) -> None:
    (reason,) = evidence.reasons(row(refer(words, to, nth)), HOME)
    assert reason.words == f"“{words}” → “{to}”, named {where}"
    assert reason.sure == "of ten like it, about 8 are right"


def test_without_the_paragraphs_a_naming_out_of_sight_is_earlier_in_the_article() -> None:
    assert evidence.why([row(refer("it", "NATO", 0))]) == {"nato": ("“it” → “NATO”, named earlier in the article",)}


def test_a_voice_names_who_the_article_says_is_speaking() -> None:
    said, done = refer("we", "NATO chief", rule="voice"), refer("pledges", "NATO chief", rule="voice")
    assert [one.words for one in evidence.reasons(row(said, done))] == [
        "“we” is said by somebody whom the article introduces as “NATO chief”",
        "“pledges” is what somebody does whom the article introduces as “NATO chief”",
    ]


def test_words_by_the_same_rule_are_told_together_and_each_once() -> None:
    gas = TopicEvidence("energy", find(TEXT, "Gas"), "Gas", "clause")
    dear = TopicEvidence("energy", find(TEXT, "dear"), "dear", "clause")
    assert evidence.why([row(gas, dear), row(gas)]) == {
        "energy": ("“Gas”, “dear” in the clause that the quote completes",)
    }


def test_a_term_inside_another_of_its_topic_is_not_told_twice() -> None:
    whole, part = refer("it", "Atlantic alliance"), refer("it", "alliance")
    assert evidence.outermost([part, whole]) == [whole]
    other = replace(part, topic="us")
    assert evidence.outermost([whole, other]) == [whole, other]


def test_only_what_refers_back_stands_in_the_margin() -> None:
    own = TopicEvidence("nato", find(TEXT, "NATO", 2), "NATO", "clause")
    assert evidence.why([row(own)], back=True) == {}
    (*_, block, _) = reading_blocks(TEXT, HOME, [row(own, refer("the alliance", "NATO", 1))])
    assert block.notes[0].back == {"nato": ("“the alliance” → “NATO”, named earlier in the article",)}


def test_both_places_are_marked_in_the_article_and_around_the_quote() -> None:
    given = row(refer("the alliance", "Gas"))
    text = [piece for block in reading_blocks(TEXT, HOME, [given]) for piece in block.segments]
    for pieces in (text, rows.passage(given)):
        marked = {piece.text: piece.classes.split() for piece in pieces}
        assert "m-evidence" in marked["the alliance"]
        assert "m-naming" in marked["Gas"]


def test_a_naming_out_of_sight_is_shown_in_its_own_words() -> None:
    (naming,) = evidence.namings(row(refer("it", "NATO", 0), refer("it", "Gas")), TEXT, HOME)
    assert "".join(piece.text for piece in naming.pieces) == "NATO met in Brussels."
    assert [piece.text for piece in naming.pieces if piece.marks] == ["NATO"]
    assert naming.where == "one paragraph before"


def test_a_naming_in_a_long_paragraph_is_cut_between_words() -> None:
    long = "word " * 100
    text = f"{long}NATO {long}“it”"
    given = quote_row(text, "it", "“it”", evidence=())
    one = TopicEvidence("nato", find(text, "it"), "NATO", "mention", find(text, "NATO"))
    (naming,) = evidence.namings(replace(given, evidence=(one,)), text, tuple(paragraphs(text)))
    words = "".join(piece.text for piece in naming.pieces).split()
    assert set(words) == {"word", "NATO"}
    assert len(words) < 50
