from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain import Reading, TextSpan, Tokens, Topic
from app.ingest.reach import CUT_UP, reach
from app.nlp.retagging import TopicTagger
from app.store.readings import pack_tokens

TALK = Topic("talk", "Talk", "", "#123456", terms=("trade deal", "talks"), names=("NATO",))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def reaches(before: list[Topic], after: list[Topic], text: str, lemmas: tuple[str, ...] = ()) -> bool:
    tokens = Tokens((0,) * len(lemmas), (1,) * len(lemmas), lemmas, ("X",) * len(lemmas))
    return reach(before, after).reaches(text, pack_tokens(text, tokens))


@pytest.mark.parametrize(
    "same", [TALK, replace(TALK, label="x"), replace(TALK, colour="#000000"), replace(TALK, terms=TALK.terms[::-1])]
)
def test_a_change_that_moves_no_word_reaches_nothing(same: Topic) -> None:
    other = Topic("x", "X", "", "#123456", terms=("x",))
    assert reach([TALK, other], [other, same]).nothing


def test_a_word_that_is_added_or_removed_reaches_the_texts_with_it() -> None:
    for pair in ([TALK], [replace(TALK, terms=("talks",))]), ([replace(TALK, terms=("talks",))], [TALK]):
        assert reaches(*pair, "A TRADE-DEAL?")
        assert not reaches(*pair, "A trade and NATO talks")
    assert reaches([], [TALK], "nato")
    assert not reaches([], [TALK], "Nothing.")


def test_a_lemma_is_reached_where_the_text_has_another_form() -> None:
    assert reaches([], [replace(TALK, terms=("buy",))], "They bought it.", ("buy",))
    assert not reaches([], [replace(TALK, terms=("buy",))], "They bought it.", ("sell",))


@pytest.mark.parametrize("field", ["terms", "names", "excluded", "mentions", "voices", "entities"])
def test_every_kind_of_words_counts(field: str) -> None:
    words = {field: (*getattr(TALK, field), "GPE: Georgia" if field == "entities" else "Georgia")}
    changed = replace(TALK, **words)  # type: ignore[arg-type]
    assert reaches([TALK], [changed], "in Georgia")
    assert not reaches([TALK], [changed], "in GPE NATO trade deal talks")


@pytest.mark.parametrize(
    "change", [{"patterns": ('[{"LOWER":"x"}]',)}, {"terms": ("U.S.",)}, {"terms": ("cannot",)}, {"names": ("G7",)}]
)
def test_what_may_stand_anywhere_reaches_everything(change: dict[str, tuple[str, ...]]) -> None:
    assert reaches([], [replace(TALK, terms=(), names=())], "x") is False
    assert reaches([], [Topic("t", "T", "", "#123456", **change)], "x")


def test_every_word_that_the_tokenizer_cuts_up_is_known(nlp: Language) -> None:
    rules = nlp.tokenizer.rules  # type: ignore[union-attr]
    pieces = {word.casefold() for word, parts in rules.items() if word.isalpha() and len(parts) > 1}
    assert pieces
    assert {word for word in pieces if not CUT_UP.fullmatch(word)} == set()


WORDS = [
    "oil",
    "Oil",
    "war",
    "NATO",
    "U.S.",
    "cannot",
    "can",
    "not",
    "gas-fired",
    "the",
    "Straße",
    "STRASSE",
    "ΟΔΟΣ",
    "οδός",
]
LEMMAS = {"gas-fired": "gas", "war": "wage", "the": "oil"}
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
lists = st.lists(phrases, max_size=2).map(tuple)
topics = st.lists(
    st.tuples(st.sampled_from("ab"), lists, lists, lists, lists, lists, lists), max_size=2, unique_by=lambda one: one[0]
).map(
    lambda rows: [
        Topic(name, name, "", "#123456", terms, names, tuple(f"GPE: {one}" for one in entities), *others)
        for name, terms, names, entities, *others in rows
    ]
)


@settings(max_examples=60)
@given(before=topics, after=topics, words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_a_text_that_a_change_does_not_reach_is_judged_as_before(
    nlp: Language, before: list[Topic], after: list[Topic], words: list[str]
) -> None:
    text = " ".join(words)
    doc = nlp.make_doc(text)
    tokens = Tokens(
        starts=tuple(token.idx for token in doc),
        ends=tuple(token.idx + len(token) for token in doc),
        lemmas=tuple(LEMMAS.get(token.text, token.lower_) for token in doc),
        tags=("NOUN",) * len(doc),
        entities=((0, 1, "GPE"),),
    )
    if reach(before, after).reaches(text, pack_tokens(text, tokens)):
        return
    half = len(text) // 2
    reading = Reading((TextSpan(half, len(text)),), we=(TextSpan(half, len(text)),), voices=(TextSpan(0, half),))
    old, new = (TopicTagger(some).evidence(text, tokens, [reading]) for some in (before, after))
    assert set(old[0]) == set(new[0])
