from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.store.articles import add_article
from tests.factories import numbered
from tests.store.test_rankings import crowd
from tests.web.conftest import Words, client_of, read

Page = Callable[[str], Words]
BOTH = "xi-jinping-and-vladimir-putin"


def test_topics_say_what_they_are_about_and_who_speaks(page: Page) -> None:
    topics = page("/topics")
    assert "Energy Oil and gas. Xi Jinping and Vladimir Putin 1" in topics.text
    assert f"/topics/energy?speaker={BOTH}" in topics.links


def test_a_topic_shows_its_quotes_with_speaker_kind_and_article(page: Page) -> None:
    topic = page("/topics/energy")
    assert "Quotes 1 quote, 1 indirect" in topic.text
    assert "Xi Jinping and Vladimir Putin said direct Energy Leaders meet in Beijing 16 May 2024" in topic.text
    assert "Experts say indirect" in topic.text


def test_each_filter_counts_what_each_value_would_leave(page: Page) -> None:
    topic = page("/topics/energy")
    for words in (
        "Xi Jinping and Vladimir Putin 1",
        "Kind Direct 1 Indirect 1",
        "Article Leaders meet in Beijing 2",
        "2024 2",
    ):
        assert words in topic.text


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 2),
        (f"?speaker={BOTH}", 1),
        ("?kind=indirect", 1),
        ("?article=leaders-meet-in-beijing", 2),
        (f"?speaker={BOTH}&kind=direct&article=leaders-meet-in-beijing", 1),
        (f"?speaker={BOTH}&kind=indirect", 0),
        ("?speaker=&kind=&article=", 2),
        ("?from=2024&to=2024-05", 2),
        ("?to=2023", 0),
    ],
)
def test_a_filter_leaves_the_same_quotes_in_page_json_and_chart(client: TestClient, query: str, total: int) -> None:
    data = client.get(f"/topics/energy.json{query}").json()
    html = client.get(f"/topics/energy{query}")
    charts = client.get(f"/topics/energy/charts.json{query}").json()["charts"]
    assert data["total"] == len(data["items"]) == total
    assert html.text.count('<figure class="quote') == total
    drawn = charts["speakers"]["data"] if charts else []
    assert sum(sum(trace["x"]) for trace in drawn) == total


def test_a_filter_in_force_can_be_removed(page: Page) -> None:
    topic = page(f"/topics/energy?speaker={BOTH}&kind=direct")
    assert "/topics/energy?kind=direct" in topic.links
    assert f"/topics/energy?speaker={BOTH}" in topic.links
    assert "/topics/energy" in topic.links
    assert "Speaker: Xi Jinping and Vladimir Putin ×" in topic.text


def test_a_value_that_nothing_has_gives_an_honest_empty_list_with_a_way_out(page: Page) -> None:
    topic = page(f"/topics/energy?speaker={BOTH}&kind=indirect&to=2023")
    assert "No quotes on Energy match these filters." in topic.text
    assert "No single filter is the reason." in topic.text
    topic = page(f"/topics/energy?speaker={BOTH}&kind=indirect")
    assert "Without “Speaker: Xi Jinping and Vladimir Putin ” there is 1 quote." in topic.text
    assert "Without “Kind: Indirect ” there is 1 quote." in topic.text
    assert "Show all quotes on Energy" in topic.text


def test_a_topic_without_quotes_says_so(page: Page) -> None:
    assert "No quotes on United States so far." in page("/topics/us").text


def test_other_is_explained(page: Page) -> None:
    assert "Quotes that no other topic fits." in page("/topics/other").text


def test_quotes_come_in_pages_and_none_is_lost_or_twice(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(5):
            add_article(conn, *numbered(number, 9))
    client = client_of(sqlite_engine)
    seen, path, sizes = [], "/topics/energy.json?kind=direct", []
    while path:
        answer = client.get(path).json()
        seen += [item["id"] for item in answer["items"]]
        sizes.append(len(answer["items"]))
        assert answer["total"] == 45
        path = answer["next"]
    assert sizes == [20, 20, 5]
    assert len(set(seen)) == 45
    second = read(client.get(f"/topics/energy?kind=direct&after={seen[19]}").text)
    assert "More quotes →" in second.text
    assert "/topics/energy?kind=direct" in second.links


@pytest.mark.parametrize("path", ["/topics/nope", "/topics/energy?after=nope", "/topics/nope/charts.json"])
def test_an_unknown_topic_or_cursor_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_bar_leads_to_the_quotes_that_it_counts(client: TestClient) -> None:
    figure = client.get("/topics/energy/charts.json").json()["charts"]["speakers"]
    for trace in figure["data"]:
        for count, (href, *_) in zip(trace["x"], trace["customdata"], strict=True):
            path, _, query = href.partition("?")
            assert client.get(f"{path}.json?{query}").json()["total"] == count


def test_a_filter_offers_some_speakers_and_the_one_that_is_chosen(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        crowd(conn, 80)
    client = client_of(sqlite_engine)
    page = client.get("/topics/energy")
    facet = page.text.partition("<summary>Speaker</summary>")[2].partition("</details>")[0]
    assert facet.count("speaker=speaker-") == 8
    assert "and 72 more" in read(facet).text
    assert "69 others" in read(page.text).text
    assert "speaker=speaker-080" not in page.text
    chosen = read(client.get("/topics/energy?speaker=speaker-080").text).text
    assert "Speaker 080 1" in chosen
    assert "Speaker: Speaker 080 ×" in chosen
    charts = client.get("/topics/energy/charts.json").json()["charts"]["speakers"]
    assert sum(sum(trace["x"]) for trace in charts["data"]) == 12


def test_charts_are_kept_for_ever_under_the_address_of_this_state_of_the_library(client: TestClient) -> None:
    page = client.get("/topics/energy").text
    address = page.partition('data-charts="')[2].partition('"')[0]
    assert client.get(address).headers["cache-control"] == "private, max-age=31536000, immutable"
    assert client.get("/topics/energy/charts.json?v=999").headers["cache-control"] == "no-cache"
