import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.present import figures
from app.present.dumbbell import (
    MOST_THINGS,
    SHAPES,
    Dot,
    Dumbbell,
    Row,
    Thing,
    most_different,
    percent,
    rounded_up,
    shortened,
)
from app.present.dumbbell_figure import INSET, dumbbell_figure, dumbbell_json
from app.present.templates import environment
from app.resources import resource_dir

COUNTS = st.lists(st.lists(st.integers(0, 500), min_size=2, max_size=MOST_THINGS), min_size=1, max_size=8)


def chart(*rows: tuple[int, ...], totals: tuple[int, ...] = (10, 40), by_share: bool = True) -> Dumbbell:
    things = tuple(Thing(f"Thing {at}", f"/search?article=a{at}", total) for at, total in enumerate(totals))
    made = tuple(
        Row(f"Topic {at}", f"/topics/t{at}", tuple(Dot(count, f"/search?topic=t{at}") for count in row))
        for at, row in enumerate(rows)
    )
    return Dumbbell("compare", "Quotes by topic", "Topic", things, made, by_share)


def drawn(made: Dumbbell) -> str:
    template = environment(resource_dir("templates")).get_template("macros/dumbbell.html")
    return str(template.module.draw(made)) + str(template.module.table(made))  # type: ignore[attr-defined]


def test_a_thing_has_a_mark_in_every_row_that_leads_to_its_quotes() -> None:
    figure = dumbbell_figure(chart((5, 4), (0, 40)))
    lines, *marks = figure.data
    assert [trace.name for trace in marks] == ["Thing 0", "Thing 1"]
    assert list(marks[0].x) == [50, 0]
    assert list(marks[1].x) == [10, 100]
    assert marks[1].customdata[0][0] == "/search?topic=t0"
    assert list(lines.x) == [10, 50, None, 0, 100, None]
    assert figure.layout.height == 2 * figures.ROW


def test_by_number_the_scale_is_numbers() -> None:
    made = chart((5, 4), by_share=False)
    assert list(dumbbell_figure(made).data[1].x) == [5]
    assert made.longest == 5
    assert made.words(0, made.rows[0].dots[0]) == "5 (50 %)"
    assert chart((5, 4)).words(0, made.rows[0].dots[0]) == "50 % (5 of 10)"


def test_stand_in_table_and_figure_say_the_same() -> None:
    made = chart((5, 4), (1, 30))
    html, figure = drawn(made), dumbbell_figure(made)
    places = [float(one) for one in re.findall(r'<svg x="([\d.]+)%"', html)]
    end = figure.layout.xaxis.range[1]
    expected = [100 * figure.data[1 + thing].x[row] / end for row in range(2) for thing in range(2)]
    assert places == pytest.approx(expected, abs=0.01)
    for row, name in ((0, "50 % (5 of 10)"), (1, "75 % (30 of 40)")):
        assert name in html
        assert name in [point[3] for trace in figure.data[1:] for point in trace.customdata], row


def test_shape_and_label_tell_things_apart_as_well_as_colour() -> None:
    assert len({shape.symbol for shape in SHAPES}) == len({shape.outline for shape in SHAPES}) == MOST_THINGS == 6
    made = chart((1, 2, 3, 4, 5, 6), totals=(9, 9, 9, 9, 9, 9))
    figure = dumbbell_figure(made)
    assert len({trace.marker.symbol for trace in figure.data[1:]}) == 6
    assert len({trace.marker.color for trace in figure.data[1:]}) == 6
    assert len(set(re.findall(r' d="([^"]+)"', drawn(made)))) == 6


def test_the_figure_stands_where_the_stand_in_stands() -> None:
    css = (resource_dir("static") / "css/compare.css").read_text("utf-8")
    assert f"margin-inline: {INSET}px" in css
    margin = dumbbell_figure(chart((5, 4))).layout.margin
    assert (margin.l, margin.r, margin.t, margin.b) == (INSET, INSET, 0, 0)


def test_labels_are_shown_letter_by_letter() -> None:
    things = (Thing("<b>One</b>", "/", 1), Thing("%{x}", "/", 1))
    made = Dumbbell(
        "compare", "T", "Topic", things, (Row("<a href='//evil'>x</a>", None, (Dot(1, None), Dot(0, None))),)
    )
    found = json.loads(dumbbell_json(made))
    assert "<" not in json.dumps(found["charts"]["compare"]["layout"]["annotations"])
    assert found["charts"]["compare"]["data"][1]["name"] == "&lt;b&gt;One&lt;/b&gt;"
    assert "<a href='//evil" not in drawn(made)
    assert found["config"]["showSendToCloud"] is False


@given(COUNTS, st.booleans())
def test_every_mark_stands_within_the_scale(counts: list[list[int]], by_share: bool) -> None:
    width = min(map(len, counts))
    rows = [tuple(row[:width]) for row in counts]
    totals = tuple(max(1, sum(column)) for column in zip(*rows, strict=True))
    made = chart(*rows, totals=totals, by_share=by_share)
    for row in made.rows:
        begin, end = made.ends(row)
        assert 0 <= begin <= end <= 100
        assert [mark.at for mark in made.marks(row) if not begin <= mark.at <= end] == []


@given(st.floats(0, 1e9))
def test_a_scale_ends_at_the_next_round_number(value: float) -> None:
    end = rounded_up(value)
    assert end >= value
    assert end >= 1
    assert end == 1 or end < 2.5 * value + 1e-9


def test_a_thing_without_quotes_stands_at_nothing() -> None:
    made = chart((0, 4), totals=(0, 8))
    assert made.value(0, made.rows[0].dots[0]) == 0
    assert made.words(0, made.rows[0].dots[0]) == "0 % (0 of 0)"
    assert percent(1, 1000) == "under 1 %"


def test_rows_that_differ_most_are_kept_in_their_order() -> None:
    rows = chart((5, 0), (1, 4), (0, 0), (9, 0), totals=(10, 40)).rows
    assert [row.label for row in most_different(rows, (10, 40), 2)] == ["Topic 0", "Topic 3"]
    assert [row.label for row in most_different(rows, (10, 40), 9)] == ["Topic 0", "Topic 1", "Topic 3"]


def test_marks_of_one_value_do_not_hide_each_other() -> None:
    made = chart((5, 20), (0, 0), (1, 40))
    same, none, apart = (made.marks(row) for row in made.rows)
    assert [mark.shift for mark in same] == [mark.shift for mark in none] == [-5.5, 5.5]
    assert [mark.shift for mark in apart] == [0, 0]
    six = chart((0, 0, 0, 0, 0, 0), totals=(1, 1, 1, 1, 1, 1))
    assert len({mark.shift for mark in six.marks(six.rows[0])}) == 6


def test_long_labels_that_begin_alike_stay_apart() -> None:
    titles = [f"Joint statement of the Baltic Compact and the Republic of Casteria, {year}" for year in (2022, 2023)]
    first, second, short = shortened([*titles, "Short"])
    assert (first[0], first[-14:], second[-14:], short) == ("…", "Casteria, 2022", "Casteria, 2023", "Short")
    assert len(first) <= 45
    assert shortened([titles[0], "Short"])[0].startswith("Joint statement")
