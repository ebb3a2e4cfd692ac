"""What an address says, read once and strictly, so that what is checked is what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

from app.text.fetching.errors import FetchError
from app.text.fetching.public import IPAddress

LONGEST = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(//)?([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^\[\]:]*)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0[xX]([0-9a-fA-F]*)|([0-9]+)")
_OWN_NAMES = ("localhost", "local", "internal", "onion", "home.arpa")
_SAFE = "/?:@!$&'()*+,;=-._~%[]|"
_NOT_ALL = "This is not an address of a page; it should look like https://www.example.org/page."
_PRIVATE = "This address is inside a private network or on this machine; only public sites are read."


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a page, in one spelling; *literal* where the host is a number and no name."""

    scheme: str
    host: str
    port: int
    target: str
    literal: IPAddress | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """All of it, without a fragment."""
        return self.origin + self.target


def read_url(url: str, *, ports: frozenset[int], public: Callable[[IPAddress], bool]) -> Address:
    """*url* taken apart and normalised; nothing is looked up.

    Raises:
        FetchError: it is no address of a page that may be read; the message says why.
    """
    scheme, authority, path, query = _split(url)
    if "@" in authority:
        raise FetchError("The address has a name or a password before an “@”; give it without them.")
    found = _AUTHORITY.fullmatch(authority)
    if found is None or not found[1]:
        raise FetchError(_NOT_ALL)
    host, literal = _host(found[1])
    if literal is not None and not public(literal):
        raise FetchError(_PRIVATE)
    port = int(found[2]) if found[2] else DEFAULT_PORTS[scheme]
    if port not in ports:
        raise FetchError(f"Pages are read on the ports {_listed(ports)} only, not on {port}.")
    return Address(scheme, host, port, quote(path or "/", safe=_SAFE) + quote(query, safe=_SAFE), literal)


def _split(url: str) -> tuple[str, str, str, str]:
    text = url.strip(" \t\r\n")
    if len(text) > LONGEST:
        raise FetchError(f"The address has {len(text):,} characters; at most {LONGEST:,} make sense.")
    if not text:
        raise FetchError("The address is empty.")
    if any(c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" or c in "\u2028\u2029" for c in text):
        raise FetchError("The address has a line break or a character that cannot be seen in it.")
    if "\\" in text:
        raise FetchError("The address has a “\\” in it, which browsers and programs read differently.")
    found = _PARTS.fullmatch(text)
    scheme = found[1].lower() if found else ""
    if found is None or (scheme not in DEFAULT_PORTS and not found[2]):
        raise FetchError("The address must start with http:// or https://.")
    if scheme not in DEFAULT_PORTS:
        raise FetchError(f"Only http:// and https:// addresses are read, not {scheme}://.")
    if not found[2]:
        raise FetchError(_NOT_ALL)
    return scheme, found[3], found[4], found[5] or ""


def _listed(ports: frozenset[int]) -> str:
    return " and ".join(str(port) for port in sorted(ports))


def _host(text: str) -> tuple[str, IPAddress | None]:
    if text.startswith("["):
        try:
            address = IPv6Address(text[1:-1])
        except AddressValueError as error:
            raise FetchError(_NOT_ALL) from error
        if address.scope_id is not None:
            raise FetchError(_PRIVATE)
        return str(address), address
    name = (text if text.isascii() else _ascii(text)).lower().removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        number = _ipv4(labels)
        return str(number), number
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchError(_NOT_ALL)
    if any(name == own or name.endswith(f".{own}") for own in _OWN_NAMES):
        raise FetchError(_PRIVATE)
    if len(labels) == 1:
        raise FetchError(f"“{name}” is no name of a public site, which has a dot in it.")
    return name, None


def _ascii(name: str) -> str:
    import idna  # noqa: PLC0415 - its tables are large, and most names are ASCII

    try:
        return idna.encode(name, uts46=True, transitional=False).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise FetchError(f"“{name[:80]}” cannot be the name of a site.") from error


def _ipv4(labels: list[str]) -> IPv4Address:
    """The address that browsers read *labels* as: up to four numbers, each decimal, octal or hexadecimal.

    Source:
        WHATWG URL Standard, the IPv4 parser.
    """
    try:
        numbers = [_number(label) for label in labels]
    except ValueError as error:
        raise FetchError(_NOT_ALL) from error
    *front, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in front) or last >= 256 ** (4 - len(front)):
        raise FetchError(_NOT_ALL)
    return IPv4Address(sum(number << 8 * (3 - place) for place, number in enumerate(front)) + last)


def _number(label: str) -> int:
    found = _NUMBER.fullmatch(label)
    if found is None or len(label) > 40:
        raise ValueError(label)
    if found[2] is None:
        return int(found[1] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)
