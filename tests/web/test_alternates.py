"""The links from a page to what it is besides HTML."""

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from app.web.alternates import LONGEST_HEADER, MOST_IN_HEADER


class Head(HTMLParser):
    """The alternates that a page names in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given["rel"] == "alternate" and not given["type"].endswith("+oembed"):
            assert given["title"]
            self.found[given["href"]] = given["type"]


def alternates(client: TestClient, path: str) -> dict[str, str]:
    """The links of the head; the first of them must be those of the header."""
    answer = client.get(path)
    assert answer.status_code == 200
    head = Head()
    head.feed(answer.text)
    links = dict(re.findall(r'<([^>]*)>; rel=alternate; type="([^"]*)"', answer.headers.get("link", "")))
    found = {href: kind.partition(";")[0] for href, kind in head.found.items()}
    assert list(links.items()) == list(found.items())[:MOST_IN_HEADER]
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?topic=energy&kind=direct&order=date",
        "/topics/energy?kind=direct",
        "/topics",
        "/articles?topic=energy",
        "/articles/leaders-meet-in-beijing",
        "/articles/leaders-meet-in-beijing/read",
        "/speakers?sort=name",
        "/speakers/unnamed",
        "/time?unit=year",
        "/jobs",
        "/corrections",
        "/keys",
    ],
)
def test_every_link_leads_to_what_it_says(client: TestClient, path: str) -> None:
    found = alternates(client, path)
    assert "application/json" in found.values()
    for href, kind in found.items():
        answer = client.get(href)
        assert answer.status_code == 200, href
        assert answer.headers["content-type"].partition(";")[0] == kind


def test_all_forms_have_the_filter_of_the_page(client: TestClient) -> None:
    page = alternates(client, "/topics/energy?kind=direct")
    assert "/topics/energy.json?kind=direct" in page
    assert "/search.atom?kind=direct&topic=energy" in page
    listed = client.get("/topics/energy.json?kind=direct").json()
    assert client.get("/search.json?kind=direct&topic=energy").json()["items"] == listed["items"]


def test_a_quote_leads_to_its_citations(client: TestClient) -> None:
    quote = client.get("/search.json").json()["items"][0]["address"]
    assert {href.partition(".")[2] for href in alternates(client, quote)} == {"json", "bib", "ris", "csl.json"}


def test_what_no_page_asks_for_is_in_no_link(client: TestClient) -> None:
    assert not any("junk" in href for href in alternates(client, "/search?junk=1&topic=energy"))


def test_a_page_of_a_problem_has_no_other_form(client: TestClient) -> None:
    answer = client.get("/topics/nope")
    assert "link" not in answer.headers
    assert 'rel="alternate"' not in answer.text


def test_a_header_does_not_become_too_long(client: TestClient) -> None:
    answer = client.get(f"/search?q={'ж' * 200}")
    assert answer.status_code == 200
    assert len(answer.headers.get("link", "")) <= LONGEST_HEADER
    assert 'rel="alternate"' in answer.text
