"""A page as the server sends it to a page that needs none: its links lead to files, its controls are gone."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from app.present.elements import Element, elements_of
from app.present.pruning import Verdict, pruned
from app.web.folder.plan import Plan

ASSETS = {
    "/static/site.css": "static/site.css",
    "/static/favicon.svg": "static/favicon.svg",
    "/static/plotly.js": "static/plotly.js",
    "/static/plotly.css": "static/plotly.css",
    "/static/js/charts.js": "static/charts.js",
}
"""What pages need beside them, and where it lies in the folder."""
_DROPPED = re.compile(
    r"/(add|compare|jobs?|feeds|corrections|keys|share|shares|audit|leave|api|embed)\b"
    r"|.*/(new|edit|delete|deleted|again|correct|add-quote|original|merge|history|suggestions|import|export|values|undo)"
    r"(/|$)|.*\.(json|csv|xlsx|jsonl|jsonld|html|zip|bib|ris|toml|qdc|atom|xml)$"
)
"""What changes something, or needs the server to make it: its words alone would promise what is not there."""
_CONTROLS = (
    "data-filters",
    "data-tools",
    "data-arriving",
    'class="hints"',
    'class="ways"',
    'aria-label="This document"',
)
_OTHERS = ('aria-labelledby="carried"', 'aria-labelledby="company"', 'aria-labelledby="also-here"', 'class="called"')
"""Sections that tell of quotes, speakers and articles which a filter may have left out."""
_SCRIPT = re.compile(r'<script type="module" src="[^"]*"></script>\n?')
_HREF = re.compile(r'(<(?:a|link)\b[^>]*?\shref=")(/[^"]*)(")')
_OF_SERVER = re.compile(r'<link rel="(?:canonical|alternate)"[^>]*>\n?|<meta property="og:(?:url|image)[^>]*>\n?')
"""What names the server that the folder does without."""
_ANY_HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
_LINKS = re.compile(r'<p class="pages">.*?</p>', re.DOTALL)
_NEXT = re.compile(r'<a href="([^"]*)" rel="next"')
_CHARTS = re.compile(r' data-charts="([^"]*)"')
_PLOTLY = re.compile(r'( data-plotly(?:-style)?=")([^"]*)(")')
_NAMED = re.compile(r'<li><a href="(/[a-z]*)"[^>]*>[A-Z][a-z]+</a></li>\n?')
_APPLIED = re.compile(r'<ul class="applied".*?</ul>', re.DOTALL)
_CHOSEN = re.compile(r">([^<>]+): <strong>(<bdi>[^<>]*</bdi>)</strong>")
_CLICKS = " Each bar and each number leads to its quotes."
"""Said on a page of which the bars lead to lists that no folder has."""
_ADDRESS = re.compile(r"<dt>Address</dt><dd><code>/quotes/.*?</dd>\n?")
_ADD = re.compile(r'<li><a href="/add"[^>]*>Add</a></li>')


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes pages of a folder after *plan*, as of *made*; *search* says that it has the one page to search in."""

    plan: Plan
    search: bool
    made: str

    def page(self, html: str, file: str, following: str | None, charts: str) -> str:
        """*html* as the file *file*.

        Args:
            html: as the server sends it.
            file: its name in the folder.
            following: the file behind it in a row, if one is.
            charts: the figures of its charts, as the server sends them; empty where it has none.
        """
        upward = posixpath.dirname(file)
        next_url = next_of(html)

        def placed(url: str) -> str | None:
            target = following if url == next_url else self.plan.place(url)
            return target and _relative(target, upward)

        html = self._named(_SCRIPT.sub("", html))
        html = _nowhere(_without(html, self._is_control), placed)
        html = pruned(html, lambda method, url: _verdict(method, url, placed))
        html = _HREF.sub(lambda found: found[1] + escape(_target(unescape(found[2]), placed, upward)) + found[3], html)
        html = _PLOTLY.sub(lambda found: found[1] + _target(unescape(found[2]), placed, upward) + found[3], html)
        return self._with_charts(html, charts, placed, upward)

    def _named(self, html: str) -> str:
        items = '<li><a href="/search">Quotes</a></li>' if self.plan.home == "/" else ""
        items += '<li><a href="/one-page.html">Search</a></li>' if self.search else ""
        html = _ADD.sub(items, html).replace("<h1>Search the quotes</h1>", "<h1>Quotes</h1>").replace(_CLICKS, "")
        html = _APPLIED.sub(_told, _ADDRESS.sub("", _OF_SERVER.sub("", html))).replace('<div class="explore">', "<div>")
        html = _NAMED.sub(lambda found: found[0] if self.plan.place(found[1]) else "", html)
        html = html.replace('<footer class="foot">', f'<footer class="foot">\n<p>As of {self.made}.</p>')
        return html if self.plan.home == "/" else html.replace(">Board</a></li>", ">Quotes</a></li>")

    def _is_control(self, one: Element) -> bool:
        told = one.told
        if one.name == "form":
            return True
        return any(mark in told for mark in _CONTROLS) or (
            bool(self.plan.filters) and any(mark in told for mark in _OTHERS)
        )

    @staticmethod
    def _with_charts(html: str, charts: str, placed: Callable[[str], str | None], upward: str) -> str:
        html = _CHARTS.sub(' data-charts=""', html)
        if not charts:
            return html
        figures = json.dumps(_linked(json.loads(charts), placed), ensure_ascii=False, separators=(",", ":"))
        for sign in "<>&":  # so that no text in it can end the element
            figures = figures.replace(sign, f"\\u{ord(sign):04x}")
        script = _relative(ASSETS["/static/js/charts.js"], upward)
        data = f'<script type="application/json" id="figures">{figures}</script>'
        return html.replace("</body>", f'{data}\n<script defer src="{script}"></script>\n</body>')


