import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Topic
from app.present.time_data import (
    MOST_BUCKETS,
    MOST_SERIES,
    REST,
    UNITS,
    TimeChart,
    back,
    during,
    last_day,
    name_of,
    number_of,
    rounded_up,
    time_chart,
    unit_for,
)
from app.present.time_drawing import drawing_width, paths, tick_places
from app.store.cube.tallying import Unit, start_of
from app.store.filters import AttributionFilter
from app.store.rows import TimeCount
from tests.factories import TOPICS

EVERYTHING = AttributionFilter()
days = st.dates()
units = st.sampled_from(UNITS)


def href(chosen: AttributionFilter) -> str:
    return f"/search?from={chosen.since}&to={chosen.until}&topic={chosen.topic}"


def month(number: int, topic: str = "", quotes: int = 1, indirect: int = 0) -> TimeCount:
    return TimeCount(dt.date(2022 + (number - 1) // 12, (number - 1) % 12 + 1, 1), topic, quotes, indirect)


def chart(*counts: TimeCount, chosen: AttributionFilter = EVERYTHING, unit: Unit = "month", **more: bool) -> TimeChart:
    return time_chart("time", "Quotes over time", counts, TOPICS, chosen, unit, href, **more)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2023-03-22", "2023-03-22", "day"),
        ("2023-03-01", "2023-04-05", "day"),
        ("2023-03-01", "2023-04-06", "week"),
        ("2023-01-02", "2023-09-10", "week"),
        ("2023-01-02", "2023-09-11", "month"),
        ("2020-01-01", "2022-12-31", "month"),
        ("2020-01-01", "2023-01-01", "year"),
        ("0001-01-01", "9999-12-31", "year"),
    ],
)
def test_the_unit_is_the_shortest_that_keeps_the_chart_readable(first: str, last: str, unit: str) -> None:
    assert unit_for((dt.date.fromisoformat(first), dt.date.fromisoformat(last))) == unit


@given(day=days, unit=units)
def test_a_time_holds_its_days_and_no_others(day: dt.date, unit: Unit) -> None:
    start = start_of(day, unit)
    end = last_day(start, unit)
    assert start <= day <= end
    assert start_of(end, unit) == start
    assert end == dt.date.max or start_of(end + dt.timedelta(days=1), unit) != start
    assert number_of((start, end), unit) == 1
    assert name_of(start, unit)


@given(day=days, unit=units, number=st.integers(0, 60))
def test_going_back_is_the_reverse_of_counting(day: dt.date, unit: Unit, number: int) -> None:
    start = start_of(day, unit)
    if (start - dt.date.min).days > 370 * (number + 1):
        earlier = back(start, unit, number)
        assert start_of(earlier, unit) == earlier
        assert number_of((earlier, start), unit) == number + 1


@given(st.integers(0, 10**9))
def test_the_scale_ends_at_a_round_number_whose_half_is_one_too(number: int) -> None:
    top = rounded_up(number)
    assert top >= max(2, number)
    assert top % 2 == 0
    assert top <= max(2, 2 * number)


def test_a_time_without_a_quote_is_an_empty_bucket() -> None:
    found = chart(month(1), month(1, "energy"), month(4), month(4, "energy"))
    assert [bucket.label for bucket in found.buckets] == ["January 2022", "February 2022", "March 2022", "April 2022"]
    assert [bucket.total for bucket in found.buckets] == [1, 0, 0, 1]
    assert [bucket.parts[0].count for bucket in found.buckets] == [1, 0, 0, 1]
    assert found.buckets[1].href is None
    assert found.buckets[1].parts[0].href is None


def test_a_bucket_leads_to_the_quotes_of_its_days() -> None:
    found = chart(month(2, quotes=2, indirect=1), month(2, "nato", 2))
    (bucket,) = found.buckets
    assert (bucket.total, bucket.href) == (3, "/search?from=2022-02-01&to=2022-02-28&topic=None")
    assert bucket.parts[0].href == "/search?from=2022-02-01&to=2022-02-28&topic=nato"


