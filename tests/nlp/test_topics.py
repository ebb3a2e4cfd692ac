"""The words of topics in a text, and what they make of a stretch of it; blank pipelines, no model."""

from __future__ import annotations

import json
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from app.domain import OTHER, Reading, TextSpan, Tokens, Topic, TopicEvidence
from app.errors import AnalysisError
from app.nlp.retagging import TopicTagger
from app.nlp.topic_judge import REACH, topics_of


def topic(key: str, **words: Any) -> Topic:
    return Topic(key, key, "", "#000000", **{name: tuple(given) for name, given in words.items()})


ENERGY = topic("energy", terms=["pipeline", "gas pipeline", "nuclear power"], excluded=["in the pipeline"])
US = topic("us", names=["US", "United States"], voices=["US", "Pentagon"])
NATO = topic("nato", names=["NATO"], mentions=["alliance"])
NLP = spacy.blank("en")


def tokens(text: str, entities: dict[str, str] | None = None) -> Tokens:
    words = [token for token in NLP(text) if not token.is_space]
    named = [
        (i, i + len(name.split()), label)
        for name, label in (entities or {}).items()
        for i in range(len(words))
        if [token.text for token in words[i : i + len(name.split())]] == name.split()
    ]
    lemmas = tuple(token.lower_.removesuffix("s") if len(token) > 3 else token.lower_ for token in words)
    return Tokens(
        tuple(token.idx for token in words),
        tuple(token.idx + len(token) for token in words),
        lemmas,
        tuple("NOUN" if token.is_alpha else "PUNCT" for token in words),
        tuple(sorted(named)),
    )


def span(text: str, words: str) -> TextSpan:
    start = text.index(words)
    return TextSpan(start, start + len(words))


def judged(text: str, reading: Reading, *topics: Topic, entities: dict[str, str] | None = None) -> list[TopicEvidence]:
    (found,) = TopicTagger(topics or (ENERGY, US, NATO)).evidence(text, tokens(text, entities), [reading])
    return list(found)


def shown(found: list[TopicEvidence]) -> list[tuple[str, str, str]]:
    return [(one.topic, one.term, one.rule) for one in found]


def whole(text: str, *topics: Topic, entities: dict[str, str] | None = None) -> list[tuple[str, str]]:
    found = judged(text, Reading((TextSpan(0, len(text)),)), *topics, entities=entities)
    assert all(one.span.of(text) == one.term and one.refers is None for one in found)
    return [(one.topic, one.term) for one in found]


def test_terms_match_by_lemma_whatever_the_case_and_the_longest_counts() -> None:
    assert whole("Gas pipelines and Nuclear Power") == [("energy", "Gas pipelines"), ("energy", "Nuclear Power")]


def test_names_match_to_the_letter() -> None:
    assert whole("They told us so; the US agreed.") == [("us", "US")]


def test_nothing_counts_within_an_excluded_phrase() -> None:
    assert whole("A deal is in the pipeline; a pipeline is not.") == [("energy", "pipeline")]


def test_an_entity_counts_only_where_it_is_taken_for_one() -> None:
    caucasus = topic("caucasus", entities=["GPE: Georgia"])
    assert whole("Georgia votes", caucasus, entities={"Georgia": "GPE"}) == [("caucasus", "Georgia")]
    assert whole("Georgia votes", caucasus, entities={"Georgia": "PERSON"}) == []
    assert whole("the Georgia votes", caucasus, entities={"the Georgia": "GPE"}) == [("caucasus", "Georgia")]


def test_a_pattern_matches_tokens() -> None:
    priced = topic("prices", patterns=[json.dumps([{"LOWER": "gas"}, {"LEMMA": {"IN": ["price", "bill"]}}])])
    assert whole("Gas prices and gas wells", priced) == [("prices", "Gas prices")]


def test_a_pattern_that_spacy_does_not_take_is_a_sentence() -> None:
    with pytest.raises(AnalysisError, match="prices"):
        TopicTagger([topic("prices", patterns=['[{"LEMMA": 3}]'])])


def test_what_fits_no_topic_is_other() -> None:
    assert topics_of([]) == (OTHER,)


