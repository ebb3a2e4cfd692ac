"""How much longer comparing, and finding who else carries a quote, take with 100,000 quotes than with 1,000.

Set ``BENCH_QUOTES`` for a library of another size.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from app.present.assets import Assets
from app.resources import resource_dir
from app.store import topics
from app.store.attributions import list_quotes
from app.store.echoes import echoes_of
from app.store.filters import AttributionFilter
from app.store.rankings import rank_speakers
from app.web.compare import compare
from app.web.deps import frame
from tests.bench.library import make_library

pytestmark = pytest.mark.bench

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_QUOTES", "100000"))
ROUNDS = 9
MOST = 3.0 if LARGE <= 100_000 else 10.0
"""Times what the small library takes."""

SHORT_OF_QUOTES = 6.0
"""The same for two speakers: of each, 500 quotes are held against one another, which the small library has not."""

EVERYTHING = AttributionFilter()


def echoes(conn: Connection) -> None:
    for quote in list_quotes(conn, EVERYTHING, limit=10).items:
        echoes_of(conn, quote)


def two_speakers(conn: Connection) -> None:
    site = frame(Assets(resource_dir("static")), topics.all_topics(conn), 1)
    first, second = [row.speaker.slug for row in rank_speakers(conn, EVERYTHING, 9).rows if row.speaker][:2]
    compare(conn, site, (f"speaker:{first}", f"speaker:{second}"), EVERYTHING)


def two_articles(conn: Connection) -> None:
    site = frame(Assets(resource_dir("static")), topics.all_topics(conn), 1)
    slugs = list(dict.fromkeys(quote.article.slug for quote in list_quotes(conn, EVERYTHING, limit=60).items))[:2]
    compare(conn, site, tuple(f"article:{slug}" for slug in slugs), EVERYTHING)


def seconds(engine: Engine, work: Callable[[Connection], None]) -> float:
    start = time.process_time()
    with engine.connect() as conn:
        work(conn)
    return time.process_time() - start


@pytest.mark.parametrize("work", [echoes, two_speakers, two_articles])
def test_comparing_takes_little_longer_with_a_hundred_times_the_quotes(
    work: Callable[[Connection], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = (make_library(tmp_path / f"{size}.sqlite", size) for size in (SMALL, LARGE))
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for engine, taken in zip((small, large), spent, strict=True):
            taken.append(seconds(engine, work))
    one, other = (statistics.median(taken) for taken in spent)
    with capsys.disabled():
        print(
            f"\n{work.__name__}: {other * 1e3:.1f} ms of {LARGE:,} quotes, {other / one:.1f} times {one * 1e3:.1f} ms"
        )
    assert other <= (SHORT_OF_QUOTES if work is two_speakers else MOST) * one