def _told(applied: re.Match[str]) -> str:
    """The filters in force as words; here nobody can remove one."""
    chosen = "".join(f"<span>{label}: {value}</span> " for label, value in _CHOSEN.findall(applied[0]))
    return f'<p class="meta">{chosen}</p>'


def next_of(html: str) -> str | None:
    """The address of the page behind the one of *html*."""
    found = _NEXT.search(html)
    return unescape(found[1]) if found else None


def charts_of(html: str) -> str | None:
    """Where the figures of the charts of *html* are."""
    found = _CHARTS.search(html)
    return unescape(found[1]) if found else None


def _verdict(method: str, url: str, placed: Callable[[str], str | None]) -> Verdict:
    if method != "GET" or not url:
        return Verdict.DROP
    if not url.startswith("/"):
        return Verdict.KEEP
    if placed(url) is not None:
        return Verdict.KEEP
    return Verdict.DROP if _DROPPED.match(url.partition("?")[0].partition("#")[0]) else Verdict.TEXT


def _nowhere(html: str, placed: Callable[[str], str | None]) -> str:
    """*html* with empty addresses in each line of links of which none leads to a file: its words would be promises."""

    def emptied(found: re.Match[str]) -> str:
        links = [unescape(link) for link in _ANY_HREF.findall(found[0])]
        lost = all(link.startswith("/") and placed(link) is None for link in links)
        return _HREF.sub(r"\1\3", found[0]) if lost else found[0]

    return _LINKS.sub(emptied, html)


def _without(html: str, unwanted: Callable[[Element], bool]) -> str:
    pieces, at = [], 0
    for one in elements_of(html):
        if one.start >= at and unwanted(one):
            pieces.append(html[at : one.start])
            at = one.end
    return "".join((*pieces, html[at:]))


def _target(url: str, placed: Callable[[str], str | None], upward: str) -> str:
    asset = ASSETS.get(url.partition("?")[0])
    return _relative(asset, upward) if asset else placed(url) or url


def _relative(target: str, upward: str) -> str:
    path, sign, fragment = target.partition("#")
    return posixpath.relpath(path, upward or ".") + sign + fragment


def _linked(value: Any, placed: Callable[[str], str | None]) -> Any:
    """Figures whose addresses lead to files; those that lead nowhere are none."""
    if isinstance(value, dict):
        return {name: _linked(one, placed) for name, one in value.items()}
    if isinstance(value, list):
        return [_linked(one, placed) for one in value]
    if isinstance(value, str) and value.startswith("/"):
        return placed(value)
    return value
