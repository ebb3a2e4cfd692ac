"""A link to a page previews where it is pasted: Open Graph in its head, and oEmbed beside it."""

from __future__ import annotations

import datetime as dt
import struct
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from sqlalchemy import Engine

from app.domain import Article
from app.resources import resource_dir
from app.settings import Settings
from app.store.articles import add_article
from app.web.application import create_app
from tests.factories import make_analysis, numbered, person, say, summit
from tests.web.conftest import client_of

BASE = "http://127.0.0.1"
NASTY = 'An "odd" <i>name</i> & more'
PAGES = (
    "/",
    "/topics/energy",
    "/topics/energy?speaker=xi-jinping&kind=direct",
    "/articles/leaders-meet-in-beijing",
    "/speakers/xi-jinping?topic=energy",
    "/time?kind=direct&unit=month",
    "/compare?with=topic:energy&with=topic:nato",
    "/search?topic=energy&q=energy+partnership",
)


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    text = "“We are here,” somebody said."
    said = say(text, "We are here", speaker=person(NASTY), topics=("us",))
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 3))
        add_article(conn, *summit())
        add_article(conn, Article(NASTY, text, date=dt.date(2024, 5, 16)), make_analysis(text, said))
    return sqlite_engine


@pytest.fixture
def client(engine: Engine) -> TestClient:
    return client_of(engine)


def head_of(client: TestClient, path: str) -> etree._Element:
    answer = client.get(path, headers={"host": "localhost:99"})
    assert answer.status_code == 200
    assert "localhost" not in answer.text
    [head] = etree.HTML(answer.text).xpath("//head")
    return head


def told(head: etree._Element, name: str) -> str:
    [found] = head.xpath(f"meta[@property='{name}' or @name='{name}']/@content")
    return str(found)


def odd_quote(client: TestClient) -> str:
    return f"/quotes/{client.get('/search.json?topic=us').json()['items'][0]['id']}"


@pytest.mark.parametrize("path", [*PAGES, "/articles", "/speakers?topic=energy", "/topics", "/add"])
def test_a_page_says_its_address_title_and_picture(client: TestClient, path: str) -> None:
    head = head_of(client, path)
    [canonical] = head.xpath("link[@rel='canonical']/@href")
    assert canonical == told(head, "og:url")
    assert canonical.startswith(f"{BASE}/")
    shown, asked = (client.get(one).text for one in (canonical.removeprefix(BASE), path))
    assert etree.HTML(shown).findtext(".//h1") == etree.HTML(asked).findtext(".//h1")
    if "?" in path and "unit" not in path:
        assert canonical.replace("%3A", ":") == BASE + path
    assert told(head, "og:title") == head.findtext("title")[: -len(" – Communiqué")]
    assert told(head, "twitter:card") == "summary"
    picture = client.get(told(head, "og:image").removeprefix(BASE))
    assert picture.headers["content-type"] == "image/png"
    assert struct.unpack(">II", picture.content[16:24]) == (1200, 630)


def test_what_is_dated_says_when(client: TestClient) -> None:
    for path in (odd_quote(client), "/articles/leaders-meet-in-beijing", "/articles/leaders-meet-in-beijing/read"):
        assert told(head_of(client, path), "article:published_time") == "2024-05-16"
    assert not head_of(client, "/articles/report-1").xpath("meta[@property='article:published_time']")


def test_addresses_have_the_name_of_the_settings(engine: Engine) -> None:
    client = TestClient(
        create_app(Settings(base_url="https://quotes.example"), engine), BASE, headers={"accept": "text/html"}
    )
    head = head_of(client, "/topics/energy")
    assert told(head, "og:url") == "https://quotes.example/topics/energy"
    assert told(head, "og:image").startswith("https://quotes.example/static/preview.png?v=")
    answer = client.get("/oembed", params={"url": "https://quotes.example/topics/energy"}).json()
    assert 'src="https://quotes.example/embed/topics/energy"' in answer["html"]


def test_a_page_that_is_not_there_has_no_address(client: TestClient) -> None:
    page = etree.HTML(client.get("/topics/nope").text)
    assert not page.xpath("//link[@rel='canonical'] | //meta[@property='og:url']")


@pytest.mark.parametrize("path", [*PAGES, ""])
def test_a_page_names_its_oembed_which_shows_it_in_a_frame(client: TestClient, path: str) -> None:
    path = path or odd_quote(client)
    [link] = head_of(client, path).xpath("link[@type='application/json+oembed']")
    assert link.get("title")
    answer = client.get(link.get("href").removeprefix(BASE))
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    fixed = {name: body[name] for name in ("version", "type", "provider_name", "provider_url")}
    assert fixed == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Communiqué",
        "provider_url": f"{BASE}/",
    }
    [frame] = etree.HTML(body["html"]).xpath("//body/*")
    assert frame.tag == "iframe"
    assert (frame.get("title"), int(frame.get("width"))) == (body["title"], body["width"])
    assert int(frame.get("height")) == body["height"]
    shown = client.get(frame.get("src").removeprefix(BASE))
    assert shown.status_code == 200
    assert frame.get("src").startswith(f"{BASE}/embed/")


def test_names_are_written_as_they_are_and_open_nothing(client: TestClient) -> None:
    body = client.get("/oembed", params={"url": BASE + odd_quote(client)}).json()
    assert body["author_name"] == NASTY
    assert body["title"] == f"{NASTY}: “We are here”"
    assert "<i>" not in body["html"]
    [frame] = etree.HTML(body["html"]).xpath("//body/*")
    assert frame.get("title") == body["title"]
    [link] = head_of(client, odd_quote(client)).xpath("link[@type='application/json+oembed']")
    assert link.get("title").startswith(NASTY)


def test_it_is_no_larger_than_is_asked_for(client: TestClient) -> None:
    small = client.get("/oembed", params={"url": f"{BASE}/time", "maxwidth": 320, "maxheight": 200}).json()
    assert (small["width"], small["height"]) == (320, 200)
    assert "thumbnail_url" not in small
    large = client.get("/oembed", params={"url": f"{BASE}/time", "maxwidth": 2000}).json()
    assert large["width"] == 600
    assert client.get(large["thumbnail_url"].removeprefix(BASE)).status_code == 200
    assert client.get("/oembed", params={"url": f"{BASE}/time", "maxwidth": "wide"}).status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/topics/energy",
        f"{BASE}1/topics/energy",
        f"{BASE}@evil.example/topics/energy",
        "//127.0.0.1:80/topics/energy",
        "/topics/energy",
        f"{BASE}/topics/nope",
        f"{BASE}/quotes/nope",
        f"{BASE}/feeds",
        f"{BASE}/search?kind=loud",
        f"{BASE}/compare",
        "javascript:alert(1)",
        "",
    ],
)
def test_of_another_site_and_of_what_is_not_there_nothing_is_told(client: TestClient, url: str) -> None:
    answer = client.get(f"/oembed?url={quote(url, safe='')}", headers={"accept": "application/json"})
    assert answer.status_code == 404


def test_xml_is_not_had_and_an_address_is_needed(client: TestClient) -> None:
    assert client.get("/oembed", params={"url": f"{BASE}/time", "format": "xml"}).status_code == 501
    assert client.get("/oembed").status_code == 400
    assert client.head("/oembed", params={"url": f"{BASE}/time"}).status_code == 200


def test_the_picture_is_small() -> None:
    assert (resource_dir("static") / "preview.png").stat().st_size < 60_000
