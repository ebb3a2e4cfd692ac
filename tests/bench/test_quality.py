"""No figure of quality falls below its floor; and the gate itself is no softer than it says."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.nlp.scoring.attributions import LabelledArticle, Spans, count_article
from app.nlp.scoring.report import intervals, report, total
from app.nlp.scoring.stretches import LabelledStretches, Stretch, Tally, stretch_report
from tests.bench.quality import (
    EVAL,
    PIPELINES,
    FallenError,
    fallen,
    measure,
    pinned,
    read_floors,
    write_floors,
)

needs_eval = pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation data are not beside this checkout")
FLOORS = {"dev": {"joint": 0.5}}


@needs_eval
@pytest.mark.model
@pytest.mark.parametrize("pipeline", sorted(PIPELINES))
def test_no_figure_falls_below_its_floor(pipeline: str) -> None:
    floors = read_floors()[pipeline]
    assert floors
    assert not fallen(measure(pipeline), floors)


def test_a_figure_that_fell_or_is_gone_is_named() -> None:
    assert fallen({"dev": {"joint": 0.5}}, FLOORS) == []
    assert fallen({"dev": {"joint": 0.499}}, FLOORS) == ["dev: joint is 0.4990, below its floor of 0.500"]
    assert "not measured any more" in fallen({}, FLOORS)[0]


def test_pinning_raises_a_floor_and_never_lowers_it_unasked() -> None:
    assert pinned({"dev": {"joint": 0.6, "new": 0.3}}, FLOORS) == {"dev": {"joint": 0.599, "new": 0.299}}
    assert pinned({"dev": {"joint": 0.5}}, FLOORS) == FLOORS
    with pytest.raises(FallenError, match="below its floor"):
        pinned({"dev": {"joint": 0.4}}, FLOORS)
    assert pinned({"dev": {"joint": 0.4}}, FLOORS, lower=True) == {"dev": {"joint": 0.399}}


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    write_floors({"rules": FLOORS}, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == {"rules": FLOORS}


def benchmark(name: str) -> ModuleType:
    sys.path.insert(0, str(EVAL))
    try:
        spec = importlib.util.spec_from_file_location(f"benchmark_{name}", EVAL / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(EVAL))
    return module


def spans(raw: dict[str, Any]) -> Spans:
    return Spans(raw["content"], raw["source"], raw["cue"], raw.get("speaker") or "")


def damaged(attributions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Predictions that are wrong in many ways, from the gold: cut, shifted, left out, given to another."""
    found = []
    for number, one in enumerate(attributions):
        content = [[start + number % 5, end] for start, end in one["content"] if end - start > 5]
        if not content or number % 7 == 0:
            continue
        source = attributions[number - 1]["source"] if number % 4 == 0 else one["source"]
        found.append({"content": content, "source": source, "cue": one["cue"], "speaker": "Nia Odell"})
    return found


@needs_eval
def test_attributions_are_scored_to_the_last_digit_as_by_the_benchmark() -> None:
    gold = [json.loads(line) for line in (EVAL / "polnear" / "dev.jsonl").read_text("utf-8").splitlines()]
    found = [{"id": one["id"], "attributions": damaged(one["attributions"])} for one in gold]
    counts = []
    for one, predicted in zip(gold, found, strict=True):
        attributions = [spans(raw) for raw in one["attributions"]]
        article = LabelledArticle(one["id"], one["text"], attributions, one.get("ignore") or ())
        counts.append(count_article(article, [spans(raw) for raw in predicted["attributions"]]))
    theirs = benchmark("score").score(gold, found, 20)
    assert {**report(total(counts)), "interval": intervals(counts, 20)} == theirs


def stretch(raw: dict[str, Any]) -> Stretch:
    also = raw.get("speaker_alt") or ()
    return Stretch(raw["start"], raw["end"], tuple(raw.get("topics") or ()), raw.get("speaker"), also)


@needs_eval
def test_quotes_and_topics_are_scored_to_the_last_digit_as_by_the_benchmark() -> None:
    scorer = benchmark("score_topics")
    golds = scorer.load_gold(EVAL / "gold")
    tally, found = Tally(), {}
    for name, gold in golds.items():
        quotes = [
            {
                **one,
                "start": one["start"] + n % 3,
                "speaker": one["speaker"].split()[-1],
                "topics": one["topics"][n % 2 :],
            }
            for n, one in enumerate(gold["quotes"])
            if n % 6
        ]
        for one in quotes:
            del one["user_topics"]
        quotes += [{"start": 3, "end": 40, "speaker": None, "topics": ["us"]}]
        units = [{**one, "topics": one["topics"][:1]} for one in gold.get("units", [])[1:]]
        found[name] = {"quotes": quotes, "units": units}
        parts = (gold["quotes"], gold.get("ignore", ()), gold.get("units", ()))
        article = LabelledStretches(name, gold["text"], *([stretch(one) for one in part] for part in parts))
        tally.add(article, [stretch(one) for one in quotes], [stretch(one) for one in units])
    assert stretch_report(tally) == scorer.score(golds, found)
