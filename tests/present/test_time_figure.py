import json

from app.domain import Topic
from app.present import theme
from app.present.figures import drawn_json
from app.present.time_data import TimeChart, time_chart
from app.present.time_figure import DASHES, SYMBOLS, time_figure
from app.store.filters import AttributionFilter
from tests.factories import TOPICS
from tests.present.test_time_data import href, month

COUNTS = [
    month(1, "", 3),
    month(1, "energy", 2),
    month(1, "nato", 1),
    month(3, "", 1),
    month(3, "energy", 1),
]


def made(lines: bool = False, topics: tuple[Topic, ...] = TOPICS) -> TimeChart:
    return time_chart("time", "Quotes over time", COUNTS, topics, AttributionFilter(), "month", href, lines=lines)


def test_bars_have_the_counts_of_the_chart_and_lead_to_its_quotes() -> None:
    figure = time_figure(made())
    assert [trace.type for trace in figure.data] == ["bar", "bar"]
    assert [(list(trace.x), list(trace.y)) for trace in figure.data] == [([0, 2], [2, 1]), ([0], [1])]
    where, when, what = figure.data[0].customdata[0]
    assert (where, when, what) == ("/search?from=2022-01-01&to=2022-01-31&topic=energy", "January 2022", "Energy")
    assert figure.layout.barmode == "stack"


def test_a_line_has_a_gap_where_there_is_no_quote() -> None:
    figure = time_figure(made(lines=True))
    energy, nato = figure.data
    assert list(energy.y) == [2, None, 1]
    assert energy.connectgaps is False
    assert "markers" in energy.mode
    assert (energy.line.dash, nato.line.dash) == DASHES[:2]
    assert energy.marker.symbol != nato.marker.symbol


def test_the_scales_of_the_figure_are_those_of_the_chart() -> None:
    chart = made()
    figure = time_figure(chart)
    assert list(figure.layout.xaxis.range) == [-0.5, 2.5]
    assert list(figure.layout.yaxis.range) == [0, chart.top]


def test_every_colour_is_a_property_of_the_page() -> None:
    for lines in (False, True):
        figure = time_figure(made(lines))
        assert [trace.marker.color for trace in figure.data] == ["var(--t-energy)", "var(--t-nato)"]
        assert figure.layout.yaxis.gridcolor == "var(--rule)"


def test_a_label_is_shown_letter_by_letter() -> None:
    topics = (Topic("energy", "<b>Oil</b> & <a href='https://evil.example'>gas</a>", "", "#123456", (), ()),)
    words = json.dumps(json.loads(drawn_json({"time": time_figure(made(topics=topics))})), ensure_ascii=False)
    assert "<b>" not in words.replace("<br>", "")
    assert "<a" not in words


def test_a_point_has_the_shape_that_its_topic_has_on_the_page() -> None:
    assert len(SYMBOLS) == len(theme.SHAPES)
    energy, nato = time_figure(made(lines=True)).data
    assert (energy.marker.symbol, nato.marker.symbol) == SYMBOLS[:2]
