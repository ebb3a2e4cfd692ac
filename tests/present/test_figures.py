import json

import pytest
from plotly.offline import get_plotlyjs_version

from app.domain import SpeakerKind
from app.present import figures
from app.present.chart_data import ChartData, speaker_bars
from app.present.plotly_bundle import PLOTLY_JS
from app.store.rows import SpeakerCount, SpeakerRow


def chart(*names: str) -> ChartData:
    rows = [SpeakerCount(SpeakerRow(f"s{n}", name, SpeakerKind.PERSON, ()), 3, 1, 0) for n, name in enumerate(names)]
    return speaker_bars("who", "Who speaks", rows, lambda slug, kind: f"/topics/energy?speaker={slug}", topic="t-us")


def test_a_figure_has_a_bar_for_each_speaker_and_kind_that_leads_to_its_quotes() -> None:
    figure = figures.bar_figure(chart("Xi", "Putin"))
    assert [trace.name for trace in figure.data] == ["Direct", "Mixed"]
    assert list(figure.data[0].x) == [3, 3]
    assert figure.data[0].customdata[1][0] == "/topics/energy?speaker=s1"
    assert figure.layout.height == 2 * figures.ROW


def test_labels_are_shown_letter_by_letter() -> None:
    found = json.loads(figures.figures_json([chart('<a href="https://evil.example">Xi</a> & <b>co</b>')]))
    words = json.dumps(found, ensure_ascii=False)
    assert "<a" not in words
    assert "&lt;a href" in words
    assert "&amp;" in words


def test_a_name_cannot_use_the_hover_template() -> None:
    figure = figures.bar_figure(chart("%{x}"))
    assert figure.data[0].hovertemplate == figures.HOVER
    assert figure.data[0].customdata[0][1] == "%{x}"


def test_a_figure_never_offers_to_upload_itself() -> None:
    config = json.loads(figures.figures_json([chart("Xi")]))["config"]
    assert config["showSendToCloud"] is False
    assert config["displaylogo"] is False
    assert config["displayModeBar"] is False


def test_a_long_label_is_cut_in_the_chart_and_whole_in_the_hover() -> None:
    name = "The International Conference on Very Long Names"
    figure = figures.bar_figure(chart(name))
    assert figure.layout.annotations[0].text.endswith("…")
    assert len(figure.layout.annotations[0].text) <= figures.LONGEST_LABEL
    assert figure.data[0].customdata[0][1] == name


def test_every_colour_is_a_property_of_the_page() -> None:
    figure = figures.bar_figure(chart("Xi"))
    assert [trace.marker.color for trace in figure.data] == ["var(--k1)", "var(--k2)"]
    assert figure.layout.font.color == "var(--ink)"


def test_a_chart_without_bars_is_left_out() -> None:
    assert json.loads(figures.figures_json([chart()]))["charts"] == {}


def test_the_bundle_we_fetch_is_the_one_that_plotly_draws_with() -> None:
    assert get_plotlyjs_version() == PLOTLY_JS


@pytest.mark.parametrize("text", ["Xi", "x" * 80])
def test_short_never_exceeds_its_limit(text: str) -> None:
    assert len(figures.short(text)) <= figures.LONGEST_LABEL


def test_no_label_needs_a_style_that_the_policy_of_the_pages_forbids() -> None:
    words = figures.figures_json([chart("Xi")])
    assert not [tag for tag in ("<b>", "<i>", "<span", "<sup>", "<em>") if tag in words]
