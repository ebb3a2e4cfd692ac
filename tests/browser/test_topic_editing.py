"""The live preview of a topic in a real browser; the process that judges is the real one."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

WIDTHS = [320, 390, 1280]
PAGES = ["/topics/new", "/topics/energy/edit", "/topics/history", "/topics/suggestions", "/topics/import"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_form_is_wider_than_the_window(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_typed_shows_what_it_would_do_before_anything_is_saved(visit: Open) -> None:
    page = visit("/topics/energy/edit")
    page.get_by_label("Words and phrases").fill("deal")
    counts = page.locator("[data-counts]")
    expect(counts).to_contain_text("would go", timeout=30_000)
    expect(counts).not_to_contain_text("press Preview")
    expect(page.locator("[data-state]")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Words and phrases")).not_to_have_value("deal")


def test_a_preview_that_fails_says_so_and_keeps_what_was_typed(visit: Open) -> None:
    page = visit("/topics/energy/edit")

    def broken(route: Route) -> None:
        route.fulfill(status=200, content_type="text/plain", body="")

    page.route("**/preview", broken)
    page.get_by_label("Words and phrases").fill("deal")
    expect(page.locator("[data-state]")).to_contain_text("cannot be had just now")
    expect(page.get_by_label("Words and phrases")).to_have_value("deal")


def test_without_scripts_the_button_shows_the_preview(visit: Open) -> None:
    page = visit("/topics/energy/edit", java_script_enabled=False)
    page.get_by_label("Words and phrases").fill("deal")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-counts]")).to_contain_text("would go", timeout=30_000)
    expect(page.get_by_label("Words and phrases")).to_have_value("deal")
