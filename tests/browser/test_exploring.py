"""The pages of speakers and of times as a person uses them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app.store.articles import add_article
from tests.browser.conftest import Open
from tests.factories import numbered

pytestmark = pytest.mark.browser
DRAWN = ".chart.drawn"
PUTIN = "/speakers/vladimir-putin"


@pytest.fixture(autouse=True)
def dates(sqlite_engine: Engine, address: str) -> None:
    """Three more articles, of three months; April 2023 has none."""
    assert address
    with sqlite_engine.begin() as conn:
        for number, day in enumerate((dt.date(2023, 2, 3), dt.date(2023, 3, 22), dt.date(2023, 5, 1)), start=50):
            article, analysis = numbered(number, 4, topics=("energy", "nato"))
            add_article(conn, replace(article, date=day), analysis)


def drawn(page: Page, chart: str = "time") -> None:
    place = page.locator(f'[data-chart="{chart}"]')
    place.scroll_into_view_if_needed()
    expect(place.locator(".plot .main-svg").first).to_be_attached(timeout=15_000)


def total(page: Page) -> str:
    return page.locator("[data-total]").inner_text()


def test_a_click_on_a_bar_leads_to_the_quotes_of_that_time_and_topic(visit: Open) -> None:
    page = visit("/time?unit=month&to=2023")
    drawn(page)
    box = page.locator(".trace.bars .point path").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/search?topic=energy&from=2023-02-01&to=2023-02-28")
    expect(page.locator("figure.quote")).to_have_count(4)


def test_a_click_on_a_point_of_a_line_leads_to_its_quotes(visit: Open) -> None:
    page = visit("/time?unit=month&to=2023&as=lines&topic=energy")
    drawn(page)
    expect(page.locator(".scatterlayer .points path")).to_have_count(3)
    box = page.locator(".scatterlayer .points path").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/search?topic=energy&from=2023-05-01&to=2023-05-31")


def test_a_line_is_broken_where_there_is_no_quote(visit: Open) -> None:
    page = visit("/time?unit=month&to=2023&as=lines&topic=energy")
    stand_in = page.locator(".standing .stroke").get_attribute("d")
    assert stand_in
    assert (stand_in.count("M"), stand_in.count("L")) == (2, 1)
    drawn(page)
    line = page.locator(".scatterlayer .js-line").first.get_attribute("d")
    assert line
    assert line.count("M") == 2 or page.locator(".scatterlayer .js-line").count() == 2


def test_the_chart_takes_the_place_of_the_stand_in_without_moving_anything(visit: Open) -> None:
    page = visit("/time")
    before = page.locator(".plane").bounding_box()
    drawn(page)
    assert page.locator(".plane").bounding_box() == before
    inner = page.locator(".chart").bounding_box()
    assert page.locator(".plot .main-svg").first.bounding_box() == pytest.approx(inner, abs=0.5)
    expect(page.locator(".standing")).to_be_hidden()
    expect(page.get_by_role("img", name="Quotes over time, by topic, a bar chart")).to_be_visible()


def test_another_unit_is_shown_without_loading_the_page(visit: Open) -> None:
    page = visit("/time")
    drawn(page)
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Years").click()
    page.wait_for_url("**/time?unit=year")
    drawn(page)
    expect(page.get_by_role("row", name="2023")).to_be_visible()
    assert page.evaluate("window.same")


def test_without_scripts_the_times_stand_as_bars_and_as_a_table(visit: Open) -> None:
    page = visit("/time?to=2023", java_script_enabled=False)
    expect(page.locator(".standing")).to_be_visible()
    page.locator("table a").first.click()
    page.wait_for_url("**/search?from=*")


def test_a_cell_of_the_table_leads_to_what_the_speaker_says_on_the_topic(visit: Open) -> None:
    page = visit("/speakers")
    row = page.get_by_role("row", name="Vladimir Putin person")
    row.get_by_role("link").nth(3).click()
    page.wait_for_url("**/search?topic=nato&speaker=vladimir-putin")
    expect(page.locator("[data-total]")).to_contain_text("6 quotes")


def test_the_name_stays_in_sight_beside_a_wide_table(visit: Open) -> None:
    page = visit("/speakers", viewport={"width": 340, "height": 700})
    name = page.get_by_role("rowheader").first
    before = name.bounding_box()
    page.locator(".matrix").evaluate("one => { one.scrollLeft = 200; }")
    after = name.bounding_box()
    assert before
    assert after
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_a_name_is_looked_for_while_it_is_typed(visit: Open) -> None:
    page = visit("/speakers")
    page.get_by_label("Words of a name").fill("putin")
    page.wait_for_url("**/speakers?name=putin")
    expect(page.locator("[data-total]")).to_contain_text("with “putin” in the name")
    expect(page.get_by_label("Words of a name")).to_be_focused()


def test_from_a_quote_to_its_speaker_and_on_to_a_topic(visit: Open) -> None:
    page = visit("/topics/energy")
    page.locator("figure.quote .said-by a", has_text="Vladimir Putin").first.click()
    page.wait_for_url(f"**{PUTIN}")
    drawn(page, "topics")
    drawn(page, "time")
    box = page.locator('[data-chart="topics"] .trace.bars .point path').first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/search?topic=energy&speaker=vladimir-putin&kind=direct")
