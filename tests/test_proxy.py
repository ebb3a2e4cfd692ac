"""``communique serve --share`` behind nginx, as ``docs/sharing.md`` says to set it up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

from app.domain import Part, Role
from app.ingest.library import SEEDED, open_library
from app.resources import resource_dir
from app.settings import Settings
from app.store import audit, meta
from app.store.shares import NewShare, make_share
from tests.web.serving import free_port

NGINX = Path("/usr/sbin/nginx")
NAME = "quotes.example.org"
PUBLIC = f"https://{NAME}"
COOKIE = re.compile(r"(__Host-session-[0-9a-f]{8})=([\w-]{43}); (.*)")

pytestmark = pytest.mark.skipif(
    not NGINX.exists() and os.environ.get("CI") != "true", reason="nginx is not installed here, and CI has it"
)


@dataclass
class Proxied:
    """The public address, as a browser reaches it, and the owner's way in."""

    pool: urllib3.HTTPSConnectionPool
    port: int
    library: Path
    link: str

    def ask(self, path: str, method: str = "GET", **headers: str) -> urllib3.BaseHTTPResponse:
        sent = {"host": NAME, "accept": "text/html", **headers}
        return self.pool.request(method, path, headers=sent, redirect=False, retries=False)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxied")
    library = folder / "library.sqlite"
    engine = open_library(Settings(database_url=str(library)))
    with engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    engine.dispose()
    _certificate(folder)
    ours, theirs = free_port(), free_port()
    (folder / "nginx.conf").write_text(_configuration(folder, ours, theirs), "utf-8")
    command = [sys.executable, "-m", "app", "serve", "--share", "--host", "127.0.0.1", "--port", str(ours), "--no-open"]
    server = subprocess.Popen(
        [*command, "--base-url", PUBLIC, "--database", str(library)],
        env={**os.environ, "COMMUNIQUE_TRUSTED_PROXIES": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    proxy = subprocess.Popen([NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"], stderr=subprocess.PIPE)
    try:
        assert server.stdout is not None
        link = server.stdout.readline().strip()
        pool = urllib3.HTTPSConnectionPool(
            "127.0.0.1",
            theirs,
            ca_certs=str(folder / "cert.pem"),
            server_hostname=NAME,
            assert_hostname=NAME,
            retries=urllib3.Retry(connect=20, backoff_factor=0.05),
        )
        pool.request("GET", "/healthz", headers={"host": NAME})
        yield Proxied(pool, theirs, library, link)
    finally:
        for process in (proxy, server):
            process.terminate()
            process.communicate(timeout=10)


def _certificate(folder: Path) -> None:
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
    ]
    subprocess.run([*made, *names], cwd=folder, check=True, capture_output=True)


def _configuration(folder: Path, ours: int, theirs: int) -> str:
    """The block of the documentation, with the ports and the certificate of this test."""
    told = (resource_dir("templates").parent / "docs" / "sharing.md").read_text("utf-8")
    found = re.search(r"```nginx\n(.*?)```", told, re.DOTALL)
    assert found is not None
    block = (
        found[1]
        .replace("listen 443 ssl", f"listen 127.0.0.1:{theirs} ssl")
        .replace("127.0.0.1:8000", f"127.0.0.1:{ours}")
    )
    block = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(folder / "cert.pem"), block)
    block = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(folder / "key.pem"), block)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"daemon off; pid nginx.pid; events {{}} http {{ access_log off; {temporary} {block} }}"


def came_in(proxied: Proxied, link: str) -> tuple[str, str]:
    """The cookie of a browser that opens *link*, and what is said of it."""
    assert link.startswith(f"{PUBLIC}/s/")
    answer = proxied.ask(link.removeprefix(PUBLIC), **{"x-forwarded-for": "203.0.113.9"})
    assert answer.status == 200
    found = COOKIE.fullmatch(answer.headers["set-cookie"])
    assert found is not None
    return f"{found[1]}={found[2]}", found[3]


def test_the_owner_and_a_reader_come_in_by_the_public_address(proxied: Proxied) -> None:
    assert proxied.ask("/").status == 401
    owner, said = came_in(proxied, proxied.link)
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= set(said.split("; "))
    board = proxied.ask("/", cookie=owner)
    assert board.status == 200
    assert board.headers["strict-transport-security"] == "max-age=31536000"
    assert f'<link rel="canonical" href="{PUBLIC}/">' in board.data.decode()
    form = "of=%2Ftopics%2Fenergy&what=topic&role=reader&days=1&note="
    headers = {"cookie": owner, "origin": PUBLIC, "sec-fetch-site": "same-origin"}
    made = proxied.pool.request(
        "POST",
        "/share",
        body=form,
        headers={"host": NAME, "content-type": "application/x-www-form-urlencoded", **headers},
    )
    link = re.search(rf"{PUBLIC}/s/[\w-]+", made.data.decode())
    assert link is not None
    reader, _ = came_in(proxied, link[0])
    assert [proxied.ask(path, cookie=reader).status for path in ("/topics/energy", "/topics/nato", "/")] == [
        200,
        403,
        403,
    ]


def test_a_change_at_the_wish_of_another_site_is_refused_there_too(proxied: Proxied) -> None:
    answer = proxied.ask("/leave", "POST", origin="https://evil.example", **{"content-type": "text/plain"})
    assert answer.status == 403


def test_another_name_is_refused(proxied: Proxied) -> None:
    assert proxied.pool.request("GET", "/", headers={"host": "evil.example"}).status == 421


def test_the_audit_log_has_the_address_that_the_proxy_saw_and_not_the_one_that_was_claimed(proxied: Proxied) -> None:
    engine = open_library(Settings(database_url=str(proxied.library)))
    with engine.begin() as conn:
        _, token = make_share(conn, NewShare(Role.READER, Part.LIBRARY, {}, "/", "All"))
    came_in(proxied, f"{PUBLIC}/s/{token}")
    with engine.connect() as conn:
        found = {line.client for line in audit.lines(conn) if line.did == "came in"}
    engine.dispose()
    assert found == {"127.0.0.1"}
