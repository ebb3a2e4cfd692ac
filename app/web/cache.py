"""Pages kept until the library changes, so that a page that many look at is made once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

from app.present import plotly_bundle

T = TypeVar("T")

MOST_PAGES = 64
LARGEST = 250_000
"""Bytes; a longer page is made anew each time, so that the whole stays under 16 MB."""

YOUNG_SECONDS = 2.0
"""How long a page may leave out what comes in in bulk: else it would be made anew for each of a thousand articles."""


@dataclass(frozen=True)
class Kept:
    """A page as it is sent, with its ETag and what other headers it has; ``brotli`` is its body compressed, once."""

    body: bytes
    tag: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def brotli(self) -> bytes:
        """The body for browsers that take Brotli, a tenth smaller than with gzip."""
        return plotly_bundle.compress(self.body, "br", quick=True)


@dataclass(frozen=True, slots=True)
class State:
    """The library at a moment: how often it has changed, and when it last changed in a way to be seen at once."""

    revision: int
    edition: int


@dataclass(frozen=True, slots=True)
class _Made:
    page: Kept
    revision: int
    moment: float


class Glance(Generic[T]):
    """What somebody saw a moment ago, for all who want to see it; one looks at a time, and the others wait for that.

    Args:
        seconds: for how long it is shown.
        clock: tells the time in seconds.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._lock = Lock()
        self._seen: tuple[float, T] | None = None

    def get(self, look: Callable[[], T], *, anew: bool = False) -> T:
        """What was seen a moment ago, or what *look* sees now: always, if *anew*."""
        with self._lock:
            if anew or self._seen is None or self._clock() - self._seen[0] >= self._seconds:
                found = look()
                self._seen = (self._clock(), found)
            return self._seen[1]


class PageCache:
    """The pages asked for last. Safe to share between threads."""

    def __init__(
        self, most: int = MOST_PAGES, largest: int = LARGEST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pages: OrderedDict[Hashable, _Made] = OrderedDict()
        self._lock = Lock()
        self._most, self._largest, self._clock = most, largest, clock

    def get(self, asked: Hashable, now: State) -> Kept | None:
        """The page for *asked* (what its address says), if it is kept and tells how the library is *now*.

        A page made :data:`YOUNG_SECONDS` ago may leave out what came in since, unless that must be seen at once.
        """
        with self._lock:
            found = self._pages.get(asked)
            if found is None:
                return None
            young = self._clock() - found.moment < YOUNG_SECONDS
            if found.revision != now.revision and not (young and now.edition <= found.revision <= now.revision):
                return None
            self._pages.move_to_end(asked)
            return found.page

    def put(self, asked: Hashable, now: State, page: Kept) -> None:
        """Keep *page*; the one that nobody asked for the longest goes."""
        if len(page.body) > self._largest:
            return
        with self._lock:
            self._pages[asked] = _Made(page, now.revision, self._clock())
            self._pages.move_to_end(asked)
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
