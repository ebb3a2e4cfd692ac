"""A browser before the real server. Any error on a page's console fails the test that looked at it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from sqlalchemy import Engine

from app.settings import Settings
from app.store.articles import add_article
from app.web.application import create_app
from tests.factories import numbered, summit
from tests.web.serving import listening

SUMMIT = "/articles/leaders-meet-in-beijing"
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it, or as CHROMIUM names it. In CI its absence is a failure."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and in CI the pages are tested in it")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def address(sqlite_engine: Engine) -> Iterator[str]:
    """The address of the real server over a library with two articles."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 12))
        add_article(conn, *summit())
    with listening(create_app(Settings(), sqlite_engine)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page, with the options of a Playwright context; complaints of the page fail the test at its end."""
    complaints: list[str] = []
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def opened(path: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
