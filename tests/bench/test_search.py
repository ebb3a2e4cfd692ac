"""How much longer a search and its first page take with 100,000 quotes than with 1,000, both in the same run.

Set ``BENCH_QUOTES`` for a library of another size.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store.attributions import quotes_by_key
from app.store.search import matching, ranked, read_query
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


def first_page(engine: Engine, query: str, *, relevance: bool) -> tuple[float, int]:
    """Seconds of the processor until the first page is there, and how many quotes match."""
    start = time.process_time()
    with engine.connect() as conn:
        asked = read_query(conn, query)
        found = matching(conn, asked)
        shown = ranked(conn, asked, found, SHOWN) if relevance else found[::-1][:SHOWN]
        quotes_by_key(conn, shown.tolist(), SHOWN)
    return time.process_time() - start, len(found)


def test_a_search_takes_little_longer_with_a_hundred_times_the_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = (make_library(tmp_path / f"{size}.sqlite", size) for size in (SMALL, LARGE))
    over = []
    for query in (*TYPICAL, *OFTEN):
        for relevance in (False, True):
            spent: tuple[list[float], list[float]] = ([], [])
            many = 0
            for _ in range(ROUNDS):
                for engine, taken in zip((small, large), spent, strict=True):
                    seconds, many = first_page(engine, query, relevance=relevance)
                    taken.append(seconds)
            one, other = (min(taken) for taken in spent)
            order = "by relevance" if relevance else "newest first"
            with capsys.disabled():
                print(
                    f"\n{query} {order}: {many:,} of {LARGE:,} quotes in {other * 1e3:.1f} ms, "
                    f"{other / one:.1f} times {one * 1e3:.1f} ms",
                    end="",
                )
            if query in TYPICAL and other / one > MOST:
                over.append((query, order, other / one))
    small.dispose()
    large.dispose()
    assert over == []
