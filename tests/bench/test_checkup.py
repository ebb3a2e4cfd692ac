"""How long the doctor takes over all that is in a library, with a tenth of the quotes and with all of them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from app.store import counts
from app.store.checkup import check_library
from app.store.intake_schema import signatures
from app.store.schema import articles
from tests.bench.library import make_library

pytestmark = pytest.mark.bench

LARGE = int(os.environ.get("BENCH_QUOTES", "100000"))
MOST = 15.0
"""Times what a tenth of the quotes takes; 10 would be even."""

MEGABYTES = 100
STATUS = Path("/proc/self/status")


def seconds(engine: Engine) -> float:
    """Over one look at everything, in which nothing is found."""
    start = time.perf_counter()
    with engine.connect() as conn:
        found = [one.what for one in check_library(conn)]
    assert found == []
    return time.perf_counter() - start


def made(path: Path, quotes: int) -> Engine:
    """A library as the program would have it: signed and counted."""
    engine = make_library(path, quotes)
    with engine.begin() as conn:
        unsigned = select(articles.c.id).where(articles.c.id.not_in(select(signatures.c.article_id)))
        rows = [{"article_id": key, "minhash": b""} for key in conn.scalars(unsigned)]
        if rows:
            conn.execute(insert(signatures), rows)
        counts.rebuild(conn)
    return engine


def held() -> int:
    """Megabytes that this process holds."""
    if not STATUS.exists():
        return 0
    line = next(line for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def test_ten_times_the_quotes_take_ten_times_as_long_and_no_more_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = made(tmp_path / "small.sqlite", LARGE // 10), made(tmp_path / "large.sqlite", LARGE)
    one = min(seconds(small) for _ in range(2))
    before = held()
    other = seconds(large)
    grown = held() - before
    with capsys.disabled():
        print(
            f"\nlooking at {LARGE // 10:,} quotes {one:.1f} s, at {LARGE:,} {other:.1f} s: {other / one:.1f} times; "
            f"{LARGE / other:,.0f} quotes/s; {grown} MB more memory"
        )
    small.dispose()
    large.dispose()
    assert other / one < MOST
    assert grown < MEGABYTES
