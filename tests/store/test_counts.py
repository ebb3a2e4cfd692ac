from __future__ import annotations

from collections.abc import Sequence

import pytest
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Table, delete, event, insert, select, update
from sqlalchemy import text as sql
from sqlalchemy.schema import DropTable

from app.domain import OTHER, Article, TextSpan
from app.store import counts, stats
from app.store.articles import add_article, list_articles
from app.store.attributions import list_quotes
from app.store.columns import metadata
from app.store.count_schema import count_articles, count_cells, count_speakers, count_topics
from app.store.deleting import delete_article, restore_article
from app.store.filters import AttributionFilter
from app.store.migrations.config import alembic_config
from app.store.reanalysing import replace_analysis
from app.store.schema import articles, quote_topics, quotes
from app.store.schema_version import HEAD
from tests.factories import TOPICS, make_analysis, numbered, person, say, summit
from tests.store import recounted
from tests.store.test_attributions import SHARED, Library, fill, filters, libraries

EVERYTHING = AttributionFilter()
TABLES = (count_cells, count_articles, count_speakers, count_topics)
SPEAKERS = (person("Ann"), person("Bob"), None)

plans = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 14)), max_size=6)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 3), plans),
        st.tuples(st.sampled_from(["replace", "retag"]), st.integers(0, 3), plans),
        st.tuples(st.sampled_from(["delete", "restore"]), st.integers(0, 3), st.just([])),
    ),
    max_size=10,
)


def some_topics(chosen: int) -> tuple[str, ...]:
    """The topics whose bits are set."""
    return tuple(topic.id for bit, topic in enumerate(TOPICS) if chosen >> bit & 1) or (OTHER,)


def article(number: int, given: Sequence[tuple[int, int, int]]) -> tuple[Article, object]:
    text = f"aaaaaaaaaa {number}"
    said = [
        say(text, TextSpan(start, start + 3), speaker=SPEAKERS[who], topics=some_topics(chosen))
        for start, who, chosen in given
    ]
    return Article(f"T {number}", text), make_analysis(text, *said)


def do(conn: Connection, what: str, number: int, given: Sequence[tuple[int, int, int]]) -> None:
    found, analysis = article(number, given)
    row = conn.execute(select(articles.c.id, articles.c.deleted).where(articles.c.slug == f"t-{number}")).one_or_none()
    if what == "add":
        add_article(conn, found, analysis)  # type: ignore[arg-type]
    elif row is None:
        return
    elif what == "restore" and row.deleted is not None:
        restore_article(conn, f"t-{number}")
    elif what == "delete" and row.deleted is None:
        delete_article(conn, f"t-{number}")
    elif what == "replace" and row.deleted is None:
        replace_analysis(conn, row.id, analysis)  # type: ignore[arg-type]
    elif what == "retag" and row.deleted is None:
        keys = conn.scalars(select(quotes.c.id).where(quotes.c.article_id == row.id)).all()
        for key, (_, _, chosen) in zip(keys, given, strict=False):
            conn.execute(delete(quote_topics).where(quote_topics.c.quote_id == key))
            rows = [{"quote_id": key, "topic_id": t, "position": n} for n, t in enumerate(some_topics(chosen))]
            conn.execute(insert(quote_topics), rows)
        counts.put_in(conn, row.id)


def everything(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: sorted(map(tuple, conn.execute(select(table)))) for table in TABLES}


@settings(SHARED, max_examples=30)
@given(steps=steps)
def test_the_counts_are_those_of_the_quotes_whatever_is_done(
    engine: Engine, steps: list[tuple[str, int, list[tuple[int, int, int]]]]
) -> None:
    with engine.connect() as conn:
        for step in steps:
            do(conn, *step)
            assert counts.wrong(conn) == []
        kept = everything(conn)
        counts.rebuild(conn)
        assert everything(conn) == kept
        conn.rollback()


