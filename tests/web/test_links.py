"""Share links: made, opened, used by programs, listed, taken back; and who did what."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, update

from app.domain import Part, Role
from app.store.share_schema import share_sessions, shares
from app.web.rates import BOUNDS, Kind, Rates
from tests.web.conftest import read
from tests.web.sharing import HERE, SLUG, Shared, shared_library

FORM = {"what": "topic", "role": "reader", "days": "7", "note": "for Ann"}


@pytest.fixture
def shared(sqlite_engine: Engine) -> Shared:
    return shared_library(sqlite_engine)


@pytest.fixture
def owner(shared: Shared) -> TestClient:
    return shared.client(shared.token(Role.OWNER))


def made(owner: TestClient, of: str = "/topics/nato", **given: str) -> str:
    """The path of a new link."""
    answer = owner.post("/share", data={**FORM, "of": of, **given})
    assert answer.status_code == 200, answer.text
    found = re.search(r"/s/([\w-]{43})<", answer.text)
    assert found is not None
    return f"/s/{found[1]}"


@pytest.mark.parametrize(
    ("of", "offered"),
    [
        ("/", ["The whole library"]),
        ("/topics/nato", ["Quotes on NATO", "The whole library"]),
        ("/topics/nato?kind=mixed", ["Quotes on NATO, kind mixed", "Quotes on NATO", "The whole library"]),
        ("/search?q=concerns&from=2024", ["Quotes, from 2024-01-01, words concerns", "The whole library"]),
        ("/speakers/experts", ["Quotes by Experts", "The whole library"]),
        (f"/articles/{SLUG}/read?part=1", ["Leaders meet in Beijing", "The whole library"]),
        ("/articles/nothing", ["The whole library"]),
        ("/search?topic=nothing", ["The whole library"]),
        ('/search?q="open', ["The whole library"]),
        ("//evil.example/", ["The whole library"]),
        ("javascript:alert(1)", ["The whole library"]),
    ],
)
def test_each_page_offers_what_it_shows_and_the_library(owner: TestClient, of: str, offered: list[str]) -> None:
    answer = owner.get("/share", params={"of": of})
    found = re.findall(r'name="what".*?<bdi>(.*?)</bdi>', answer.text)
    assert found == offered
    assert "evil.example" not in answer.text
    assert "javascript:" not in answer.text


def test_the_page_that_a_browser_comes_from_is_what_is_shared(owner: TestClient) -> None:
    answer = owner.get("/share", headers={"referer": f"{HERE}/topics/ukraine?kind=direct"})
    assert "Quotes on Ukraine, kind direct" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"what": "quote"}, {"role": "owner"}, {"days": "3000000"}, {"days": "x"}, {"note": "n" * 201}]
)
def test_what_cannot_be_shared_so_is_told_beside_its_field(owner: TestClient, wrong: dict[str, str]) -> None:
    answer = owner.post("/share", data={**FORM, "of": "/topics/nato", **wrong})
    assert answer.status_code == 422
    assert "No link was made yet" in read(answer.text).text
    assert owner.get("/shares.json").json()["total"] == 1  # the owner's own, of this test


def test_a_link_is_shown_once_and_kept_as_a_hash(shared: Shared, owner: TestClient) -> None:
    token = made(owner).removeprefix("/s/")
    with shared.engine.connect() as conn:
        kept = [str(tuple(row)) for row in conn.execute(select(shares))]
    assert not any(token in row for row in kept)
    for path in ("/shares", "/shares.json", "/audit", "/audit.json"):
        assert token not in owner.get(path).text
    answer = owner.post("/share", data={**FORM, "of": "/"} | {"what": "library"})
    assert answer.headers["cache-control"] == "no-store"


def test_opening_a_link_swaps_the_token_for_a_cookie_and_leads_on(shared: Shared, owner: TestClient) -> None:
    path = made(owner)
    browser = shared.client()
    answer = browser.get(path)
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert path.removeprefix("/s/") not in cookie
    assert '<meta http-equiv="refresh" content="0; url=/topics/nato">' in answer.text
    assert '<meta property="og:title" content="Quotes on NATO">' in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert browser.get("/topics/nato").status_code == 200


def test_a_session_gets_a_new_secret_with_each_link_and_the_old_one_is_worth_nothing(
    shared: Shared, owner: TestClient
) -> None:
    browser, first, second = shared.client(), made(owner), made(owner, "/topics/ukraine")
    browser.get(first)
    before = dict(browser.cookies)
    browser.get(second)
    assert dict(browser.cookies) != before
    stolen = shared.client()
    stolen.cookies.update(before)
    assert stolen.get("/topics/nato").status_code == 401
    assert browser.get("/topics/nato").status_code == 200


@pytest.mark.parametrize("what", ["revoked", "expired", "unknown", "empty"])
def test_a_link_that_opens_nothing_says_what_to_do(shared: Shared, owner: TestClient, what: str) -> None:
    path = made(owner)
    if what == "revoked":
        uid = owner.get("/shares.json").json()["items"][0]["id"]
        assert owner.post(f"/shares/{uid}/revoke").status_code == 200
    if what == "expired":
        with shared.engine.begin() as conn:
            conn.execute(update(shares).values(expires=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    answer = shared.client().get({"unknown": "/s/" + "x" * 43, "empty": "/s/%20"}.get(what, path))
    assert answer.status_code == 404
    assert "Ask whoever sent it for another" in read(answer.text).text
    assert "set-cookie" not in answer.headers


def test_taking_a_link_back_ends_the_sessions_that_came_by_it_at_once(shared: Shared, owner: TestClient) -> None:
    browser, path = shared.client(), made(owner)
    browser.get(path)
    assert browser.get("/topics/nato").status_code == 200
    listed = owner.get("/shares.json").json()["items"][0]
    assert (listed["title"], listed["uses"], listed["note"]) == ("Quotes on NATO", 1, "for Ann")
    taken = owner.delete(f"/api/shares/{listed['id']}")
    assert taken.json()["revoked"]
    assert browser.get("/topics/nato").status_code == 401
    assert owner.delete("/api/shares/nothing").status_code == 404


def test_a_session_ends_after_thirty_days(shared: Shared, owner: TestClient) -> None:
    browser = shared.client()
    browser.get(made(owner))
    with shared.engine.begin() as conn:
        conn.execute(update(share_sessions).values(ends=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)))
    assert browser.get("/topics/nato").status_code == 401


def test_leaving_forgets_the_browser_on_the_server_too(shared: Shared, owner: TestClient) -> None:
    browser = shared.client()
    browser.get(made(owner))
    before = dict(browser.cookies)
    assert browser.post("/leave", follow_redirects=False).status_code == 303
    stolen = shared.client()
    stolen.cookies.update(before)
    assert stolen.get("/topics/nato").status_code == 401


def test_a_head_opens_nothing_and_uses_nothing_up(shared: Shared) -> None:
    from app.store.shares import NewShare, make_share

    with shared.engine.begin() as conn:
        _, token = make_share(conn, NewShare(Role.OWNER, Part.LIBRARY, {}, "/", "all", once=True))
    browser = shared.client()
    assert "set-cookie" not in browser.head(f"/s/{token}").headers
    cookie = browser.get(f"/s/{token}").headers["set-cookie"]
    assert "SameSite=strict" in cookie
    assert browser.get("/shares").status_code == 200
    assert shared.client().get(f"/s/{token}").status_code == 404


def test_programs_share_and_read_by_tokens(shared: Shared) -> None:
    program = shared.client()
    program.headers["authorization"] = f"Bearer {shared.token(Role.OWNER)}"
    given = {"of": "/search?topic=nato&kind=mixed", "role": "reader", "days": None, "note": "a feed reader"}
    answer = program.post("/api/shares", json=given)
    assert answer.status_code == 201
    assert answer.json()["expires"] is None
    assert answer.json()["given"] == {"topic": "nato", "kind": "mixed"}
    assert answer.json()["link"].endswith("/s/" + answer.json()["token"])
    reader = shared.client()
    reader.headers["authorization"] = f"bearer {answer.json()['token']}"
    assert reader.get("/search.json").json()["total"] == 1
    assert reader.get("/topics/energy.json").status_code == 403
    assert reader.post("/api/shares", json={}).status_code == 403
    assert "set-cookie" not in reader.get("/search.json").headers


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "owner"}, "role"),
        ({"days": 0}, "days"),
        ({"days": True}, "days"),
        ({"what": "topic"}, "what"),
        ({"note": 1}, "note"),
        ({"note": "n" * 201}, "note"),
        ({"who": "all"}, "who"),
    ],
)
def test_a_program_is_told_which_field_is_wrong(owner: TestClient, given: dict[str, object], field: str) -> None:
    answer = owner.post("/api/shares", json=given)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_who_tries_many_tokens_has_to_wait(shared: Shared) -> None:
    shared.app.state.desk.rates = Rates(1.0)
    browser = shared.client()
    tries = [browser.get(f"/s/{number:043}").status_code for number in range(BOUNDS[Kind.GUESS].most + 1)]
    assert tries == [404] * BOUNDS[Kind.GUESS].most + [429]
    bearer = {"authorization": "Bearer " + "x" * 43}
    answer = browser.get("/search.json", headers=bearer)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_the_owner_who_opens_a_link_stays_the_owner(owner: TestClient) -> None:
    answer = owner.get(made(owner), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/topics/nato")
    assert "set-cookie" not in answer.headers
    assert owner.get("/shares").status_code == 200


def test_a_library_that_is_not_shared_has_no_doors(sqlite_engine: Engine) -> None:
    from tests.web.conftest import client_of

    client = client_of(sqlite_engine)
    assert "communique serve --share" in client.get("/share").text
    assert client.post("/share", data={**FORM, "what": "library", "of": "/"}).status_code == 200
    assert "Only this machine" in read(client.get("/shares").text).text


def test_no_token_is_written_to_the_log(shared: Shared, owner: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    token = made(owner).removeprefix("/s/")
    with caplog.at_level(logging.DEBUG):
        shared.client().get(f"/s/{token}")
        with shared.engine.begin() as conn:
            conn.exec_driver_sql("DROP TABLE audit")
        assert shared.client().get(f"/s/{token}").status_code == 503
        shared.client().get("/search.json", headers={"authorization": f"Bearer {token}"})
    ours = [one for one in caplog.records if not one.name.startswith("http")]  # the browser's are its own
    assert ours
    assert token not in "".join(one.getMessage() for one in ours)


def test_a_frame_shows_its_one_page_by_its_token_and_nothing_else(shared: Shared, owner: TestClient) -> None:
    made_code = owner.post("/embed", data={"of": "/topics/nato?kind=mixed"})
    found = re.search(
        r"(/embed/topics/nato\?kind=mixed)(?:&amp;)+share=([\w-]{43})", made_code.text.replace("amp;amp;", "amp;")
    )
    assert found is not None, made_code.text
    page, token = found[1], found[2]
    public = shared.client()
    answer = public.get(f"{page}&share={token}")
    assert answer.status_code == 200
    assert "serious" not in answer.text or "NATO" in answer.text
    assert read(answer.text).links == []
    others = [f"/embed/topics/nato?share={token}", f"/embed/topics/energy?kind=mixed&share={token}", f"/s/{token}"]
    assert [public.get(path).status_code for path in others] == [401, 401, 404]
    assert public.get("/topics/nato", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert public.get(page).status_code == 401
    uid = owner.get("/shares.json").json()["items"][0]["id"]
    owner.post(f"/shares/{uid}/revoke")
    assert public.get(f"{page}&share={token}").status_code == 401


def test_what_is_shared_is_offered_as_one_file_too(owner: TestClient) -> None:
    answer = owner.get("/share", params={"of": "/topics/nato?kind=mixed"})
    assert '<a href="/search.html?topic=nato&amp;kind=mixed" download>One page (HTML)</a>' in answer.text
