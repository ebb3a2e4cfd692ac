import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SUMMIT, Open

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/articles",
    SUMMIT,
    "/topics",
    "/topics/energy",
    "/topics/us",
    "/topics/energy?speaker=unnamed&kind=direct",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_window(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_every_quote_and_bar_is_there(visit: Open) -> None:
    page = visit("/topics/energy", java_script_enabled=False)
    expect(page.locator("figure.quote blockquote")).to_have_count(14)
    expect(page.locator(".bars a").first).to_be_visible()
    page.locator(".bars a", has_text="Vladimir Putin").first.click()
    expect(page.locator(".applied")).to_contain_text("Vladimir Putin")


def test_a_filter_writes_its_state_into_the_address(visit: Open) -> None:
    page = visit("/topics/energy")
    page.locator("details.facet summary", has_text="Kind").click()
    page.locator("details.facet a[href*='kind=indirect']").click()
    page.wait_for_url("**kind=indirect**")
    expect(page.locator("figure.quote")).to_have_count(1)
    page.get_by_role("link", name="Kind: Indirect – remove this filter").click()
    page.wait_for_url("**/topics/energy")


def test_day_and_night_have_their_own_paper(visit: Open) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    assert visit("/", color_scheme="light").evaluate(paper) == "rgb(251, 250, 246)"
    assert visit("/", color_scheme="dark").evaluate(paper) == "rgb(23, 23, 20)"


def test_print_is_black_on_white_without_navigation(visit: Open) -> None:
    page = visit("/topics/energy", color_scheme="dark")
    expect(page.locator(".chart.drawn")).to_be_attached(timeout=15_000)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 246)"
    expect(page.get_by_role("navigation", name="Site")).to_be_hidden()
    expect(page.get_by_role("button", name="Filter")).to_be_hidden()
    expect(page.locator(".bars a").first).to_be_visible()
    expect(page.locator("figure.quote").first).to_be_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Open) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_a_quote_leads_to_its_own_words_in_the_article(visit: Open) -> None:
    page = visit("/topics/nato")
    page.get_by_role("link", name="Why and where: serious concerns").click()
    page.get_by_role("link", name="Read it in the article").click()
    page.wait_for_url(f"**{SUMMIT}/read?quote=*#at-*")
    expect(page.locator(":target")).to_have_text("serious concerns")
    expect(page.locator(":target")).to_be_in_viewport()
