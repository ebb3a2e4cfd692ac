"""Pages kept until the library changes, so that a page that many look at is made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

MOST_PAGES = 64
LARGEST = 250_000
"""Bytes; a longer page is made anew each time, so that the whole stays under 16 MB."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent, with its ETag."""

    body: bytes
    tag: str


class PageCache:
    """The pages asked for last, each as of one revision of the library. Safe to share between threads."""

    def __init__(self, most: int = MOST_PAGES, largest: int = LARGEST) -> None:
        self._pages: OrderedDict[tuple[Hashable, int], Kept] = OrderedDict()
        self._lock = Lock()
        self._most, self._largest = most, largest

    def get(self, asked: Hashable, revision: int) -> Kept | None:
        """The page for *asked* (what its address says) as of *revision*, if it is kept."""
        with self._lock:
            found = self._pages.get((asked, revision))
            if found is not None:
                self._pages.move_to_end((asked, revision))
            return found

    def put(self, asked: Hashable, revision: int, page: Kept) -> None:
        """Keep *page*; the one that nobody asked for the longest goes."""
        if len(page.body) > self._largest:
            return
        with self._lock:
            self._pages[asked, revision] = page
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
