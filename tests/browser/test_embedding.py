"""A quote and a chart within a page of another site, which is another port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Frame, Page
from sqlalchemy import Engine

from app.settings import Settings
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.web.application import create_app
from tests.factories import numbered, summit
from tests.web.serving import listening

pytestmark = pytest.mark.browser
PAGES = ("/embed/topics/energy", "/embed/time", "/embed/compare?with=topic:energy&with=topic:nato", "/embed/board")


@contextmanager
def site(body: Callable[[], str]) -> Iterator[str]:
    """The origin of a site whose only page has *body*."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>News</title><link rel=icon href=data:,>{body()}".encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the output is that of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@contextmanager
def framing(browser: Browser, engine: Engine, paths: list[str], width: int, *, listed: bool) -> Iterator[Page]:
    """A page of another site, which frames *paths* of ours; *listed* says whether the settings name that site."""
    ours: list[str] = []

    def body() -> str:
        frames = (f'<iframe src="{ours[0]}{path}" width="{width}" height="420"></iframe>' for path in paths)
        return "".join(frames)

    with site(body) as other:
        sites = (other,) if listed else ("https://news.example",)
        with listening(create_app(Settings(embed_sites=sites), engine)) as port:
            ours.append(f"http://127.0.0.1:{port}")
            context = browser.new_context()
            page = context.new_page()
            page.goto(other, wait_until="load")
            yield page
            context.close()


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 12))
        add_article(conn, *summit())
    return sqlite_engine


def quotes(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        found = list_quotes(conn, AttributionFilter(article="leaders-meet-in-beijing")).items
    return [f"/embed/quotes/{one.id}" for one in found]


def sizes(frame: Frame) -> list[int]:
    script = "[innerHeight, document.documentElement.scrollHeight, innerWidth, document.documentElement.scrollWidth]"
    found: list[int] = frame.evaluate(script)
    return found


@pytest.mark.parametrize("width", [300, 700])
def test_a_listed_site_shows_quotes_and_charts_without_an_inner_scroll(
    browser: Browser, engine: Engine, width: int
) -> None:
    paths = [*quotes(engine), *PAGES]
    complaints: list[str] = []
    with framing(browser, engine, paths, width, listed=True) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.reload(wait_until="load")
        frames = page.frames[1:]
        assert [frame.url.partition("/embed")[2] for frame in frames] == [path.removeprefix("/embed") for path in paths]
        for frame in frames:
            high, content, wide, across = sizes(frame)
            assert across <= wide, frame.url
            if "/quotes/" in frame.url:
                assert content <= high, frame.url
        with page.context.expect_page() as opened:
            frames[0].get_by_role("link", name="Why and where").click()
        assert opened.value.url.partition("/quotes/")[1]
        assert opened.value.evaluate("window.opener === null")
        assert not complaints


def test_a_site_that_is_not_listed_is_refused(browser: Browser, engine: Engine) -> None:
    complaints: list[str] = []
    with framing(browser, engine, ["/embed/board"], 600, listed=False) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.reload(wait_until="load")
        page.wait_for_timeout(300)
        assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"]
        assert any("frame-ancestors" in one for one in complaints)


def test_other_pages_are_refused_even_to_a_listed_site(browser: Browser, engine: Engine) -> None:
    with framing(browser, engine, ["/", "/topics/energy"], 600, listed=True) as page:
        page.wait_for_timeout(300)
        assert {frame.url for frame in page.frames[1:]} == {"chrome-error://chromewebdata/"}
