"""Every quote under any filter, in the address, with what each other click would leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article
from app.store.articles import add_article
from tests.factories import make_analysis, numbered, person, say, summit
from tests.web.conftest import client_of, read


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """Articles of three publishers and of two languages, one without a date."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
        for number, publisher, day, language in (
            (1, "CNN", dt.date(2023, 3, 21), "en"),
            (2, "Die Zeit", dt.date(2022, 1, 5), "de"),
            (3, "CNN", None, "en"),
        ):
            article, analysis = numbered(number, quotes=2, topics=("nato",))
            add_article(conn, replace(article, publisher=publisher, date=day, language=language), analysis)
    return client_of(sqlite_engine)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 10),
        ("q=words", 6),
        ("q=words&publisher=CNN", 4),
        ("publisher=CNN&from=2023", 2),
        ("from=2022&to=2023-03", 4),
        ("from=2023-03-21&to=2023-03-21", 2),
        ("language=de", 2),
        ("language=und", 4),
        ("topic=nato&language=de&kind=direct", 2),
        ("confidence=uncounted", None),
        ("corrected=yes", 0),
        ("corrected=no", 10),
        ("speaker=unnamed", None),
        ("q=&publisher=&from=&to=", 10),
    ],
)
def test_a_filter_leaves_the_same_quotes_on_the_page_in_json_and_beside_its_choice(
    library: TestClient, query: str, total: int | None
) -> None:
    data = library.get(f"/search.json?{query}").json()
    page = library.get(f"/search?{query}")
    assert page.status_code == 200
    if total is not None:
        assert data["total"] == total
    assert page.text.count('<figure class="quote') <= len(data["items"])
    for link in read(page.text).links:
        if link.startswith("/search?") and "q=" not in link:
            assert library.get(link).status_code == 200


def test_the_number_beside_a_choice_is_that_of_the_quotes_behind_it(library: TestClient) -> None:
    page = library.get("/search.json?publisher=CNN").json()
    for name, choices in page["facets"].items():
        for one in choices:
            asked = {"publisher": "CNN", name: one["value"] or "none"}
            found = library.get("/search.json", params=asked).json()
            assert found["total"] == one["count"], (name, one)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kind=sung", "“sung” is no value of “kind”. It can be direct, mixed or indirect."),
        ("confidence=very", "It can be sure, fairly, unsure or uncounted."),
        ("corrected=maybe", "It can be yes or no."),
        ("topic=nothing", "There is no topic “nothing”. There are: energy, nato"),
        ("publisher=Pravda", "No article is of the publisher “Pravda”. There are: CNN"),
        ("language=xx", "No article is in the language “xx”. There are:"),
        ("speaker=nobody-we-know", "There is no speaker “nobody-we-know”. There are:"),
        ("article=nope", "There is no article “nope”. The newest articles are:"),
        ("from=yesterday", "“yesterday” is no date. Write 2023-03-21, 2023-03 or 2023."),
        ("to=2023-02-30", "There is no day “2023-02-30”."),
        ("from=2023-13", "There is no day “2023-13”."),
        ("from=0000", "There is no day “0000”."),
        ("from=2024&to=2023", "The dates end before they begin: from 1 January 2024 to 31 December 2023."),
        ("kind=direct&kind=mixed", "“kind” stands twice in the address."),
        ("order=best", "“best” is no order. It can be newest, date or relevance."),
        ("page=1000000000", "Pages of a list have no numbers here"),
        ("speaker=" + "x" * 2_000, "The value of “speaker” is too long"),
        ("publisher=C%00NN", "has characters that no value can have"),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_allowed_and_a_way_on(
    library: TestClient, query: str, says: str
) -> None:
    page = library.get(f"/search?{query}&q=words")
    assert page.status_code == 400
    words = read(page.text)
    assert says in words.text
    assert any("q=words" in link for link in words.links)
    data = library.get(f"/search.json?{query}&q=words")
    assert data.status_code == 400
    assert says in data.json()["detail"]


@pytest.mark.parametrize("words", ["“", '"', "-only", "*", "author:x", "x" * 501, '""'])
def test_words_that_cannot_be_looked_for_are_explained_beside_the_box(library: TestClient, words: str) -> None:
    page = library.get("/search", params={"q": words, "kind": "direct"})
    assert page.status_code == 400
    assert "Search help" in page.text
    assert 'id="why-not"' in page.text
    assert 'name="kind" value="direct"' in page.text
    assert library.get("/search.json", params={"q": words}).status_code == 400


def test_matched_words_are_marked_where_they_stand(library: TestClient) -> None:
    assert '<mark class="m-said m-hit">serious</mark>' in library.get("/search?q=serious").text


def test_orders_are_links_and_pages_lead_on_in_the_same_order(library: TestClient) -> None:
    page = read(library.get("/search?q=words").text)
    assert "/search?q=words&order=date" in page.links
    assert "/search?q=words&order=relevance" in page.links
    by_date = library.get("/search.json?order=date").json()["items"]
    days = [item["article"]["date"] for item in by_date]
    assert days == sorted((day for day in days if day), reverse=True) + [None] * days.count(None)


def test_a_cursor_that_is_gone_is_not_found(library: TestClient) -> None:
    assert library.get("/search?after=aaaaaaaaaaaa").status_code == 404
    assert library.get("/search?publisher=CNN&after=1000000000").status_code == 404


def test_names_of_any_script_and_length_stay_whole_and_apart(sqlite_engine: Engine) -> None:
    names = ("محمد بن سلمان", "<b>Ann</b>", "A" * 100_000, "Z̃̂ě̈n")
    with sqlite_engine.begin() as conn:
        for number, name in enumerate(names):
            text = f"“Words {number}” said the speaker."
            said = say(text, f"Words {number}", speaker=person(name), topics=("energy",))
            add_article(conn, Article(f"T {number}", text), make_analysis(text, said))
    page = client_of(sqlite_engine).get("/search")
    assert "<b>Ann" not in page.text
    assert "<bdi>محمد بن سلمان</bdi>" in page.text
    assert len(page.text) < 400_000


def test_the_box_of_every_page_leads_to_the_search(library: TestClient) -> None:
    for path in ("/", "/topics/nato", "/articles"):
        assert '<form class="find" action="/search" role="search"' in library.get(path).text
