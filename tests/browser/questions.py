"""Three questions as a newcomer asks them, and how each is answered from the board: ``docs/questions.md`` shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STEPS = 3
"""Clicks or keys; what is typed in between is one with the key that ends it."""
Step = Callable[[Page], None]


@dataclass(frozen=True)
class Question:
    """What is asked, the steps to the answer, and what then stands on the page."""

    asked: str
    steps: tuple[Step, ...]
    answer: str


def questions(words: str) -> Iterator[Question]:
    """The questions; the first is looked for by *words*, the last is asked of the article that was added last."""
    yield Question(
        "What did Putin say about it, and where?",
        (
            lambda page: page.keyboard.press("/"),
            lambda page: _look_for(page, words),
            lambda page: page.locator("figure.quote a[data-open]").first.click(),
        ),
        "In its place",
    )
    yield Question(
        "Who speaks most on NATO?",
        (lambda page: page.locator(".tile").get_by_role("link", name="NATO").click(),),
        "Who speaks",
    )
    yield Question(
        "What changed between these two statements?",
        (
            lambda page: page.locator(".article-row h3 a").first.click(),
            lambda page: page.get_by_role("link", name="what differs").first.click(),
        ),
        "What changed",
    )


def _look_for(page: Page, words: str) -> None:
    page.keyboard.type(words)
    page.keyboard.press("Enter")
