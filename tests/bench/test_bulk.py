"""A thousand articles by ``communique ingest``: words a second over two processes of the analysis alone, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import func, select

from app.ingest.library import open_library
from app.ingest.workforce import default_size
from app.settings import Settings
from app.store import schema
from app.store.engine import open_engine
from tests.bench.composed import compose
from tests.bench.processes import memory

pytestmark = [
    pytest.mark.bench,
    pytest.mark.model,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read where Linux keeps it"),
]

ARTICLES = int(os.environ.get("BULK_ARTICLES", "1000"))
ALONE = max(ARTICLES // 10, 20)
FLOOR, MOST_GROWTH = 0.8, 100
"""Of twice one process; megabytes from the 100th article to the last."""

ALONE_PROGRAM = """
import sys
from time import perf_counter
from pathlib import Path
from app.codebook import read_codebook
from app.nlp.pipeline import Analyser
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

texts = [path.read_text("utf-8") for path in sorted(Path(sys.argv[1]).iterdir())[: int(sys.argv[2])]]
topics = read_codebook(resource_dir("seeds") / "topics.toml")
analyser = Analyser(None, topics, threads=int(sys.argv[3]))
analyser.analyse(texts[0], split_paragraphs(texts[0]))
start = perf_counter()
for text in texts:
    analyser.analyse(text, split_paragraphs(text))
print(sum(len(text.split()) for text in texts) / (perf_counter() - start))
"""


def alone(folder: Path, processes: int = 1, threads: int = 1) -> float:
    """Words a second of so many processes that only analyse, all at once.

    With a *thread* each, a process has a core: the tagger alone would take both, and twice that cannot be had on two.
    """
    command = [sys.executable, "-c", ALONE_PROGRAM, str(folder), str(ALONE), str(threads)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(processes)]
    return sum(float(one.communicate()[0]) for one in started)


def watch(process: subprocess.Popen[str], library: str, seen: list[tuple[int, float]]) -> None:
    """Note, every two seconds, how many articles there are and how much memory it takes."""
    engine = open_engine(library)
    while process.poll() is None:
        with engine.connect() as conn:
            count = conn.scalar(select(func.count()).select_from(schema.articles)) or 0
        seen.append((count, memory(process.pid)))
        time.sleep(2)
    engine.dispose()


def test_a_thousand_articles_go_in_as_fast_as_they_can_be_analysed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    words = 0
    for number in range(ARTICLES):
        text = compose(number)
        words += len(text.split())
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    library = Settings(database_url=str(tmp_path / "library.sqlite"))
    open_library(library).dispose()
    before = alone(folder)
    start = perf_counter()
    command = [sys.executable, "-m", "app", "ingest", str(folder), "--database", str(tmp_path / "library.sqlite")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    seen: list[tuple[int, float]] = []
    watching = threading.Thread(target=watch, args=(process, library.database_url, seen))
    watching.start()
    lines = process.communicate()[0].splitlines()
    seconds = perf_counter() - start
    watching.join()
    after, both, wide = alone(folder), alone(folder, 2), alone(folder, threads=0)
    rate, one = words / seconds, (before + after) / 2
    at_work = [(count, used) for count, used in seen if count >= min(100, ARTICLES // 5)]
    first, last = at_work[0][1], at_work[-2][1]
    with capsys.disabled():
        print(
            f"\nbulk: {rate:,.0f} words/s by {default_size()} workers, one process alone {one:,.0f}: "
            f"{rate / 2 / one:.2f} of twice that (two processes alone get {both / 2 / one:.2f}; "
            f"of twice one on both cores, which gets {wide:,.0f}, {rate / 2 / wide:.2f}); "
            f"memory {first:.0f} MB at the {at_work[0][0]}th article, "
            f"{last:.0f} MB at the {at_work[-2][0]}th, at most {max(used for _, used in seen):.0f} MB"
        )
    assert [line.split("\t")[0] for line in lines].count("added") == ARTICLES
    assert rate / 2 / one >= FLOOR
    assert abs(last - first) <= MOST_GROWTH
