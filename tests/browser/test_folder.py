"""A folder of pages in a browser without a network, opened from disk."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import Engine

from app.settings import Settings
from app.store.articles import add_article
from app.store.attributions import each_quote
from app.store.filters import AttributionFilter
from app.web.application import create_app
from app.web.folder.plan import whole
from app.web.folder.writing import write_pages
from tests.factories import summit

SUMMIT = "leaders-meet-in-beijing"


def test_the_pages_open_from_disk_with_their_charts_and_lead_to_one_another(
    browser: Browser, sqlite_engine: Engine, tmp_path: Path
) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    with sqlite_engine.connect() as conn:
        ids = [row.id for row in each_quote(conn, AttributionFilter())]
    plan = whole(["energy", "nato", "us", "other"], ["vladimir-putin"], {SUMMIT: ids})
    write_pages(create_app(Settings(), sqlite_engine), plan, tmp_path, search=False)
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_offline(True)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_selector(".chart.drawn .main-svg")
    page.locator(".tile a", has_text="Energy").click()
    page.wait_for_url("**/topics/energy.html")
    page.wait_for_selector(".chart.drawn .main-svg")
    page.locator("figure a", has_text="Why and where").first.click()
    page.wait_for_url("**/quotes/*.html")
    page.locator("a", has_text="Read it in the article").click()
    page.wait_for_url("**/read.html#at-*")
    page.locator(".kicker a").click()
    page.wait_for_url(f"**/articles/{SUMMIT}.html")
    context.close()
    assert not wrong
