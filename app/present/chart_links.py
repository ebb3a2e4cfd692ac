"""Where else a chart is to be had than on its page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from app.present.exports.endings import CHART_FILES

SEVERAL = ("/articles/", "/speakers/")
"""Pages with more than one chart, so that an address must say which."""


def chart_files(charts_url: str, key: str) -> tuple[tuple[str, str], ...]:
    """The files of the chart with *key*, each with its words: beside the figures at *charts_url*, of any revision."""
    path, query = _parts(charts_url, key)
    return tuple((words, f"{path}/charts.{ending}{query}") for ending, (words, _) in CHART_FILES.items())


def _parts(charts_url: str, key: str) -> tuple[str, str]:
    """The path of the page, and the query that its chart with *key* needs."""
    path, _, query = charts_url.partition("?")
    path = path.removesuffix("/charts.json")
    pairs = [(name, value) for name, value in parse_qsl(query) if name != "v"]
    if path.startswith(SEVERAL):
        pairs.append(("chart", key))
    return path, f"?{urlencode(pairs)}" if pairs else ""


def frame_address(view: str, key: str = "") -> str:
    """The small page that others show in a frame: of the page at *view*, or of its chart with *key*."""
    path, _, query = view.partition("?")
    if key and path.startswith(SEVERAL):
        query = "&".join(filter(None, (query, urlencode({"chart": key}))))
    return f"/embed{'/board' if path == '/' else path}" + (f"?{query}" if query else "")


def frame_link(charts_url: str, key: str) -> str:
    """Where the code for such a frame is."""
    path, query = _parts(charts_url, key)
    return f"/embed?{urlencode({'of': (path or '/') + query})}"


def numbers_address(view: str, key: str) -> str:
    """The numbers of the chart with *key* on the page at *view*, as CSV."""
    path, query = _parts(view, key)
    return f"{path.rstrip('/')}/charts.csv{query}"
