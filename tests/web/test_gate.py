"""Who may do what: all routes, asked for by everybody there is."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.domain import Part, Role
from app.store.shares import revoke, share_by_token
from app.web import problems
from app.web.gate.gate import Gate
from app.web.gate.register import Entry, Register
from app.web.visitor import Visitor
from tests.web.sharing import HERE, SLUG, Shared, shared_library

IN_PATHS = {
    "topic_id": "nato",
    "field": "speaker",
    "ending": "csv",
    "other": SLUG,
    "uid": "0",
    "number": "1",
    "feed_id": "1",
    "name:path": "favicon.svg",
    "name": "chart",
    "key": "chart",
    "token": "0",
}
PASSED = 299
LIMITED = {"nato": Part.LIST, "quote": Part.QUOTE, "article": Part.ARTICLE}
ELSEWHERE = {"ukraine": Part.LIST, "another quote": Part.QUOTE, "another article": Part.ARTICLE}
LOCKED_OUT = ("nobody", "revoked", "expired", "a wrong cookie")
EVERYBODY = (*LOCKED_OUT, *LIMITED, *ELSEWHERE, "reader", "corrector", "corrector of nato", "owner")


@pytest.fixture
def shared(sqlite_engine: Engine) -> Shared:
    return shared_library(sqlite_engine)


@pytest.fixture
def visitors(shared: Shared) -> dict[str, TestClient]:
    """Each visitor as a browser, before the gate with nothing behind it, so that nothing is done."""
    nato, ukraine = shared.quote("serious concerns"), shared.quote("It is a long war")
    tokens: dict[str, str | None] = {
        "nobody": None,
        "revoked": shared.token(Role.OWNER),
        "expired": shared.token(Role.OWNER),
        "nato": shared.token(Role.READER, Part.LIST, {"topic": "nato"}),
        "ukraine": shared.token(Role.READER, Part.LIST, {"topic": "ukraine"}),
        "quote": shared.token(Role.READER, Part.QUOTE, {"quote": nato}),
        "another quote": shared.token(Role.READER, Part.QUOTE, {"quote": ukraine}),
        "article": shared.token(Role.READER, Part.ARTICLE, {"article": SLUG}),
        "another article": shared.token(Role.READER, Part.ARTICLE, {"article": "the-zyxtitle-of-another-article"}),
        "reader": shared.token(Role.READER),
        "corrector": shared.token(Role.CORRECTOR),
        "corrector of nato": shared.token(Role.CORRECTOR, Part.LIST, {"topic": "nato"}),
        "owner": shared.token(Role.OWNER),
    }

    async def passed(scope: Scope, receive: Receive, send: Send) -> None:
        visitor: Visitor = scope["state"]["visitor"]
        answer = PlainTextResponse(visitor.role.name, PASSED, {"query": scope["query_string"].decode()})
        await answer(scope, receive, send)

    gate = Gate(passed, shared.settings, shared.app.state.desk.register, (), problems.problem)

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = shared.app
        await gate(scope, receive, send)

    def browser(cookies: dict[str, str] | None) -> TestClient:
        return TestClient(behind, HERE, headers={"accept": "text/html"}, cookies=cookies)

    found = {name: browser(shared.cookie(token) if token else None) for name, token in tokens.items()}
    _end(shared, tokens)
    name = next(iter(shared.cookie(tokens["owner"] or "")))
    return {**found, "a wrong cookie": browser({name: "0" * 43})}


def _end(shared: Shared, tokens: dict[str, str | None]) -> None:
    """Take one link back, and let another end, after somebody has come by them."""
    with shared.engine.begin() as conn:
        revoked, expired = (share_by_token(conn, tokens[name] or "") for name in ("revoked", "expired"))
        assert revoked is not None
        assert expired is not None
        revoke(conn, revoked.uid)
        conn.exec_driver_sql(f"UPDATE shares SET expires = '2020-01-01 00:00:00' WHERE id = {expired.id}")


def asked(entry: Entry, shared: Shared) -> str:
    """An address of the route, of what was shared with the visitors who are not elsewhere."""
    slug = SLUG if entry.path.startswith(("/articles", "/api/articles", "/embed/articles")) else "experts"
    given = {**IN_PATHS, "slug": slug, "quote_id": shared.quote("serious concerns")}
    path = entry.path
    for name, value in given.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, path
    return path


def expected(who: str, entry: Entry) -> int:
    """What the declaration of a route means for each visitor."""
    role, part = entry.access.role, entry.access.part
    if role is Role.ANYONE or who == "owner":
        return PASSED
    if who in LOCKED_OUT:
        return 401
    if who in ("reader", "corrector"):
        return PASSED if role <= Role[who.upper()] else 403
    if role > (Role.CORRECTOR if who == "corrector of nato" else Role.READER):
        return 403
    if who in ELSEWHERE:
        about_nato = "{topic_id}" in entry.path
        same = {"ukraine": part is Part.LIST and not about_nato, "another article": part is Part.LIST}
        return PASSED if same.get(who) else 403
    seen = {Part.LIST: (Part.LIST, Part.QUOTE), Part.QUOTE: (Part.QUOTE,)}
    parts = seen.get(LIMITED.get(who, Part.LIST), (Part.LIST, Part.QUOTE, Part.ARTICLE))
    return PASSED if part in parts else 403


def entries(register: Register) -> Iterator[tuple[Entry, str]]:
    for entry in register.entries:
        for method in sorted(entry.methods):
            yield entry, method


def test_every_route_declares_who_may_use_it(shared: Shared) -> None:
    assert [entry.path for entry in shared.app.state.desk.register.entries if not entry.declared] == []


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_route_is_open_to_whom_it_declares_and_to_nobody_else(
    shared: Shared, visitors: dict[str, TestClient], who: str
) -> None:
    wrong = []
    for entry, method in entries(shared.app.state.desk.register):
        path = asked(entry, shared)
        answer = visitors[who].request(method, path)
        if answer.status_code != expected(who, entry):
            wrong.append((method, path, answer.status_code, expected(who, entry)))
    assert wrong == []


@pytest.mark.parametrize("who", ["nato", "reader", "nobody"])
def test_what_is_no_route_tells_nobody_more_than_what_is_closed(visitors: dict[str, TestClient], who: str) -> None:
    status = {"nobody": 401, "nato": 403, "reader": PASSED}[who]
    assert {visitors[who].get(path).status_code for path in ("/nothing", "/articles/x/y/z")} == {status}
    assert visitors[who].request("PROPFIND", "/search").status_code == status


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", "topic=nato"),
        ("speaker=experts&order=date", "speaker=experts&order=date&topic=nato"),
        ("topic=nato", "topic=nato"),
        ("topic=+nato+", "topic=nato"),
        ("topic=&topic=nato", "topic=nato"),
        ("q=a+OR+b", "q=a+OR+b&topic=nato"),
        ("topic=energy", None),
        ("topic=nato&topic=energy", None),
        ("TOPIC=energy", "TOPIC=energy&topic=nato"),
        ("topic=%6eato", "topic=nato"),
    ],
)
def test_a_list_is_narrowed_to_the_topic_that_was_shared(
    visitors: dict[str, TestClient], query: str, narrowed: str | None
) -> None:
    answer = visitors["nato"].get(f"/search?{query}")
    assert answer.status_code == (403 if narrowed is None else PASSED)
    assert answer.headers.get("query") == narrowed


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", "from=2024-01-01&to=2024-12-31&q=partnership"),
        ("from=2022", "from=2024-01-01&to=2024-12-31&q=partnership"),
        ("from=2024-03&to=2024-05", "from=2024-03-01&to=2024-05-31&q=partnership"),
        ("to=2030-01-01", "from=2024-01-01&to=2024-12-31&q=partnership"),
        ("from=soon", "from=soon&to=2024-12-31&q=partnership"),
        ("q=closer", "from=2024-01-01&to=2024-12-31&q=partnership+closer"),
        ("q=OR+energy", "from=2024-01-01&to=2024-12-31&q=OR+energy"),
        ("q=partnership+OR+war", "from=2024-01-01&to=2024-12-31&q=partnership+partnership+OR+war"),
        ("q=closer+partnership", "from=2024-01-01&to=2024-12-31&q=closer+partnership"),
        ("q=a&q=b", None),
    ],
)
def test_dates_and_words_can_only_be_narrowed(shared: Shared, query: str, narrowed: str | None) -> None:
    token = shared.token(Role.READER, Part.LIST, {"from": "2024-01-01", "to": "2024-12-31", "q": "partnership"})
    answer = shared.client(token).get(f"/search.json?{query}", headers={"accept": "application/json"})
    if narrowed is None:
        assert answer.status_code == 403
        return
    alone = shared.client(shared.token(Role.READER)).get(f"/search.json?{narrowed}")
    assert answer.status_code == alone.status_code
    if alone.status_code == 200:
        assert answer.json()["items"] == alone.json()["items"]
        assert answer.json()["filters"] == alone.json()["filters"]


def test_several_links_in_one_browser_each_open_their_own(shared: Shared) -> None:
    browser = shared.client()
    for topic in ("nato", "ukraine"):
        assert browser.get(f"/s/{shared.token(Role.READER, Part.LIST, {'topic': topic})}").status_code == 200
    assert [browser.get(f"/topics/{topic}").status_code for topic in ("nato", "ukraine", "energy")] == [200, 200, 403]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "192.0.2.77", "[::2]", "localhost@x", "a:b:c"]
)
@pytest.mark.parametrize("share", [True, False])
def test_a_name_that_is_not_ours_is_refused(sqlite_engine: Engine, host: str, share: bool) -> None:
    from app.settings import Settings
    from app.web.application import create_app

    client = TestClient(create_app(Settings(share=share), sqlite_engine), HERE)
    for path in ("/", "/static/site.css", "/healthz"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421, path
        assert "href" not in answer.text or "evil.example" not in "".join(urlsplit(answer.text).netloc)


@pytest.mark.parametrize(
    ("host", "status"), [("quotes.example.org", 401), ("QUOTES.example.org:8000", 401), ("example.org", 421)]
)
def test_the_public_name_is_ours(sqlite_engine: Engine, host: str, status: int) -> None:
    from app.settings import Settings
    from app.web.application import create_app

    app = create_app(Settings(share=True, base_url="https://quotes.example.org"), sqlite_engine)
    assert TestClient(app, HERE).get("/", headers={"host": host}).status_code == status
