"""What of ours can be shown in a frame, by the address of its page."""

from __future__ import annotations

import re
from urllib.parse import unquote

from fastapi import Request

from app.errors import NotFound
from app.web import embedded
from app.web.compare_pages import common_filter
from app.web.contexts.embed import Framed
from app.web.deps import Reading
from app.web.filtering import chosen_filter, chosen_view
from app.web.speaker_pages import speaker_filter
from app.web.time_pages import view

_PAGE = re.compile(r"/(?:(?P<folder>quotes|topics|articles|speakers)/(?P<name>[^/]+)|(?P<alone>search|time|compare)?)")


def framed(now: Reading, path: str, query: str) -> Framed:
    """What a frame shows of the page at *path* with *query*.

    Raises:
        NotFound: there is no such page, or it has nothing to show in a frame.
        BadFilter: its filter cannot be used.
    """
    found = _PAGE.fullmatch(unquote(path))
    if found is None:
        raise NotFound("Nothing at this address can be shown within another page.")
    folder, name = found["folder"] or found["alone"] or "", found["name"] or ""
    request = _request(path, query, {"topic_id": name} if folder == "topics" else {})
    key = request.query_params.get("chart", "")
    if folder == "quotes":
        return embedded.quote(now.conn, now.site, name)
    if folder == "articles":
        return embedded.article(now.conn, now.site, name, key)
    if folder == "compare":
        given = request.query_params.getlist("with")
        common, by = common_filter(request, now, given), request.query_params.get("by", "")
        return embedded.compare(now.conn, now.site, tuple(given), common, by)
    return _listed(now, request, folder, name, key)


def _listed(now: Reading, request: Request, folder: str, name: str, key: str) -> Framed:
    """What goes by the filter alone."""
    if not folder:
        return embedded.board(now.conn, now.site)
    chosen = chosen_filter(request, now)
    if folder == "topics":
        return embedded.topic(now.conn, now.site, chosen)
    if folder == "speakers":
        return embedded.speaker(now.conn, now.site, speaker_filter(name, chosen, now), key)
    if folder == "time":
        return embedded.time(now.conn, now.site, chosen, view(request))
    return embedded.search(now.conn, now.site, chosen, chosen_view(request, now).order)


def _request(path: str, query: str, names: dict[str, str]) -> Request:
    """A request for the page itself, so that its filter is read as it is read there."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "path_params": names}
    return Request({**scope, "query_string": query.encode()})
