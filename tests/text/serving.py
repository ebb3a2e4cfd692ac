"""Real servers on this machine that answer as a test wants them to, at their best and at their worst."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from app.text.fetch import Door
from app.text.fetching.public import IPAddress

GOOD = "127.0.0.1"  # what the tests call public
EVIL = "127.0.0.2"  # what they call private, though somebody listens there, too


@dataclass(frozen=True)
class Asked:
    target: str
    headers: Mapping[str, str]


@dataclass
class Wire:
    """One connection, for answers that are not simply bytes."""

    sock: socket.socket
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, *, every: float) -> None:
        """A byte at a time, until the other side or the test has enough."""
        for place in range(len(data)):
            self.send(data[place : place + 1])
            if self.stopped.wait(every):
                return

    def wait(self, seconds: float = 30) -> None:
        self.stopped.wait(seconds)

    def reset(self) -> None:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


Reply = bytes | Callable[[Wire], None]


def page(body: bytes | str = b"<p>Hello.</p>", *, status: str = "200 OK", **headers: str) -> bytes:
    """An answer; ``content_type`` and so on become headers."""
    data = body.encode() if isinstance(body, str) else body
    given = {"content_type": "text/html; charset=utf-8", "content_length": str(len(data)), **headers}
    lines = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in given.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + data


def moved(where: str, status: str = "302 Found") -> bytes:
    return page("", status=status, location=where)


@dataclass
class Site:
    """A server; what it was asked is in *asked*."""

    port: int
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    def targets(self) -> list[str]:
        return [asked.target for asked in self.asked if asked.target != "/robots.txt"]

    def url(self, path: str = "/", *, host: str = "good.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextlib.contextmanager
def serving(
    replies: Mapping[str, Reply] | None = None, *, at: str = GOOD, port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """A server at *at* that answers each path with its reply, and others with 404."""
    family = socket.AF_INET6 if ":" in at else socket.AF_INET
    with socket.create_server((at, port), family=family, backlog=64) as listener:
        listener.settimeout(0.005)
        site = Site(listener.getsockname()[1], dict(replies or {}))
        stopped = threading.Event()
        threads: list[threading.Thread] = []

        def accept() -> None:
            while not stopped.is_set():
                try:
                    sock, _ = listener.accept()
                except TimeoutError:
                    continue
                site.connections += 1
                thread = threading.Thread(target=_answer, args=(site, sock, tls, stopped), daemon=True)
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield site
        finally:
            stopped.set()
            accepting.join(5)
            for thread in threads:
                thread.join(5)


def _answer(site: Site, sock: socket.socket, tls: ssl.SSLContext | None, stopped: threading.Event) -> None:
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        sock.settimeout(5)
        connection = stack.enter_context(sock if tls is None else tls.wrap_socket(sock, server_side=True))
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := connection.recv(65_536)):
                return
            request += piece
            if request.startswith(b"\x16"):  # TLS, where nobody speaks it
                return connection.sendall(page("", status="400 Bad Request"))
        first, *lines = request.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
        target = first.split(" ")[1]
        site.asked.append(Asked(target, {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}))
        reply = site.replies.get(target, site.replies.get("*") if target != "/robots.txt" else None)
        if callable(reply):
            reply(Wire(connection, stopped))
        else:
            connection.sendall(reply or page("Nothing.", status="404 Not Found"))


@contextlib.contextmanager
def silent() -> Iterator[Site]:
    """A server that takes connections and never says a word."""
    with socket.create_server((GOOD, 0)) as listener:
        yield Site(listener.getsockname()[1])


@contextlib.contextmanager
def unreached() -> Iterator[Site]:
    """A server whose queue is full, so that the system leaves who comes now without an answer."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((GOOD, 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield Site(listener.getsockname()[1])


def good_only(address: IPAddress) -> bool:
    """The tests' public network."""
    return address == ip_address(GOOD)


def names(**known: str | Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A look-up that knows ``good.example``, ``evil.example`` and *known*, whose ``_`` stands for a dot."""
    table: dict[str, Sequence[str]] = {"good.example": (GOOD,), "evil.example": (EVIL,)}
    for name, addresses in known.items():
        table[name.replace("_", ".")] = (addresses,) if isinstance(addresses, str) else addresses

    def resolve(host: str, port: int) -> Sequence[str]:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return table[host]

    return resolve


def door(
    *sites: Site,
    resolve: Callable[[str, int], Sequence[str]] | None = None,
    seconds: float = 5,
    largest: int = 10_000_000,
    tls: ssl.SSLContext | None = None,
) -> Door:
    """A door to *sites* as if they were public."""
    ports = frozenset(site.port for site in sites)
    return Door(resolve=resolve or names(), public=good_only, ports=ports, seconds=seconds, largest=largest, tls=tls)


@dataclass(frozen=True)
class Certificates:
    """An authority that only the tests trust, and what it vouches for."""

    folder: Path

    def server(self, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "authority.pem"))


def make_certificates(folder: Path) -> Certificates:
    """For ``good.example``: ``good``, ``expired`` and ``own``, vouched for by nobody; ``other`` for another name."""
    authority = ("-CA", "authority.pem", "-CAkey", "authority.key")
    _openssl(folder, *_NEW, "-x509", "-days", "2", "-subj", "/CN=tests", *_files("authority"))
    for name, host in {"good": "good.example", "other": "other.example", "own": "good.example"}.items():
        signed = () if name == "own" else authority
        _openssl(folder, *_NEW, "-x509", "-days", "2", *signed, *_for(host), *_files(name))
    _openssl(folder, *_NEW, *_for("good.example"), *_files("expired", "csr"))
    expired = ("-days", "-1", "-copy_extensions", "copy", "-out", "expired.pem")
    _openssl(folder, "x509", "-req", "-in", "expired.csr", *authority, *expired)
    return Certificates(folder)


_NEW = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes".split()


def _for(host: str) -> tuple[str, ...]:
    return ("-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", "-addext", "basicConstraints=CA:FALSE")


def _files(name: str, ending: str = "pem") -> tuple[str, ...]:
    return ("-keyout", f"{name}.key", "-out", f"{name}.{ending}")


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)
