"""Documents on their way in, in a real browser: dropped, pasted, followed while they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app.ingest.workforce import Workforce
from app.settings import Settings
from app.store.articles import add_article
from app.web.application import create_app
from tests.browser.conftest import Open
from tests.factories import summit
from tests.ingest.works import analyse
from tests.web.serving import listening

pytestmark = pytest.mark.browser
SAID = "“{0} is a good day,” Ann said on Monday. “We agree on {0}.”"
WAIT = 30_000


@pytest.fixture
def address(sqlite_engine: Engine) -> Iterator[str]:
    """The real server with a worker behind it; here every “…” is a quote of Ann's."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    settings = Settings(database_url=sqlite_engine.url.render_as_string(), workers=1)
    force = Workforce(sqlite_engine, settings, work=analyse)
    force.start()
    with listening(create_app(settings, sqlite_engine, workforce=force)) as port:
        yield f"http://127.0.0.1:{port}"
    force.close()


def drop(page: Page, files: dict[str, str]) -> None:
    """Drop *files* (name to text) on the heading of the page."""
    script = """files => {
        const data = new DataTransfer();
        for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
        return data;
    }"""
    data = page.evaluate_handle(script, files)
    for kind in ("dragenter", "dragover", "drop"):
        page.dispatch_event("h1", kind, {"dataTransfer": data})


def test_files_dropped_anywhere_are_sent_one_by_one_and_followed_until_they_are_read(visit: Open) -> None:
    page = visit("/add")
    drop(
        page, {"one.txt": SAID.format("gas"), "empty.txt": "", "two.txt": SAID.format("oil"), "bad.txt": "REFUSE this"}
    )
    lines = page.locator("[data-lines] > li")
    expect(lines).to_have_count(4)
    expect(lines.nth(1)).to_contain_text("This file is empty")
    expect(lines.nth(0)).to_contain_text("2 quotes", timeout=WAIT)
    expect(lines.nth(2)).to_contain_text("2 quotes", timeout=WAIT)
    expect(lines.nth(3)).to_contain_text("There is no pipeline.", timeout=WAIT)
    expect(page.locator("[data-sent-said]")).to_contain_text("3 of 3 read, 1 not taken")
    expect(page.locator("[data-over]")).to_be_hidden()
    page.get_by_role("link", name="See them all").click()
    expect(page.get_by_role("heading", name="3 documents")).to_be_visible()
    expect(page.get_by_role("button", name="Try all failed again")).to_be_visible()


def test_a_file_that_is_too_large_is_refused_beside_its_name(visit: Open) -> None:
    page = visit("/add")
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(20_000_001)], "large.pdf"));
        document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
    }""")
    expect(page.locator("[data-lines] > li")).to_contain_text("20 MB are taken at most")


def test_a_pasted_text_leads_to_its_article(visit: Open) -> None:
    page = visit("/add")
    page.evaluate(
        """text => {
        const data = new DataTransfer();
        data.setData("text/html", `<h1>Talks</h1><p>${text}</p>`);
        document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
    }""",
        SAID.format("peace"),
    )
    expect(page.get_by_label("Text", exact=True)).to_have_value("Talks\n\n" + SAID.format("peace"))
    page.get_by_label("Title").fill("Talks on peace")
    page.get_by_role("button", name="Add this text").click()
    page.wait_for_url("**/articles/talks-on-peace", timeout=WAIT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Talks on peace")


def test_the_board_tells_of_new_quotes_as_they_come_in(visit: Open) -> None:
    add = visit("/add")
    slow = {f"{n}.txt": SAID.format(f"gas {n}") for n in range(12)}
    drop(add, slow)
    expect(add.locator("[data-lines] > li")).to_have_count(12)
    expect(add.locator("[data-lines]")).not_to_contain_text("Sending")
    add.goto(add.url.replace("/add", "/"))
    line = add.locator("[data-arriving]")
    expect(line).to_contain_text("show", timeout=WAIT)
    line.get_by_role("link").click()
    expect(add.locator("h1")).to_have_text("Who said what, on which topic")


def test_whoever_comes_back_to_the_board_sees_what_was_given_elsewhere(visit: Open, sqlite_engine: Engine) -> None:
    page = visit("/")
    line = page.locator("[data-arriving]")
    expect(line).to_be_hidden()
    from tests.factories import numbered

    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 3))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(line).to_contain_text("new quotes: show them")


def test_without_scripts_a_batch_is_followed_by_loading_again(visit: Open, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(SAID.format(name), encoding="utf-8")
    page = visit("/add", java_script_enabled=False)
    page.locator("#field-files").set_input_files([tmp_path / "a.txt", tmp_path / "b.txt"])
    page.get_by_role("button", name="Add the files").click()
    page.wait_for_url("**/batches/*")
    expect(page.locator(".bar-said")).to_have_text("2 documents read.", timeout=WAIT)


def test_a_job_is_cancelled_and_tried_again(visit: Open, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    page = visit("/add")
    page.get_by_label("Text", exact=True).fill(f"SLEEP {sign} now.")
    page.get_by_role("button", name="Add this text").click()
    expect(page.locator(".is-working")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".is-cancelled")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="again").click()
    expect(page.locator(".is-queued, .is-working")).to_be_visible(timeout=WAIT)


def test_the_bookmarklet_opens_the_forms_with_what_is_chosen_on_a_page(visit: Open, address: str) -> None:
    page = visit("/add")
    link = page.locator(".bookmarklet")
    program = str(link.get_attribute("href"))
    assert program.startswith("javascript:")
    link.click()
    expect(page.locator("[data-bookmarklet-help]")).to_contain_text("Drag it into your bookmarks instead")
    page.goto(f"{address}/articles/leaders-meet-in-beijing")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('blockquote'))")
    from urllib.parse import unquote

    with page.expect_popup() as opened:
        page.evaluate(unquote(program.removeprefix("javascript:")))
    expect(opened.value.get_by_label("Title")).to_have_value("Leaders meet in Beijing – Communiqué")
    expect(opened.value.get_by_label("Where it was published")).to_have_value(
        f"{address}/articles/leaders-meet-in-beijing"
    )
    assert opened.value.get_by_label("Text", exact=True).input_value()


@pytest.mark.parametrize("path", ["/add", "/jobs", "/articles/leaders-meet-in-beijing/edit", "/articles/deleted"])
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_of_the_intake_is_wider_than_the_window(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
