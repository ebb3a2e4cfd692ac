"""The component with the weights that are shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.errors import AnalysisError
from app.nlp.learned.decoding import Found
from app.nlp.learned.files import MODEL, missing
from app.nlp.learned.tagged import Tagged
from app.nlp.learned.tagger import confidence
from app.nlp.pipeline import build_pipeline

pytestmark = pytest.mark.model

TEXT = "Ines Prado insists it is time to reopen the strait. The harbour was built in 1911."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline("learned")


def words(doc: Doc, run: tuple[int, int] | None) -> str | None:
    return doc[slice(*run)].text if run else None


def test_a_report_without_marks_is_found_with_its_parts(nlp: Language) -> None:
    doc = nlp(TEXT)
    (one,) = doc._.tagged
    assert (words(doc, one.source), words(doc, one.cue)) == ("Ines Prado", "insists")
    assert [words(doc, part) for part in one.content] == ["it is time to reopen the strait"]
    assert 0.5 < one.confidence < 1


def test_what_is_found_does_not_hang_on_the_texts_before(nlp: Language) -> None:
    alone = nlp(TEXT)._.tagged
    again = [doc._.tagged for doc in nlp.pipe(["Rain fell.", TEXT, "Ann said so.", TEXT])]
    assert again[1] == again[3] == alone


def test_findings_survive_being_packed(nlp: Language) -> None:
    doc = nlp(TEXT)
    packed = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert packed._.tagged == doc._.tagged
    assert isinstance(packed._.tagged[0], Tagged)


@pytest.mark.parametrize(
    "text", ["", "\n \n", "“", "a" * 3000, "said " * 2000, "“said” " * 700, "\u2028¶ﬀ\u0301 😀 said: 😀"]
)
def test_any_text_goes_through(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for one in doc._.tagged:
        for run in (one.cue, one.source or one.cue, *one.content):
            assert 0 <= run[0] < run[1] <= len(doc)


def test_a_text_of_another_language_is_left_alone(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.language = "de"
    assert nlp(doc)._.tagged == ()


def test_missing_weights_are_a_sentence(nlp: Language, tmp_path: Path) -> None:
    assert missing(tmp_path)
    other = build_pipeline("rules")
    other.add_pipe("attribution_tagger", after="quotations", config={"model": str(tmp_path)})
    with pytest.raises(AnalysisError, match="communique train"):
        other(TEXT)


def test_without_quotations_before_it_the_tagger_says_what_to_add() -> None:
    nlp = build_pipeline("rules")
    nlp.remove_pipe("quotations")
    nlp.add_pipe("attribution_tagger", after="parser")
    with pytest.raises(AnalysisError, match="quotations"):
        nlp(TEXT)


def test_the_shipped_weights_are_small_enough_to_ship() -> None:
    assert not missing(MODEL)
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 30_000_000


def test_a_threshold_of_one_finds_nothing() -> None:
    nlp = build_pipeline("rules")
    nlp.add_pipe("attribution_tagger", after="quotations", config={"threshold": 1.0})
    assert nlp(TEXT)._.tagged == ()


@pytest.mark.parametrize(("low", "high"), [(0.4, 0.6), (0.6, 0.99), (0.99, 1.0)])
def test_a_likelier_anchor_is_surer(low: float, high: float) -> None:
    calibration = np.array([0.1, 1.0, 2.0], dtype=np.float32)
    less, more = (confidence(Found(3, one, -0.1, None, (3, 4), ((5, 8),)), calibration) for one in (low, high))
    assert 0 <= less < more <= 1
