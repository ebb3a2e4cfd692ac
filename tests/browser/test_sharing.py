"""The owner shares a topic, and a colleague in a clean browser sees it: one link, nothing to change, nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from sqlalchemy import Engine

from tests.web.serving import free_port
from tests.web.sharing import HIDDEN, shared_library

READS = "".join(f":not([name={name}])" for name in ("q", "from", "to"))
CONTROLS = f"form[method=post]:not([action='/leave']), textarea, input:not([type=hidden]){READS}"


@dataclass
class Served:
    """A server that shares: where it listens, and the owner's way in, as it was printed."""

    origin: str
    link: str


@pytest.fixture
def served(sqlite_engine: Engine) -> Iterator[Served]:
    shared_library(sqlite_engine)
    path = Path(sqlite_engine.url.database or "")
    from app.ingest.library import SEEDED
    from app.store import meta

    with sqlite_engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "app",
        "serve",
        "--share",
        "--no-open",
        "--port",
        str(port),
        "--database",
        str(path),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Served(f"http://127.0.0.1:{port}", process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate(timeout=10)


@dataclass
class Seen:
    """What went wrong in a browser."""

    complaints: list[str]
    refused: list[str]

    def watch(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("console", lambda one: self.complaints.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._note)
        return page

    def _note(self, answer: Response) -> None:
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {answer.url}")


def test_a_colleague_sees_the_shared_topic_by_one_link_and_nothing_else(browser: Browser, served: Served) -> None:
    seen = Seen([], [])
    owner = seen.watch(browser.new_context())
    owner.goto(served.link)
    expect(owner.get_by_role("heading", name="Who said what, on which topic")).to_be_visible()
    owner.goto(f"{served.origin}/topics/ukraine")
    owner.get_by_role("link", name="Share", exact=True).click()
    box = owner.get_by_role("dialog", name="Share")
    expect(box.get_by_label("Quotes on Ukraine")).to_be_checked()
    box.get_by_role("button", name="Make the link").click()
    link = box.locator("[data-copy]").inner_text()
    expect(box.get_by_role("img", name="The link as a QR code")).to_be_visible()
    assert re.fullmatch(r"http://\S+/s/[\w-]{43}", link)

    context = browser.new_context()
    colleague = seen.watch(context)
    colleague.goto(link)
    colleague.wait_for_url("**/topics/ukraine")
    expect(colleague.get_by_role("heading", name="Ukraine", exact=True)).to_be_visible()
    expect(colleague.locator("figure.quote")).to_have_count(1)
    expect(colleague.locator(".js-plotly-plot, .plot-container").first).to_be_visible()
    assert colleague.locator(CONTROLS).count() == 0
    assert HIDDEN not in colleague.content().lower()
    colleague.locator("figure.quote a[data-open]").click()
    expect(colleague.get_by_role("heading", name="Cite it")).to_be_visible()
    assert colleague.locator(CONTROLS).count() == 0
    for key in ("x", "y"):  # what corrects for the owner
        colleague.keyboard.press(key)
    expect(colleague.locator(".rejected")).to_have_count(0)
    assert (seen.complaints, seen.refused) == ([], [])
    origin = link.partition("/s/")[0]
    assert [cookie["name"].startswith("session-") for cookie in context.cookies(origin)] == [True]

    owner.goto(f"{served.origin}/shares")
    owner.get_by_role("button", name=re.compile("Take back: Quotes on Ukraine")).click()
    expect(owner.get_by_text("Taken back:")).to_be_visible()
    answer = colleague.goto(f"{origin}/topics/ukraine")
    assert answer is not None
    assert answer.status == 401
    expect(colleague.get_by_role("heading", name="Locked")).to_be_visible()


def test_sharing_needs_no_script(browser: Browser, served: Served) -> None:
    owner = browser.new_context(java_script_enabled=False).new_page()
    owner.goto(served.link)
    owner.wait_for_url(f"{served.origin}/")
    owner.goto(f"{served.origin}/search?speaker=experts")
    owner.get_by_role("link", name="Share", exact=True).click()
    expect(owner.get_by_label("Quotes by Experts")).to_be_checked()
    owner.get_by_role("button", name="Make the link").click()
    link = owner.locator("[data-copy]").inner_text()
    colleague = browser.new_context(java_script_enabled=False).new_page()
    colleague.goto(link)
    colleague.wait_for_url("**/search?speaker=experts")
    expect(colleague.locator("figure.quote")).to_have_count(1)


def test_the_owners_link_works_once(browser: Browser, served: Served) -> None:
    first, second = browser.new_context().new_page(), browser.new_context().new_page()
    first.goto(served.link)
    answer = second.goto(served.link)
    assert answer is not None
    assert answer.status == 404
    expect(second.get_by_text("This link opens nothing")).to_be_visible()
