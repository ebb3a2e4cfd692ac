"""How much longer a search and its first page take with 100,000 quotes than with 1,000, both in the same run.

Set ``BENCH_QUOTES`` for a library of another size.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store.attributions import list_quotes
from app.store.cube.keeping import cube_of
from app.store.filters import AttributionFilter
from tests.bench.library import make_library
from tests.bench.made_up import MadeUp

pytestmark = pytest.mark.bench

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_QUOTES", "100000"))
ROUNDS, SHOWN = 15, 20
MOST = 3.0 if LARGE <= 100_000 else 10.0
"""Times what the small library takes."""
TYPICAL = (
    '"eastern flank"',
    "washington -pentagon",
    f'speaker:"{MadeUp.speaker(3)}"',
    "uranium topic:energy",
    "crimea OR kyiv",
    "pipeline",
    "pipel*",
)
"""What shows a whole page in the small library too."""
OFTEN = ("the", "the washington", "said OR told", "topic:energy the", "ba*")
"""So many match that reading who does takes the most; printed beside the others."""


def first_page(engine: Engine, query: str, order: str) -> tuple[float, int]:
    """Seconds of the processor until the first page is there, and how many quotes match.

    As after a change to the library: nothing is kept of what was asked before.
    """
    with engine.connect() as conn:
        cube_of(conn)._kept.clear()
    start = time.process_time()
    with engine.connect() as conn:
        found = list_quotes(conn, AttributionFilter(words=query), limit=SHOWN, order=order)
    return time.process_time() - start, found.total


def test_a_search_takes_little_longer_with_a_hundred_times_the_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = (make_library(tmp_path / f"{size}.sqlite", size) for size in (SMALL, LARGE))
    over = []
    for query in (*TYPICAL, *OFTEN):
        for order in ("newest", "relevance"):
            spent: tuple[list[float], list[float]] = ([], [])
            many = 0
            for _ in range(ROUNDS):
                for engine, taken in zip((small, large), spent, strict=True):
                    seconds, many = first_page(engine, query, order)
                    taken.append(seconds)
            one, other = (min(taken) for taken in spent)
            with capsys.disabled():
                print(
                    f"\n{query}, {order}: {many:,} of {LARGE:,} quotes in {other * 1e3:.1f} ms, "
                    f"{other / one:.1f} times {one * 1e3:.1f} ms",
                    end="",
                )
            if query in TYPICAL and other / one > MOST:
                over.append((query, order, other / one))
    small.dispose()
    large.dispose()
    assert over == []
