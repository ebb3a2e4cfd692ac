"""What a page is besides HTML: its JSON, its files and its feed, under the same filter.

Source:
    RFC 8288, Web Linking; the HTML standard, section 4.6.7.1, for feeds that are found by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request

MOST_IN_HEADER = 3
"""Forms, the most asked for: headers are not compressed, and the head of the page has all of them."""
LONGEST_HEADER = 3_000
"""Bytes; servers in between refuse an answer whose headers are much longer."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page: where it is, its media type, and what it is called."""

    href: str
    media_type: str
    title: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of the pages of one route.

    Attributes:
        twin: the path of the JSON, with what the route's path takes in braces; ``None`` where there is none.
        names: the parameters that page and twin have in common.
        files: by path, media type and title.
        part: as which filter the files and the feed take what is in the path.
    """

    twin: str | None
    names: frozenset[str]
    files: tuple[tuple[str, str, str], ...]
    part: str | None


PARTS = {"/topics/{topic_id}": "topic", "/speakers/{slug}": "speaker", "/articles/{slug}": "article"}
LISTS = ("/", "/search", *PARTS)


def alternates(request: Request) -> tuple[Alternate, ...]:
    """The other forms of the page that *request* is for."""
    path = getattr(request.scope.get("route"), "path", "")
    forms = _forms(request.app, path)
    inside = request.path_params
    asked = request.query_params.multi_items()
    found = []
    if forms.twin is not None:
        query = urlencode([(name, value) for name, value in asked if name in forms.names and name != "after" and value])
        found.append(Alternate(_at(forms.twin, inside, query), "application/json", "This page as JSON"))
    filters = _filters(asked)
    if forms.part:
        filters[forms.part] = str(next(iter(inside.values())))
    for path, media_type, title in forms.files:
        found.append(Alternate(_at(path, inside, urlencode(filters)), media_type, title))
    return tuple(found)


def header(found: tuple[Alternate, ...]) -> dict[str, str]:
    """The first of *found* as a header; none where it would be too long."""
    some = ((one.href, one.media_type.partition(";")[0]) for one in found[:MOST_IN_HEADER])
    links = ", ".join(f'<{href}>; rel=alternate; type="{media_type}"' for href, media_type in some)
    return {"link": links} if 0 < len(links) <= LONGEST_HEADER else {}


def _at(path: str, inside: dict[str, Any], query: str) -> str:
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    return f"{path}?{query}" if query and "{" not in path else path


def _filters(asked: list[tuple[str, str]]) -> dict[str, str]:
    from app.present.filter_query import NAMES  # noqa: PLC0415 - as below

    return {name: value for name, value in asked if value and name in (*NAMES, "order")}


def _forms(app: FastAPI, path: str) -> _Forms:
    """The forms of the route *path*, found once for each application."""
    known: dict[str, _Forms] = app.state.desk.forms
    if path not in known:
        known[path] = _found(app, path)
    return known[path]


def _found(app: FastAPI, path: str) -> _Forms:
    from app.web.openapi.parameters import asked  # noqa: PLC0415 - which knows all rooms, and they this one
    from app.web.openapi.routes import routes_of  # noqa: PLC0415

    routes = {route.path: route for route in routes_of(app) if route.methods and "GET" in route.methods}
    twin = "/index.json" if path == "/" else f"{path}.json"
    if path not in routes:
        return _Forms(None, frozenset(), (), None)
    names = frozenset(asked(routes[path].dependant))
    names &= frozenset(asked(routes[twin].dependant)) if twin in routes else frozenset()
    return _Forms(twin if twin in routes else None, names, _files(path), PARTS.get(path))


def _files(path: str) -> tuple[tuple[str, str, str], ...]:
    from app.present.atom import MEDIA_TYPE  # noqa: PLC0415
    from app.present.exports.formats import ARTICLE_FORMATS, FORMATS  # noqa: PLC0415
    from app.web.citing_pages import BIBTEX, CSL, RIS  # noqa: PLC0415

    if path in LISTS:
        kinds = ((f"/search.{ending}", kind.media_type, kind.words) for ending, kind in FORMATS.items())
        return (("/search.atom", MEDIA_TYPE, "The newest of these quotes"), *kinds)
    if path == "/articles":
        return tuple((f"/articles.{ending}", kind.media_type, kind.words) for ending, kind in ARTICLE_FORMATS.items())
    if path == "/topics":
        return (("/topics.toml", "application/toml", "TOML"), ("/topics.qdc", "application/xml", "REFI-QDA"))
    if path == "/quotes/{quote_id}":
        endings = (("bib", BIBTEX, "BibTeX"), ("ris", RIS, "RIS"), ("csl.json", CSL, "CSL-JSON"))
        return tuple((f"{path}.{ending}", kind, words) for ending, kind, words in endings)
    return ()
