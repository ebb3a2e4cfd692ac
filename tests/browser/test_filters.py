"""Filters, orders and pages of a list by pointer and keyboard: instant with scripts, plain links and forms without."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import Engine

from app.store.articles import add_article
from tests.browser.conftest import Open
from tests.factories import numbered

pytestmark = pytest.mark.browser

KIND, SPEAKER = '[data-keep="kind"]', '[data-keep="speaker"]'
LOADED = "window.loadedOnce === true"


def marked(page: Page) -> Page:
    """*page*, which now tells whether it was loaded anew."""
    page.evaluate("window.loadedOnce = true")
    return page


def total(page: Page) -> str:
    return " ".join(page.locator("[data-total]").inner_text().split())


def test_a_facet_is_put_in_place_without_loading_the_page_and_has_its_address(visit: Open) -> None:
    page = marked(visit("/search"))
    page.locator(f"{KIND} a", has_text="Indirect").click()
    page.wait_for_url("**/search?kind=indirect")
    expect(page.locator("[data-total]")).to_contain_text("1 quote")
    expect(page.locator(".applied")).to_contain_text("Kind: Indirect")
    expect(page.locator("p.unseen[role=status]")).to_have_text("1 quote 1 of them indirect")
    expect(page.locator("[data-twin] a")).to_have_attribute("href", "/search.json?kind=indirect")
    assert page.evaluate(LOADED)
    page.reload()
    expect(page.locator("[data-total]")).to_contain_text("1 quote")


def test_back_and_forward_lead_through_the_filters(visit: Open) -> None:
    page = marked(visit("/search"))
    whole = total(page)
    page.locator(f"{KIND} a", has_text="Direct").first.click()
    page.wait_for_url("**/search?kind=direct")
    page.locator(f"{SPEAKER} a", has_text="Xi Jinping").first.click()
    page.wait_for_url("**speaker=*")
    page.go_back()
    page.wait_for_url("**/search?kind=direct")
    expect(page.locator(".applied a")).to_have_count(1)
    page.go_back()
    expect(page.locator(".applied")).to_have_count(0)
    assert total(page) == whole
    page.go_forward()
    expect(page.locator(".applied a")).to_have_count(1)
    assert page.evaluate(LOADED)


def test_words_are_looked_for_while_they_are_typed_and_the_box_keeps_the_focus(visit: Open) -> None:
    page = marked(visit("/search?kind=direct"))
    page.locator("#words").press_sequentially("partnership", delay=20)
    page.wait_for_url("**/search?kind=direct&q=partnership")
    expect(page.locator("[data-total]")).to_have_text("1 quote")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#words")).to_have_value("partnership")
    expect(page.locator("mark.m-hit")).to_have_text("partnership")
    assert page.evaluate(LOADED)


def test_words_that_are_not_finished_leave_the_list_as_it_is(visit: Open) -> None:
    page = visit("/search?q=energy")
    before = total(page)
    page.locator("#words").press_sequentially(' "partner', delay=5)
    page.wait_for_timeout(500)
    assert total(page) == before
    assert page.url.endswith("/search?q=energy")


def test_the_keyboard_stays_where_it_was(visit: Open) -> None:
    page = visit("/search")
    page.locator(f"{KIND} a", has_text="Mixed").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?kind=mixed")
    expect(page.locator(f"{KIND} a", has_text="Mixed")).to_be_focused()
    page.locator(".applied a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search$"))
    expect(page.locator("#quotes")).to_be_focused()


def test_a_list_below_its_name_closes_by_choosing_by_escape_and_by_a_click_elsewhere(visit: Open) -> None:
    page = visit("/topics/energy")
    kind = page.locator(KIND)
    kind.locator("summary").click()
    kind.locator("a", has_text="Indirect").click()
    page.wait_for_url("**/topics/energy?kind=indirect")
    expect(kind).not_to_have_attribute("open", "")
    expect(kind.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(kind).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(kind).not_to_have_attribute("open", "")
    kind.locator("summary").click()
    page.locator("h1").click()
    expect(kind).not_to_have_attribute("open", "")


def test_the_chart_is_drawn_anew_with_its_list(visit: Open) -> None:
    page = marked(visit("/topics/energy"))
    expect(page.locator(".chart.drawn")).to_be_attached(timeout=15_000)
    page.locator(f"{KIND} summary").click()
    page.locator(f"{KIND} a", has_text="Indirect").click()
    page.wait_for_url("**?kind=indirect")
    expect(page.locator(".chart.drawn .trace.bars .point")).to_have_count(1, timeout=15_000)
    assert page.evaluate(LOADED)


def test_the_next_page_begins_at_its_top(visit: Open, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(2, 30))
    page = marked(visit("/search"))
    page.locator(".pages a", has_text="More quotes").click()
    page.wait_for_url("**/search?after=*")
    expect(page.locator("#quotes")).to_be_focused()
    expect(page.locator("#quotes")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url(re.compile("/search$"))
    assert page.evaluate(LOADED)


def test_only_the_last_of_two_clicks_is_shown(visit: Open) -> None:
    page = visit("/search")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/search?kind=direct", slowly)
    page.locator(f"{KIND} a", has_text="Direct").first.click()
    page.locator(f"{KIND} a", has_text="Indirect").click()
    page.wait_for_url("**/search?kind=indirect")
    page.wait_for_timeout(900)
    expect(page.locator(".applied")).to_contain_text("Kind: Indirect")
    assert page.url.endswith("/search?kind=indirect")


def test_without_scripts_links_and_forms_do_the_same(visit: Open) -> None:
    page = visit("/search?kind=direct", java_script_enabled=False)
    page.locator("#words").fill("partnership")
    page.locator(".searching button").click()
    page.wait_for_url("**/search?kind=direct&q=partnership")
    assert total(page) == "1 quote"
    page.locator('[data-keep="date"] input[name="from"]').fill("2025-01-01")
    page.locator('[data-keep="date"] button').click()
    page.wait_for_url("**from=2025-01-01*")
    expect(page.locator(".empty")).to_contain_text("No quotes match these filters.")
    page.locator(".empty a", has_text="Date").click()
    assert total(page) == "1 quote"
    expect(page.get_by_role("button", name="Copy link")).to_have_count(0)


def test_on_a_phone_the_filters_are_one_line_until_they_are_opened(visit: Open) -> None:
    page = visit("/search?kind=direct", viewport={"width": 390, "height": 844})
    expect(page.locator(".all-filters > summary")).to_have_text("Filters (1)")
    expect(page.locator(KIND)).to_be_hidden()
    page.locator(".all-filters > summary").click()
    page.locator(f"{SPEAKER} a", has_text="Xi Jinping").first.click()
    expect(page.locator(".all-filters > summary")).to_have_text("Filters (2)")
    expect(page.locator(KIND)).to_be_visible()


def test_the_address_of_a_view_is_copied(visit: Open, address: str) -> None:
    page = visit("/search?kind=direct", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/search?kind=direct"
