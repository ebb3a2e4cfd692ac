"""The headers that browsers are told to be careful by, and what else is said of who may keep or list an answer."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.responses import Response
from starlette.types import ASGIApp

from app.settings import Settings
from app.web.security import HEADERS, POLICY, SAVED_POLICY, SecurityHeaders, headers_of
from tests.web.conftest import client_of, read


class Shared(Settings):
    """The settings of a server that others reach by https."""

    share: bool = True
    base_url: str | None = "https://quotes.example.org"


def answered(settings: Settings, headers: dict[str, str]) -> dict[str, str]:
    """The headers with which an answer that has *headers* arrives."""

    async def app(scope: object, receive: object, send: object) -> None:
        await Response("words", headers=headers)(scope, receive, send)  # type: ignore[arg-type]

    guarded: ASGIApp = SecurityHeaders(app, settings)
    return dict(TestClient(guarded).get("/").headers)


def test_https_is_kept_to_where_the_address_is_https_and_for_this_name_alone() -> None:
    assert answered(Shared(), {})["strict-transport-security"] == "max-age=31536000"
    for settings in (Settings(), Shared(base_url=None), Shared(base_url="http://192.0.2.1:8000")):
        assert "strict-transport-security" not in answered(settings, {})


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no-cache", "private, no-cache"),
        ("private, max-age=31536000, immutable", "private, max-age=31536000, immutable"),
        ("public, max-age=31536000, immutable", "public, max-age=31536000, immutable"),
        ("no-store", "no-store"),
        ("", "no-store"),
    ],
)
def test_what_is_shared_is_kept_by_no_cache_on_the_way_and_not_after_it_was_revoked(said: str, kept: str) -> None:
    headers = {"cache-control": said} if said else {}
    assert answered(Shared(), headers)["cache-control"] == kept
    assert answered(Settings(), headers).get("cache-control", "") == said


def test_what_is_shared_is_not_listed_by_search_engines() -> None:
    assert "noindex" in answered(Shared(), {})["x-robots-tag"]
    assert "x-robots-tag" not in answered(Settings(), {})


def test_what_is_saved_can_run_nothing_should_it_be_shown(client: TestClient) -> None:
    for path in ("/search.csv", "/articles.jsonl", "/topics.toml", "/topics.qdc"):
        answer = client.get(path)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"] == SAVED_POLICY
    assert client.get("/").headers["content-security-policy"] == POLICY


def test_other_sites_are_told_nothing_of_who_reads_here(client: TestClient) -> None:
    assert HEADERS["referrer-policy"] == "same-origin"
    html = client.get("/articles/leaders-meet-in-beijing").text
    links = [tag for tag in html.split("<a ")[1:] if 'href="http' in tag.partition(">")[0]]
    assert links
    assert all("noreferrer" in tag.partition(">")[0] for tag in links)


def test_no_other_origin_is_allowed_anything(client: TestClient) -> None:
    origin = {"origin": "https://evil.example", "access-control-request-method": "PUT"}
    for method, path in (
        ("GET", "/"),
        ("GET", "/search.json"),
        ("OPTIONS", "/api/topics/us"),
        ("OPTIONS", "/api/articles"),
    ):
        answer = client.request(method, path, headers=origin)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_an_answer_may_say_otherwise_itself() -> None:
    said = answered(Settings(), {"content-security-policy": "default-src 'none'; frame-ancestors https://a.example"})
    assert said["content-security-policy"].endswith("https://a.example")


def test_a_fault_of_ours_carries_the_same_headers(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(sqlite_engine)
    monkeypatch.setattr("app.store.stats.library_counts", lambda *_: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke" in read(answer.text).text
    assert {name: answer.headers[name] for name in headers_of(Settings())} == HEADERS
    assert "server" not in answer.headers


def test_no_header_names_the_program_or_its_version(client: TestClient) -> None:
    assert not {"server", "x-powered-by", "x-aspnet-version"} & set(client.get("/").headers)
