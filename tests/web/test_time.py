import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import DatePrecision
from app.store.articles import add_article
from tests.factories import numbered
from tests.web.conftest import Words, client_of, read

Page = Callable[[str], Words]
Dated = tuple[str | None, DatePrecision]


def dated(engine: Engine, days: Sequence[Dated], topics: Sequence[str] = ("energy",)) -> TestClient:
    """A library with an article of three quotes for each of *days*."""
    with engine.begin() as conn:
        for number, (day, precision) in enumerate(days):
            article, analysis = numbered(number, 3, topics=topics)
            date = dt.date.fromisoformat(day) if day else None
            add_article(conn, replace(article, date=date, date_precision=precision), analysis)
    return client_of(engine)


def on(*days: str | None) -> list[Dated]:
    return [(day, DatePrecision.DAY) for day in days]


def follow(client: TestClient, path: str) -> int:
    head, _, query = path.partition("?")
    assert head == "/search"
    total: int = client.get(f"/search.json?{query}").json()["total"]
    return total


def test_quotes_are_shown_by_the_unit_that_their_span_asks_for(sqlite_engine: Engine) -> None:
    client = dated(sqlite_engine, on("2022-01-05", "2022-06-30", "2023-03-22"))
    data = client.get("/time.json").json()
    assert data["unit"] == "month"
    assert len(data["times"]) == 15
    assert [one["total"] for one in data["times"]] == [3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    assert client.get("/time.json?from=2023").json()["unit"] == "day"


@pytest.mark.parametrize(
    ("unit", "times"), [("day", 36), ("week", 36), ("month", 15), ("year", 2)], ids=["day", "week", "month", "year"]
)
def test_a_unit_can_be_asked_for_and_what_has_no_room_is_earlier(sqlite_engine: Engine, unit: str, times: int) -> None:
    client = dated(sqlite_engine, on("2022-01-05", "2022-06-30", "2023-03-22"))
    data = client.get(f"/time.json?unit={unit}").json()
    assert len(data["times"]) == times
    assert data["earlier"] + sum(one["total"] for one in data["times"]) == 9
    page = read(client.get(f"/time?unit={unit}").text)
    assert ("← Earlier" in page.text) == bool(data["earlier"])
    if data["earlier"]:
        back = next(link for link in page.links if link.startswith("/time?to=") and f"unit={unit}" in link)
        before = client.get(back.replace("/time?", "/time.json?")).json()
        assert before["earlier"] + sum(one["total"] for one in before["times"]) == data["earlier"]


@pytest.mark.parametrize("query", ["", "&topic=energy", "&speaker=xi-jinping", "&from=2022-01-06&to=2023-03-01"])
@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_every_time_leads_to_the_quotes_that_it_counts(sqlite_engine: Engine, unit: str, query: str) -> None:
    days = on("2022-12-31", "2023-01-01", "2023-01-02", "2022-01-05", "2023-03-22")
    client = dated(sqlite_engine, days, topics=("energy", "nato"))
    data = client.get(f"/time.json?unit={unit}{query}").json()
    for one in data["times"]:
        assert (one["address"] is None) == (one["total"] == 0)
        assert not one["total"] or follow(client, one["address"]) == one["total"]
    for trace in client.get(f"/time/charts.json?unit={unit}{query}").json()["charts"]["time"]["data"]:
        for count, (href, *_) in zip(trace["y"], trace["customdata"], strict=True):
            assert not count or follow(client, href) == count


def test_every_number_of_the_table_is_the_length_of_the_list_behind_it(sqlite_engine: Engine) -> None:
    client = dated(sqlite_engine, on("2022-12-31", "2023-01-01", None), topics=("energy", "nato"))
    table = client.get("/time").text.partition("<tbody>")[2].partition("</tbody>")[0]
    links = read(table).links
    assert len(links) == 6
    assert all(follow(client, link) == 3 for link in links)


def test_lines_have_gaps_where_bars_have_none(sqlite_engine: Engine) -> None:
    client = dated(sqlite_engine, on("2023-01-01", "2023-01-03"))
    (bars,) = client.get("/time/charts.json").json()["charts"]["time"]["data"]
    (lines,) = client.get("/time/charts.json?as=lines").json()["charts"]["time"]["data"]
    assert (bars["type"], bars["x"], bars["y"]) == ("bar", [0, 2], [3, 3])
    assert (lines["type"], lines["y"], lines["connectgaps"]) == ("scatter", [3, None, 3], False)
    page = client.get("/time?as=lines").text
    assert "a line chart" in page
    assert "a bar chart" in client.get("/time").text


def test_quotes_without_a_date_are_told_apart_with_their_articles(sqlite_engine: Engine) -> None:
    client = dated(sqlite_engine, on("2023-01-01", None, None))
    page = read(client.get("/time?topic=energy").text)
    assert "9 quotes 6 without a date" in page.text
    assert "Without a date 6 quotes in 2 articles" in page.text
    assert "/search?topic=energy&article=report-1" in page.links
    assert "/articles/report-2/edit" in page.links
    assert client.get("/time.json").json()["undated"]["quotes"] == 6
    assert "Without a date" not in read(client.get("/time?from=2023").text).text


def test_with_no_date_at_all_there_is_nothing_to_draw_and_it_is_said(sqlite_engine: Engine) -> None:
    client = dated(sqlite_engine, on(None))
    page = client.get("/time")
    assert "None of these quotes has a date" in read(page.text).text
    assert "data-chart" not in page.text
    assert client.get("/time/charts.json").json()["charts"] == {}


def test_dates_that_are_no_days_are_noted(sqlite_engine: Engine) -> None:
    days = [("2023-01-01", DatePrecision.YEAR), ("2023-03-01", DatePrecision.MONTH), ("2023-03-05", DatePrecision.DAY)]
    page = read(dated(sqlite_engine, days).get("/time").text)
    assert "Of 6 quotes the day is not known, of 3 not the month either" in page.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_is_can_be_shown(sqlite_engine: Engine, day: str) -> None:
    client = dated(sqlite_engine, on(day, "2023-03-22"))
    for unit in ("", "day", "week", "month", "year"):
        for path in ("/time", "/time.json", "/time/charts.json", "/speakers/xi-jinping"):
            assert client.get(f"{path}?unit={unit}").status_code == 200


def test_a_filter_that_leaves_nothing_is_told_with_a_way_out(page: Page) -> None:
    time = page("/time?topic=us")
    assert "No quotes match these filters." in time.text
    assert "/time" in time.links


def test_the_way_of_showing_stays_when_a_filter_is_chosen(page: Page) -> None:
    time = page("/time?unit=year&as=lines")
    assert any(link.startswith("/time?topic=energy&unit=year&as=lines") for link in time.links)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("unit=century", "It can be day, week, month or year."),
        ("as=pie", "It can be stacked or lines."),
        ("from=2024&to=2023", "end before they begin"),
        ("from=yesterday", "is no date"),
        ("topic=nope", "topic"),
    ],
)
def test_what_cannot_be_shown_is_told_with_what_can(client: TestClient, query: str, told: str) -> None:
    for path in ("/time", "/time.json", "/time/charts.json"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert told in answer.text
    assert "/time" in read(client.get(f"/time?{query}").text).links


def test_an_empty_library_has_no_times_yet(empty: TestClient) -> None:
    assert "There are no quotes yet." in read(empty.get("/time").text).text
    assert empty.get("/time.json").json()["times"] == []


def test_charts_are_kept_for_ever_under_the_address_of_this_state_of_the_library(client: TestClient) -> None:
    page = client.get("/time?topic=energy").text
    address = page.partition('data-charts="')[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith("/time/charts.json?topic=energy&v=")
    assert client.get(address).headers["cache-control"] == "private, max-age=31536000, immutable"
    assert client.get("/time/charts.json?v=999").headers["cache-control"] == "no-cache"
