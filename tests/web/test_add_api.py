"""Documents for the library by programs."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.web.test_adding import TEXT, queued

PLACE = "/api/articles"


def test_a_document_in_json_is_accepted_with_where_to_follow_it(empty: TestClient, sqlite_engine: Engine) -> None:
    answer = empty.post(PLACE, json={"text": TEXT, "title": "T", "date": "2023", "url": None})
    [job] = queued(sqlite_engine)
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/jobs/{job['uid']}"
    told = {"uid": job["uid"], "url": f"/jobs/{job['uid']}", "status": "queued"}
    assert answer.json() == {"batch": job["batch"], "jobs": [told]}
    state = empty.get(f"{answer.headers['location']}.json").json()
    assert (state["status"], state["name"], state["article"]) == ("queued", "T", None)


def test_a_list_of_texts_and_addresses_is_one_batch_in_its_order(empty: TestClient, sqlite_engine: Engine) -> None:
    items = [
        {"text": "a", "title": "1"},
        {"url": "https://example.org/2", "publisher": "P"},
        {"text": "c", "name": "3"},
    ]
    answer = empty.post(PLACE, json=items)
    found = queued(sqlite_engine)
    assert [job["name"] for job in found] == ["1", "https://example.org/2", "3"]
    assert [job["uid"] for job in found] == [job["uid"] for job in answer.json()["jobs"]]
    assert answer.headers["location"] == f"/batches/{answer.json()['batch']}"
    batch = empty.get(f"{answer.headers['location']}.json").json()
    assert batch["progress"]["queued"] == batch["total"] == 3


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ([], 422, None),
        ({}, 422, "document"),
        ({"text": ""}, 422, "text"),
        ({"text": 3}, 422, "text"),
        ({"text": TEXT, "colour": "red"}, 422, "colour"),
        ({"text": TEXT, "date": "never"}, 422, "date"),
        ({"url": "ftp://example.org/"}, 422, "url"),
        ({"url": "http://example.org:22/"}, 422, "url"),
        ([{"text": TEXT}, {"text": TEXT, "date": "never"}], 422, "1.date"),
        ([{"text": TEXT}, "text"], 422, "1"),
        ([{"text": TEXT}] * 101, 413, None),
        ("text", 422, "document"),
    ],
)
def test_what_cannot_be_used_is_a_problem_that_names_the_field_and_nothing_is_queued(
    empty: TestClient, sqlite_engine: Engine, body: Any, status: int, field: str | None
) -> None:
    answer = empty.post(PLACE, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json().get("field") == field
    assert not queued(sqlite_engine)


def test_what_is_no_json_is_a_problem(empty: TestClient) -> None:
    for body in (b"{", b"", b"[" * 100_000):
        answer = empty.post(PLACE, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400


def test_a_body_of_any_other_type_is_the_document(empty: TestClient, sqlite_engine: Engine) -> None:
    types = ["application/pdf", "text/plain; charset=ISO-8859-1", "application/x-www-form-urlencoded", None]
    for kind in types:
        headers = {"content-type": kind} if kind else {}
        answer = empty.post(f"{PLACE}?name=../a.bin&title=T", content=b"\x00\xff", headers=headers)
        assert answer.status_code == 202, answer.text
    found = queued(sqlite_engine)
    assert {(job["name"], job["data"]) for job in found} == {("a.bin", b"\x00\xff")}
    given: list[Any] = [job["given"] for job in found]
    assert [one.get("media_type") for one in given] == ["application/pdf", "text/plain", None, None]
    assert given[1]["charset"] == "iso-8859-1"
    assert empty.post(PLACE, content=b"", headers={"content-type": "text/plain"}).status_code == 422


def test_files_join_a_batch_that_there_is_and_no_other(empty: TestClient, sqlite_engine: Engine) -> None:
    first = empty.post(PLACE, files={"file": ("a.txt", b"a")}).json()
    second = empty.post(f"{PLACE}?batch={first['batch']}", files={"file": ("b.txt", b"b")}).json()
    assert second["batch"] == first["batch"]
    assert empty.post(f"{PLACE}?batch=nope", files={"file": ("b.txt", b"b")}).status_code == 404
    assert empty.post(PLACE, files={"file": ("", b"")}).status_code == 422
    assert len(queued(sqlite_engine)) == 2


def test_jobs_are_cancelled_and_tried_again_by_programs(empty: TestClient) -> None:
    place = empty.post(PLACE, json={"text": TEXT}).headers["location"]
    assert empty.post(f"/api{place}/retry").status_code == 409
    assert empty.post(f"/api{place}/cancel").json()["status"] == "cancelled"
    assert empty.post(f"/api{place}/cancel").status_code == 409
    assert empty.post(f"/api{place}/retry").json()["status"] == "queued"
    assert empty.post("/api/jobs/nope/cancel").status_code == 404


@pytest.mark.parametrize(("field", "most"), [("title", 1_000), ("publisher", 1_000), ("url", 2_000)])
def test_what_is_said_of_a_document_has_a_length(client: TestClient, field: str, most: int) -> None:
    start = "https://example.org/" if field == "url" else ""
    for length, status in ((most, 202), (most + 1, 422)):
        value = start + "x" * (length - len(start))
        answer = client.post("/api/articles", json={"text": f"Words {length}.", field: value})
        assert answer.status_code == status, answer.text
