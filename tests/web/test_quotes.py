import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import read


@pytest.fixture
def quotes(client: TestClient) -> dict[str, str]:
    """Each quote's address by its words."""
    items = client.get("/articles/leaders-meet-in-beijing.json").json()["quotes"]["items"]
    return {item["text"]: item["address"] for item in items}


def test_a_quote_stands_between_its_neighbours(client: TestClient, quotes: dict[str, str]) -> None:
    words = read(client.get(quotes["serious concerns"]).text).text
    assert "said in a joint statement. They voiced “ serious concerns ” about NATO ." in words


def test_a_fragment_is_never_shown_alone(client: TestClient, quotes: dict[str, str]) -> None:
    html = client.get(quotes["serious concerns"]).text
    quoted = html[html.index("<blockquote>") : html.index("</blockquote>")]
    assert "They voiced “" in quoted


def test_a_quote_says_why(client: TestClient, quotes: dict[str, str]) -> None:
    words = read(client.get(quotes["We will build a closer energy partnership"]).text).text
    assert "Made by hand hand" in words
    assert "Energy “energy partnership” in the quote itself" in words
    assert "Speaker Xi Jinping and Vladimir Putin (group)" in words
    assert "Cue “said”" in words


def test_a_quote_says_how_its_speaker_was_reached_and_how_sure_that_is(
    client: TestClient, quotes: dict[str, str]
) -> None:
    words = read(client.get(quotes["serious concerns"]).text).text
    assert "Reached by “They” → “Xi Jinping and Vladimir Putin”" in words
    assert "How sure Unsure: of ten findings like this one, about 6 are right." in words
    other = read(client.get(quotes["We will build a closer energy partnership"]).text).text
    assert "Reached by" not in other
    assert "Nobody has counted" in other


def test_only_an_unsure_quote_is_marked_so_in_a_list(client: TestClient) -> None:
    html = client.get("/topics/nato").text
    assert html.count(">unsure</span>") == 1
    assert "about 6 are right" in html
    assert ">unsure</span>" not in client.get("/topics/energy").text


def test_a_quote_that_names_nobody_says_so(client: TestClient, quotes: dict[str, str]) -> None:
    assert "Nobody named" in read(client.get(quotes["It is a long war"]).text).text


def test_a_quote_leads_back_to_its_place_in_the_article(client: TestClient, quotes: dict[str, str]) -> None:
    address = quotes["serious concerns"]
    link = f"/articles/leaders-meet-in-beijing#at-{address.removeprefix('/quotes/')}"
    assert link in read(client.get(address).text).links


def test_a_quote_as_json_carries_its_place_and_its_reasons(client: TestClient, quotes: dict[str, str]) -> None:
    found = client.get(quotes["serious concerns"] + ".json").json()
    assert found["text"] == "serious concerns"
    assert found["sentence"]["text"] == "They voiced “serious concerns” about NATO."
    assert found["before"]["text"].endswith("joint statement.")
    assert found["after"] is None
    assert found["evidence"][0]["rule"] == "quote"
    assert found["attribution"]["reason"] == "made by hand"
    assert found["attribution"]["confidence"] == 0.61
    assert [one["text"] for one in found["attribution"]["chain"]] == ["They", "Xi Jinping and Vladimir Putin"]


def test_an_unknown_quote_is_not_found(client: TestClient) -> None:
    answer = client.get("/quotes/aaaaaaaaaaaa")
    assert answer.status_code == 404
    assert "There is no quote “aaaaaaaaaaaa”." in read(answer.text).text
