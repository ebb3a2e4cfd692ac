import shutil
from pathlib import Path

import numpy as np
import pytest

from app.nlp.learned.files import HEADS, MODEL
from app.nlp.methods import Method
from app.nlp.pipeline import Analyser
from app.nlp.scoring.attributions import LabelledArticle
from app.training.calibrate import calibrate, logistic


def test_a_regression_finds_the_odds_that_made_the_data() -> None:
    chance = np.random.default_rng(5)
    evidence = np.stack([np.ones(20_000), chance.normal(size=20_000), chance.normal(size=20_000)], axis=1)
    true = np.array([0.3, 1.2, -0.7])
    right = chance.random(20_000) < 1 / (1 + np.exp(-(evidence @ true)))
    assert logistic(evidence.astype(np.float32), right) == pytest.approx(true, abs=0.06)


def test_data_that_are_all_right_leave_the_weights_finite() -> None:
    weights = logistic(np.ones((30, 3), np.float32), np.ones(30, np.bool_))
    assert np.isfinite(weights).all()


@pytest.mark.model
def test_where_nothing_is_found_the_confidences_stay_as_they_are(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MODEL, tmp_path / "weights"))
    rain = LabelledArticle("rain", "Rain fell all day on the harbour.", [])
    assert calibrate(folder, Analyser(Method.RULES), [rain]) == 0
    assert (folder / HEADS).read_bytes() == (MODEL / HEADS).read_bytes()
