"""The pages that describe what programs can ask for."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.resources import resource_dir
from app.web.openapi.promise import PROMISE
from app.web.openapi.words import GROUPS
from tests.web.conftest import Words

DOCS = resource_dir("templates").parent / "docs" / "api.md"


def test_every_operation_of_the_document_is_on_the_page_of_its_group(
    client: TestClient, page: Callable[[str], Words]
) -> None:
    shown = {one for group in GROUPS for one in page(f"/api?group={group}").ids}
    for operations in client.get("/openapi.json").json()["paths"].values():
        assert {one["operationId"] for one in operations.values()} <= shown


def test_every_link_on_these_pages_leads_somewhere(client: TestClient, page: Callable[[str], Words]) -> None:
    seen: set[str] = set()
    left = {"/api"}
    while left:
        path = left.pop()
        seen.add(path)
        links = {link.partition("#")[0] for link in page(path).links}
        left |= {link for link in links if link.startswith("/api?")} - seen
    types = client.get("/openapi.json").json()["components"]["schemas"]
    assert {f"/api?type={name}" for name in types} <= seen


@pytest.mark.parametrize("query", ["group=Nothing", "type=Nothing"])
def test_what_is_not_described_is_not_found(client: TestClient, query: str) -> None:
    answer = client.get(f"/api?{query}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_a_call_does_not_come_from_the_host_header(client: TestClient) -> None:
    answer = client.get("/api", headers={"host": "evil.example"})
    assert answer.status_code == 421 or "evil.example" not in answer.text


def test_the_promise_is_on_the_page_and_in_the_docs_word_for_word(page: Callable[[str], Words]) -> None:
    shown, written = page("/api").text, " ".join(DOCS.read_text("utf-8").split())
    for name, said in PROMISE:
        assert name in shown
        assert said in shown
        assert said in written


def test_every_page_leads_to_these(page: Callable[[str], Words]) -> None:
    assert "/api" in page("/").links
