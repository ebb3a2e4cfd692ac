"""The gate of quality: every figure is pinned in ``quality.toml``, and none may fall.

``python tests/bench/quality.py`` measures and compares; ``--pin`` raises the floors to what was measured, and
``--lower`` is needed besides to lower one. A figure is pinned a thousandth below what was measured, since other
processors round the parser's numbers in another way.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.evaluation import Evaluation, evaluate_corpus
from app.cli.labelled import read_corpora
from app.codebook import read_codebook
from app.nlp.pipeline import Analyser
from app.nlp.retagging import TopicTagger
from app.nlp.scoring.report import figure
from app.resources import resource_dir
from app.settings import load_settings

EVAL = Path(__file__).parents[3] / "shared" / "eval"
FLOORS = Path(__file__).with_name("quality.toml")
USER_TOPICS = Path(__file__).with_name("user_topics.toml")
SLACK = 0.001
PIPELINES = {"rules": "rules", "learned": "learned"}
"""By the name of its floors, the setting ``--pipeline`` that makes it."""

POLNEAR = {
    "joint iou80 F1": ("joint", "iou80", "all", "f1"),
    "joint iou30 F1": ("joint", "iou30", "all", "f1"),
    "quotes iou80 F1": ("quotes", "iou80", "all", "f1"),
    "quotes iou30 F1": ("quotes", "iou30", "all", "f1"),
    "direct iou80 F1": ("quotes", "iou80", "direct", "f1"),
    "mixed iou80 F1": ("quotes", "iou80", "mixed", "f1"),
    "indirect iou80 F1": ("quotes", "iou80", "indirect", "f1"),
    "long stretches with speaker F1": ("stretch", "long", "with_speaker", "f1"),
}
GOLD = {
    "quotes F1": ("quotes", "f1"),
    "speaker of matched": ("speaker", "accuracy_of_matched"),
    "full name of matched": ("speaker", "full_name_of_matched"),
    "speaker of gold": ("speaker", "accuracy_of_gold"),
    "topics end to end micro F1": ("topics_end_to_end", "micro_f1"),
    "topics end to end macro F1": ("topics_end_to_end", "macro_f1"),
    "topics on matched micro F1": ("topics_on_matched", "micro_f1"),
    "topics on matched macro F1": ("topics_on_matched", "macro_f1"),
    "us F1": ("topics_on_matched", "per_topic", "us", "f1"),
    "topics of paragraphs micro F1": ("paragraph_topics", "micro_f1"),
}
USERS = {"on matched micro F1": ("topics_on_matched", "micro_f1_without_other")}

Figures = dict[str, dict[str, float]]
"""By corpus and name of the figure."""


class FallenError(Exception):
    """A floor would have to be lowered, and nobody said that it may."""


def measure(pipeline: str) -> Figures:
    """The figures of the *pipeline* of that name on the development articles and the labelled summits."""
    settings = load_settings(pipeline=PIPELINES[pipeline])
    analyser = Analyser(settings.pipeline, read_codebook(resource_dir("seeds") / "topics.toml"))
    found: list[Evaluation] = []
    for path in (EVAL / "polnear" / "dev.jsonl", EVAL / "gold"):
        [corpus] = read_corpora(path, max_characters=settings.max_characters)
        found.append(evaluate_corpus(analyser, corpus))
    dev, gold = found
    analyser.tagger = TopicTagger(read_codebook(USER_TOPICS))
    with TemporaryDirectory() as folder:
        [corpus] = read_corpora(with_user_topics(Path(folder)), max_characters=settings.max_characters)
        users = evaluate_corpus(analyser, corpus)
    return {
        "polnear dev": {name: figure(dev.attributions, path) for name, path in POLNEAR.items()},
        "gold": {name: figure(gold.stretches, path) for name, path in GOLD.items()},
        "user topics": {name: figure(users.stretches, path) for name, path in USERS.items()},
    }


def with_user_topics(folder: Path) -> Path:
    """The labelled summits in *folder*, with the topics that a user adds in place of the four."""
    (folder / "articles").symlink_to(EVAL / "articles")
    (folder / "gold").mkdir()
    for path in sorted((EVAL / "gold").glob("*.json")):
        labelled = json.loads(path.read_text("utf-8"))
        for quote in labelled["quotes"]:
            quote["topics"] = quote["user_topics"]
        (folder / "gold" / path.name).write_text(json.dumps({**labelled, "units": []}), "utf-8")
    return folder / "gold"


def read_floors(path: Path = FLOORS) -> dict[str, Figures]:
    """The floors of every pipeline; none where the file is not there yet."""
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def fallen(measured: Figures, floors: Figures) -> list[str]:
    """A line for each figure that is below its floor, or that is no longer measured."""
    lines = []
    for corpus, figures in floors.items():
        for name, floor in figures.items():
            value = measured.get(corpus, {}).get(name)
            if value is None:
                lines.append(f"{corpus}: {name} is not measured any more, its floor is {floor:.3f}")
            elif value < floor:
                lines.append(f"{corpus}: {name} is {value:.4f}, below its floor of {floor:.3f}")
    return lines


def pinned(measured: Figures, floors: Figures, *, lower: bool = False) -> Figures:
    """New floors: those of *measured*, and an old one where it is higher and *lower* is not said.

    Raises:
        FallenError: a figure fell, and *lower* is false.
    """
    if not lower and (lines := fallen(measured, floors)):
        raise FallenError("\n".join(lines))
    new = {
        corpus: {name: math.floor((value - SLACK) * 1000) / 1000 for name, value in figures.items()}
        for corpus, figures in measured.items()
    }
    if lower:
        return new
    return {
        corpus: {name: max(value, floors.get(corpus, {}).get(name, 0.0)) for name, value in figures.items()}
        for corpus, figures in new.items()
    }


def write_floors(floors: dict[str, Figures], path: Path = FLOORS) -> None:
    """Write *floors* for :func:`read_floors`."""
    lines = ["# Floors of quality; `python tests/bench/quality.py --pin` raises them."]
    for pipeline, corpora in floors.items():
        for corpus, figures in corpora.items():
            lines += ["", f'[{pipeline}."{corpus}"]', *(f'"{name}" = {value:.3f}' for name, value in figures.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and compare or pin; the exit status is 1 where a figure fell."""
    parser = argparse.ArgumentParser(description="The gate of quality.")
    parser.add_argument("--pipeline", choices=sorted(PIPELINES), action="append", help="only this one")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--lower", action="store_true", help="with --pin: also lower those above it")
    chosen = parser.parse_args(arguments)
    floors = read_floors()
    bad: list[str] = []
    for pipeline in chosen.pipeline or sorted(PIPELINES):
        measured, known = measure(pipeline), floors.get(pipeline, {})
        for corpus, figures in measured.items():
            for name, value in figures.items():
                print(f"{pipeline:8} {corpus:12} {name:32} {value:.4f}  floor {known.get(corpus, {}).get(name, 0):.3f}")
        if chosen.pin:
            try:
                floors[pipeline] = pinned(measured, known, lower=chosen.lower)
            except FallenError as error:
                bad.append(f"{error}\nNothing of {pipeline} is pinned; say --lower to lower a floor on purpose.")
        else:
            bad += [f"{pipeline}: {line}" for line in fallen(measured, known)]
    if chosen.pin:
        write_floors(floors)
    print("\n".join(bad), file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
