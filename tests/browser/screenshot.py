"""Draws the README's picture: the board of a new library, by the real program in Chromium (``make screenshot``)."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "board.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "seed.sqlite")
        program = Path(sys.executable).with_name("communique")
        command = [str(program), "serve", "--no-open", "--port", "0", "--database", database]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                draw(address_of(server), PICTURE)
            finally:
                server.terminate()


def address_of(server: "subprocess.Popen[str]") -> str:
    """The first address that the server prints."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise SystemExit("the server ended without an address")


def draw(address: str, picture: Path) -> None:
    """The page at *address* as Chromium shows it at 1280 by 800, its charts drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_selector(".js-plotly-plot .main-svg")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
