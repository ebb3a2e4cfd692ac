import spacy

from app.domain import OTHER, TextSpan
from app.nlp.scene import Scene
from app.nlp.topics import TopicJudge, topics_of

TOPICS = [
    {"id": "energy", "terms": ["pipeline", "gas pipeline", "nuclear power"], "names": []},
    {"id": "us", "terms": [], "names": ["US", "United States"]},
]


def evidence(text: str) -> list[tuple[str, str]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("topics", config={"topics": TOPICS})
    doc = nlp(text)
    judge = TopicJudge(Scene.of(doc))
    found = judge.within(TextSpan(0, len(text)), "quote")
    assert all(one.span.of(text) == one.term for one in found)
    return [(one.topic, one.term) for one in found]


def test_the_component_works_alone_in_any_pipeline() -> None:
    assert evidence("The Nuclear Power plant") == [("energy", "Nuclear Power")]


def test_of_overlapping_terms_the_longest_counts() -> None:
    assert evidence("a gas pipeline") == [("energy", "gas pipeline")]


def test_names_match_to_the_letter() -> None:
    assert evidence("They told us so; the US agreed.") == [("us", "US")]


def test_what_fits_no_topic_is_other() -> None:
    assert topics_of([]) == (OTHER,)
