from __future__ import annotations

import pytest

from app.nlp.scoring.calibration import calibration


def test_bins_hold_number_mean_and_share_right() -> None:
    found = calibration([(0.95, True), (0.91, True), (0.93, False), (0.2, False), (1.0, True)])
    low, high = found.bins
    assert (low.low, low.high, low.n, low.right) == (0.2, 0.3, 1, 0.0)
    assert (high.n, high.right) == (4, 0.75)
    assert high.confidence == pytest.approx((0.95 + 0.91 + 0.93 + 1.0) / 4)


def test_the_error_is_the_mean_gap_weighted_by_size() -> None:
    found = calibration([(0.85, True)] * 3 + [(0.35, False)])
    assert found.error == pytest.approx((3 * 0.15 + 1 * 0.35) / 4)
    assert found.n == 4


def test_nothing_judged_has_no_bins() -> None:
    assert calibration([]).bins == ()
    assert calibration([]).error == 0.0
