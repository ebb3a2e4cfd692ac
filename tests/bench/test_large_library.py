"""How much longer a page takes to make with 100,000 quotes than with 1,000, both in the same run.

The server keeps no page, so that every request makes one. Set ``BENCH_QUOTES`` for a library of another size.
"""

from __future__ import annotations

import http.client
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import select

from app.store.engine import open_engine
from app.store.schema import articles, attributions, quote_topics, quotes, speakers
from tests.bench.library import make_library
from tests.bench.served import started

pytestmark = pytest.mark.bench

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_QUOTES", "100000"))
ROUNDS = 40
MOST = 2.0 if LARGE <= 100_000 else 3.0
"""Times what the small library takes."""
MEASURED = {"/", "/topics/{topic}", "/articles/{article}"}
"""Those that are held to it; the others are printed beside them."""
SERVER = """
import sys, uvicorn
from app.settings import Settings
from app.store.engine import open_engine
from app.web.application import create_app
from app.web.cache import PageCache
url = "sqlite:///" + sys.argv[1]
app = create_app(Settings(database_url=url), open_engine(url))
app.state.desk.pages = PageCache(largest=-1)
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
"""
PATHS = (
    "/",
    "/index.json",
    "/charts.json",
    "/topics",
    "/topics.json",
    "/articles",
    "/articles.json",
    "/articles?after={article}",
    "/topics/{topic}",
    "/topics/{topic}.json",
    "/topics/{topic}/charts.json",
    "/topics/{topic}?after={deep}",
    "/topics/{topic}?speaker={often}",
    "/topics/{topic}?speaker={seldom}",
    "/topics/{topic}?speaker=unnamed",
    "/topics/{topic}?kind=direct",
    "/topics/{topic}?kind=mixed",
    "/topics/{topic}?kind=mixed&after={deep}",
    "/topics/{topic}?speaker={often}&kind=indirect",
    "/topics/{topic}?article={article}",
    "/topics/{topic}?article={article}&speaker={often}&kind=direct",
    "/articles/{article}",
    "/articles/{article}.json",
    "/articles/{article}/charts.json",
    "/quotes/{deep}",
    "/quotes/{deep}.json",
)


@dataclass
class Served:
    """A server over a library, and what stands in the middle of the library."""

    connection: http.client.HTTPConnection
    process: int
    names: list[dict[str, str]]

    def ask(self, path: str, turn: int) -> float:
        """Seconds until the whole answer is there."""
        path = path.format(**self.names[turn % len(self.names)])
        start = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = time.perf_counter() - start
        assert answer.status == 200, f"{path}: {body[:300]!r}"
        return taken

    @property
    def megabytes(self) -> int:
        """The most memory that the server has held; 0 where it cannot be read."""
        try:
            status = Path(f"/proc/{self.process}/status").read_text("ascii")
        except OSError:
            return 0
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


def names_in(library: Path) -> list[dict[str, str]]:
    """What to put into the addresses, another set for each turn."""
    engine = open_engine(f"sqlite:///{library}")
    with engine.connect() as conn:
        known = conn.execute(select(articles.c.id, articles.c.slug).order_by(articles.c.id)).all()
        middle = known[len(known) // 2 : len(known) // 2 + 4]
        seldom = conn.scalars(
            select(speakers.c.slug)
            .join(attributions, attributions.c.speaker_id == speakers.c.id)
            .where(attributions.c.article_id == middle[0].id)
            .order_by(speakers.c.id.desc())
        ).first()
        often = conn.scalars(select(speakers.c.slug).where(speakers.c.id == 1)).one()
        found = []
        for topic, article in zip(("energy", "nato", "ukraine", "other"), middle, strict=True):
            place = select(quotes.c.uid).join(quote_topics).where(quote_topics.c.topic_id == topic)
            deep = conn.scalars(place.where(quotes.c.article_id == article.id)).first()
            names = {"topic": topic, "article": article.slug, "deep": deep, "often": often, "seldom": seldom}
            found.append({name: str(value) for name, value in names.items()})
    engine.dispose()
    return found


@contextmanager
def served(library: Path) -> Iterator[Served]:
    """The library at *library* behind a server of its own."""
    with started("-c", SERVER, str(library)) as (connection, process):
        yield Served(connection, process, names_in(library))


def measured(small: Served, large: Served, path: str) -> tuple[float, float]:
    """The medians of both, asked in turns so that a busy moment of the machine hits both."""
    spent: tuple[list[float], list[float]] = ([], [])
    for one in (small, large):
        one.ask(path, 0)
    for turn in range(ROUNDS):
        for one, taken in zip((small, large), spent, strict=True):
            taken.append(one.ask(path, turn))
    return median(spent[0]), median(spent[1])


def test_a_page_takes_at_most_twice_as_long_with_a_hundred_times_the_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libraries = {size: tmp_path / f"{size}.sqlite" for size in (SMALL, LARGE)}
    for size, library in libraries.items():
        make_library(library, size).dispose()
    ratios: dict[str, float] = {}
    with served(libraries[SMALL]) as small, served(libraries[LARGE]) as large, capsys.disabled():
        print(f"\n{'':<64}{SMALL:>9,}{LARGE:>11,}  ratio")
        for path in PATHS:
            one, other = measured(small, large, path)
            ratios[path] = other / one
            print(f"{path:<64}{one * 1000:>6.1f} ms{other * 1000:>8.1f} ms  {other / one:.2f}", flush=True)
        print(f"memory of the server: {small.megabytes} MB, {large.megabytes} MB", end="; ")
        sizes = [library.stat().st_size / 1e6 for library in libraries.values()]
        print(f"database: {sizes[0]:.1f} MB, {sizes[1]:.0f} MB")
    assert not {path: ratio for path, ratio in ratios.items() if path in MEASURED and ratio > MOST}
