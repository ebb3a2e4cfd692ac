"""``communique share`` and ``communique serve --share``, as a person meets them."""

from __future__ import annotations

import json
import re
import socket

import pytest

from app.cli.invitation import host_to_listen_on, invitation
from app.domain import Part, Role
from app.errors import AppError
from app.settings import Settings, load_settings
from app.store import audit
from app.store.engine import open_engine
from app.store.shares import share_by_token
from app.store.sqlite import READ_ONLY
from app.web.gate import hosts
from tests.commands import Run, library, run
from tests.test_cli_search import filled

__all__ = ["filled", "library", "run"]
SEARCH = "/search?from=2024-01-01"
BASE = "https://quotes.example.org"


def opened(url: str, output: str) -> tuple[Role, Part, dict[str, str], str]:
    """What the printed link opens."""
    link = output.strip()
    assert re.fullmatch(rf"{BASE}/s/[\w-]{{43}}", link)
    engine = open_engine(url)
    with engine.connect() as conn:
        share = share_by_token(conn, link.rpartition("/")[2])
    engine.dispose()
    assert share is not None
    return share.role, share.part, dict(share.given), share.path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], (Role.READER, Part.LIBRARY, {}, "/")),
        (["--topic", "Energy"], (Role.READER, Part.LIST, {"topic": "energy"}, "/topics/energy")),
        (
            ["--query", "pipeline -gas", "--from", "2024", "--role", "corrector"],
            (
                Role.CORRECTOR,
                Part.LIST,
                {"from": "2024-01-01", "q": "pipeline -gas"},
                "/search?from=2024-01-01&q=pipeline+-gas",
            ),
        ),
        (
            ["--article", "leaders-meet-in-beijing", "--never"],
            (Role.READER, Part.ARTICLE, {"article": "leaders-meet-in-beijing"}, "/articles/leaders-meet-in-beijing"),
        ),
        (["--role", "owner"], (Role.OWNER, Part.LIBRARY, {}, "/")),
    ],
)
def test_a_link_opens_what_was_named(run: Run, library: str, given: list[str], expected: tuple[object, ...]) -> None:
    code, output, told = run("share", "link", "--base-url", BASE, *given)
    assert code == 0
    assert opened(library, output) == expected
    assert "█" in told or "▀" in told
    assert output.strip().rpartition("/")[2] not in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--quote", "nope"], "There is no quote “nope”."),
        (["--article", "nope"], "nope"),
        (["--topic", "nope"], "There is no topic"),
        (["--role", "king"], "reader, corrector, owner"),
        (["--quote", "a", "--topic", "energy"], "Name a quote, or an article, or a filter."),
        (["--days", "0"], "--days"),
        (["--base-url", "quotes.example.org"], "https://quotes.example.org, with nothing behind the name"),
        (["--base-url", "https://example.org/quotes"], "https://quotes.example.org, with nothing behind the name"),
    ],
)
def test_what_cannot_be_shared_is_a_sentence(run: Run, given: list[str], told: str) -> None:
    code, output, message = run("share", "link", *given)
    assert code in (1, 2)
    assert output == ""
    assert told in " ".join(message.replace("│", "").split())
    assert run("share", "list")[2] == "No link was made yet.\n"


def test_links_are_listed_and_taken_back(run: Run) -> None:
    link = run("share", "link", "--topic", "energy", "--note", "Ann", "--base-url", BASE)[1]
    [shown] = [json.loads(line) for line in run("share", "list", "--json")[1].splitlines()]
    assert (shown["title"], shown["note"], shown["uses"]) == ("Quotes on Energy", "Ann", 0)
    assert link.strip().rpartition("/")[2] not in json.dumps(shown)
    assert run("share", "revoke", shown["id"])[2] == "Taken back: Quotes on Energy.\n"
    assert "taken back" in run("share", "list")[1]
    assert run("share", "revoke", "nothing") == (1, "", "communique: There is no share link “nothing”.\n")
    log = run("share", "log")[1]
    assert [word in log for word in ("took back", "shared", "command line")] == [True] * 3


def test_another_owner_gets_in_by_a_link_that_is_not_listed(run: Run, library: str) -> None:
    code, output, _ = run("share", "owner", "--base-url", BASE)
    assert code == 0
    assert opened(library, output)[0] is Role.OWNER
    assert run("share", "list")[2] == "No link was made yet.\n"


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({}, "127.0.0.1"),
        ({"host": "::1"}, "::1"),
        ({"host": "localhost"}, "localhost"),
        ({"share": True}, "0.0.0.0"),
        ({"share": True, "host": "127.0.0.1", "base_url": BASE}, "127.0.0.1"),
    ],
)
def test_only_a_server_that_shares_listens_beyond_this_machine(given: dict[str, object], host: str) -> None:
    assert host_to_listen_on(load_settings(**given)) == host


@pytest.mark.parametrize("given", [{"host": "0.0.0.0"}, {"host": "192.0.2.1"}, {"host": "box.lan"}, {"base_url": BASE}])
def test_what_would_open_everything_to_others_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(AppError, match="--share"):
        host_to_listen_on(load_settings(**given))


def test_the_invitation_names_the_addresses_for_others_and_keeps_the_token_apart(
    filled: None, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.addresses.own_addresses", lambda: ["192.0.2.7", "2001:db8::7"])
    engine = open_engine(library)
    link, told = invitation(Settings(share=True), engine, "http://127.0.0.1:8123/")
    assert "http://192.0.2.7:8123/" in told
    assert "http://[2001:db8::7]:8123/" in told
    assert link.startswith("http://127.0.0.1:8123/s/")
    assert link.rpartition("/")[2] not in told
    with engine.connect() as conn:
        assert audit.lines(conn)[0].did == "let an owner in"
    engine.dispose()


def test_a_library_that_cannot_be_written_cannot_be_shared(filled: None, library: str) -> None:
    engine = open_engine(library).execution_options(**{READ_ONLY: True})
    with pytest.raises(AppError, match="read-only"):
        invitation(Settings(share=True), engine, "http://127.0.0.1:8000/")
    engine.dispose()


def test_addresses_that_only_this_machine_knows_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, None, 0, "", (one, 0)) for one in ("127.0.1.1", "192.0.2.9", "169.254.1.1", "192.0.2.9")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_given: found)
    monkeypatch.setattr(hosts, "_on_the_way_to", lambda *_args: "")
    assert hosts.own_addresses() == ["192.0.2.9"]
