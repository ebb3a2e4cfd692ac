"""The network's one door: pages and feeds of public sites, by addresses that were checked, within limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from app import __version__
from app.text.fetching.addresses import Address, read_url
from app.text.fetching.deadline import Deadline
from app.text.fetching.errors import FetchError, refusal
from app.text.fetching.names import Public, Resolve, checked_addresses, system_resolve
from app.text.fetching.packing import ACCEPTED
from app.text.fetching.public import is_public
from app.text.fetching.robots import LARGEST as ROBOTS_LARGEST
from app.text.fetching.robots import PRODUCT, Robots
from app.text.fetching.robots import SECONDS as ROBOTS_SECONDS

if TYPE_CHECKING:
    import ssl

    from app.text.fetching.exchange import Answer

__all__ = ["ACCEPT", "Door", "FetchError", "Fetched", "check_url", "fetch"]

ACCEPT = "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, text/*;q=0.9, */*;q=0.5"
PORTS = frozenset({80, 443})
USER_AGENT = f"{PRODUCT}/{__version__} (reads the pages and feeds that its user names)"
_ROBOTS_HEADERS = {"Accept": "text/plain, */*;q=0.5"}
_MOVED = frozenset({301, 302, 303, 307, 308})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)
_LONGEST_VALIDATOR = 1_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at an address.

    ``url`` is where it was found in the end, after redirects; ``data`` is unpacked; ``media_type`` is in lower
    case and without parameters; ``modified`` is ``Last-Modified`` as given. Where the site answered the given
    validators with 304, ``not_modified`` is true and ``data`` is empty.
    """

    url: str
    data: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    modified: str | None
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same from redirect to redirect."""

    deadline: Deadline
    largest: int
    headers: Mapping[str, str] = field(default_factory=dict)
    robots: bool = False
    cut: bool = False


class Door:
    """Fetches, and keeps nothing but what sites ask of programs.

    Args:
        resolve: a name and a port to addresses; the system's look-up.
        public: whether an address may be connected to.
        ports: those that may.
        seconds: for all of a fetch, from the look-up to the last byte, redirects and robots.txt included.
        largest: the most bytes of a page, unpacked.
        redirects: the most that are followed.
        tls: whom to trust; whom the system trusts, if none is given. Its ``sslsocket_class`` is set.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = system_resolve,
        public: Public = is_public,
        ports: frozenset[int] = PORTS,
        seconds: float = 20,
        largest: int = 10_000_000,
        redirects: int = 5,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolve = resolve
        self._public = public
        self._ports = ports
        self._seconds = seconds
        self._largest = largest
        self._redirects = redirects
        self._tls = tls
        self._robots = Robots()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        accept: str = ACCEPT,
        robots: bool = True,
    ) -> Fetched:
        """What is at *url*.

        Args:
            url: an http or https address of a public site.
            etag: what the page had when it was fetched before, and
            modified: likewise: where it is still the same, it does not come again.
            accept: the media types to ask for.
            robots: whether to keep to what the site asks of programs.

        Raises:
            FetchError: the address may not be read, or nothing readable is there; ``retry`` says whether that
                may change by itself.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": modified}
        given = {name: value for name, value in validators.items() if value and _sendable(value)}
        errand = _Errand(Deadline(self._seconds), self._largest, {"Accept": accept, **given}, robots)
        address, answer = self._follow(url, errand)
        if answer.status == 304 and given:
            return _fetched(address, answer, etag=etag, modified=modified, not_modified=True)
        if answer.status not in {200, 203}:
            raise refusal(answer.status, answer.headers.get("retry-after"))
        return _fetched(address, answer)

    def _follow(self, url: str, errand: _Errand) -> tuple[Address, Answer]:
        """The answer at the end of the redirects, each of which is checked as a new address."""
        address = read_url(url, ports=self._ports, public=self._public)
        for _ in range(self._redirects + 1):
            if errand.robots:
                self._robots.check(address, lambda robots_url: self._robots_txt(robots_url, errand.deadline))
            answer = self._ask(address, errand)
            if answer.status not in _MOVED:
                return address, answer
            address = self._next(address, answer)
        raise FetchError(f"The site sends us on more than {self._redirects} times, so the page is never reached.")

    def _ask(self, address: Address, errand: _Errand) -> Answer:
        from app.text.fetching.connections import Allowance, system_trust  # noqa: PLC0415 - urllib3
        from app.text.fetching.exchange import Question, ask  # noqa: PLC0415

        addresses = checked_addresses(address, self._resolve, self._public, errand.deadline)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en, *;q=0.5",
            "Connection": "close",
            **errand.headers,
        }
        if self._tls is None and address.scheme == "https":
            self._tls = system_trust()
        question = Question(address, addresses, headers, errand.largest, errand.cut)
        return ask(question, Allowance(errand.deadline, errand.largest), self._tls)

    def _next(self, address: Address, answer: Answer) -> Address:
        given = answer.headers.get("location", "").strip()
        if not given:
            raise FetchError(f"The site sends us on ({answer.status}) without saying where.")
        try:
            location = given.encode("latin-1").decode()  # http.client reads headers as Latin-1
        except UnicodeError:
            location = given
        try:
            whole = _SCHEME.match(location) or not location.isprintable() or "\\" in location
            read = location if whole else urljoin(address.url, location)
            there = read_url(read, ports=self._ports, public=self._public)
        except (FetchError, ValueError) as error:
            reason = f": {error}" if isinstance(error, FetchError) else ", which is no address."
            raise FetchError(f"The site sends us on ({answer.status}) to “{_shown(location)}”{reason}") from error
        if address.scheme == "https" and there.scheme == "http":
            raise FetchError(
                f"The site sends us on from a safe address (https) to one that anybody on the way can change: "
                f"{_shown(there.url)}. Give that address yourself if you trust it."
            )
        return there

    def _robots_txt(self, url: str, deadline: Deadline) -> bytes:
        errand = _Errand(
            deadline.within(min(ROBOTS_SECONDS, self._seconds / 2)), ROBOTS_LARGEST, _ROBOTS_HEADERS, cut=True
        )
        _, answer = self._follow(url, errand)
        if answer.status not in {200, 203}:
            raise refusal(answer.status, answer.headers.get("retry-after"))
        return answer.data


def fetch(
    url: str, *, etag: str | None = None, modified: str | None = None, accept: str = ACCEPT, robots: bool = True
) -> Fetched:
    """What is at *url*, by the one :class:`Door` with the usual limits that this process keeps."""
    return _usual_door().fetch(url, etag=etag, modified=modified, accept=accept, robots=robots)


@cache
def _usual_door() -> Door:
    return Door()


def check_url(url: str) -> str:
    """*url* in the one spelling that it is fetched by: what can be said of it without any look-up.

    Raises:
        FetchError: it is no http or https address of a public site, has credentials or another port.
    """
    return read_url(url, ports=PORTS, public=is_public).url


def _sendable(validator: str) -> bool:
    return validator.isascii() and validator.isprintable() and len(validator) <= _LONGEST_VALIDATOR


def _shown(url: str) -> str:
    short = "".join(char if char.isprintable() else "�" for char in url[:200])
    return short if len(url) <= 200 else f"{short}…"


def _fetched(
    address: Address,
    answer: Answer,
    *,
    etag: str | None = None,
    modified: str | None = None,
    not_modified: bool = False,
) -> Fetched:
    content_type = answer.headers.get("content-type", "")
    media_type = _MEDIA_TYPE.match(content_type)
    charset = _CHARSET.search(content_type)
    return Fetched(
        address.url,
        answer.data,
        media_type[1].lower() if media_type else None,
        charset[1].lower() if charset else None,
        answer.headers.get("etag", etag),
        answer.headers.get("last-modified", modified),
        not_modified,
    )