@settings(SHARED, max_examples=30)
@given(library=libraries, chosen=filters)
def test_counts_that_are_kept_are_those_that_are_taken_from_the_quotes(
    engine: Engine, library: Library, chosen: AttributionFilter
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        whole = AttributionFilter(None, chosen.speaker, chosen.kind, chosen.article)
        assert stats.topic_counts(conn, whole) == recounted.topic_counts(conn, whole)
        cells = stats.topic_speaker_counts(conn, whole)
        found = {(one.topic_id, one.speaker.slug if one.speaker else None): (one.quotes, one.indirect) for one in cells}
        assert found == recounted.topic_speaker_counts(conn, whole)
        assert list_quotes(conn, chosen).total == len(list_quotes(conn, chosen, limit=1_000).items)
        conn.rollback()


def test_an_article_put_in_twice_or_taken_out_twice_counts_once(conn: Connection) -> None:
    add_article(conn, *summit())
    [key] = conn.scalars(select(articles.c.id))
    before = everything(conn)
    counts.put_in(conn, key)
    assert everything(conn) == before
    counts.take_out(conn, key)
    counts.take_out(conn, key)
    assert not any(everything(conn).values())
    assert list_quotes(conn, EVERYTHING).total == list_articles(conn).total == 0
    counts.put_in(conn, key)
    assert everything(conn) == before


def test_many_articles_are_put_in_at_once(conn: Connection) -> None:
    for number in range(5):
        add_article(conn, *numbered(number))
    before, keys = everything(conn), conn.scalars(select(articles.c.id)).all()
    counts.take_out(conn, *keys)
    counts.put_in(conn, *keys)
    assert everything(conn) == before


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_wrong_is_found_and_mended(conn: Connection, table: Table) -> None:
    add_article(conn, *summit())
    before = everything(conn)
    conn.execute(update(table).values(direct=table.c.direct + 1))
    [first, *_] = counts.wrong(conn)
    assert "do not fit the quotes" in first
    counts.rebuild(conn)
    assert counts.wrong(conn) == []
    assert everything(conn) == before


def test_a_library_from_before_the_counts_gets_them(engine: Engine) -> None:
    with engine.begin() as conn:
        add_article(conn, *summit())
        for number in range(3):
            add_article(conn, *numbered(number, topics=("us", "nato")))
        text = "Nobody says anything."
        add_article(conn, Article("Silence", text), make_analysis(text))
        delete_article(conn, "report-1")
        before = everything(conn)
    with engine.begin() as conn:
        for table in TABLES:
            conn.execute(DropTable(table))
        conn.execute(sql("UPDATE alembic_version SET version_num = '0005'"))
        command.upgrade(alembic_config(conn), "0006")
        conn.execute(sql(f"UPDATE alembic_version SET version_num = '{HEAD}'"))
    with engine.connect() as conn:
        assert everything(conn) == before
        assert counts.wrong(conn) == []


def test_every_table_of_counts_is_counted() -> None:
    assert {table.name for table in TABLES} == {name for name in metadata.tables if name.startswith("count_")}


@pytest.mark.parametrize("query", [EVERYTHING, AttributionFilter(topic="energy"), AttributionFilter(kind="direct")])
def test_a_list_opens_only_the_articles_that_it_shows(sqlite_engine: Engine, query: AttributionFilter) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(30):
            add_article(conn, *numbered(number))
    plans: list[str] = []

    def explain(conn: Connection, cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            plans.extend(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))

    with sqlite_engine.connect() as conn:
        after = list_quotes(conn, query).next
        event.listen(sqlite_engine, "before_cursor_execute", explain)
        list_quotes(conn, query, after=after)
        list_articles(conn)
        stats.article_counts(conn, query, limit=60)
    read = {plan.split()[1] for plan in plans if plan.startswith("SCAN")}
    assert not read & {"quotes", "attributions", "quote_topics", "count_cells", "count_articles", "count_speakers"}, (
        plans
    )