def test_a_word_that_refers_back_counts_once_the_topic_has_been_named() -> None:
    text = "NATO met in May. The alliance is strong."
    reading = Reading((span(text, "The alliance is strong"),))
    (found,) = judged(text, reading)
    assert (found.topic, found.rule) == ("nato", "mention")
    assert (found.span.of(text), found.refers and found.refers.of(text), found.term) == ("alliance", "NATO", "NATO")
    assert judged("The alliance is strong. NATO met.", Reading((TextSpan(0, 22),))) == []


def test_a_naming_far_away_is_nothing_to_refer_to() -> None:
    text = f"NATO met.{' Rain fell.' * (REACH // 10)} The alliance is strong."
    assert judged(text, Reading((span(text, "The alliance is strong"),))) == []


def test_a_mention_is_matched_as_it_is_written() -> None:
    assert whole("NATO is no friend of alliances", NATO) == [("nato", "NATO")]


def test_the_clause_that_a_fragment_completes_counts_beside_it() -> None:
    text = "He called the pipeline a US folly."
    reading = Reading((span(text, "folly"),), clause=(span(text, "the pipeline a US"),))
    assert shown(judged(text, reading)) == [("energy", "pipeline", "clause"), ("us", "US", "clause")]


def test_the_we_of_somebody_introduced_as_speaking_for_a_topic_means_it() -> None:
    text = "A Pentagon official said: We shall go."
    reading = Reading((span(text, "We shall go"),), we=(span(text, "We"),), voices=(span(text, "A Pentagon official"),))
    (found,) = judged(text, reading)
    assert (found.topic, found.rule, found.span.of(text), found.term) == ("us", "voice", "We", "Pentagon")


def test_without_a_we_nobody_is_heard_for_a_topic() -> None:
    text = "A Pentagon official said: He may go."
    assert judged(text, Reading((span(text, "He may go"),), voices=(span(text, "A Pentagon official"),))) == []


def test_to_whom_it_is_said_decides_where_the_words_are_silent() -> None:
    text = "He told NATO about the pipeline."
    reading = Reading((span(text, "the pipeline"),), context=(span(text, "NATO"),))
    assert shown(judged(text, reading)) == [("energy", "pipeline", "quote")]
    silent = Reading((span(text, "about"),), context=(span(text, "NATO"),))
    assert shown(judged(text, silent)) == [("nato", "NATO", "context")]


def test_a_pronoun_points_into_the_nearest_sentence_before_that_is_about_anything() -> None:
    text = "The US left. The pipeline burst. Rain fell. It is a pity."
    before = (span(text, "Rain fell"), span(text, "The pipeline burst"), span(text, "The US left"))
    reading = Reading((span(text, "It is a pity"),), before=before, pointers=(span(text, "It"),))
    (found,) = judged(text, reading)
    assert (found.topic, found.rule, found.span.of(text), found.term) == ("energy", "mention", "It", "pipeline")
    assert judged(text, Reading(reading.own, before=before)) == []


def test_the_component_works_alone_in_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("topics", config={"topics": [{"id": "us", "names": ["US"], "mentions": ["administration"]}]})
    doc: Doc = nlp("The US spoke. The administration left.")
    assert [(one.text, one.label_, one.id_) for one in doc.spans["topic_terms"]] == [
        ("US", "us", "own"),
        ("administration", "us", "mention"),
    ]


@pytest.mark.model
def test_the_component_judges_attributions_after_speakers() -> None:
    from app.nlp.pipeline import build_pipeline

    nlp = build_pipeline("rules")
    nlp.add_pipe("topics", config={"topics": [{"id": "us", "names": ["US"], "voices": ["US"]}]})
    doc = nlp("US President Ann Moss spoke in May. “We will not wait,” Moss said. “Rain fell,” Ole Dahl said.")
    assert [[(why.topic, why.rule) for why in one.topics] for one in doc._.attributions] == [[("us", "voice")], []]


def test_a_word_said_of_another_place_refers_to_that_until_the_topic_is_named_again() -> None:
    war = topic("ukraine", names=["Ukraine"], mentions=["war", "fighting"])
    text = "Ukraine waits. The war in Gaza goes on. Stop the fighting. Ukraine too. Stop the war."
    parts = [Reading((span(text, words),)) for words in ("war in Gaza", "Stop the fighting", "Stop the war")]
    found = TopicTagger([war]).evidence(text, tokens(text, {"Gaza": "GPE", "Ukraine": "GPE"}), parts)
    assert [[one.rule for one in why] for why in found] == [[], [], ["mention"]]
