from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import Connection

from app.domain import DatePrecision
from app.store import stats
from app.store.articles import add_article
from app.store.dating import undated, vague
from app.store.filters import AttributionFilter
from tests.factories import numbered, summit

EVERYTHING = AttributionFilter()


def dated(conn: Connection, number: int, day: dt.date | None, precision: DatePrecision = DatePrecision.DAY) -> None:
    article, analysis = numbered(number, 3)
    add_article(conn, replace(article, date=day, date_precision=precision), analysis)


def test_quotes_without_a_date_are_counted_with_their_newest_articles(conn: Connection) -> None:
    dated(conn, 1, None)
    dated(conn, 2, dt.date(2023, 3, 22))
    dated(conn, 3, None)
    dated(conn, 4, None)
    found = undated(conn, EVERYTHING, 2)
    assert (found.quotes, found.indirect, found.articles) == (9, 0, 3)
    assert [(row.article.title, row.quotes) for row in found.newest] == [("Report 4", 3), ("Report 3", 3)]
    some = undated(conn, AttributionFilter(speaker="vladimir-putin"), 9)
    assert (some.quotes, some.articles) == (3, 3)
    assert undated(conn, AttributionFilter(topic="nato"), 9).newest == ()


def test_what_has_a_date_and_what_has_none_is_everything(conn: Connection) -> None:
    dated(conn, 1, None)
    add_article(conn, *summit())
    without = undated(conn, EVERYTHING, 9)
    with_one = [row for row in stats.time_counts(conn, EVERYTHING, "year") if not row.topic_id]
    every = sum(row.count for row in stats.kind_counts(conn, EVERYTHING))
    assert sum(row.quotes + row.indirect for row in with_one) + without.quotes + without.indirect == every


def test_dates_that_are_no_days_are_counted(conn: Connection) -> None:
    dated(conn, 1, dt.date(2023, 1, 1), DatePrecision.YEAR)
    dated(conn, 2, dt.date(2023, 3, 1), DatePrecision.MONTH)
    dated(conn, 3, dt.date(2023, 3, 1), DatePrecision.MONTH)
    dated(conn, 4, dt.date(2023, 3, 1))
    found = vague(conn, EVERYTHING)
    assert (found.month, found.year) == (6, 3)
    assert vague(conn, AttributionFilter(since=dt.date(2023, 2, 1))).year == 0
