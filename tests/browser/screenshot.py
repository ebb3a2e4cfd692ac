"""Draws the pictures of the documentation by the real program in Chromium (``make screenshot``).

The board of a new library, and the answers to the questions of ``docs/questions.md``, asked of the seed and of two
statements.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from tests.browser.questions import questions

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STATEMENTS = ROOT / "tests" / "present" / "statements"
PROGRAM = str(Path(sys.executable).with_name("communique"))


SIGN = """<!doctype html><style>
  body { margin: 0; width: 1200px; height: 630px; background: #1b1b18; color: #fbfaf6; box-sizing: border-box;
    padding: 84px 96px; display: grid; align-content: space-between;
    font: 40px/1.3 Charter, "Noto Serif", Georgia, serif; }
  svg { width: 200px; height: 200px; margin: -44px 0 0 -44px; }
  b { font-size: 108px; letter-spacing: -.02em; line-height: 1; }
  p { margin: 0; } p + p { color: #c9c6ba; font-style: italic; margin-top: 22px; }
</style>%s<div><p><b>Communiqué</b></p><p>Who said what, on which topic, in which words</p></div>"""


def main() -> None:
    draw_sign()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "seed.sqlite"
        with serving(database) as page:
            page.wait_for_selector(".js-plotly-plot .main-svg")
            page.screenshot(path=DOCS / "board.png")
        for year in (2022, 2023):
            statement = str(STATEMENTS / f"{year}.txt")
            subprocess.run([PROGRAM, "ingest", "--database", str(database), statement], check=True)
        with serving(database) as page:
            for number, question in enumerate(questions("putin gas"), 1):
                page.goto(urljoin(page.url, "/"))
                for step in question.steps:
                    step(page)
                page.get_by_role("heading", name=question.answer).first.wait_for()
                page.wait_for_timeout(1_000)  # until charts and marks are drawn
                page.screenshot(path=DOCS / f"question-{number}.png")


def draw_sign() -> None:
    """What chats show of a link: our sign and name, since they take no SVG and every page must have one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.set_content(SIGN % (ROOT / "static" / "favicon.svg").read_text("utf-8"))
        page.screenshot(path=ROOT / "static" / "preview.png")
        browser.close()


@contextmanager
def serving(database: Path) -> Iterator[Page]:
    """The board of the library at *database*, served by the program, as Chromium shows it at 1280 by 800."""
    command = [PROGRAM, "serve", "--no-open", "--port", "0", "--database", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address_of(server))
            yield page
        finally:
            browser.close()
            server.terminate()


def address_of(server: "subprocess.Popen[str]") -> str:
    """The first address that the server prints."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise SystemExit("the server ended without an address")


if __name__ == "__main__":
    main()
