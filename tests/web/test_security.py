"""Nothing is changed at the wish of another site, or by a request without end."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.web.security import HEADERS, LARGEST_BODY
from tests.web.conftest import read

UNDO = "/topics/undo"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:81"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", UNDO), ("PUT", "/api/topics/x"), ("DELETE", "/api/topics/us")])
def test_a_change_asked_for_by_another_site_is_refused(
    client: TestClient, headers: dict[str, str], method: str, path: str
) -> None:
    answer = client.request(method, path, headers={**FORM, **headers, "if-match": "*"})
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert client.get("/topics/us").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"},
        {"origin": "http://LOCALHOST", "host": "localhost"},
    ],
)
def test_a_change_from_our_own_pages_or_from_a_program_goes_through(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.post(UNDO, headers={**FORM, **headers}, content="revision=0")
    assert answer.status_code == 404  # there is nothing to undo


def test_pages_are_read_from_wherever_somebody_links_to_them(client: TestClient) -> None:
    assert client.get("/topics", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 100_000 + 1):
            yield b"x" * 100_000

    for content in (b"x" * (LARGEST_BODY + 1), pieces()):
        answer = client.post("/topics/new", headers=FORM, content=content)
        assert answer.status_code == 413
        assert "1 MB is allowed at most" in read(answer.text).text


def test_a_body_of_just_the_largest_size_is_read(client: TestClient) -> None:
    body = b"description=" + b"x" * (LARGEST_BODY - 12)
    assert client.post("/topics/new", headers=FORM, content=body).status_code == 422


def test_a_refusal_is_json_where_a_program_asks(client: TestClient) -> None:
    answer = client.put("/api/topics/us", headers={"origin": "https://evil.example"}, json={})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 403


def test_what_is_no_form_is_refused(client: TestClient) -> None:
    assert client.post("/topics/new", json={"label": "x"}).status_code == 415
