"""``nlp.evaluate`` with our scorer."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from app.errors import AnalysisError
from app.nlp.keys import ATTRIBUTIONS_KEY
from app.nlp.scorer import SCORER, attributions_of, example_of, score_attributions
from tests.nlp.scoring.marked import TEXT, at


def record(source: str = "Nia Odell") -> dict[str, object]:
    said = {"content": [at(TEXT, "“We will not wait for rain,”")], "source": [at(TEXT, source)], "cue": []}
    return {"text": TEXT, "attributions": [said, {"content": [at(TEXT, "that wind will come")]}]}


@pytest.fixture
def nlp() -> Language:
    return spacy.blank("en")


def test_an_example_has_one_id_an_attribution(nlp: Language) -> None:
    made = example_of(nlp, record()).reference
    assert [(span.label_, span.id_) for span in made.spans[ATTRIBUTIONS_KEY]] == [
        ("SOURCE", "0"),
        ("CONTENT", "0"),
        ("CONTENT", "1"),
    ]
    assert [len(one.source) for one in attributions_of(made)] == [1, 0]


def test_the_same_spans_on_both_sides_are_all_right(nlp: Language) -> None:
    made = example_of(nlp, record())
    made.predicted = made.reference
    scores = score_attributions([made])
    assert scores["attributions_joint_exact_f"] == scores["attributions_stretch_long_f"] == 1.0
    assert scores["attributions_joint_iou80_per_kind"]["direct"] == {"p": 1.0, "r": 1.0, "f": 1.0}


def test_a_wrong_source_is_wrong_for_joint(nlp: Language) -> None:
    made = example_of(nlp, record())
    made.predicted = example_of(nlp, record(source="Lea")).reference
    scores = score_attributions([made])
    assert scores["attributions_joint_iou30_r"] == 0.5
    assert scores["attributions_quotes_iou30_r"] == 1.0


def test_examples_without_gold_are_left_out_and_none_at_all_gives_none(nlp: Language) -> None:
    made = Example(nlp.make_doc(TEXT), nlp.make_doc(TEXT))
    scores = score_attributions([made])
    assert set(scores.values()) == {None}


def test_two_texts_cannot_be_compared(nlp: Language) -> None:
    made = example_of(nlp, record())
    made.predicted = nlp.make_doc("Something else.")
    with pytest.raises(AnalysisError, match="two different texts"):
        score_attributions([made])


def test_the_scorer_is_registered_by_its_name() -> None:
    assert registry.scorers.get(SCORER)()([])["attributions_joint_iou80_f"] is None


@pytest.mark.model
def test_evaluate_reports_it_and_its_weights() -> None:
    from app.nlp.pipeline import build_pipeline

    nlp = build_pipeline()
    scores = nlp.evaluate([example_of(nlp, record())])
    assert scores["attributions_stretch_long_r"] == 1.0
    weights = nlp.get_factory_meta("attributions").default_score_weights
    assert weights
    assert weights["attributions_joint_iou80_f"] == 0.5
