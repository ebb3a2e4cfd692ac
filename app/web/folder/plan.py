"""Which pages a folder has, what their files are called, and where a link leads within it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from app.present.templates import address

INDEX, ONE_PAGE = "index.html", "one-page.html"
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,150}")


@dataclass(slots=True)
class Plan:
    """The pages of a folder.

    Attributes:
        lists: pages of which there may be several in a row, by their paths; all but ``/`` and ``/topics`` take filters.
        texts: the ids of the quotes of each article to be read, in their order, by its slug.
        singles: pages that stand alone, by their paths.
        filters: the filter of all of it, as addresses have it.
        home: the path of the page that is the index.
        topics: those of its quotes, which alone have colours; ``None`` for all that there are.
        parts: the part of its article in which each quote stands, once that is known.
    """

    lists: list[str]
    texts: Mapping[str, Sequence[str]]
    singles: list[str]
    filters: Mapping[str, str]
    home: str
    topics: frozenset[str] | None = None
    parts: dict[str, int] = field(default_factory=dict)
    _paths: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._paths = frozenset([*self.lists, *self.singles, *(reading(slug) for slug in self.texts)])

    @property
    def size(self) -> int:
        """How many addresses it begins with; lists and texts may have more pages."""
        return len(self._paths)

    def url(self, path: str) -> str:
        """The address of the first page at *path* under the filter."""
        own = {"topics": "topic", "speakers": "speaker"}.get(path.split("/")[1], "") if path.count("/") > 1 else ""
        takes = path in self.lists and path not in ("/", "/topics")
        given = {name: value for name, value in self.filters.items() if name != own} if takes else {}
        return address(path, **given)

    def place(self, url: str) -> str | None:
        """The file that *url*, as our pages write it, leads to, with its fragment; ``None`` where there is none."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        if path == f"/{ONE_PAGE}":
            return ONE_PAGE
        if path not in self._paths:
            home = path in ("/", "/search") and self.home != "/"
            path = self.home if home else path
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        number = self._number(path, query)
        if path not in self._paths or number is None:
            return None
        return self.file(path, number) + (f"#{parts.fragment}" if parts.fragment else "")

    def _number(self, path: str, query: dict[str, str]) -> int | None:
        """The number of the page in its row; ``None`` where the address asks for what the folder does not have."""
        read = path.endswith("/read")
        quote, part = query.pop("quote", None), query.pop("part", "1")
        if any(self.filters.get(name) != value for name, value in query.items()) or not part.isdigit():
            return None
        if not read:
            return 1 if quote is None and part == "1" else None
        return int(part) if quote is None else self.parts.get(quote)

    def file(self, path: str, number: int = 1) -> str:
        """The name of the file for page *number* at *path*, with slashes."""
        if path == self.home:
            return INDEX if number == 1 else f"index.{number}.html"
        pieces = [_safe(piece) for piece in path.strip("/").split("/")]
        return "/".join(pieces) + (f".{number}.html" if number > 1 else ".html")


def whole(topics: Iterable[str], speakers: Iterable[str], articles: Mapping[str, Sequence[str]]) -> Plan:
    """The whole library: the board, every list, and a page for each of these and for each quote of *articles*."""
    lists = ["/", "/topics", "/search", "/speakers", "/articles", "/time"]
    lists += [*(f"/topics/{one}" for one in topics), *(f"/speakers/{one}" for one in speakers)]
    ids = (one for some in articles.values() for one in some)
    singles = [*(f"/articles/{one}" for one in articles), *(f"/quotes/{one}" for one in ids)]
    return Plan(lists, articles, singles, {}, "/")


def part_of(filters: Mapping[str, str], topics: Iterable[str], speakers: Iterable[str], ids: Iterable[str]) -> Plan:
    """The quotes *ids*, which are those under *filters*: their list, and the pages of their *topics* and *speakers*.

    Another topic, or speaker, than that of the filter has no page: an address asks for one. An article's page shows
    all of it, so that there is one only where all of an article was asked for.
    """
    topics, ids = frozenset(topics), tuple(ids)
    lists = ["/search", "/speakers", "/time"]
    lists += [f"/topics/{one}" for one in sorted(topics) if filters.get("topic") in (None, one)]
    lists += [f"/speakers/{one}" for one in speakers if filters.get("speaker") in (None, one)]
    texts = {filters["article"]: ids} if set(filters) == {"article"} else {}
    singles = [*(f"/articles/{one}" for one in texts), *(f"/quotes/{one}" for one in ids)]
    return Plan(lists, texts, singles, dict(filters), "/search", topics)


def reading(slug: str) -> str:
    """Where the article *slug* is read."""
    return f"/articles/{slug}/read"


def _safe(piece: str) -> str:
    return piece if _PLAIN.fullmatch(piece) else hashlib.sha256(piece.encode()).hexdigest()[:16]
