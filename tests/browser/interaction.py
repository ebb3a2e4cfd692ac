"""Measures how long filters take from a click to the paint: ``python -m tests.browser.interaction [--quotes 600]``.

In Chromium at a fourth of the processor's speed, over the real server. Two figures each: until the page shows that it
has heard (what INP counts), and until the new list is painted. Every click is measured at once, behind 80 ms in which
the button is down, and after the pointer has rested on the link: a person's is one of the last two.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from app.settings import Settings
from app.web.application import create_app
from tests.bench.library import make_library
from tests.web.serving import listening

SLOWER = 4
ROUNDS = 7
STEPS = (
    ("/search", "a facet", '[data-keep="kind"] li:nth-child({}) a'),
    ("/search", "a topic", '[data-keep="topic"] li:nth-child({}) a'),
    ("/search?kind=direct", "another order", ".orders a"),
    ("/search?kind=direct", "a filter removed", ".applied a"),
    ("/search", "the next page", ".pages a"),
    ("/topics/energy", "a facet beside a chart", '[data-keep="kind"] li:nth-child({}) a'),
)
CLICK = """async (selector) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const before = document.querySelector("[data-part=list]");
  const start = performance.now();
  const shown = new Promise((done) => {
    new MutationObserver(async (_, observer) => {
      if (before.isConnected) return;
      observer.disconnect();
      await painted();
      done(performance.now() - start);
    }).observe(document.querySelector("#main"), { childList: true, subtree: true });
  });
  document.querySelector(selector).click();
  await painted();
  const heard = performance.now() - start;
  return [heard, await shown];
}"""


BEFORE = {"at once": ("", 0), "pressed": ("pointerdown", 80), "rested": ("pointerover", 600)}
"""What a click comes behind: an event on the link, and milliseconds."""


def measured(page: Page, address: str, path: str, selector: str, before: str) -> tuple[float, float]:
    """Milliseconds until the page has shown that it heard, and until the new list stands there."""
    page.goto(address + path, wait_until="networkidle")
    event, wait = BEFORE[before]
    if event:
        page.evaluate(
            "([s, e]) => document.querySelector(s).dispatchEvent(new PointerEvent(e, {bubbles: true}))",
            [selector, event],
        )
        page.wait_for_timeout(wait)
    heard, shown = page.evaluate(CLICK, selector)
    return heard, shown


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=600)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        engine = make_library(Path(folder) / "library.sqlite", given.quotes)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        with listening(create_app(Settings(), engine)) as port:
            print(f"{given.quotes} quotes, processor at 1/{SLOWER}, medians of {ROUNDS} in ms: heard, painted")
            for path, what, selector in STEPS:
                for before in BEFORE:
                    found = [
                        measured(page, f"http://127.0.0.1:{port}", path, selector.format(1 + n % 3), before)
                        for n in range(ROUNDS)
                    ]
                    heard, shown = (statistics.median(values) for values in zip(*found, strict=True))
                    print(f"{what:24}{before:10}{heard:6.0f}{shown:6.0f}")
        browser.close()
        engine.dispose()


if __name__ == "__main__":
    main()
