from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article, AttributionKind
from app.store.articles import add_article
from tests.factories import make_analysis, numbered, say
from tests.web.conftest import Words, client_of, read

Page = Callable[[str], Words]


def test_the_board_counts_every_topic(page: Page) -> None:
    board = page("/")
    assert "1 article 3 quotes 1 indirect report" in board.text
    assert "Energy 1 quote, 1 indirect" in board.text
    assert "United States 0 quotes" in board.text


def test_the_board_shows_quotes_and_articles_with_links(page: Page) -> None:
    board = page("/")
    assert "We will build a closer energy partnership" in board.text
    assert "/articles/leaders-meet-in-beijing" in board.links
    assert any(link.startswith("/quotes/") for link in board.links)


def test_the_bars_lead_to_quotes_without_a_script(page: Page) -> None:
    board = page("/")
    assert "/topics/nato" in board.links
    assert "/topics/nato?speaker=xi-jinping-and-vladimir-putin" in board.links


def test_quotes_in_marks_are_found_behind_a_statement_that_has_none(client: TestClient, sqlite_engine: Engine) -> None:
    text = "\n".join(f"They say that point {number} matters." for number in range(40))
    said = [say(text, f"point {number} matters", kind=AttributionKind.INDIRECT) for number in range(40)]
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Statement", text), make_analysis(text, *said))
    board = read(client.get("/").text)
    assert "We will build a closer energy partnership" in board.text


def test_an_empty_library_says_how_to_fill_it(empty: TestClient) -> None:
    board = read(empty.get("/").text)
    assert "There are no articles yet." in board.text
    assert "/add" in board.links
    assert empty.get("/index.json").json()["articles"] == {"total": 0, "items": [], "next": None}


def test_a_new_article_is_on_the_board_at_once(client: TestClient, sqlite_engine: Engine) -> None:
    before = client.get("/")
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1))
    after = client.get("/")
    assert "Report 1" not in before.text
    assert "Report 1" in after.text
    assert before.headers["etag"] != after.headers["etag"]


def test_the_board_as_json_says_the_same(client: TestClient) -> None:
    board = client.get("/index.json").json()
    assert board["counts"] == {"articles": 1, "quotes": 3, "indirect": 1, "speakers": 2}
    assert {row["id"]: (row["quotes"], row["indirect"]) for row in board["topics"]["items"]} == {
        "energy": (1, 1),
        "nato": (1, 0),
        "ukraine": (1, 0),
        "us": (0, 0),
        "other": (0, 0),
    }
    assert board["articles"]["items"][0]["address"] == "/articles/leaders-meet-in-beijing"


def test_the_newest_quotes_are_by_different_speakers_first(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 9))
    names = [
        quote["speaker"]["name"] for quote in client_of(sqlite_engine).get("/index.json").json()["quotes"]["items"]
    ]
    assert sorted(names) == ["Vladimir Putin", "Xi Jinping"]


def test_the_board_says_how_often_the_machine_was_right_once_enough_was_judged(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 21))
    client = client_of(sqlite_engine)
    assert client.get("/index.json").json()["accuracy"] is None
    ids = [quote["id"] for quote in client.get("/search.json").json()["items"]]
    for quote in ids[1:]:
        assert client.post("/api/corrections", json={"quote": quote, "action": "confirm"}).status_code in (200, 201)
    assert "How often the machine was right here" not in client.get("/").text
    asked = {"quote": ids[0], "action": "topics", "topics": ["nato"]}
    assert client.post("/api/corrections", json=asked).status_code in (200, 201)
    found = client.get("/index.json").json()["accuracy"]
    assert found["quotes"] == 20
    assert found["topics"] == {"right": 19, "of": 20}
    assert found["speaker"]["right"] == found["speaker"]["of"]
    words = read(client.get("/").text).text
    assert "How often the machine was right here" in words
    assert "Topics 19 of 20 (76 to 99 %)" in words
