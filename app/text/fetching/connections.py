"""Connections to an address that was checked, in the time that is left. Imported when it is needed: urllib3 is."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from app.text.fetching.addresses import Address
from app.text.fetching.deadline import Deadline
from app.text.fetching.errors import FetchError
from app.text.fetching.public import IPAddress

_HEAD = 1_000_000  # bytes of headers, chunk sizes and TLS above the page itself


def too_large(largest: int) -> FetchError:
    """What to raise where more than *largest* bytes came or will come."""
    size = f"{largest / 1_000_000:g} MB" if largest >= 100_000 else f"{largest:,} bytes"
    return FetchError(f"The page is larger than {size}, which is the most that is read.")


class Allowance:
    """The time and the bytes that a connection may still take."""

    def __init__(self, deadline: Deadline, largest: int) -> None:
        self.deadline = deadline
        self._largest = largest
        self._left = largest + _HEAD

    def spend(self, count: int) -> None:
        """Take *count* bytes off.

        Raises:
            FetchError: there are none left, whatever the headers promised.
        """
        self._left -= count
        if self._left < 0:
            raise too_large(self._largest)


class _Plain(socket.socket):
    """A socket whose every read counts against one allowance; the usual time limit begins anew with each byte."""

    allowance: Allowance | None = None

    def recv_into(self, *args: Any, **options: Any) -> int:
        if self.allowance is None:
            return super().recv_into(*args, **options)
        self.settimeout(self.allowance.deadline.left())
        count = super().recv_into(*args, **options)
        self.allowance.spend(count)
        return count


class _Secure(ssl.SSLSocket):
    """The same for TLS."""

    allowance: Allowance | None = None

    def recv_into(self, *args: Any, **options: Any) -> int:
        if self.allowance is None:
            return super().recv_into(*args, **options)
        self.settimeout(self.allowance.deadline.left())
        count = super().recv_into(*args, **options)
        self.allowance.spend(count)
        return count


def system_trust() -> ssl.SSLContext:
    """Trust in whom the system trusts, certificates checked against the name; reads its files, so keep it."""
    return ssl.create_default_context()


def _connected(addresses: Sequence[IPAddress], port: int, deadline: Deadline) -> socket.socket:
    """A socket to the first of *addresses* that answers, each given its share of the time."""
    failure: OSError | None = None
    for place, address in enumerate(addresses):
        sock = _Plain(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(deadline.left() / (len(addresses) - place))
            sock.connect((str(address), port))
        except OSError as error:
            sock.close()
            failure = error
        except FetchError:
            sock.close()
            raise
        else:
            sock.settimeout(deadline.left())
            return sock
    raise failure or OSError("no address to connect to")


class _ToChecked:
    """Connects to addresses that were checked before, so that no second look-up can answer otherwise."""

    addresses: tuple[IPAddress, ...]
    allowance: Allowance
    port: int

    def _new_conn(self) -> socket.socket:
        return _connected(self.addresses, self.port, self.allowance.deadline)


class _Http(_ToChecked, HTTPConnection):
    """HTTP without TLS."""


class _Https(_ToChecked, HTTPSConnection):
    """HTTP in TLS, whose certificate must be for the name."""


def connect(
    address: Address, addresses: tuple[IPAddress, ...], allowance: Allowance, tls: ssl.SSLContext | None
) -> HTTPConnection:
    """An open connection to the site at *address*, by one of its *addresses*.

    Raises:
        OSError: it cannot be reached (``ssl.SSLError``: not safely).
        FetchError: the time is up.
    """
    seconds = allowance.deadline.left()
    connection: _Http | _Https
    if address.scheme == "https":
        context = tls or system_trust()
        context.sslsocket_class = _Secure
        connection = _Https(address.host, address.port, timeout=seconds, ssl_context=context)
    else:
        connection = _Http(address.host, address.port, timeout=seconds)
    connection.addresses, connection.allowance = addresses, allowance
    try:
        connection.connect()
    except (OSError, FetchError):
        connection.close()
        raise
    if isinstance(connection.sock, (_Plain, _Secure)):
        connection.sock.allowance = allowance
    return connection
