"""How often what a rule finds is right: shares counted on labelled articles, kept beside the rules."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("shares.toml")
FEWEST = 20
"""Findings of a rule below which its share says nothing, so that none is given."""

Shares = Mapping[str, Mapping[str, float]]
"""By method and rule, the share right from 0 to 1."""


@cache
def shares() -> Shares:
    """What :func:`write_shares` wrote last."""
    found: dict[str, dict[str, float]] = tomllib.loads(FILE.read_text("utf-8"))
    return found


def counted(judged: Iterable[tuple[str, bool]]) -> dict[str, float]:
    """The share right of each rule with :data:`FEWEST` findings, from pairs of a rule and whether it was right.

    Source:
        Laplace's rule of succession, so that no share is quite 0 or 1.
    """
    found, right = Counter[str](), Counter[str]()
    for rule, was_right in judged:
        found[rule] += 1
        right[rule] += was_right
    return {rule: (right[rule] + 1) / (count + 2) for rule, count in sorted(found.items()) if count >= FEWEST}


def write_shares(found: Shares, file: Path = FILE) -> None:
    """Write *found* for :func:`shares`."""
    lines = ["# The share of each rule's findings that are right, by method."]
    lines.append("# Made by `python tests/bench/shares.py`, which says on what; right is content at iou30 and source.")
    for method, by_rule in found.items():
        lines += ["", f"[{method}]", *(f'"{rule}" = {share:.3f}' for rule, share in by_rule.items())]
    file.write_text("\n".join(lines) + "\n", "utf-8")