def test_a_bucket_reaches_no_further_than_the_dates_that_are_chosen() -> None:
    chosen = AttributionFilter(since=dt.date(2022, 2, 10), until=dt.date(2022, 3, 5))
    found = chart(month(2), month(3), chosen=chosen)
    assert [bucket.href for bucket in found.buckets] == [
        "/search?from=2022-02-10&to=2022-02-28&topic=None",
        "/search?from=2022-03-01&to=2022-03-05&topic=None",
    ]


def test_topics_come_in_their_order_and_only_with_quotes() -> None:
    found = chart(month(1), month(1, "nato"), month(1, "energy"))
    assert [one.key for one in found.series] == ["energy", "nato"]
    assert found.series[0].colour == "var(--t-energy)"
    alone = chart(month(1), month(1, "nato"), month(1, "energy"), chosen=AttributionFilter(topic="nato"))
    assert [one.key for one in alone.series] == ["nato"]


def test_of_many_topics_the_last_are_counted_together_and_none_is_lost() -> None:
    topics = [Topic(f"t{n}", f"T {n}", "", "#123456", (), ()) for n in range(20)]
    counts = [month(1, "", 210), *(month(1, one.id, place + 1) for place, one in enumerate(topics))]
    found = time_chart("time", "T", counts, topics, EVERYTHING, "month", href)
    assert len(found.series) == MOST_SERIES
    assert [one.key for one in found.series] == ["t15", "t16", "t17", "t18", "t19", REST]
    assert found.series[-1].label == "15 other topics"
    (bucket,) = found.buckets
    assert sum(part.count for part in bucket.parts) == sum(range(21))
    assert bucket.parts[-1].href is None


def test_of_too_many_times_the_latest_are_shown_and_the_earlier_counted() -> None:
    counts = [month(number, quotes=number) for number in range(1, 101)]
    found = chart(*counts)
    assert len(found.buckets) == MOST_BUCKETS
    assert found.buckets[-1].total == 100
    number, where = found.earlier
    assert number + sum(bucket.total for bucket in found.buckets) == sum(range(101))
    assert where == f"/search?from=None&to={found.buckets[0].start - dt.timedelta(days=1)}&topic=None"


def test_without_quotes_there_is_no_chart() -> None:
    found = chart()
    assert (found.buckets, found.series, found.top, found.ticks) == ((), (), 2, ())


def test_the_scale_of_bars_is_their_sum_and_of_lines_the_highest() -> None:
    counts = month(1, "", 9), month(1, "energy", 5), month(1, "nato", 4)
    assert chart(*counts).top == 10
    assert chart(*counts, lines=True).top == 6


def test_bars_stand_on_one_another_and_an_empty_time_has_none() -> None:
    found = chart(month(1, "", 4), month(1, "energy", 1), month(1, "nato", 3), month(3), month(3, "nato"))
    energy, nato = paths(found)
    assert energy == "M1 75h8v25h-8z"
    assert nato == "M1 0h8v75h-8zM21 75h8v25h-8z"
    assert drawing_width(found) == 30


def test_a_line_breaks_where_there_is_no_quote_and_a_lonely_point_is_drawn() -> None:
    counts = [one for number in (1, 2, 4, 6, 7) for one in (month(number), month(number, "energy", 2))]
    (line,) = paths(chart(*counts, lines=True))
    assert line == "M5 50h0L15 50M35 50h0M55 50h0L65 50"


@pytest.mark.parametrize("number", [1, 7, 8, 36])
def test_at_most_seven_times_are_named_below_the_chart(number: int) -> None:
    found = chart(*(month(one) for one in range(1, number + 1)))
    named = tick_places(found)
    assert 1 <= len(named) <= 7
    assert named[0][1] == "Jan 2022"
    assert all(0 < float(place.rstrip("%")) < 100 for place, _, _ in named)


@given(day=days, unit=units)
def test_the_days_of_a_time_keep_every_other_field_of_the_filter(day: dt.date, unit: Unit) -> None:
    chosen = AttributionFilter(topic="energy", words="gas")
    found = during(chosen, start_of(day, unit), unit)
    assert replace(found, since=None, until=None) == chosen
