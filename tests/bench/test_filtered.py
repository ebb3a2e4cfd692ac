"""How much longer a filter, its counts and its pages take with 100,000 quotes than with 1,000, both in the same run.

Set ``BENCH_QUOTES`` for a library of another size. What is read once, at the first filter, is printed by itself.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import Connection, Engine, select

from app.store import rankings, stats
from app.store.attributions import list_quotes
from app.store.cube.keeping import cube_of
from app.store.engine import open_engine
from app.store.filters import AttributionFilter
from app.store.schema import articles, speakers
from tests.bench.library import make_library
from tests.bench.test_large_library import served

pytestmark = pytest.mark.bench

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_QUOTES", "100000"))
ROUNDS = 11
MOST = 3.0 if LARGE <= 100_000 else 10.0
"""Times what the small library takes."""
FLOOR = 0.01
"""Seconds in which any count should be there: what takes no longer in the large library is let through."""
SPAN = (dt.date(2018, 1, 1), dt.date(2020, 12, 31))
Question = Callable[[Connection, AttributionFilter], object]


def anew(conn: Connection, chosen: AttributionFilter) -> None:
    """As after a change to the library: nothing is kept of what was asked before."""
    cube_of(conn)._kept.clear()
    list_quotes(conn, chosen)


QUESTIONS: dict[str, Question] = {
    "newest first, asked anew": anew,
    "newest first": list_quotes,
    "by date": lambda conn, chosen: list_quotes(conn, chosen, order="date"),
    "topics": stats.topic_counts,
    "kinds": stats.kind_counts,
    "60 speakers": lambda conn, chosen: rankings.rank_speakers(conn, chosen, 60),
    "publishers": stats.publisher_counts,
    "languages": stats.language_counts,
    "how sure": stats.confidence_counts,
    "corrected": stats.corrected_counts,
    "10 articles": lambda conn, chosen: stats.article_counts(conn, chosen, limit=10),
    "months": lambda conn, chosen: stats.time_counts(conn, chosen, "month"),
    "days": lambda conn, chosen: stats.time_counts(conn, chosen, "day"),
    "first and last day": stats.date_span,
}
LONG_ANSWERS = {"months", "days"}
"""The small library has few days; the answer itself is longer."""
PATHS = (
    "/search",
    "/search?publisher={publisher}",
    "/search?from=2018-01-01&to=2020-12-31&order=date",
    "/search?topic={topic}&language=en&confidence=sure",
    "/search?q=pipeline&language=en&order=relevance",
    "/search.json?corrected=yes",
    "/topics/{topic}?publisher={publisher}&from=2018-01-01",
)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small library and the large one."""
    folder = tmp_path_factory.mktemp("filtered")
    made = folder / "small.sqlite", folder / "large.sqlite"
    for path, size in zip(made, (SMALL, LARGE), strict=True):
        make_library(path, size).dispose()
    return made


def some_filters(conn: Connection) -> dict[str, AttributionFilter]:
    """One of few quotes, one of many, one of several fields, one of words."""
    publisher = conn.scalar(select(articles.c.publisher).limit(1))
    often = conn.scalar(select(speakers.c.slug).where(speakers.c.id == 1))
    since, until = SPAN
    return {
        "a publisher": AttributionFilter(publisher=publisher),
        "three years": AttributionFilter(since=since, until=until),
        "a topic, three years, sure": AttributionFilter(topic="energy", since=since, until=until, confidence="sure"),
        "a speaker in a language": AttributionFilter(speaker=often, language="en"),
        "words in a language": AttributionFilter(words="pipeline", language="en"),
    }


def taken(engine: Engine, ask: Question, name: str) -> float:
    """Seconds from the connection to the answer; the masks of other questions are kept, as in a server."""
    with engine.connect() as conn:
        chosen = some_filters(conn)[name]
    start = time.perf_counter()
    with engine.connect() as conn:
        ask(conn, chosen)
    return time.perf_counter() - start


def test_a_filter_takes_little_longer_with_a_hundred_times_the_quotes(
    libraries: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    small, large = (open_engine(f"sqlite:///{path}") for path in libraries)
    with capsys.disabled():
        for engine, size in ((small, SMALL), (large, LARGE)):
            start = time.perf_counter()
            with engine.connect() as conn:
                columns = cube_of(conn).columns
            arrays = [values for values in vars(columns).values() if not isinstance(values, tuple)]
            megabytes = sum(one.nbytes for one in (*arrays, *columns.topics)) / 1e6
            print(f"\n{size:,} quotes read in {time.perf_counter() - start:.2f} s, {megabytes:.1f} MB", end="")
        over = {}
        with small.connect() as conn:
            names = list(some_filters(conn))
        for name in names:
            for question, ask in QUESTIONS.items():
                spent: tuple[list[float], list[float]] = ([], [])
                for _ in range(ROUNDS):
                    for engine, times in zip((small, large), spent, strict=True):
                        times.append(taken(engine, ask, name))
                one, other = map(min, spent)  # others run on the machine
                print(f"\n{name}: {question}: {other * 1e3:.1f} ms, {other / one:.1f} times {one * 1e3:.1f} ms", end="")
                if other > max(FLOOR, MOST * one) and question not in LONG_ANSWERS:
                    over[name, question] = other / one
    small.dispose()
    large.dispose()
    assert over == {}


def test_a_filtered_page_takes_little_longer_with_a_hundred_times_the_quotes(
    libraries: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(f"sqlite:///{libraries[0]}")
    with engine.connect() as conn:
        publisher = str(some_filters(conn)["a publisher"].publisher)
    engine.dispose()
    over = {}
    with served(libraries[0]) as small, served(libraries[1]) as large, capsys.disabled():
        for one in (small, large):
            for names in one.names:
                names["publisher"] = publisher.replace(" ", "+")
        for path in PATHS:
            spent: tuple[list[float], list[float]] = ([], [])
            for turn in range(-len(small.names), ROUNDS):
                for one, times in zip((small, large), spent, strict=True):
                    seconds = one.ask(path, turn)
                    if turn >= 0:
                        times.append(seconds)
                    else:
                        one.connection.close()  # else the server does, tired of waiting for the other to read all
            few, many = map(median, spent)
            print(f"\n{path}: {many * 1e3:.1f} ms, {many / few:.1f} times {few * 1e3:.1f} ms", end="", flush=True)
            if many > MOST * few:
                over[path] = many / few
        print(f"\nmemory of the server: {small.megabytes} MB, {large.megabytes} MB")
    assert over == {}
