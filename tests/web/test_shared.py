"""What somebody sees who came by a share link: what was shared, without a way to anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from app.domain import Part, Role
from tests.web.conftest import read
from tests.web.sharing import HERE, HIDDEN, SLUG, Shared, shared_library
from tests.web.test_http import shape

OF_A_SHAPE, MOST_NAMES = 1, 2
"""Filters can be combined without end: so many pages with the same parameters are asked for, and with so many."""


@pytest.fixture
def shared(sqlite_engine: Engine) -> Shared:
    return shared_library(sqlite_engine)


def parts(shared: Shared) -> dict[str, tuple[Part, str, dict[str, str]]]:
    quote = shared.quote("It is a long war")
    return {
        "topic": (Part.LIST, "/topics/ukraine", {"topic": "ukraine"}),
        "view": (Part.LIST, "/search?q=concerns", {"q": "concerns"}),
        "publisher": (Part.LIST, "/search?publisher=The+Example", {"publisher": "The Example"}),
        "dates": (Part.LIST, "/search?from=2024-01-01", {"from": "2024-01-01"}),
        "quote": (Part.QUOTE, f"/quotes/{quote}", {"quote": quote}),
        "article": (Part.ARTICLE, f"/articles/{SLUG}", {"article": SLUG}),
    }


PARTS = ("topic", "view", "publisher", "dates", "quote", "article")
KINDS = ("topic", "view", "quote", "article")
"""One of each kind: what is closed does not hang on the field."""


def crawled(
    browser: TestClient, start: str, most_names: int = MOST_NAMES
) -> Iterator[tuple[str, str, html.HtmlElement | None]]:
    """Each page that can be reached from *start* by links, its words, and its elements where it is HTML."""
    todo, seen, shapes = [start], {start}, Counter[tuple[str, ...]]()
    while todo:
        path = todo.pop()
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        page = html.fromstring(answer.text) if "html" in answer.headers["content-type"] else None
        yield path, answer.text, page
        links = [] if page is None else [one.get("href") for one in page.iter("a", "link") if one.get("href")]
        links += [] if page is None else page.xpath("//@data-charts")
        for link in links:
            there = urldefrag(urljoin(HERE + path, link))[0]
            address = there.removeprefix(HERE)
            if not address.startswith("/") or address in seen or len(shape(address)) > most_names + 1:
                continue
            if shapes[shape(address)] < OF_A_SHAPE:
                shapes[shape(address)] += 1
                seen.add(address)
                todo.append(address)


@pytest.mark.parametrize("name", PARTS)
def test_whoever_sees_a_part_finds_nothing_else_wherever_they_go(shared: Shared, name: str) -> None:
    part, path, given = parts(shared)[name]
    browser = shared.client(shared.token(Role.READER, part, given, path))
    pages = list(crawled(browser, path))
    assert len(pages) > 3
    assert [where for where, words, _ in pages if HIDDEN in words.lower()] == []
    assert [
        where
        for where, _, page in pages
        if page is not None and page.xpath("//form[@method='post'][not(@action='/leave')]")
    ] == []


@pytest.mark.parametrize("name", KINDS)
def test_no_address_tells_whoever_sees_a_part_of_anything_else(shared: Shared, name: str) -> None:
    part, path, given = parts(shared)[name]
    browser = shared.client(shared.token(Role.READER, part, given, path))
    queries = (
        "",
        "?speaker=zyxander-quill",
        "?q=zyxpipe",
        "?topic=energy",
        "?publisher=Zyxpress",
        "?from=2022&to=2022",
    )
    other = "the-zyxtitle-of-another-article"
    for entry in shared.app.state.desk.register.entries:
        if "GET" not in entry.methods or entry.path == "/jobs/events":
            continue
        for slug in (other, "zyxander-quill") if "{slug}" in entry.path else (other,):
            named = {"slug": slug, "other": SLUG, "topic_id": "energy", "ending": "csv", "field": "article"}
            address = entry.path
            for key, value in named.items():
                address = address.replace(f"{{{key}}}", value)
            for query in queries:
                words = browser.get(address + query).text.lower()
                for echoed in (other, "zyxander-quill", "zyxpipe", "zyxpress"):
                    words = words.replace(echoed, "")  # what was asked for may be said again
                assert HIDDEN not in words, address + query


@pytest.mark.parametrize("role", [Role.READER, Role.CORRECTOR])
def test_every_link_of_the_whole_library_works_for_whoever_may_see_it(shared: Shared, role: Role) -> None:
    browser = shared.client(shared.token(role))
    pages = list(crawled(browser, "/", 1))
    forms = {
        one.get("action") for _, _, page in pages if page is not None for one in page.xpath("//form[@method='post']")
    }
    assert "/leave" in forms
    if role is Role.READER:
        assert forms == {"/leave"}
        assert not any(
            where.endswith("/correct") or where.startswith(("/add", "/jobs", "/feeds")) for where, _, _ in pages
        )
    else:
        assert any(where.endswith("/correct") for where, _, _ in pages)
        assert not any(where.startswith(("/add", "/jobs", "/feeds", "/share", "/audit")) for where, _, _ in pages)


def test_a_reader_has_no_script_that_corrects(shared: Shared) -> None:
    browser = shared.client(shared.token(Role.READER))
    for path in ("/", "/topics/nato", f"/articles/{SLUG}", "/search"):
        names = [
            one.rpartition("/")[2].partition("?")[0]
            for one in html.fromstring(browser.get(path).text).xpath("//script/@src")
        ]
        assert not {"keys.js", "board.js", "list.js"}.intersection(names), path


def test_who_may_correct_a_part_corrects_it_there_and_nowhere_else(shared: Shared) -> None:
    nato, ukraine = shared.quote("serious concerns"), shared.quote("It is a long war")
    browser = shared.client(shared.token(Role.CORRECTOR, Part.LIST, {"topic": "nato"}))
    form = browser.get(f"/quotes/{nato}/correct")
    assert form.status_code == 200
    assert HIDDEN not in form.text.lower()
    done = browser.post(f"/quotes/{nato}/correct", data={"do": "confirm", "by": "Ann"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/quotes/{nato}")
    assert "Ann" in browser.get(f"/quotes/{nato}").text
    assert browser.post(f"/quotes/{ukraine}/correct", data={"do": "reject", "by": "Ann"}).status_code == 403
    assert browser.post("/api/corrections", json={"quote": ukraine, "action": "reject"}).status_code == 403


def test_the_locked_page_names_nothing_of_the_library(shared: Shared) -> None:
    answer = shared.client().get("/topics/nato")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "Ask" in read(answer.text).text or "ask" in read(answer.text).text
    assert not {"Energy", "NATO", "Ukraine"}.intersection(read(answer.text).text.split())
    assert read(answer.text).links == ["#main", "/keys"]
    problem = shared.client().get("/search.json")
    assert (problem.status_code, problem.json()["status"]) == (401, 401)
