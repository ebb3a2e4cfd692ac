"""How often the machine was right on a library, as tables for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli.library import opened
from app.cli.terms import one_line, say

if TYPE_CHECKING:
    from rich.table import Table

    from app.store.accuracy import Accuracy, Share

MOST_SPEAKERS = 20


def print_accuracy(database: str | None, json_file: Path | None) -> None:
    """Print how often the machine was right by what people corrected, and write it to *json_file*, if there is one."""
    from app.cli.score_tables import page
    from app.store.accuracy import accuracy
    from app.store.topics import all_topics

    with opened(database) as library, library.engine.connect() as conn:
        found = accuracy(conn, enough=1)
        labels = {topic.id: topic.label for topic in all_topics(conn)}
    if found is None:
        say("Nobody has judged a quote yet. Correct, confirm, add or reject some, and ask again.")
        raise typer.Exit(1)
    console = page()
    quotes = f"{found.quotes:,} {'quote' if found.quotes == 1 else 'quotes'} judged by people."
    console.print(f"{quotes} Shares are of these, and lower than of all where only errors are corrected.")
    for table in _tables(found, labels):
        console.print(table)
        console.print()
    if json_file is not None:
        json_file.write_text(json.dumps(_figures(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _tables(found: Accuracy, labels: dict[str, str]) -> Iterator[Table]:
    whole = _table("the machine", "right", "of", "%", "95 %")
    for name, share in (
        ("found what is a quote (precision)", found.precision),
        ("missed none (recall)", found.recall),
        ("edges", found.edges),
        ("speaker", found.speaker),
        ("kind", found.kind),
        ("topics, all of a quote", found.topics),
    ):
        whole.add_row(name, *_cells(share))
    yield whole
    if found.by_topic:
        topics = _table("topic", *_TWICE)
        for topic in found.by_topic:
            topics.add_row(
                one_line(labels.get(topic.topic, topic.topic)), *_short(topic.precision), *_short(topic.recall)
            )
        yield topics
    if found.by_speaker:
        speakers = _table("speaker of", "right", "of", "%", "95 %")
        for speaker in found.by_speaker[:MOST_SPEAKERS]:
            name = one_line(speaker.speaker.name) if speaker.speaker else "nobody by name"
            speakers.add_row(name, *_cells(speaker.right))
        yield speakers
    kinds = _table("kind", "found", "95 %", "speaker", "95 %", "topics", "95 %")
    for kind in found.by_kind:
        shares = (kind.found, kind.speaker, kind.topics)
        kinds.add_row(kind.kind.value, *(cell for share in shares for cell in _short(share)))
    yield kinds


_TWICE = ("precision", "95 %", "recall", "95 %")


def _table(first: str, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column(first)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cells(share: Share) -> tuple[str, str, str, str]:
    return f"{share.right:,}", f"{share.of:,}", _percent(share.value), _between(share)


def _short(share: Share) -> tuple[str, str]:
    return f"{share.right:,} of {share.of:,}" if share.of else "–", _between(share)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f}"


def _between(share: Share) -> str:
    low, high = share.interval
    return f"{low * 100:.1f}–{high * 100:.1f}" if share.of else ""


def _figures(found: Accuracy) -> dict[str, Any]:
    """*found* with the value and the interval of every share beside its numbers."""
    made: dict[str, Any] = _with_values(asdict(found))
    return made


def _with_values(value: Any) -> Any:
    from app.store.accuracy import Share

    if isinstance(value, dict):
        if set(value) == {"right", "of"} and all(isinstance(one, int) for one in value.values()):
            share = Share(**value)
            return {**value, "share": share.value, "interval": list(share.interval)}
        return {name: _with_values(one) for name, one in value.items()}
    return [_with_values(one) for one in value] if isinstance(value, list | tuple) else value
