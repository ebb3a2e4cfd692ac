"""How much of an article comes out of a page, ours against what the bare library gives by default."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from app.domain import Document, ParagraphKind
from app.text.reading import Given, read_document
from tests.bench.pages import Page, pages

pytestmark = pytest.mark.bench

_WORD = re.compile(r"\w+")
LEAST_F1 = 0.97
LEAST_HEADINGS = 0.95
LEAST_UNGLUED = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Of one page: F1 of words, ours and the library's; headings and paragraphs that came out as such, and all."""

    ours: float
    theirs: float
    headings: tuple[int, int]
    paragraphs: tuple[int, int]


def f1(found: str, gold: str) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it stands there."""
    ours, true = Counter(_WORD.findall(found)), Counter(_WORD.findall(gold))
    shared = (ours & true).total()
    return 2 * shared / (ours.total() + true.total()) if shared else 0.0


def score(page: Page) -> Score:
    """What *page* scores."""
    import trafilatura

    document = read_document(page.html.encode(), Given(name=f"{page.name}.html"), max_characters=1_000_000)
    gold = "\n".join((*page.headings, *page.body))
    theirs = trafilatura.extract(page.html) or ""
    found = _paragraphs(document, ParagraphKind.HEADING), _paragraphs(document)
    return Score(
        f1(_body(document), gold),
        f1(theirs, gold),
        (sum(_plain(heading) in found[0] for heading in page.headings), len(page.headings)),
        (sum(_plain(words) in found[1] for words in page.body), len(page.body)),
    )


def _plain(words: str) -> str:
    return " ".join(words.split())


def _paragraphs(document: Document, *kinds: ParagraphKind) -> set[str]:
    text = document.article.text
    cells = {cell for one in document.paragraphs for cell in one.span.of(text).split("\t")}
    return {_plain(one.span.of(text)) for one in document.paragraphs if not kinds or one.kind in kinds} | (
        set() if kinds else cells
    )


def _body(document: Document) -> str:
    """The text without captions, which are kept apart and are no gold."""
    text = document.article.text
    return "\n".join(one.span.of(text) for one in document.paragraphs if one.kind is not ParagraphKind.CAPTION)


def test_more_of_the_article_and_less_of_the_page_than_by_default() -> None:
    scores = {page.name: score(page) for page in pages()}
    print()
    for name, one in scores.items():
        counts = f"headings {one.headings[0]}/{one.headings[1]}, paragraphs {one.paragraphs[0]}/{one.paragraphs[1]}"
        print(f"{name:40} F1 {one.ours:.3f} (by default {one.theirs:.3f}), {counts}")
    number = len(scores)
    ours, theirs = (sum(f) / number for f in ([s.ours for s in scores.values()], [s.theirs for s in scores.values()]))
    headings = sum(s.headings[0] for s in scores.values()) / sum(s.headings[1] for s in scores.values())
    unglued = sum(s.paragraphs[0] for s in scores.values()) / sum(s.paragraphs[1] for s in scores.values())
    print(f"{number} pages: F1 {ours:.3f} (by default {theirs:.3f}), headings {headings:.1%}, paragraphs {unglued:.1%}")
    assert ours >= theirs
    assert ours >= LEAST_F1
    assert headings >= LEAST_HEADINGS
    assert unglued >= LEAST_UNGLUED
