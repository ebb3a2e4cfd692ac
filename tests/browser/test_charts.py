import csv
import re
import struct
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from app.present import plotly_bundle
from tests.browser.conftest import SUMMIT, Open

pytestmark = pytest.mark.browser
DRAWN = ".chart.drawn"


def first_bar(page: Page) -> tuple[float, float]:
    """The middle of the first bar that Plotly drew."""
    expect(page.locator(DRAWN).first).to_be_attached(timeout=15_000)
    box = page.locator(".chart.drawn .trace.bars .point path").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_on_a_bar_leads_to_its_quotes(visit: Open) -> None:
    page = visit("/topics/energy")
    page.mouse.click(*first_bar(page))
    page.wait_for_url("**/topics/energy?speaker=*&kind=*")
    expect(page.locator(".applied")).to_contain_text("Speaker:")
    expect(page.locator("figure.quote").first).to_be_visible()


def test_the_board_leads_from_a_bar_to_a_topic_and_speaker(visit: Open) -> None:
    page = visit("/")
    page.mouse.click(*first_bar(page))
    page.wait_for_url(re.compile(r"/topics/\w+\?speaker="))


def test_the_chart_takes_the_place_of_the_bars_without_moving_anything(visit: Open) -> None:
    page = visit("/topics/energy")
    page.wait_for_load_state()
    before = page.locator(".chart").bounding_box()
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)
    assert page.locator(".chart").bounding_box() == before
    drawn = page.locator(".plot .main-svg").first.bounding_box()
    assert drawn == pytest.approx(before, abs=0.5)
    expect(page.locator(".bars a").first).to_be_hidden()


def test_a_chart_out_of_view_is_not_loaded_until_it_is_seen(visit: Open) -> None:
    page = visit("/topics/energy", viewport={"width": 390, "height": 700})
    page.wait_for_timeout(400)
    assert page.evaluate("typeof Plotly") == "undefined"
    page.locator(".chart").scroll_into_view_if_needed()
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)


def test_all_charts_of_a_page_come_in_one_request(visit: Open, address: str) -> None:
    page = visit("/articles")  # which has no chart whose late request would be counted
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "charts.json" in request.url else None)
    page.goto(address + SUMMIT)
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
    expect(page.locator(".chart.drawn")).to_have_count(3, timeout=15_000)
    assert len(asked) == 1


def test_the_chart_follows_the_scheme_of_the_system(visit: Open) -> None:
    page = visit("/topics/energy", color_scheme="light")
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)
    label = page.locator(".annotation-text").first
    expect(label).to_have_css("fill", "rgb(27, 27, 24)")
    page.emulate_media(color_scheme="dark")
    expect(label).to_have_css("fill", "rgb(236, 235, 229)")


def test_without_plotly_the_bars_stay_and_lead_to_the_quotes(visit: Open, address: str) -> None:
    page = visit("/articles")
    page.route("**/plotly.js*", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.goto(f"{address}/topics/energy")
    page.wait_for_timeout(500)
    link = page.locator(".bars a").first
    expect(link).to_be_visible()
    assert link.evaluate("link => link.tabIndex") == 0
    link.click()
    page.wait_for_url("**/topics/energy?speaker=*")


def test_the_chart_has_a_name_and_a_table(visit: Open) -> None:
    page = visit("/topics/energy")
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)
    expect(page.get_by_role("img", name="Who speaks on Energy, a bar chart")).to_be_visible()
    page.get_by_text("As a table").click()
    row = page.get_by_role("row", name="Xi Jinping and Vladimir Putin")
    row.get_by_role("link").click()
    page.wait_for_url("**/topics/energy?speaker=xi-jinping-and-vladimir-putin")


def test_no_button_offers_to_send_the_chart_away(visit: Open) -> None:
    page = visit("/topics/energy")
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)
    assert page.locator(".modebar-btn, .plotlyjsicon").count() == 0


@pytest.fixture
def whole_plotly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on a machine where set-up could not fetch the small bundle."""
    monkeypatch.setattr(plotly_bundle, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(plotly_bundle, "find", lambda _: plotly_bundle.whole())


@pytest.mark.usefixtures("whole_plotly")
def test_the_whole_plotly_of_the_wheel_draws_as_well(visit: Open) -> None:
    page = visit("/topics/energy")
    expect(page.locator(DRAWN)).to_be_attached(timeout=20_000)
    assert str(page.locator("main").get_attribute("data-plotly")).endswith("-whole")


@pytest.mark.parametrize("path", ["/topics/energy", "/time", "/compare?with=topic:energy&with=topic:nato"])
def test_a_chart_is_saved_as_it_is_drawn(visit: Open, path: str, tmp_path: Path) -> None:
    page = visit(path, accept_downloads=True)
    page.locator(".chart").scroll_into_view_if_needed()
    expect(page.locator(DRAWN)).to_be_attached(timeout=15_000)
    page.get_by_text("As a file").click()
    for name in ("SVG, as drawn here", "PNG, as drawn here"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / name[:3])
        assert re.fullmatch(r"communique-[a-z0-9-]+\.(svg|png)", download.value.suggested_filename)
    drawing = etree.parse(tmp_path / "SVG").getroot()
    wide, high = (int(drawing.get(side)) for side in ("width", "height"))
    picture = (tmp_path / "PNG").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (2 * wide, 2 * high)
    assert len(picture) > 10_000
    words = " ".join(drawing.itertext())
    address = page.locator("[data-files] a[href*='table.json']").get_attribute("href")
    told = page.evaluate("async (address) => (await fetch(address)).json()", address)
    assert told["export"]["title"] in words
    assert all(line in words for line in told["stamp"])
    assert all(row["label"] in words for row in told["rows"])
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV, for spreadsheets").click()
    download.value.save_as(tmp_path / "CSV")
    with (tmp_path / "CSV").open(encoding="utf-8-sig", newline="") as file:
        assert [next(iter(row.values())) for row in csv.DictReader(file)] == [row["label"] for row in told["rows"]]


def test_without_scripts_there_are_the_files_that_need_none(visit: Open) -> None:
    page = visit("/topics/energy", java_script_enabled=False)
    page.get_by_text("As a file").click()
    expect(page.locator("[data-files] a")).to_have_count(4)
    expect(page.locator("[data-files] button")).to_have_count(0)
