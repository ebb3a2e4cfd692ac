"""Web pages of many makes, each with what an editor would call its article: the gold of ``test_extraction``.

All of it is made up. Words come from a seeded generator, so that two runs see the same pages.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

_SUBJECTS = (
    "The ministers|Officials in Halden|The two presidents|Delegates from Norland|The central bank|Farmers in Sudovia|"
    "A spokesman for the Coastal Union|The opposition|Trade unions|Observers at the border"
).split("|")
_VERBS = (
    "agreed that|warned that|said on Tuesday that|did not deny that|hoped that|told reporters that|repeated that|"
    "conceded after hours of talks that"
).split("|")
_CLAUSES = (
    "the price of grain would rise again before the winter|no soldier would cross the river|"
    "a treaty on fishing could be signed in spring|"
    "sanctions had failed to change anything|the ceasefire of last month was holding in most villages|"
    "a new railway would join both capitals within ten years|the court had no power over the islands|energy was still "
    "too dear for small firms|visas would be given to students and nurses|the old bridge had to be built anew"
).split("|")
_ENDS = (
    "",
    ", as both sides had expected",
    ", according to a draft",
    " despite doubts in parliament",
    ", which few believed",
)


@dataclass(slots=True)
class Writer:
    """Writes sentences, and keeps the paragraphs and headings that belong to the article."""

    seed: int
    body: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def sentence(self) -> str:
        pick = self.chance.choice
        number = self.chance.randrange(2, 900)
        extra = pick(("", f", {number} days after the first round", f" for {number} households", ", they added"))
        return f"{pick(_SUBJECTS)} {pick(_VERBS)} {pick(_CLAUSES)}{extra}{pick(_ENDS)}."

    def quote(self) -> str:
        return f"“{self.sentence()[:-1]},” {self.chance.choice(('Ann Klein', 'Bo Brandt', 'the envoy'))} said."

    def text(self, sentences: int = 3) -> str:
        """Words that are no part of the article."""
        return " ".join(self.sentence() for _ in range(sentences))

    def p(self, sentences: int = 3) -> str:
        """A paragraph of the article, escaped for HTML."""
        words = self.text(sentences - 1) + " " + self.quote()
        return self.own(words)

    def own(self, words: str) -> str:
        self.body.append(words)
        return escape(words, quote=False)

    def h(self, words: str) -> str:
        self.headings.append(words)
        return escape(words, quote=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its gold: the paragraphs of its article and its headings, in order."""

    name: str
    html: str
    body: tuple[str, ...]
    headings: tuple[str, ...]


NAV = (
    '<header class="site-header"><a href="/">The Halden Post</a><nav><ul><li><a href="/world">World</a></li><li>'
    '<a href="/trade">Trade</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>'
)
COOKIES = (
    '<div class="cookie-banner"><p>We use cookies to make this site better for you. <a href="/c">Settings</a></p></div>'
)
FOOTER = (
    '<footer><p>© 2024 The Halden Post. All rights reserved.</p><ul><li><a href="/terms">Terms of use</a></li><li>'
    '<a href="/privacy">Privacy policy</a></li></ul></footer>'
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h3>The morning briefing</h3><p>Sign up for our daily newsletter.</p><form>'
    '<input type="email"><button>Sign up</button></form></div>'
)
SHARE = '<div class="share-bar"><span>Share this article</span><a href="#f">Facebook</a><a href="#t">Twitter</a></div>'
READ_MORE = '<p><strong>Read more: <a href="/o">Why the bridge over the river fell</a></strong></p>'


def related(w: Writer) -> str:
    """A box of other articles, with teasers of a sentence."""
    items = "".join(f'<li><a href="/{n}"><h4>{w.sentence()[:60]}</h4></a><p>{w.sentence()}</p></li>' for n in range(4))
    return f'<aside class="related-stories"><h3>Related stories</h3><ul>{items}</ul></aside>'


def comments(w: Writer) -> str:
    """What readers wrote below."""
    entries = "".join(f'<div class="comment"><b>reader{n}</b><p>{w.text(2)}</p></div>' for n in range(3))
    return f'<section id="comments"><h3>Comments (3)</h3>{entries}</section>'


def document(title: str, content: str, *, head: str = "", lang: str = "en", attributes: str = "") -> str:
    """A page around *content*."""
    start = f'<!DOCTYPE html><html lang="{lang}"{attributes}><head><meta charset="utf-8">'
    head = f"<title>{title} - The Halden Post</title>{head}<style>p {{ margin: 0 }}</style></head>"
    return f"{start}{head}<body>{content}<script>var a = '<p>no text</p>';</script></body></html>"


def article_page(title: str, body: str, after: str = "", *, lang: str = "en") -> str:
    """A page whose article is one element, between the site's menu and what stands below it."""
    return document(title, f"{NAV}<article><h1>{title}</h1>{body}</article>{after}{FOOTER}", lang=lang)


_MAKERS: list[Callable[[Writer], str]] = []


def maker(make: Callable[[Writer], str]) -> Callable[[Writer], str]:
    """Add *make* to those that :func:`pages` asks."""
    _MAKERS.append(make)
    return make


def pages() -> Iterator[Page]:
    """All pages, in the same words at each run."""
    from tests.bench import page_makers, plain_page_makers

    assert page_makers
    assert plain_page_makers
    for seed, make in enumerate(_MAKERS, start=1):
        writer = Writer(seed)
        html = make(writer)
        yield Page(make.__name__, html, tuple(writer.body), tuple(writer.headings))
