"""Who did what, as the owner reads it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Role
from app.store import audit
from tests.web.conftest import read
from tests.web.sharing import SLUG, Shared, shared_library
from tests.web.test_links import made


@pytest.fixture
def shared(sqlite_engine: Engine) -> Shared:
    return shared_library(sqlite_engine)


@pytest.fixture
def owner(shared: Shared) -> TestClient:
    return shared.client(shared.token(Role.OWNER))


def test_the_audit_log_says_who_did_what(shared: Shared, owner: TestClient) -> None:
    link = made(owner, "/", what="library", role="corrector")
    corrector = shared.client()
    corrector.get(link)
    quote = shared.quote("serious concerns")
    corrector.post(f"/quotes/{quote}/correct", data={"do": "confirm", "by": "Ann"})
    corrector.post("/articles/x/delete")  # not theirs, and so not done
    owner.post(f"/articles/{SLUG}/delete", data={})
    owner.post("/topics/new/preview", data={"label": "x"})  # changes nothing
    uid = owner.get("/shares.json").json()["items"][0]["id"]
    owner.post(f"/shares/{uid}/revoke")
    found = [(one["who"], one["did"], one["what"]) for one in owner.get("/audit.json").json()["items"]]
    by = f"link {uid} (for Ann)"
    assert found[::-1] == [
        ("owner", "shared", f"link {uid}: The whole library, read and correct"),
        (by, "came in", "The whole library"),
        (by, "POST /quotes/{quote_id}/correct", f"/quotes/{quote}/correct"),
        ("owner", "POST /articles/{slug}/delete", f"/articles/{SLUG}/delete"),
        ("owner", "took back", f"link {uid}: The whole library"),
    ]
    assert "took back" in read(owner.get("/audit").text).text
    assert {one["client"] for one in owner.get("/audit.json").json()["items"]} == {"testclient"}


def test_the_audit_log_is_read_page_by_page(shared: Shared, owner: TestClient) -> None:
    with shared.engine.begin() as conn:
        for number in range(120):
            audit.note(conn, "somebody", "did", str(number))
    first = owner.get("/audit.json").json()
    rest = owner.get(first["next"]).json()
    assert [int(one["what"]) for one in first["items"] + rest["items"]] == list(range(119, -1, -1))
    assert rest["next"] is None
