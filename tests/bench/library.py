"""Makes a library of any size: ``python tests/bench/library.py PATH --quotes 100000``.

Every article has 25 quotes and is about as long as every other, so that only the library grows. Speakers, topics and
kinds are spread as in newspapers: few speak often, most once or twice. The same seed makes the same library.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, Engine, Table

from app.codebook import read_codebook
from app.domain import TextSpan
from app.resources import resource_dir
from app.store import counts, meta, search_keeping
from app.store.columns import metadata
from app.store.engine import open_engine
from app.store.names import fold_name, slug_of
from app.store.quote_ids import quote_ids, text_hash
from app.store.readings import pack_readings, pack_tokens
from app.store.schema_version import ensure_schema
from app.store.topics import sync_topics
from tests.bench.made_up import QUOTES_EACH, Made, MadeUp, Said

BATCH = 200
"""Articles in one statement a table."""
PIPELINE = "made-up-1"
FIRST_DAY, DAYS = dt.date(2015, 1, 1), 4000
LANGUAGES = ("en", "en", "en", "en", "de", "de", "fr", "zh")
UNDATED, UNCOUNTED, CORRECTED = 50, 9, 40
"""One article in so many has no date, one quote in so many was never counted how sure, or corrected."""
Row = tuple[object, ...]
COLUMNS = {
    "speakers": "id slug key kind name members",
    "articles": "id slug text_hash title url publisher date added language words pipeline text",
    "paragraphs": "article_id position start end kind",
    "paragraph_topics": "article_id paragraph topic_id position",
    "attributions": "id article_id position kind speaker_id rule reason confidence clause_start clause_end"
    " sentence_start sentence_end before_start before_end after_start after_end",
    "attribution_spans": "attribution_id role position start end",
    "mentions": "attribution_id position start end",
    "attribution_topics": "attribution_id topic_id position",
    "quotes": "id uid article_id attribution_id start end kind window_start window_end corrected",
    "quote_topics": "quote_id topic_id position",
    "evidence": "attribution_id quote_id position topic_id start end term rule score",
    "readings": "article_id tokens quotes",
}
"""What is written, in an order in which each row finds those that it names."""


class Rows:
    """Rows by table until they are written."""

    def __init__(self) -> None:
        self.of: dict[str, list[Row]] = {name: [] for name in COLUMNS}

    def add(self, table: str, *values: object) -> None:
        """One row of *table*, in the order of :data:`COLUMNS`."""
        self.of[table].append(values)

    def write(self, conn: Connection) -> None:
        """Write and forget them."""
        for name, rows in self.of.items():
            if rows:
                conn.exec_driver_sql(_insert(metadata.tables[name]), rows)
                self.of[name] = []


def make_library(path: Path, quotes: int, seed: int = 1) -> Engine:
    """A new library at *path* with as many *quotes*, rounded up to whole articles; the engine is the caller's."""
    engine = open_engine(f"sqlite:///{path}")
    ensure_schema(engine)
    with engine.begin() as conn:
        sync_topics(conn, read_codebook(resource_dir("seeds") / "topics.toml"))
        fill(conn, quotes, seed)
        counts.rebuild(conn)
        search_keeping.rebuild(conn)
        meta.bump(conn)
    return engine


def fill(conn: Connection, quotes: int, seed: int = 1) -> None:
    """Write *quotes* and all that hangs on them into an empty library with the topics of the seeds."""
    made_up, rows = MadeUp(quotes, seed), Rows()
    known: set[int] = set()
    for number in range(1, -(-quotes // QUOTES_EACH) + 1):
        article = made_up.article(number)
        for speaker in {one.speaker for one in article.said if one.speaker is not None} - known:
            known.add(speaker)
            name = made_up.speaker(speaker)
            rows.add("speakers", speaker, slug_of(name, otherwise="speaker"), fold_name(name), "person", name, "[]")
        _add(rows, number, article)
        if number % BATCH == 0:
            rows.write(conn)
    rows.write(conn)


def _add(rows: Rows, number: int, made: Made) -> None:
    text, title = made.text, f"{made.title} {number}"
    day = FIRST_DAY + dt.timedelta(days=number * 997 % DAYS)  # a library of any size is of all these years
    added = f"{dt.datetime(2026, 1, 1) + dt.timedelta(minutes=number)}"
    known = (slug_of(title, otherwise="article"), text_hash(text), title, f"https://example.org/{number}")
    dated = (made.publisher, day.isoformat() if number % UNDATED else None, added, LANGUAGES[number % len(LANGUAGES)])
    rows.add("articles", number, *known, *dated, len(text.split()), PIPELINE, text)
    for place, (start, end, topics) in enumerate(made.paragraphs):
        rows.add("paragraphs", number, place, start, end, "body")
        for position, topic in enumerate(topics):
            rows.add("paragraph_topics", number, place, topic, position)
    uids = quote_ids(text, [one.content for one in made.said])
    for place, (one, uid) in enumerate(zip(made.said, uids, strict=True)):
        _add_quote(rows, number, place, one, uid)
    judged = {uid: one.reading for one, uid in zip(made.said, uids, strict=True)}
    rows.add("readings", number, pack_tokens(text, made.tokens), pack_readings(judged))


def _add_quote(rows: Rows, article: int, place: int, one: Said, uid: str) -> None:
    key = (article - 1) * QUOTES_EACH + place + 1
    around = [*_ends(one.clause), *_ends(one.sentence), *_ends(one.before), *_ends(one.after)]
    why = ("learned", "made up", one.confidence if key % UNCOUNTED else None)
    rows.add("attributions", key, article, place, one.kind, one.speaker, *why, *around)
    for role, span in (("source", one.source), ("cue", one.cue), ("content", one.content)):
        if span is not None:
            rows.add("attribution_spans", key, role, 0, *_ends(span))
    for position, mention in enumerate(one.chain):
        rows.add("mentions", key, position, *_ends(mention))
    ends = [end for end in around if end is not None]
    corrected = "" if key % CORRECTED else "speaker"
    rows.add("quotes", key, uid, article, key, *_ends(one.content), one.kind, min(ends), max(ends), corrected)
    for position, topic in enumerate(one.topics):
        rows.add("attribution_topics", key, topic, position)
        rows.add("quote_topics", key, topic, position)
    for owner in (key, None):
        for position, (topic, span, term) in enumerate(one.evidence):
            rows.add("evidence", key, owner, position, topic, *_ends(span), term, "quote", 1.0)


def _ends(span: TextSpan | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _insert(table: Table) -> str:
    columns = COLUMNS[table.name].split()
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = perf_counter()
    make_library(given.path, given.quotes, given.seed).dispose()
    print(f"{given.path}: {given.path.stat().st_size / 1e6:.0f} MB in {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
