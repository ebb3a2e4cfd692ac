"""What somebody sends who wants to break the server: it is refused in a sentence, and never a fault of ours."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.store.articles import add_article
from tests.factories import summit
from tests.web.conftest import client_of

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json", "accept": "application/json"}
TOO_LARGE = ("9" * 30, str(2**63))


@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize(
    "path",
    ["/corrections/{}/undo", "/corrections/{}/redo", "/api/corrections/{}/undo", "/feeds/{}/poll", "/feeds/{}/remove"],
)
def test_a_number_that_no_database_holds_is_refused(client: TestClient, path: str, number: str) -> None:
    answer = client.post(path.format(number), headers=FORM, content="revision=1")
    assert answer.status_code in (400, 404), answer.text


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "CONNECT", "PROPFIND", "DEBUG"])
def test_a_method_that_nobody_needs_is_refused(client: TestClient, method: str) -> None:
    answer = client.request(method, "/", headers={"x-secret": "zanzibar"})
    assert answer.status_code in (403, 405)
    assert "zanzibar" not in answer.text


@pytest.mark.parametrize("written", ['"\\ud800"', '"a\\udfffb"', '["\\ud800\\ud800"]'])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/articles"),
        ("PATCH", "/api/articles/leaders-meet-in-beijing"),
        ("PUT", "/api/topics/us"),
        ("POST", "/api/corrections"),
    ],
)
def test_half_a_character_in_json_is_refused(client: TestClient, method: str, path: str, written: str) -> None:
    body = f'{{"text": "Words.", "title": {written}, "label": {written}}}'
    answer = client.request(method, path, headers={**JSON, "if-match": "*"}, content=body)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"].startswith("The request must bring")


def test_whole_characters_of_two_halves_are_taken(client: TestClient) -> None:
    answer = client.patch("/api/articles/leaders-meet-in-beijing", headers=JSON, content='{"title": "\\ud83d\\ude00"}')
    assert answer.json()["title"] == "😀"


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, "9" * 100_000, "NaN", '{"text": 1e999}', ""])
def test_json_that_is_no_document_is_refused(client: TestClient, body: str) -> None:
    assert client.post("/api/articles", headers=JSON, content=body).status_code in (400, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%00",
        "/search?q=%ED%A0%80",
        "/search?q=" + "(" * 3_000,
        "/search?q=" + "a*%20" * 1_000,
        "/search?" + "&".join(f"q={number}" for number in range(3_000)),
        "/search?after=" + "9" * 30,
        "/compare?" + "&".join(f"article={number}" for number in range(3_000)),
        "/articles/%00",
        "/articles/x%0d%0aSet-Cookie:a=b",
        "/articles/leaders-meet-in-beijing/read?part=" + "9" * 30,
        "/articles/leaders-meet-in-beijing/add-quote?start=" + "9" * 30 + "&end=1",
        "/quotes/" + "x" * 5_000,
        "/static/..%2f..%2fpyproject.toml",
        "/static/%00",
        "/time?from=0001-01-01&to=9999-12-31&unit=day",
    ],
)
def test_an_address_that_makes_no_sense_is_no_fault_of_ours(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 400, 404), answer.text
    assert not {"set-cookie"} & set(answer.headers)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/feeds/9223372036854775807/remove"),
        ("GET", "/corrections?by=%00"),
        ("GET", "/articles/%00"),
        ("GET", "/quotes/%00.json"),
        ("GET", "/jobs/%00"),
    ],
)
def test_what_one_database_holds_and_another_does_not_is_no_fault(engine: Engine, method: str, path: str) -> None:
    with engine.begin() as conn:
        add_article(conn, *summit())
    answer = client_of(engine).request(method, path, headers=FORM)
    assert answer.status_code in (200, 400, 404), answer.text
