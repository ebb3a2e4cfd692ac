"""The filter in an address: read and written again, refused with a way on, and shown in a page of bounded size."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import Article
from app.present.filter_query import query_of
from app.store.articles import add_article
from app.store.filters import AttributionFilter
from tests.factories import make_analysis, numbered, person, say, summit
from tests.store.test_rankings import crowd
from tests.web.conftest import Words, client_of, read

BOTH = "xi-jinping-and-vladimir-putin"


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """The summit and thirty quotes more."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
        add_article(conn, *numbered(1, 30))
    return client_of(sqlite_engine)


def refused(client: TestClient, address: str, status: int = 400) -> Words:
    """The page that refuses *address*; its twin refuses it in the same words."""
    page = client.get(address)
    assert page.status_code == status, page.text
    path, mark, query = address.partition("?")
    twin = client.get(f"{path}.json{mark}{query}")
    words = read(page.text)
    assert twin.status_code == status
    assert twin.headers["content-type"] == "application/problem+json"
    assert " ".join(twin.json()["detail"].split()) in words.text
    return words


@pytest.mark.parametrize(
    ("given_dates", "query"),
    [
        ("from=2023", {"from": "2023-01-01"}),
        ("to=2023", {"to": "2023-12-31"}),
        ("from=2024-02&to=2024-02", {"from": "2024-02-01", "to": "2024-02-29"}),
        ("to=2023-12", {"to": "2023-12-31"}),
        ("from=2023-05-06", {"from": "2023-05-06"}),
    ],
)
def test_a_year_and_a_month_are_meant_whole(library: TestClient, given_dates: str, query: dict[str, str]) -> None:
    assert library.get(f"/search.json?{given_dates}").json()["filters"] == query


def test_dates_that_end_before_they_begin_can_be_turned_round(library: TestClient) -> None:
    words = refused(library, "/search?kind=direct&from=2024-05&to=2023")
    assert "The dates end before they begin: from 1 May 2024 to 31 December 2023." in words.text
    [turned] = [link for link in words.links if "from=2023" in link]
    assert library.get(turned).status_code == 200
    assert "/search?kind=direct" in words.links


def test_a_filter_that_is_refused_can_be_left_out_alone(library: TestClient) -> None:
    words = refused(library, "/topics/energy?kind=direct&publisher=Pravda&order=date")
    assert "No article is of the publisher “Pravda”. There are: The Example" in words.text
    assert "/topics/energy?kind=direct&order=date" in words.links


def test_a_topic_page_is_about_its_own_topic(library: TestClient) -> None:
    assert library.get("/topics/energy?topic=energy").status_code == 200
    words = refused(library, "/topics/energy?topic=nato&kind=mixed")
    assert "/topics/nato?kind=mixed" in words.links


@pytest.mark.parametrize("value", ["1000000000", "2", "-1", "x"])
def test_a_page_has_no_number(library: TestClient, value: str) -> None:
    words = refused(library, f"/search?kind=direct&page={value}")
    assert "/search?kind=direct" in words.links


def test_a_page_behind_a_quote_that_is_gone_leads_to_the_first_page(library: TestClient) -> None:
    words = refused(library, "/topics/energy?kind=direct&after=AAAAAAAAAAAA", 404)
    assert "is gone: it was changed or deleted." in words.text
    assert "/topics/energy?kind=direct" in words.links


def test_relevance_needs_words(library: TestClient) -> None:
    words = refused(library, "/search?order=relevance")
    assert "/search?order=date" in words.links
    assert library.get("/search?order=relevance&q=partnership").status_code == 200
    assert library.get("/search?order=relevance&q=").status_code == 200
    links = read(library.get("/search?q=partnership&order=relevance&kind=direct").text).links
    assert "/search?kind=direct" in links
    assert not [link for link in links if "order=relevance" in link and "q=" not in link]
    told = read(library.get("/search?q=partnership&order=relevance&kind=odd").text).links
    assert "/search?q=partnership&order=relevance" in told


@pytest.mark.parametrize("name", ["topic", "speaker", "kind", "article", "publisher", "language", "from", "after"])
@pytest.mark.parametrize("value", ["x" * 60_000, "a\0b", "a\nb", "\x1b[31m"])
def test_what_no_value_can_be_is_never_searched_for(library: TestClient, name: str, value: str) -> None:
    address = f"/search?{urlencode({name: value})}"
    assert len(refused(library, address).text) < 2_000


