"""What every answer has in common: headers, tags, compression, and methods."""

import subprocess
import sys
from collections import Counter

import brotli
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.web.security import HEADERS, OF_PAGES
from tests.web.conftest import read

PAGES = [
    "/",
    "/articles",
    "/articles/leaders-meet-in-beijing",
    "/topics",
    "/topics/energy",
    "/search",
    "/search/values/publisher",
]
TWINS = [
    "/index.json",
    "/articles.json",
    "/articles/leaders-meet-in-beijing.json",
    "/topics.json",
    "/topics/energy.json",
    "/search.json",
    "/search/values/publisher.json",
]


@pytest.mark.parametrize(
    "path", [*PAGES, *TWINS, "/nowhere", "/healthz", "/static/favicon.svg", "/topics/energy/charts.json"]
)
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    page = answer.headers.get("content-type", "").startswith("text/html")
    wanted = {name: value for name, value in HEADERS.items() if page or name not in OF_PAGES}
    assert {name: answer.headers.get(name) for name in HEADERS if name in wanted} == wanted
    assert page or not OF_PAGES.intersection(answer.headers)


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


@pytest.mark.parametrize("path", PAGES + TWINS)
def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(("page", "twin"), list(zip(PAGES, TWINS, strict=True)))
def test_every_page_names_its_twin_in_json(client: TestClient, page: str, twin: str) -> None:
    assert twin in read(client.get(page).text).links
    assert client.get(twin).headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", ["/topics.json", "/articles.json", "/topics/energy.json"])
def test_a_list_says_how_many_and_what_comes_next(client: TestClient, path: str) -> None:
    assert {"total", "items", "next"} <= set(client.get(path).json())


@pytest.mark.parametrize("path", PAGES)
def test_head_answers_like_get_without_the_page(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip", "gzip"), ("gzip, br;q=0.9", "br"), ("br;q=0, gzip", "gzip"), ("identity", None)]
)
def test_pages_are_sent_compressed(client: TestClient, accepted: str, sent: str | None) -> None:
    answer = client.get("/", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == sent
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.text == client.get("/", headers={"accept-encoding": "identity"}).text


def test_no_page_takes_its_links_from_the_host_header(client: TestClient) -> None:
    for path in PAGES:
        assert "localhost:99" not in client.get(path, headers={"host": "localhost:99"}).text


def shape(path: str) -> tuple[str, ...]:
    """The page and the names of its parameters, whatever their values."""
    page, _, query = path.partition("?")
    return (page, *sorted({part.partition("=")[0] for part in query.split("&") if part}))


def test_every_link_between_pages_leads_somewhere(client: TestClient) -> None:
    # Filters can be combined without end: three of a shape are asked for, and links of two parameters not followed.
    todo, seen, shapes = ["/"], set[str](), Counter[tuple[str, ...]]()
    while todo:
        path = todo.pop(0).partition("#")[0]
        if path in seen or not path.startswith("/") or shapes[shape(path)] == 3:
            continue
        seen.add(path)
        shapes[shape(path)] += 1
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html") and len(shape(path)) < 3:
            todo += read(answer.text).links
    assert len(seen) > 60


def test_static_files_are_kept_for_ever_under_their_version_only(client: TestClient) -> None:
    html = client.get("/").text
    address = html.partition('rel="stylesheet" href="')[2].partition('"')[0]
    style = client.get(address)
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ".t-energy{" in style.text
    stale = client.get("/static/site.css?v=old")
    assert "immutable" not in stale.headers["cache-control"]
    again = client.get(address, headers={"if-none-match": style.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["site.css", "js/charts.js", "favicon.svg", "plotly.css"])
def test_static_files_are_served_as_what_they_are(client: TestClient, name: str) -> None:
    raw = client.get(f"/static/{name}", headers={"accept-encoding": "identity"})
    packed = client.get(f"/static/{name}", headers={"accept-encoding": "gzip"})
    assert raw.status_code == 200
    assert "content-encoding" not in raw.headers
    assert packed.content == raw.content
    assert {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}[name.rpartition(".")[2]] in (
        raw.headers["content-type"]
    )


def test_plotly_is_served_small_to_who_takes_it(client: TestClient) -> None:
    html = client.get("/").text
    address = html.partition('data-plotly="')[2].partition('"')[0]
    with client.stream("GET", address, headers={"accept-encoding": "br"}) as answer:
        body = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "br"
        assert "immutable" in answer.headers["cache-control"]
    raw = client.get(address, headers={"accept-encoding": "identity"})
    assert brotli.decompress(body) == raw.content
    assert len(body) < len(raw.content) / 2


@pytest.mark.parametrize(
    "name", ["nope.js", "../pyproject.toml", "vendor/x", "css/../../README.md", "%2e%2e/README.md"]
)
def test_only_static_files_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_browsers_that_guess_find_what_they_look_for(client: TestClient) -> None:
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")
    assert client.get("/robots.txt").text.startswith("User-agent: *")


def test_a_page_without_charts_asks_for_no_script_but_the_keys(client: TestClient) -> None:
    html = client.get("/topics").text
    assert html.count("<script") == html.count("js/keys.js") == 1
    assert "js/charts.js" in client.get("/").text


def test_plotly_and_spacy_stay_unread_until_a_chart_or_an_article_needs_them(sqlite_engine: Engine) -> None:
    program = (
        "import sys; from app.settings import Settings; from app.store.engine import open_engine\n"
        "from app.web.application import create_app; from fastapi.testclient import TestClient\n"
        f"app = create_app(Settings(), open_engine('{sqlite_engine.url}'))\n"
        "assert TestClient(app, 'http://127.0.0.1').get('/').status_code == 200\n"
        "print(sorted({'plotly', 'spacy', 'alembic', 'typer', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
