"""What is counted and listed from columns in memory is what the tables hold, whatever was done to them meanwhile."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, event, func, select, update

from app.errors import NotFound, QueryError
from app.store import counts, meta, rankings, stats
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.columns import metadata
from app.store.confidence import Band
from app.store.cube.choosing import choose
from app.store.cube.keeping import cube_of
from app.store.cube.loading import newer, read_cube
from app.store.cube.tallying import Unit
from app.store.cube.values import Columns
from app.store.filters import UNKNOWN, UNNAMED, AttributionFilter
from app.store.rows import SpeakerCount
from app.store.schema import articles, attributions, quote_topics, quotes, topics
from tests.factories import numbered, summit
from tests.store import recounted
from tests.store.test_attributions import SHARED
from tests.store.test_counts import do, steps

DAYS = (None, dt.date(2022, 1, 31), dt.date(2022, 2, 1), dt.date(2023, 3, 21), dt.date(2023, 3, 22))
PUBLISHERS = (None, "CNN", "Die Zeit")
dresses = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(PUBLISHERS),
        st.sampled_from(DAYS),
        st.sampled_from((None, "en", "zh")),
        st.sampled_from((None, 0.5, 0.7, 0.9, 1.0)),
        st.sampled_from(("", "speaker", "topics,kind")),
    ),
    max_size=4,
)
optional = {
    "topic": st.sampled_from(("energy", "nato", "other", "nothing")),
    "speaker": st.sampled_from(("ann", "bob", UNNAMED, "nobody")),
    "kind": st.sampled_from(("direct", "mixed", "indirect", "sung")),
    "article": st.sampled_from(("t-0", "t-1", "t-9")),
    "publisher": st.sampled_from(("CNN", "Die Zeit", "", "Le Monde")),
    "language": st.sampled_from(("en", "zh", UNKNOWN, "xx")),
    "since": st.sampled_from(DAYS[1:]),
    "until": st.sampled_from(DAYS[1:]),
    "confidence": st.sampled_from((*(band.value for band in Band), "very")),
    "corrected": st.sampled_from(("yes", "no", "maybe")),
}
choices = st.fixed_dictionaries({}, optional=optional).map(lambda given: AttributionFilter(**given))
units = st.sampled_from(("day", "week", "month", "year"))


def dress(conn: Connection, number: int, publisher: str | None, day: dt.date | None, *more: object) -> None:
    """Give one of the articles of :func:`do` what the filters ask for."""
    language, confidence, corrected = more
    key = conn.scalar(select(articles.c.id).where(articles.c.slug == f"t-{number}"))
    if key is None:
        return
    of_article = {"publisher": publisher, "date": day, "declared_language": language}
    conn.execute(update(articles).where(articles.c.id == key).values(of_article))
    first = select(func.min(attributions.c.id)).where(attributions.c.article_id == key).scalar_subquery()
    conn.execute(update(attributions).where(attributions.c.id == first).values(confidence=confidence))
    conn.execute(update(quotes).where(quotes.c.attribution_id == first).values(corrected=corrected))
    counts.touch(conn, key)
    meta.bump(conn)


def empty(engine: Engine) -> None:
    """Take out all articles, so that each example saves its steps into an empty library."""
    with engine.begin() as conn:
        for table in reversed(metadata.sorted_tables):
            if table.name not in {"meta", "topics", "topic_revisions"}:
                conn.execute(delete(table))
        conn.exec_driver_sql("DELETE FROM search_rows")
        counts.rebuild(conn)
        meta.bump(conn)


@settings(SHARED, max_examples=60)
@given(steps=steps, dresses=dresses, chosen=choices, unit=units, limit=st.integers(1, 4))
def test_every_count_and_list_is_that_of_the_tables_after_any_changes(
    engine: Engine,
    steps: list[tuple[object, ...]],
    dresses: list[tuple[object, ...]],
    chosen: AttributionFilter,
    unit: Unit,
    limit: int,
) -> None:
    empty(engine)
    for at, step in enumerate(steps):
        with engine.begin() as conn:
            do(conn, *step)  # type: ignore[arg-type]
            meta.bump(conn)
        with engine.begin() as conn:
            for one in dresses[at : at + 1]:
                dress(conn, *one)  # type: ignore[arg-type]
        with engine.connect() as conn:
            cube_of(conn)
    with engine.connect() as conn:
        assert same(cube_of(conn).columns, read_cube(conn).columns)
        compare(conn, chosen, unit)
        walk(conn, chosen, limit)


def same(one: Columns, other: Columns) -> bool:
    """Whether both hold the same quotes; the codes of publishers and languages may differ."""
    names = ("key", "article", "speaker", "kind", "band", "corrected", "day")
    equal = all((getattr(one, name) == getattr(other, name)).all() for name in names)
    return equal and all((a == b).all() for a, b in zip(one.topics, other.topics, strict=True))


def compare(conn: Connection, chosen: AttributionFilter, unit: Unit) -> None:
    assert stats.topic_counts(conn, chosen) == recounted.topic_counts(conn, chosen)
    assert stats.kind_counts(conn, chosen) == recounted.kind_counts(conn, chosen)
    by_speaker = stats.speaker_counts(conn, chosen)
    assert [(slug(one), one.direct, one.mixed, one.indirect) for one in by_speaker] == recounted.speaker_counts(
        conn, chosen
    )
    ranking = rankings.rank_speakers(conn, chosen, 2)
    assert ranking.rows == by_speaker[:2]
    assert ranking.others.number == len(by_speaker[2:])
    assert ranking.others.indirect == sum(one.indirect for one in by_speaker[2:])
    cells = stats.topic_speaker_counts(conn, chosen)
    found = {(one.topic_id, one.speaker.slug if one.speaker else None): (one.quotes, one.indirect) for one in cells}
    assert found == recounted.topic_speaker_counts(conn, chosen)
    by_article = stats.article_counts(conn, chosen)
    rows = [(one.article.slug, one.quotes, one.indirect) for one in by_article]
    assert rows == recounted.article_counts(conn, chosen)
    for field in ("publisher", "language", "confidence", "corrected"):
        values = getattr(stats, f"{field}_counts")(conn, chosen)
        there = {one for one in values if one.quotes or one.indirect}
        assert there == recounted.value_counts(conn, chosen, field)
    assert set(stats.time_counts(conn, chosen, unit)) == recounted.time_counts(conn, chosen, unit)
    days = [row.date for row in recounted.rows(conn, chosen) if row.date]
    assert stats.date_span(conn, chosen) == ((min(days), max(days)) if days else None)


def slug(one: SpeakerCount) -> str | None:
    return one.speaker.slug if one.speaker else None


def walk(conn: Connection, chosen: AttributionFilter, limit: int) -> None:
    """Both orders give each quote once, page by page."""
    rows = recounted.rows(conn, chosen)
    by_date = sorted(rows, key=lambda row: -(row.date or dt.date.min).toordinal())
    for order, expected in (("newest", rows), ("date", by_date)):
        found, after = list[str](), None
        while True:
            page = list_quotes(conn, chosen, limit=limit, after=after, order=order)
            assert page.total == len(rows)
            found += [quote.id for quote in page.items]
            after = page.next
            if after is None:
                break
        assert found == [row.uid for row in expected]


def test_words_are_one_more_filter(conn: Connection) -> None:
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=3))
    found = list_quotes(conn, AttributionFilter(words="serious"))
    assert [quote.text for quote in found.items] == ["serious concerns"]
    assert stats.topic_counts(conn, AttributionFilter(words="serious"))[1].quotes == 1
    assert list_quotes(conn, AttributionFilter(words="serious", topic="energy")).total == 0
    assert list_quotes(conn, AttributionFilter(words="words", kind="direct"), order="relevance").total == 3
    with pytest.raises(QueryError):
        list_quotes(conn, AttributionFilter(words="“"))


def test_a_walk_by_relevance_gives_each_quote_once(conn: Connection) -> None:
    add_article(conn, *numbered(1, quotes=5))
    chosen, found, after = AttributionFilter(words="here"), list[str](), None
    for _ in range(3):
        page = list_quotes(conn, chosen, limit=2, after=after, order="relevance")
        found += [quote.id for quote in page.items]
        after = page.next
    assert (after, len(set(found)), len(found)) == (None, 5, 5)
    with pytest.raises(NotFound):
        list_quotes(conn, chosen, after="aaaaaaaaaaaa", order="relevance")


def test_a_cursor_that_the_filter_leaves_out_still_says_where_to_go_on(conn: Connection) -> None:
    add_article(conn, *numbered(1, quotes=4))
    every = list_quotes(conn, AttributionFilter()).items
    conn.execute(update(quotes).where(quotes.c.uid == every[1].id).values(corrected="kind"))
    page = list_quotes(conn, AttributionFilter(corrected="no"), after=every[1].id)
    assert [quote.id for quote in page.items] == [every[2].id, every[3].id]


def test_what_is_not_saved_is_seen_by_who_writes_it_alone(engine: Engine) -> None:
    chosen = AttributionFilter(corrected="no")
    with engine.connect() as reader:
        before = list_quotes(reader, chosen).total
    with engine.connect() as writer:
        add_article(writer, *numbered(7, quotes=2))
        assert list_quotes(writer, chosen).total == before + 2
        writer.rollback()
    with engine.begin() as writer:
        add_article(writer, *numbered(8, quotes=1))
    with engine.connect() as reader:
        assert list_quotes(reader, chosen).total == before + 1


def test_what_is_saved_while_the_columns_are_read_is_not_missed(engine: Engine) -> None:
    with engine.begin() as conn:
        add_article(conn, *numbered(1, quotes=2))
    reader = engine.connect()
    coming = [numbered(2, quotes=3), numbered(3, quotes=1)]

    def meanwhile(conn: Connection, cursor: object, statement: str, *rest: object) -> None:
        if coming and conn is reader and statement.startswith("SELECT quote_topics"):
            with engine.begin() as writer:
                add_article(writer, *coming.pop())

    event.listen(engine, "before_cursor_execute", meanwhile)
    try:
        cube_of(reader)
    finally:
        event.remove(engine, "before_cursor_execute", meanwhile)
        reader.close()
    with engine.connect() as reader:
        assert same(cube_of(reader).columns, read_cube(reader).columns)
        assert len(cube_of(reader)) > 2


def test_an_earlier_look_leaves_nothing_behind_for_later_ones(sqlite_engine: Engine) -> None:
    chosen = AttributionFilter(words="words", article="report-2")
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, quotes=2))
    with sqlite_engine.connect() as early:
        meta.revision(early)
        with sqlite_engine.begin() as writer:
            add_article(writer, *numbered(2, quotes=3))
        with sqlite_engine.connect() as late:
            newest = cube_of(late)
        assert list_quotes(early, chosen).total == 0
    with sqlite_engine.connect() as late:
        assert cube_of(late) is newest
        assert list_quotes(late, chosen).total == 3


def test_what_is_kept_of_a_cube_stays_within_bounds(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    add_article(conn, *numbered(1, quotes=4))
    cube = read_cube(conn)
    made: list[int] = []

    def ask(name: int) -> None:
        cube.kept(name, lambda: made.append(name) or cube.columns.key)  # type: ignore[func-returns-value]

    monkeypatch.setattr("app.store.cube.values.MOST_BYTES", 3 * cube.columns.key.nbytes)
    for name in (1, 2, 3, 1, 4, 1, 2):
        ask(name)
    assert made == [1, 2, 3, 4, 2]


@pytest.mark.parametrize("sparse", [0, 50])
def test_places_are_found_by_row_ids_however_these_have_grown(
    conn: Connection, sparse: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.cube.values.SPARSE", sparse)
    for number in (1, 2):
        add_article(conn, *numbered(number, quotes=2))
    cube, keys = read_cube(conn), read_cube(conn).columns.key
    for place, key in enumerate(keys):
        assert cube.places(keys[place : place + 1]).tolist() == [place]
        assert not len(cube.places(keys[:1] + 1000 + key))


def test_only_what_changed_is_read_again(conn: Connection) -> None:
    for number in range(3):
        add_article(conn, *numbered(number, quotes=2))
    before = read_cube(conn)
    key = conn.scalars(select(articles.c.id).order_by(articles.c.id)).all()[1]
    conn.execute(update(articles).where(articles.c.id == key).values(publisher="New", changed=before.revision + 1))
    meta.bump(conn)
    after = newer(conn, before)
    assert [after.publishers[code] for code in after.columns.publisher] == ["", "", "New", "New", "", ""]
    assert (after.columns.key == before.columns.key).all()
    assert all(a > b for a, b in pairwise(dict.fromkeys(after.columns.article.tolist())))


def test_more_topics_than_a_number_has_bits_are_told_apart(conn: Connection) -> None:
    add_article(conn, *summit())
    cube = choose(conn, AttributionFilter()).cube
    assert len(cube.columns.topics) == 1
    many = [f"t{number}" for number in range(70)]
    rows = conn.execute(select(quotes.c.id)).all()
    plain = {"label": "", "description": "", "colour": "#123456", "terms": [], "names": []}
    conn.execute(topics.insert(), [{"id": one, "position": 10 + at, **plain} for at, one in enumerate(many)])
    conn.execute(quote_topics.insert(), [{"quote_id": rows[0].id, "topic_id": "t69", "position": 9}])
    found = stats.topic_counts(conn, AttributionFilter(corrected="no"))
    assert [one.topic.id for one in found if one.topic.id in many and one.quotes + one.indirect] == ["t69"]