def test_a_value_that_stands_twice_is_refused_unless_it_is_the_same(library: TestClient) -> None:
    assert library.get("/search?kind=direct&kind=direct").status_code == 200
    words = refused(library, "/search?kind=direct&kind=mixed")
    assert {"/search?kind=direct", "/search?kind=mixed"} <= set(words.links)


dates = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    chosen=st.builds(
        AttributionFilter,
        topic=st.sampled_from([None, "energy", "nato"]),
        speaker=st.sampled_from([None, BOTH, "unnamed"]),
        kind=st.sampled_from([None, "direct", "mixed", "indirect"]),
        article=st.sampled_from([None, "leaders-meet-in-beijing"]),
        publisher=st.sampled_from([None, "The Example", ""]),
        language=st.sampled_from([None, "und"]),
        since=st.none() | dates.filter(lambda day: day.year < 2000),
        until=st.none() | dates.filter(lambda day: day.year > 2000),
        confidence=st.sampled_from([None, "sure", "fairly", "unsure", "uncounted"]),
        corrected=st.sampled_from([None, "yes", "no"]),
        words=st.sampled_from([None, '"energy partnership"', "war -peace"]),
    )
)
def test_a_filter_that_is_written_into_an_address_is_read_again(library: TestClient, chosen: AttributionFilter) -> None:
    query = query_of(chosen)
    answer = library.get(f"/search.json?{urlencode(query)}")
    assert answer.status_code == 200
    assert answer.json()["filters"] == query


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["topic", "speaker", "kind", "from", "to", "publisher", "q", "order", "after", "corrected"]),
        st.text(max_size=12),
        max_size=4,
    )
)
def test_whatever_stands_in_an_address_is_answered(library: TestClient, query: dict[str, str]) -> None:
    for path in ("/search", "/topics/energy"):
        assert library.get(f"{path}?{urlencode(query, errors='replace')}").status_code in (200, 400, 404)


def test_an_empty_list_says_which_filter_empties_it(library: TestClient) -> None:
    page = read(library.get("/search?kind=direct&from=2030&publisher=The+Example").text)
    assert "Without “Date: from 1 January 2030 ” there" in page.text
    assert "/search?kind=direct&publisher=The+Example" in page.links
    assert "Without “Kind" not in page.text


def test_five_thousand_speakers_and_endless_names_leave_the_page_small(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        crowd(conn, 5_000)
        for number, name in enumerate(("N" * 100_000, "<script>alert(1)</script>", "ب" * 300, "Z̃̂ě̈" * 50)):
            text = f"“Long words {number}” said the speaker."
            said = [say(text, f"Long words {number}", speaker=person(name))]
            add_article(conn, Article("T" * 5_000 + str(number), text, publisher=name), make_analysis(text, *said))
    client = client_of(sqlite_engine)
    for path in ("/search", "/topics/energy", "/topics/other"):
        page = client.get(path).text
        assert len(gzip.compress(page.encode(), 5)) < 20_000, path
        assert page.count("<") / 2 < 1_500, path
        assert "<script>alert" not in page


def test_values_that_find_no_room_beside_the_list_have_a_page(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(12):
            article, analysis = numbered(number, 1 + number % 2)
            add_article(conn, replace(article, publisher=f"Paper {number:02}"), analysis)
    client = client_of(sqlite_engine)
    page = read(client.get("/search?kind=direct").text)
    assert "and 4 more" in page.text
    listing = client.get("/search/values/publisher?kind=direct")
    assert listing.status_code == 200
    links = [link for link in read(listing.text).links if "publisher=" in link]
    assert len(links) == 12
    assert links[0] == "/search?kind=direct&publisher=Paper+01"
    assert "/search/values/publisher?kind=direct" in page.links
    twin = client.get("/search/values/publisher.json?kind=direct").json()
    assert (twin["total"], twin["items"][0]) == (12, {"value": "Paper 01", "label": "Paper 01", "count": 2})
    assert client.get("/search/values/nonsense").status_code == 400
