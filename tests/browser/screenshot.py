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


def main() -> None:
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
