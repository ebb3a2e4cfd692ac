"""Small pages for frames: what they show, who may frame them, and the code that does it."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from sqlalchemy import Engine

from app.errors import AppError
from app.settings import Settings, load_settings
from app.store.articles import add_article
from app.web.application import create_app
from app.web.security import HEADERS
from tests.factories import numbered, summit
from tests.web.conftest import read

SITES = ("https://news.example", "https://*.blog.example:8443")
EMBEDDED = (
    "/embed/board",
    "/embed/topics/energy?kind=direct",
    "/embed/articles/leaders-meet-in-beijing?chart=topic-nato",
    "/embed/speakers/xi-jinping-and-vladimir-putin",
    "/embed/speakers/xi-jinping-and-vladimir-putin?chart=time",
    "/embed/time?as=lines&unit=month",
    "/embed/compare?with=topic:energy&with=topic:nato",
    "/embed/search?topic=energy",
)


def over(engine: Engine, *sites: str) -> TestClient:
    app = create_app(Settings(embed_sites=sites), engine)
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers={"accept": "text/html"})


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 12))
        add_article(conn, *summit())
    return sqlite_engine


@pytest.fixture
def client(engine: Engine) -> TestClient:
    return over(engine, *SITES)


def first_quote(client: TestClient, query: str = "topic=nato") -> str:
    found: str = client.get(f"/search.json?{query}").json()["items"][0]["id"]
    return found


@pytest.mark.parametrize("path", EMBEDDED)
def test_the_sites_of_the_settings_may_frame_it_and_no_others(client: TestClient, engine: Engine, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://news.example https://*.blog.example:8443")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "x-frame-options" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["content-security-policy"]) == (304, policy)
    nobody = over(engine).get(path)
    assert nobody.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert nobody.headers["x-frame-options"] == "DENY"
    assert nobody.headers["cross-origin-resource-policy"] == "same-origin"
    assert "communique serve --embed-site https://news.example" in read(nobody.text).text
    assert "--embed-site" not in answer.text


@pytest.mark.parametrize("path", EMBEDDED)
def test_it_has_no_controls_no_scripts_and_leads_out_of_the_frame(client: TestClient, path: str) -> None:
    page = etree.HTML(client.get(path).text)
    assert not page.xpath("//script | //form | //button | //input | //iframe")
    assert page.xpath("//base/@target") == ["_blank"]
    assert not page.xpath("//base/@href")
    assert not [one for one in page.xpath("//a/@href") if re.search(r"/(correct|edit|delete|add|merge)\b", one)]
    [out] = page.xpath("//footer/a[1]")
    assert (out.get("target"), out.get("rel")) == ("_blank", "noopener")
    assert client.get(out.get("href")).status_code == 200
    assert not [one for one in page.xpath("//footer/a/@href") if client.get(one).status_code != 200]


def test_other_pages_stay_unframed(client: TestClient) -> None:
    for path in ("/", "/topics/energy", "/charts.svg", f"/quotes/{first_quote(client)}", "/embed?of=/"):
        answer = client.get(path)
        assert answer.headers["x-frame-options"] == HEADERS["x-frame-options"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_quote_has_its_words_speaker_badge_topic_and_source(client: TestClient) -> None:
    words = read(client.get(f"/embed/quotes/{first_quote(client)}").text)
    for one in ("serious concerns", "Xi Jinping and Vladimir Putin", "mixed", "NATO", "Leaders meet in Beijing"):
        assert one in words.text
    assert "The Example" in words.text
    assert "16 May 2024" in words.text
    assert f"/quotes/{first_quote(client)}" in words.links


def test_what_is_gone_says_so_in_the_frame(client: TestClient) -> None:
    for path in ("/embed/quotes/nope", "/embed/articles/nope", "/embed/compare?with=topic:energy"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-security-policy"].endswith(" ".join(SITES))
        assert "Not there any more" in read(answer.text).text
    assert client.get("/embed/topics/nope").status_code == 404
    assert client.get("/embed/search?kind=loud").status_code == 400


@pytest.mark.parametrize(
    "of",
    [
        "/",
        "/topics/energy?kind=direct",
        "/articles/leaders-meet-in-beijing?chart=topic-nato",
        "/time?as=lines",
        "/compare?with=topic:energy&with=topic:nato&by=number",
        "/search?topic=energy&order=date",
    ],
)
def test_the_code_shows_the_page_in_a_frame(client: TestClient, of: str) -> None:
    shown = client.get(f"/embed?of={quote(of, safe='')}")
    assert shown.status_code == 200
    [written] = etree.HTML(shown.text).xpath("//pre[@data-copy]/text()")
    [frame] = etree.HTML(written).xpath("//iframe")
    source = frame.get("src").removeprefix("http://127.0.0.1:80")
    assert client.get(source).status_code == 200
    assert set(re.split("[?&]", of)[1:]) <= {one.replace("%3A", ":") for one in re.split("[?&]", source)}
    assert frame.get("title")
    assert 200 < int(frame.get("height")) < 1_000
    assert "https://news.example" in read(shown.text).text


def test_the_code_never_takes_its_address_from_the_host_header(client: TestClient) -> None:
    for path in ("/embed?of=/", f"/quotes/{first_quote(client)}"):
        answer = client.get(path, headers={"host": "localhost:99"})
        assert "localhost" not in answer.text


def test_a_quotes_page_gives_its_code_where_any_site_may_frame_it(client: TestClient, engine: Engine) -> None:
    name = first_quote(client)
    [written] = etree.HTML(client.get(f"/quotes/{name}").text).xpath("//pre[contains(@data-copy, 'embed')]/text()")
    assert f'src="http://127.0.0.1/embed/quotes/{name}"' in written
    assert "“serious concerns" in html.unescape(written)
    told = read(over(engine).get(f"/quotes/{name}").text).text
    assert "communique serve --embed-site" in told
    assert "iframe" not in told


def test_charts_lead_to_their_code(client: TestClient) -> None:
    links = read(client.get("/articles/leaders-meet-in-beijing").text).links
    codes = [one for one in links if one.startswith("/embed?")]
    assert len(codes) == 3
    assert [client.get(one).status_code for one in codes] == [200, 200, 200]


@pytest.mark.parametrize(
    "of", ["", "/feeds", "//evil.example/quotes/x", "/quotes/nope", "/topics/energy/edit", "/topics/"]
)
def test_what_cannot_be_framed_is_told(client: TestClient, of: str) -> None:
    assert client.get(f"/embed?of={quote(of, safe='')}").status_code in {404} if of else {200}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://News.example/", ("https://news.example",)),
        ("https://a.example, http://b.example:8000", ("https://a.example", "http://b.example:8000")),
        ("https://bücher.example", ("https://xn--bcher-kva.example",)),
        ("https://a.example https://a.example/", ("https://a.example",)),
        ("http://localhost:1313", ("http://localhost:1313",)),
        ("", ()),
    ],
)
def test_sites_are_kept_as_browsers_name_them(given: str, kept: tuple[str, ...]) -> None:
    assert load_settings(embed_sites=given).embed_sites == kept


@pytest.mark.parametrize(
    "given",
    ["*", "https://*", "news.example", "https://a.example/path", "https://a;script-src *", "ftp://a.example", "'self'",
     "https://a.example:port", "https://*.*.example", "https://user@a.example", "https://"],
)  # fmt: skip
def test_what_is_no_site_is_refused_in_a_sentence(given: str) -> None:
    with pytest.raises(AppError, match=r"COMMUNIQUE_EMBED_SITES cannot be used: “.+” is no site\. Write it as https"):
        load_settings(embed_sites=[given])


def test_a_list_leads_to_its_code(client: TestClient) -> None:
    links = read(client.get("/search?topic=energy&kind=direct").text).links
    [code] = [one for one in links if one.startswith("/embed?")]
    assert "/embed/search?topic=energy&amp;kind=direct" in html.unescape(client.get(code).text)
