"""The figures of an evaluation as tables for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.evaluation import Evaluation
from app.nlp.scoring.attributions import KINDS, LEVELS, SIZES
from app.nlp.scoring.calibration import Calibration

_TOPIC_TABLES = {
    "topics_end_to_end": "topics, end to end",
    "topics_on_matched": "topics of matched quotes",
    "paragraph_topics": "topics of paragraphs",
}


_WIDTH = 120
"""Columns where the tables do not go to a terminal."""


def page() -> Console:
    """Standard output, wide enough for a table wherever it goes, and with paths as they are."""
    console = Console(highlight=False, emoji=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, emoji=False, markup=False, width=_WIDTH)


def tables(made: Evaluation, *, confidence: bool = False) -> Iterator[RenderableType]:
    """Everything that *made* holds, per cent everywhere, and with *confidence* what a confidence is worth."""
    yield Text(made.name, style="bold")
    yield f"{made.articles:,} articles, {made.words:,} words, {made.words / max(made.seconds, 1e-9):,.0f} words/s"
    if made.attributions:
        yield _attributions(made.attributions)
        yield _paired(made.attributions)
    if made.stretches:
        yield _stretches(made.stretches)
        yield _topics(made.stretches)
    if confidence and made.attributions:
        yield _calibration(made.calibration) if made.calibration else "This pipeline gives no confidence."


def _attributions(found: dict[str, Any]) -> Table:
    table = _table("attributions", "P", "R", *(f"F1 {kind}" for kind in KINDS), "95 %")
    spread = found.get("interval", {})
    for block in ("quotes", "joint"):
        for level in LEVELS:
            kinds, between = found[block][level], spread.get(f"{block} {level} f1")
            table.add_row(
                f"{block} {level}",
                *_prf(kinds["all"]),
                *(_of_kind(kinds[kind]) for kind in KINDS[1:]),
                _between(between),
            )
    table.add_row("quotes by letter", *_prf(found["quotes"]["chars"]["all"]))
    for size in SIZES:
        name = "stretches" if size == "any" else f"{size} stretches"
        table.add_row(f"{name} found", *_prf(found["stretch"][size]["found"]))
        between = spread.get(f"stretch {size} with speaker f1")
        table.add_row(
            f"{name} with speaker", *_prf(found["stretch"][size]["with_speaker"]), "", "", "", _between(between)
        )
    return table


def _paired(found: dict[str, Any]) -> Table:
    table = _table("of the pairs", "source touches", "source exact", "source or name", "no source", "cue touches")
    for level in LEVELS:
        source, cue = found["source"][level], found["cue"][level]
        shares = (*(source[how] for how in ("overlap", "exact", "name", "no_source_right")), cue["overlap"])
        table.add_row(level, *(_percent(share) for share in shares))
    return table


def _stretches(found: dict[str, Any]) -> Table:
    quotes, speaker = found["quotes"], found["speaker"]
    table = _table("quotes and speakers", "")
    for name, value in (
        ("quotes P", quotes["precision"]),
        ("quotes R", quotes["recall"]),
        ("quotes F1", quotes["f1"]),
        ("exact span, of matched", quotes["exact_of_matched"]),
        ("speaker right, of matched", speaker["accuracy_of_matched"]),
        ("full name, of matched", speaker["full_name_of_matched"]),
        ("speaker right, of gold", speaker["accuracy_of_gold"]),
    ):
        table.add_row(name, _percent(value))
    table.add_row(
        "gold / predicted / matched", " / ".join(str(quotes[how]) for how in ("gold", "predicted", "matched"))
    )
    return table


def _topics(found: dict[str, Any]) -> Table:
    table = _table("topics", "P", "R", "F1", "n")
    for name, label in _TOPIC_TABLES.items():
        if name not in found:
            continue
        part = found[name]
        table.add_row(f"{label}, micro", "", "", _percent(part["micro_f1"]), "")
        table.add_row(f"{label}, macro", "", "", _percent(part["macro_f1"]), "")
        for topic, row in part["per_topic"].items():
            shares = (_percent(row[how]) for how in ("precision", "recall", "f1"))
            table.add_row(f"  {topic}", *shares, f"{row['support']:,}")
    return table


def _calibration(found: Calibration) -> Table:
    table = _table("confidence", "n", "mean", "share right")
    for one in found.bins:
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", f"{one.n:,}", f"{one.confidence:.3f}", f"{one.right:.3f}")
    table.add_row("expected calibration error", f"{found.n:,}", "", f"{found.error:.3f}")
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right")
    return table


def _prf(found: dict[str, Any]) -> tuple[str, str, str]:
    return _percent(found["p"]), _percent(found["r"]), _percent(found["f1"])


def _of_kind(found: dict[str, Any]) -> str:
    return _percent(found["f1"] if found["gold"] or found["pred"] else None)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f}"


def _between(ends: list[float] | None) -> str:
    return f"{ends[0] * 100:.1f}–{ends[1] * 100:.1f}" if ends else ""
