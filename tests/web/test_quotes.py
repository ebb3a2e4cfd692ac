import datetime as dt

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article
from app.store.articles import add_article
from tests.factories import make_analysis, person, say
from tests.web.conftest import client_of, read


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
    quote = address.removeprefix("/quotes/")
    link = f"/articles/leaders-meet-in-beijing/read?quote={quote}#at-{quote}"
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


LIGHTS = "Nobody will be able to switch off our lights from the bottom of the sea"


@pytest.fixture
def outlets(sqlite_engine: Engine) -> TestClient:
    """A quote as four newspapers carry it."""
    said = {
        "Wire": LIGHTS,
        "Post": LIGHTS,
        "Echo": "Nobody will be able to switch off our lights",
        "Times": LIGHTS.replace("from", "not from"),
    }
    for publisher, words in said.items():
        text = f"{publisher} reports. “{words},” one of them said."
        article = Article(publisher, text, publisher=publisher, date=dt.date(2026, 11, 17))
        who = person("Liis <i>Tamm</i>") if publisher == "Post" else person("Liis Tamm")
        with sqlite_engine.begin() as conn:
            add_article(conn, article, make_analysis(text, say(text, words, speaker=who)))
    return client_of(sqlite_engine)


def test_a_quote_says_who_else_carries_it_and_in_which_words(outlets: TestClient) -> None:
    quote = outlets.get("/articles/wire.json").json()["quotes"]["items"][0]["address"]
    html = outlets.get(quote).text
    section = html[html.index('id="carried"') :].partition("</section>")[0]
    words = read(section).text
    assert "Also carried by 3 other articles" in words
    assert "Post 17 November 2026 in the same words there attributed to Liis <i>Tamm</i>" in words
    assert (
        "Echo 17 November 2026 in part Nobody will be able to switch off our lights − from the bottom of the sea"
        in words
    )
    assert "Times 17 November 2026 in other words here and there" in words
    assert "<ins>not</ins>" in section
    assert "<i>" not in section


def test_a_quote_as_json_has_it_in_other_articles(outlets: TestClient) -> None:
    quote = outlets.get("/articles/times.json").json()["quotes"]["items"][0]["address"]
    carried = outlets.get(f"{quote}.json").json()["carried"]
    assert [one["quote"]["article"]["slug"] for one in carried["items"]] == ["echo", "post", "wire"]
    for one in carried["items"]:
        there = "".join(piece["there"] for piece in one["pieces"])
        assert not one["pieces"] or there == one["quote"]["text"]


def test_a_quote_that_stands_alone_says_nothing_of_others(client: TestClient, quotes: dict[str, str]) -> None:
    assert "Also carried by" not in client.get(quotes["We will build a closer energy partnership"]).text
