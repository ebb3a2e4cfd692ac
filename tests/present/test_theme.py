import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import AttributionKind, Topic
from app.present import theme
from app.resources import resource_dir
from tests.factories import TOPICS

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
schemes = st.sampled_from(["light", "dark"])


@given(colours, schemes)
def test_a_topic_of_any_colour_can_be_read_on_paper(colour: str, scheme: str) -> None:
    made = theme.shades(colour, scheme)
    assert theme.contrast(made.fill, theme.PAPER[scheme]) >= 3
    assert theme.contrast(made.ink, theme.PAPER[scheme]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_speakers_stand_out_from_the_paper(scheme: str) -> None:
    assert all(theme.contrast(colour, theme.PAPER[scheme]) >= 3 for colour in theme.SERIES[scheme])
    assert len(set(theme.SERIES[scheme])) == 8


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#fff", "#fff") == 1


def test_the_style_sheet_has_the_same_paper_and_ink_as_the_theme() -> None:
    css = (resource_dir("static") / "css" / "tokens.css").read_text("utf-8")
    assert re.findall(r"--paper: (#\w+)", css) == [theme.PAPER["light"], theme.PAPER["dark"]]
    assert re.findall(r"--ink: (#\w+)", css) == [theme.INK["light"], theme.INK["dark"]]


def test_soft_words_and_links_can_be_read_in_both_schemes() -> None:
    css = (resource_dir("static") / "css" / "tokens.css").read_text("utf-8")
    for name in ("soft", "link", "ink"):
        for paper in ("paper", "sheet"):
            pairs = zip(re.findall(rf"--{name}: (#\w+)", css), re.findall(rf"--{paper}: (#\w+)", css), strict=True)
            assert all(theme.contrast(one, other) >= 4.5 for one, other in pairs)


def test_the_palette_gives_every_topic_its_colours_in_both_schemes() -> None:
    css = theme.palette_css(TOPICS)
    for topic in TOPICS:
        assert len(re.findall(rf"\.t-{topic.id}{{--t:", css)) == 2
    assert "@media screen and (prefers-color-scheme:dark)" in css


def test_topics_differ_by_more_than_their_colours() -> None:
    css = theme.palette_css(TOPICS)
    forms = [re.findall(rf"\.t-{topic.id}{{(--line:[^}}]*)}}", css) for topic in TOPICS]
    assert all(len(found) == 1 for found in forms)
    assert len({found[0] for found in forms}) == len(TOPICS)


def test_thirty_topics_share_no_pair_of_line_and_shape() -> None:
    many = tuple(Topic(f"t{number}", "Some", "", "#123456") for number in range(30))
    assert len(set(re.findall(r"{(--line:[^}]*)}", theme.palette_css(many)))) == 30


def test_a_topic_with_an_odd_id_gets_a_class_that_cannot_break_the_style_sheet() -> None:
    odd = Topic("a}b{<", "Odd", "", "#123456")
    assert re.fullmatch(r"t--[0-9a-f]{8}", theme.topic_class(odd.id))
    assert "a}b" not in theme.palette_css((odd,))


def test_a_property_that_a_figure_names_is_in_the_palette() -> None:
    css = theme.palette_css(TOPICS)
    named = [theme.series_colour(0), theme.series_colour(99), theme.series_colour(0, last=True)]
    named += [theme.kind_colour(kind) for kind in AttributionKind]
    for name in named:
        assert f"{name.removeprefix('var(').removesuffix(')')}:" in css
