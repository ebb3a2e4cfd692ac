"""How slow a topic's page gets while a thousand articles are read beside it: the 99th percentile, over that without."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pytest

from tests.bench.composed import compose
from tests.bench.served import empty_library, get, serving

pytestmark = [pytest.mark.bench, pytest.mark.model]
BEFORE, DURING, MOST = 60, 400, 4.0
SECONDS = 12.0
PAUSE = 0.01
"""Between two requests, as many readers would leave."""


def times(connection: http.client.HTTPConnection, seconds: float) -> list[float]:
    """What each request for a topic's page took, for so many *seconds*."""
    taken: list[float] = []
    end = perf_counter() + seconds
    while perf_counter() < end:
        start = perf_counter()
        get(connection, "/topics/energy")
        taken.append(perf_counter() - start)
        time.sleep(PAUSE)
    return taken


def write(folder: Path, first: int, count: int) -> Path:
    folder.mkdir()
    for number in range(first, first + count):
        (folder / f"{number}.txt").write_text(compose(number), encoding="utf-8")
    return folder


def test_pages_stay_quick_while_articles_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "library.sqlite"
    empty_library(path)
    ingest = [sys.executable, "-m", "app", "ingest", "--database", str(path)]
    subprocess.run([*ingest, str(write(tmp_path / "before", 0, BEFORE))], capture_output=True, check=True)
    with serving(path) as connection:
        times(connection, 1.0)
        alone = times(connection, SECONDS / 2)
        folder = write(tmp_path / "during", BEFORE, DURING)
        process = subprocess.Popen([*ingest, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        connection.close()  # the server would, after five seconds
        time.sleep(5)  # the models are loaded, the workers are at it
        busy = times(connection, SECONDS)
        assert process.poll() is None, "it was over too soon to tell"
        process.kill()
        process.wait()
    slow, quick = (quantiles(some, n=100)[98] for some in (busy, alone))
    with capsys.disabled():
        print(
            f"\nserving: p99 {slow * 1000:.1f} ms while articles are read, {quick * 1000:.1f} ms without: "
            f"{slow / quick:.1f}; medians {median(busy) * 1000:.1f} and {median(alone) * 1000:.1f} ms, "
            f"slowest {max(busy) * 1000:.0f} and {max(alone) * 1000:.0f} ms"
        )
    assert slow <= MOST * quick
