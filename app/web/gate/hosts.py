"""The names by which this server may be asked for: a page of a stranger must not reach it by a name of its own."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

HERE = ("localhost", "127.0.0.1", "::1")


class Hosts:
    """Tells known names from others.

    A name in a Host header that is not ours is how a stranger's page reaches a server that only listens here (DNS
    rebinding): his name is made to lead to our address. Addresses cannot be made to lead elsewhere, so that the one on
    which a request came in is known as well.

    Args:
        names: those that are known, without ports.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(name.lower().rstrip(".") for name in names)

    def knows(self, scope: Scope) -> bool:
        """Whether the request was sent to one of our names."""
        host = host_of(Headers(scope=scope).get("host", ""))
        server = scope.get("server") or ("", None)
        return host in self.names or (host == server[0] and is_address(host))


def host_of(netloc: str) -> str:
    """The host in ``host:port``, in small letters and without brackets; empty where it cannot be read."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_address(host: str) -> bool:
    """Whether *host* is an address and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def own_names() -> list[str]:
    """What others on the network may call this machine."""
    name = socket.gethostname().lower()
    return [name, name if name.endswith(".local") else f"{name.partition('.')[0]}.local"]


def own_addresses() -> list[str]:
    """The addresses by which others on the network reach this machine, the likeliest first."""
    found = [_on_the_way_to(socket.AF_INET, "192.0.2.1"), _on_the_way_to(socket.AF_INET6, "2001:db8::1")]
    try:
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)]
    except OSError:
        found = list(found)  # the machine does not know its own name
    usable = (one for one in found if one and not _only_here(one))
    return list(dict.fromkeys(usable))


def _on_the_way_to(family: int, elsewhere: str) -> str:
    """Our address on the way to *elsewhere*, an address that nobody has (RFC 5737, RFC 3849); nothing is sent there."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((elsewhere, 9))
            return str(sock.getsockname()[0])
    except OSError:
        return ""


def _only_here(one: str) -> bool:
    address = ipaddress.ip_address(one.partition("%")[0])
    return address.is_loopback or address.is_link_local
