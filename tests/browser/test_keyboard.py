"""Keys in lists and in the text of an article, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app.domain import Article
from app.store.articles import add_article
from tests.browser.conftest import SUMMIT, Open
from tests.factories import make_analysis
from tests.long_article import long_article

pytestmark = pytest.mark.browser
READ = f"{SUMMIT}/read"
LONG = "/articles/a-long-day-of-talks/read"
ODD = "😀 A\u0301 one 👩‍👩‍👧 two.\nقال ثلاثة 😀."


@pytest.fixture
def long(sqlite_engine: Engine, address: str) -> str:
    """The address of a server that has an article of 200 quotes as well."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *long_article(200))
    return address


def current(page: Page) -> str:
    """The quote that is the current one and has the focus."""
    here = page.locator("[data-quote][aria-current]")
    expect(here).to_have_count(1)
    expect(here).to_be_focused()
    return here.get_attribute("data-quote") or ""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def quotes(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("[data-quote]", "all => all.map(one => one.dataset.quote)")
    return found


def test_j_and_k_go_from_quote_to_quote_of_a_list(visit: Open) -> None:
    page = visit("/topics/energy")
    listed = quotes(page)
    press(page, "j")
    assert current(page) == listed[0]
    press(page, "j", "j")
    assert current(page) == listed[2]
    press(page, "k")
    assert current(page) == listed[1]
    expect(page.locator("[data-quote][aria-current]")).to_be_in_viewport()


def test_a_list_goes_on_at_its_next_page(visit: Open, long: str) -> None:
    page = visit("/topics/energy")
    press(page, *"j" * 20)
    last = current(page)
    press(page, "j")
    page.wait_for_url("**after=*")
    expect(page.locator("[data-quote][aria-current]")).to_be_focused()
    assert current(page) == quotes(page)[0] != last


def test_the_last_quote_says_that_it_is_the_last(visit: Open) -> None:
    page = visit(READ)
    press(page, *"jjjj")
    expect(page.locator("[data-position]")).to_have_text("Quote 4 of 4")
    press(page, "j")
    expect(page.get_by_role("status")).to_have_text("This is the last quote.")


def test_in_a_text_the_words_and_their_note_are_current_together(visit: Open) -> None:
    page = visit(READ)
    press(page, "j", "j")
    quote = current(page)
    expect(page.locator(f"#at-{quote}")).to_have_class(re.compile("here"))
    expect(page.locator(f"#at-{quote}")).to_be_in_viewport()
    expect(page.locator("[data-position]")).to_have_text("Quote 2 of 4")


def test_a_text_in_parts_is_walked_across_its_parts(visit: Open, long: str) -> None:
    page = visit(f"{LONG}?part=2")
    press(page, "j")
    first = current(page)
    press(page, "k")
    page.wait_for_url("**part=1*")
    expect(page.locator("[data-quote][aria-current]")).to_be_focused()
    assert current(page) == quotes(page)[-1]
    press(page, "j")
    page.wait_for_url("**part=2*")
    expect(page.locator("[data-quote][aria-current]")).to_be_focused()
    assert current(page) == first


def test_t_chooses_a_topic_and_keys_step_over_the_others(visit: Open) -> None:
    page = visit(READ)
    press(page, "t", "1")
    page.wait_for_url("**topic=energy*")
    expect(page.locator("li.off")).to_have_count(2)
    expect(page.locator("mark.off")).to_have_count(2)
    expect(page.locator("[data-matching]")).to_have_text("2 on Energy")
    one, _, three, _ = quotes(page)
    assert current(page) == one
    press(page, "j")
    assert current(page) == three
    expect(page.locator("[data-position]")).to_have_text("Quote 3 of 4, 2 of 2 chosen")
    page.go_back()
    expect(page.locator("li.off")).to_have_count(0)


def test_a_filter_looks_alike_with_and_without_scripts(visit: Open) -> None:
    def shown(page: Page) -> list[str]:
        words = "all => all.map(one => one.textContent.replace(/[‹›]/g, '').trim())"
        found: list[str] = page.eval_on_selector_all("li.off, mark.off", words)
        return found

    plain = visit(READ, java_script_enabled=False)
    plain.locator('[data-choices="topic"] a').nth(1).click()
    clicked = visit(READ)
    clicked.locator('[data-choices="topic"] a').nth(1).click()
    expect(clicked.locator("li.off")).to_have_count(3)
    assert shown(clicked) == shown(plain)
    assert plain.locator("[data-matching]").inner_text() == clicked.locator("[data-matching]").inner_text()


def test_letters_narrow_the_menu_of_speakers_and_escape_gives_the_focus_back(visit: Open) -> None:
    page = visit(READ)
    press(page, "j", "s")
    menu = page.get_by_role("dialog", name="Choose a speaker")
    expect(menu.get_by_role("button")).to_have_count(3)
    page.keyboard.type("expert")
    expect(menu.get_by_role("button")).to_have_count(1)
    press(page, "Escape")
    expect(menu).to_have_count(0)
    assert current(page) == quotes(page)[0]
    press(page, "s", "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator("[data-chosen]")).to_contain_text("by")


def test_on_a_list_the_menu_filters_and_elsewhere_it_leads_to_the_topic(visit: Open, address: str) -> None:
    page = visit("/corrections")
    press(page, "t")
    page.get_by_role("dialog").get_by_role("button", name="NATO").click()
    page.wait_for_url("**/topics/nato")
    page.goto(f"{address}/search")
    press(page, "t")
    page.get_by_role("dialog").get_by_role("button", name="NATO").click()
    page.wait_for_url("**/search?topic=nato")


def test_c_copies_the_citation_and_says_so(visit: Open, address: str) -> None:
    page = visit(READ, permissions=["clipboard-read", "clipboard-write"])
    press(page, "j", "c")
    status = page.get_by_role("status")
    expect(status).to_contain_text(
        "Copied: “We will build a closer energy partnership” – Xi Jinping and Vladimir Putin"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"The Example, 16 May 2024. {address}/quotes/{current(page)}")


def test_o_opens_the_current_quote(visit: Open) -> None:
    page = visit("/topics/nato")
    press(page, "j")
    quote = current(page)
    press(page, "o")
    page.wait_for_url(f"**/quotes/{quote}")


def test_a_slash_goes_to_the_search_and_writes_nothing_there(visit: Open) -> None:
    page = visit("/articles")
    press(page, "/")
    field = page.get_by_role("search").get_by_role("textbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_keys_do_nothing_where_somebody_types_or_holds_another_key(visit: Open) -> None:
    page = visit("/topics/energy")
    page.get_by_role("search").get_by_role("textbox").focus()
    page.keyboard.type("jkx?")
    expect(page.get_by_role("search").get_by_role("textbox")).to_have_value("jkx?")
    page.locator("h1").click()
    press(page, "Control+j", "Alt+j")
    expect(page.locator("[data-quote][aria-current]")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_list_of_keys_is_a_dialog_that_can_switch_them_off_and_on(visit: Open) -> None:
    page = visit("/topics/energy")
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("The next quote")
    press(page, "j")
    expect(page.locator("[data-quote][aria-current]")).to_have_count(0)
    dialog.get_by_label("Keys on").uncheck()
    press(page, "Escape")
    press(page, "j", "?")
    expect(page.locator("[data-quote][aria-current]")).to_have_count(0)
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="Keys", exact=True).click()
    page.get_by_label("Keys on").check()
    page.go_back()
    press(page, "j")
    current(page)


def test_other_scripts_can_take_up_what_keys_ask_for(visit: Open) -> None:
    page = visit(READ)
    page.evaluate(
        "() => { window.asked = []; for (const name of ['reject', 'confirm', 'undo']) document.addEventListener("
        "`quote:${name}`, (event) => { event.preventDefault(); asked.push([name, event.detail.id ?? null]); }); }"
    )
    press(page, "u", "j", "x", "y")
    assert page.evaluate("asked") == [["undo", None], *([name, quotes(page)[0]] for name in ("reject", "confirm"))]
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_selection_is_mapped_to_code_points_and_back(visit: Open, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Odd", ODD), make_analysis(ODD))
    page = visit("/articles/odd/read")
    script = "/static/js/offsets.js"
    for start in range(len(ODD)):
        for end in range(start + 1, len(ODD) + 1):
            if "\n" in (ODD[start], ODD[end - 1]):
                continue
            found = page.evaluate(ROUND_TRIP, [script, start, end])
            assert found == {"start": start, "end": end, "text": ODD[start:end].replace("\n", "")}


ROUND_TRIP = """
async ([script, start, end]) => {
  const { placeOf, spanOf } = await import(script);
  const range = document.createRange();
  const from = placeOf(start);
  range.setStart(...from);
  range.setEnd(...placeOf(end));
  return { ...spanOf(range), text: range.toString().replace(/\\n/g, "") };
}
"""


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", [READ, f"{READ}?topic=energy", "/keys"])
def test_no_text_is_wider_than_the_window(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_way_to_cite_is_copied_by_its_button(visit: Open, address: str) -> None:
    page = visit("/topics/nato", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/quotes/{quotes(page)[0]}")
    page.get_by_role("button", name="Copy: APA").click()
    expect(page.get_by_role("button", name="Copy: APA")).to_have_text("Copied")
    assert "(2024, May 16)" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_text("As Markdown, as HTML").click()
    page.get_by_role("button", name="Copy: Markdown").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('> ')")
