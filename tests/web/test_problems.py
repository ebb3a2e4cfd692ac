import logging

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.store import stats
from app.web.security import HEADERS
from tests.web.conftest import client_of, read


def test_an_unknown_address_helps_to_go_on(client: TestClient) -> None:
    client.get("/")
    answer = client.get("/nowhere")
    page = read(answer.text)
    assert answer.status_code == 404
    assert "Nothing at this address" in page.text
    assert {"/", "/topics", "/articles", "/topics/energy"} <= set(page.links)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere.json", "/topics/nope.json", "/quotes/nope.json", "/articles.json?after=x"])
def test_a_json_address_gets_a_problem_in_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 404
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_a_client_that_takes_only_json_gets_json(client: TestClient) -> None:
    answer = client.get("/topics/nope", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_that_an_address_does_not_take_is_refused(client: TestClient) -> None:
    assert client.post("/topics").status_code == 405


def test_a_fault_of_ours_is_logged_and_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(stats, "library_counts", broken)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert client.get("/index.json").json()["status"] == 500


def test_an_address_cannot_write_a_line_of_its_own_into_the_log(
    sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(sqlite_engine)
    with sqlite_engine.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE articles RENAME TO gone")
    assert client.get("/articles/x%0a%1b[2JERROR:%20all%20is%20lost").status_code == 503
    [told] = [one.getMessage() for one in caplog.records if one.name == "app.web.problems"]
    assert told.startswith("GET /articles/x%1B%5B2JERROR%3A%20all%20is%20lost: ")


def test_a_database_that_fails_is_said_in_one_sentence(sqlite_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    client = client_of(sqlite_engine)
    with sqlite_engine.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE articles RENAME TO gone")
    with caplog.at_level(logging.CRITICAL):
        answer = client.get("/articles")
    assert answer.status_code == 503
    assert "The library does not answer" in answer.text
    assert "The database cannot be used." in read(answer.text).text
    assert str(sqlite_engine.url.database) not in answer.text
    assert "no such table" not in answer.text
    assert client.get("/articles.json").json()["status"] == 503


def test_the_health_of_the_service_is_one_line_of_json(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.json()["status"] == "ok"
    assert answer.headers["cache-control"] == "no-store"
