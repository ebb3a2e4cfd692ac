from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.domain import AttributionKind, SpeakerKind
from app.present.chart_data import speaker_bars
from app.present.drawn.sheet import fitted, width_of, wrapped
from app.present.drawn.svg import drawing, svg
from app.present.templates import environment
from app.resources import resource_dir
from app.store.rows import SpeakerCount, SpeakerRow
from tests.factories import TOPICS


def href(slug: str, kind: AttributionKind | None) -> str:
    return f"/{slug}/{kind.value if kind else ''}"


@given(st.text(max_size=300), st.integers(min_value=60, max_value=800), st.sampled_from([12, 14, 17]))
def test_words_take_no_more_room_than_there_is(text: str, wide: int, size: int) -> None:
    assert width_of(fitted(text, wide, size), size) <= wide
    assert all(width_of(line, size) <= wide for line in wrapped(text, wide, size))


def test_what_has_room_is_left_as_it_is() -> None:
    assert fitted("Xi Jinping", 200) == "Xi Jinping"
    assert wrapped("one two three", 60, 14) == ["one two", "three"]
    assert fitted("中" * 30, 140) == "中" * 9 + "…"


@given(st.text(max_size=200))
def test_any_name_makes_a_drawing_that_can_be_read(name: str) -> None:
    row = SpeakerCount(SpeakerRow("who", name, SpeakerKind.PERSON, ()), 2, 0, 1)
    chart = speaker_bars("who", f"Who speaks on {name}", [row], href, topic="t-energy")
    drawn = drawing(chart, TOPICS, ("3 quotes",))
    image = etree.fromstring(svg(environment(resource_dir("templates")), drawn))
    assert int(image.get("height")) == drawn.height
    below = max(float(one.get("y")) for one in image.iter("{*}text"))
    assert 0 < drawn.height - below < 30
