"""One address may ask so many times in a while; then it is told when to come back."""

import subprocess
import sys
import time

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.middleware import Middleware

from app.settings import Settings
from app.web import problems, rates
from app.web.application import create_app
from app.web.rates import BOUNDS, Kind, Rates, address_of, kinds_of
from app.web.security import HEADERS
from tests.web.conftest import read

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until it is moved."""
    at = [1_000_000.0]
    monkeypatch.setattr(time, "time", lambda: at[0])
    return at


@pytest.fixture
def shared(sqlite_engine: Engine) -> TestClient:
    """The application as others on the network reach it."""
    app = create_app(Settings(), sqlite_engine)
    # Behind all others, so that nobody has to be let in first.
    app.user_middleware.append(Middleware(rates.RateLimits, answer=problems.problem, rates=app.state.desk.rates))
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers={"accept": "text/html"})


@pytest.mark.parametrize("kind", Kind)
def test_as_many_as_are_allowed_pass_and_the_next_is_told_when(kind: Kind, now: list[float]) -> None:
    counted, bound = Rates(), BOUNDS[kind]
    assert [counted.hit(kind, "a") for _ in range(bound.most)] == [None] * bound.most
    now[0] += 0.5
    assert counted.spent(kind, "a") == counted.hit(kind, "a") == bound.seconds
    assert counted.spent(kind, "b") is None
    now[0] += bound.seconds
    assert counted.spent(kind, "a") is counted.hit(kind, "a") is None


def test_to_look_whether_it_is_spent_counts_nothing(now: list[float]) -> None:
    counted = Rates()
    assert {counted.spent(Kind.GUESS, "a") for _ in range(100)} == {None}


def test_who_comes_back_when_told_passes(now: list[float]) -> None:
    counted = Rates()
    for _ in range(BOUNDS[Kind.UPLOAD].most):
        counted.hit(Kind.UPLOAD, "a")
        now[0] += 0.1
    wait = counted.hit(Kind.UPLOAD, "a")
    assert wait is not None
    now[0] += wait
    assert counted.hit(Kind.UPLOAD, "a") is None


def test_limits_can_be_scaled_and_set_aside() -> None:
    assert {Rates(0).hit(Kind.GUESS, "a") for _ in range(1000)} == {None}
    few = Rates(0.1)
    assert [few.hit(Kind.GUESS, "a") for _ in range(4)][2:] == [None, BOUNDS[Kind.GUESS].seconds]


@pytest.mark.parametrize(
    ("method", "path", "kinds"),
    [
        ("POST", "/add/text", {Kind.UPLOAD}),
        ("POST", "/add/files", {Kind.UPLOAD}),
        ("POST", "/api/articles", {Kind.UPLOAD}),
        ("POST", "/add/addresses", {Kind.FETCH}),
        ("POST", "/feeds", {Kind.FETCH}),
        ("POST", "/feeds/3/poll", {Kind.FETCH}),
        ("POST", "/feeds/3/remove", {Kind.CHANGE}),
        ("PUT", "/api/topics/us", {Kind.CHANGE}),
        ("DELETE", "/api/articles/x", {Kind.CHANGE}),
        ("GET", "/search.csv", {Kind.EXPORT}),
        ("GET", "/articles.brat.zip", {Kind.EXPORT}),
        ("GET", "/search.json", set()),
        ("GET", "/static/favicon.svg", set()),
        ("GET", "/", set()),
    ],
)
def test_a_request_counts_as_what_it_costs(method: str, path: str, kinds: set[Kind]) -> None:
    assert set(kinds_of(method, path)) == {Kind.ANY, *kinds}


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("192.0.2.7", 5), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 5), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:ffff::1", 5), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 5), "fe80::/64"),
        (("::ffff:192.0.2.7", 5), "192.0.2.7"),
        (("testclient", 5), "testclient"),
        (None, ""),
    ],
)
def test_who_asks_is_an_address_and_of_ipv6_a_network(client: tuple[str, int] | None, address: str) -> None:
    assert address_of({"type": "http", "client": client}) == address


def test_uploads_are_refused_after_a_while_as_a_page(shared: TestClient, now: list[float]) -> None:
    for _ in range(BOUNDS[Kind.UPLOAD].most):
        assert shared.post("/add/text", headers=FORM, content="text=").status_code == 422
    answer = shared.post("/add/text", headers=FORM, content="text=Words")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    assert "Too many uploads came from your address. Try again in 60 seconds." in read(answer.text).text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert shared.get("/add").status_code == 200
    now[0] += 61
    assert shared.post("/add/text", headers=FORM, content="text=").status_code == 422


def test_a_program_is_told_in_json(shared: TestClient, now: list[float]) -> None:
    for _ in range(BOUNDS[Kind.UPLOAD].most):
        assert shared.post("/api/articles", json={}).status_code == 422
    answer = shared.post("/api/articles", json={})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["status"], answer.headers["retry-after"]) == (429, "60")


def test_files_are_made_only_so_often(shared: TestClient, now: list[float]) -> None:
    told = [shared.get("/search.csv").status_code for _ in range(BOUNDS[Kind.EXPORT].most + 1)]
    assert (told[:-1], told[-1]) == ([200] * BOUNDS[Kind.EXPORT].most, 429)


def test_changes_are_bounded_generously(shared: TestClient, monkeypatch: pytest.MonkeyPatch, now: list[float]) -> None:
    monkeypatch.setattr(rates, "BOUNDS", {**BOUNDS, Kind.CHANGE: rates.Bound(3, 60)})
    told = [shared.post("/topics/undo", headers=FORM, content="revision=0").status_code for _ in range(4)]
    assert told == [404, 404, 404, 429]


def test_two_hundred_viewers_behind_one_address_are_let_in(shared: TestClient, now: list[float]) -> None:
    assert {shared.get("/robots.txt").status_code for _ in range(1_000)} == {200}


def test_on_ones_own_machine_nothing_is_counted(client: TestClient) -> None:
    told = {client.post("/add/text", headers=FORM, content="text=").status_code for _ in range(100)}
    assert told == {422}


def test_what_counts_is_not_loaded_before_there_is_something_to_count(sqlite_engine: Engine) -> None:
    program = (
        "import sys; from app.settings import Settings; from app.store.engine import open_engine\n"
        "from app.web.application import create_app\n"
        f"create_app(Settings(host='0.0.0.0'), open_engine('{sqlite_engine.url}'))\n"
        "print('limits' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
