"""How often one address may ask: of each kind of request so many in a while, and after that a 429 that says when."""

from __future__ import annotations

import ipaddress
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.security import READING, refuse

if TYPE_CHECKING:
    from limits.strategies import RateLimiter


class Kind(Enum):
    """What is counted, in the words of the answer."""

    UPLOAD = "uploads"
    FETCH = "requests to fetch something"
    CHANGE = "changes"
    EXPORT = "files to be made"
    GUESS = "links or tokens that are not known here"
    ANY = "requests"


@dataclass(frozen=True, slots=True)
class Bound:
    """*most* of a kind in any *seconds*."""

    most: int
    seconds: int


BOUNDS: Mapping[Kind, Bound] = MappingProxyType(
    {
        # An upload may bring 100 documents, so that a thousand of them still take ten requests.
        Kind.UPLOAD: Bound(60, 60),
        # Each makes this machine ask others for up to 100 pages: here it is their patience that is used up.
        Kind.FETCH: Bound(30, 60),
        # Ten a second from one address: a room of people who correct, behind one router, stays below.
        Kind.CHANGE: Bound(600, 60),
        # The most costly to read: a file of 100,000 quotes takes some seconds of a core. Each holds one of 40
        # connections to the library, for 20 seconds where nobody takes it: some are always left for pages.
        Kind.EXPORT: Bound(30, 60),
        # Nobody mistypes a link so often, and 256 bits are not guessed in 30 tries a minute, nor in 30 million.
        Kind.GUESS: Bound(30, 60),
        # 200 people behind one router who open a page in the same two seconds; more than one process can answer.
        Kind.ANY: Bound(2_400, 2),
    }
)

_FETCHED = re.compile(r"/add/addresses|/feeds(/[^/]+/poll)?")
_UPLOADED = frozenset({"/add/text", "/add/files", "/api/articles", "/topics/import"})
_MADE = re.compile(r"\.(csv|xlsx|jsonl|jsonld|zip|html|png|svg)$")


class Rates:
    """How often who asked lately, in memory: what a restart forgets harms nobody.

    Args:
        scale: what :data:`BOUNDS` are multiplied with; with 0 nothing is bounded.

    Source:
        The moving window of the ``limits`` library, which is loaded at the first thing to count.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self._limiter: RateLimiter | None = None

    def spent(self, kind: Kind, who: str) -> int | None:
        """In how many seconds *who* may do another of *kind*; ``None`` means now. Nothing is counted."""
        return self._asked(kind, who, counted=False)

    def hit(self, kind: Kind, who: str) -> int | None:
        """Count one of *kind* by *who*; as :meth:`spent` where it is one too many."""
        return self._asked(kind, who, counted=True)

    def _asked(self, kind: Kind, who: str, *, counted: bool) -> int | None:
        from limits import RateLimitItemPerSecond  # noqa: PLC0415 - 50 ms, which no start should pay

        if not self.scale:
            return None
        bound, limiter = BOUNDS[kind], self._limiter or self._made()
        item = RateLimitItemPerSecond(max(1, round(bound.most * self.scale)), bound.seconds, kind.name)
        if (limiter.hit if counted else limiter.test)(item, who):
            return None
        return max(1, math.ceil(limiter.get_window_stats(item, who).reset_time - time.time()))

    def _made(self) -> RateLimiter:
        from limits.storage import MemoryStorage  # noqa: PLC0415
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415

        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        return self._limiter


class RateLimits:
    """Refuse with 429 and ``Retry-After`` what one address asks for too often, before anything of it is read.

    Args:
        app: what is guarded.
        answer: makes the answer of a status and a sentence.
        rates: what counts.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Request, int, str], Response], rates: Rates) -> None:
        self.app, self.answer, self.rates = app, answer, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the request; pass it on or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        for kind in kinds_of(scope["method"], scope["path"]):
            wait = self.rates.hit(kind, address_of(scope))
            if wait is not None:
                response = self.answer(Request(scope), 429, too_many(kind, wait))
                response.headers["retry-after"] = str(wait)
                await refuse(response, scope, receive, send)
                return
        await self.app(scope, receive, send)


def too_many(kind: Kind, wait: int) -> str:
    """The sentence for who did so many of *kind* that another has to *wait* so many seconds."""
    when = f"{wait} seconds" if wait > 1 else "a second"
    return f"Too many {kind.value} came from your address. Try again in {when}."


def kinds_of(method: str, path: str) -> tuple[Kind, ...]:
    """What a request counts as."""
    if method in READING:
        return (Kind.ANY, Kind.EXPORT) if _MADE.search(path) and not path.startswith("/static/") else (Kind.ANY,)
    if _FETCHED.fullmatch(path):
        return (Kind.ANY, Kind.FETCH)
    return (Kind.ANY, Kind.UPLOAD if path in _UPLOADED else Kind.CHANGE)


def address_of(scope: Scope) -> str:
    """Who asks, as far as one address tells: of IPv6 the network, since a single household has 2⁶⁴ addresses in it."""
    host, _ = scope.get("client") or ("", 0)
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.IPv6Network((int(address) >> 64 << 64, 64)))
