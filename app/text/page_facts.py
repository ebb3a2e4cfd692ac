"""What a page says of itself: title, date, byline, publisher, address and language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from app.domain import Article, DatePrecision
from app.text.blocks import Block
from app.text.dates import Dated, find_date, read_date
from app.text.linked_data import article_in, names, strings
from app.text.markup import Tag, Words, resolved

_DATES = (
    "article:published_time", "datepublished", "og:article:published_time", "published_time", "publishdate",
    "pubdate", "publication_date", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date",
    "article.published", "displaydate", "datecreated", "rnews:datepublished", "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator",
            "citation_author", "sailthru.author")  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title")
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author-?name|author)(?=$|[\s_-])", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|words by|written by)\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|@|\d|[<>{}|]|^(?:admin|editor|staff|author|by)$", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|–—·•:-]+\s+|\s*»\s*|\s*\|\s*")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-])")
_LONGEST_BYLINE = 150
_LONGEST_TITLE = 300
_MOST_SCRIPTS = 1_000_000
_NEAR = 8
_LABEL = 120
_OLDEST = 1900


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; *headline* is the one its readers see, *title* at least that of its window."""

    title: str | None = None
    headline: str | None = None
    url: str | None = None
    publisher: str | None = None
    dated: Dated | None = None
    byline: str | None = None
    language: str | None = None

    def article(self, text: str, otherwise: str) -> Article:
        """The article with *text*, called *otherwise* where the page does not say how it is called."""
        date, precision = self.dated or (None, DatePrecision.DAY)
        title = self.headline or self.title or otherwise
        return Article(title, text, self.url, self.publisher, date, precision, self.byline, self.language)


@dataclass(slots=True)
class PageFacts:
    """Fed with the tokens of a page, it keeps what the page says of itself."""

    source: str
    url: str | None = None
    _meta: dict[str, str] = field(default_factory=dict)
    _title: str = ""
    _canonical: str = ""
    _language: str = ""
    _scripts: list[str] = field(default_factory=list)
    _times: list[str] = field(default_factory=list)
    _byline: list[str] = field(default_factory=list)
    _in_byline: str = ""
    _script_size: int = 0

    def feed(self, token: Tag | Words) -> None:
        """Take in the next token."""
        if isinstance(token, Words):
            if self._in_byline and len(self._byline) < 20:
                self._byline.append(resolved(self.source[token.start : min(token.end, token.start + 200)]))
        elif token.closing:
            if token.name == self._in_byline:
                self._in_byline = ""
        else:
            self._start(token)

    def known(self, blocks: Sequence[Block]) -> Facts:
        """What the page says of itself, its *blocks* looked at where its head says nothing."""
        data = article_in(self._scripts)
        publisher = (
            next(iter(names(data.get("publisher"))), "")
            or self._first(_PUBLISHERS)
            or self._meta.get("application-name", "")
        )
        publisher = self._first(_PUBLISHERS[:1]) or publisher
        title, headline = self._titles(blocks, strings(data.get("headline")), publisher)
        return Facts(
            title,
            headline,
            self._address(),
            publisher[:_LABEL] or None,
            self._dated(data, blocks),
            self._author(names(data.get("author"))),
            self._language_code(),
        )

    def _start(self, tag: Tag) -> None:
        given = tag.attributes
        if tag.name == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or given.get("http-equiv") or ""
            content = " ".join(given.get("content", "").split())
            if name and content:
                self._meta.setdefault(name.lower(), content)
        elif tag.name == "title":
            self._title = self._title or " ".join(resolved(tag.content[:2_000]).split())
        elif tag.name == "html":
            self._language = given.get("lang") or given.get("xml:lang") or ""
        elif tag.name == "link" and "canonical" in given.get("rel", "").lower().split():
            self._canonical = self._canonical or given.get("href", "").strip()
        elif tag.name == "script" and "ld+json" in given.get("type", "") and self._script_size < _MOST_SCRIPTS:
            self._script_size += len(tag.content)
            self._scripts.append(tag.content)
        elif tag.name == "time" and len(self._times) < 20 and given.get("datetime"):
            self._times.append(given["datetime"])
        elif not self._byline and (
            _BYLINE.search(given.get("class", "")) or given.get("rel") == "author" or given.get("itemprop") == "author"
        ):
            self._in_byline = tag.name

    def _first(self, wanted: Sequence[str]) -> str:
        return next((self._meta[name] for name in wanted if self._meta.get(name)), "")

    def _titles(self, blocks: Sequence[Block], named: Sequence[str], publisher: str) -> tuple[str | None, str | None]:
        stated = [title for title in (self._first(_TITLES), *named, self._title) if title]
        heads = [b.text for b in blocks if b.tag == "h1" and len(b.text) <= _LONGEST_TITLE]
        for head in heads:
            if any(_key(head) and _key(head) in _key(title) for title in stated):
                return head, head
        seen = [b.text for b in blocks if b.tag == "h1" and not b.noise and len(b.text) <= _LONGEST_TITLE]
        if len(seen) == 1 and _key(seen[0]) != _key(publisher):
            return seen[0], seen[0]
        told = without_site(next(iter([*named, self._first(_TITLES)]), "") or self._first(_TITLES), publisher)
        return told or without_site(self._title, publisher) or None, told or None

    def _address(self) -> str | None:
        stated = self._canonical or self._meta.get("og:url", "")
        try:
            canonical = urljoin(self.url or "", stated) if stated else ""
            parts, own = urlsplit(canonical), urlsplit(self.url or "")
            host, own_host = parts.hostname, own.hostname
        except ValueError:
            return self.url
        usable = parts.scheme in {"http", "https"} and host and canonical.isprintable() and " " not in canonical
        if not usable:
            return self.url
        strange = self.url and (
            _site(host) != _site(own_host) or (parts.path in {"", "/"} and own.path not in {"", "/"})
        )
        return self.url if strange else canonical

    def _dated(self, data: dict[str, object], blocks: Sequence[Block]) -> Dated | None:
        stated = [*strings(data.get("datePublished")), *strings(data.get("dateCreated"))]
        stated += [self._meta[name] for name in _DATES if name in self._meta]
        near = list(_near_headline(blocks))
        stated += self._times[:1] if len(self._times) == 1 or not near else []
        for value in stated:
            if (found := read_date(value)) and _sensible(found):
                return found
        for label in near:
            if (found := find_date(label)) and _sensible(found):
                return found
        for value in self._times:
            if (found := read_date(value)) and _sensible(found):
                return found
        return _from_address(self._address() or "")

    def _author(self, named: Sequence[str]) -> str | None:
        stated = [", ".join(named), *(self._meta[name] for name in _AUTHORS if name in self._meta)]
        for value in [*stated, " ".join(" ".join(self._byline).split())]:
            name = _BY.sub("", " ".join(value.split())).strip(" ,|·•-")
            if name and len(name) <= _LONGEST_BYLINE and not _NO_NAME.search(name):
                return name
        return None

    def _language_code(self) -> str | None:
        for value in (self._language, self._meta.get("og:locale", ""), self._meta.get("content-language", "")):
            if found := re.match(r"([A-Za-z]{2})(?:$|[-_])", value.strip()):
                return found[1].lower()
        return None


def without_site(title: str, publisher: str) -> str:
    """The *title* of a window without the name of the site behind or before it."""
    parts = _PARTS.split(title)
    marks = _PARTS.findall(title)
    if len(parts) < 2:
        return title
    if publisher and _key(parts[0]) == _key(publisher):
        return title[len(parts[0]) + len(marks[0]) :]
    last = parts[-1]
    if (publisher and _key(last) == _key(publisher)) or (len(last.split()) <= 4 and len(parts[0].split()) >= 3):
        return title[: len(title) - len(last) - len(marks[-1])]
    return title


def _near_headline(blocks: Sequence[Block]) -> list[str]:
    """Short lines around the first heading, where pages write their date."""
    at = next((at for at, block in enumerate(blocks) if block.tag == "h1"), 0)
    around = [*blocks[at : at + _NEAR], *reversed(blocks[max(at - 3, 0) : at])]
    return [block.text for block in around if len(block.text) <= _LABEL]


def _sensible(dated: Dated) -> bool:
    return dated[0].year >= _OLDEST and dated[0] <= dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)


def _from_address(url: str) -> Dated | None:
    found = _URL_DATE.search(urlsplit(url).path if url else "")
    if not found:
        return None
    try:
        date = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
    dated = date, DatePrecision.DAY if found[3] else DatePrecision.MONTH
    return dated if _sensible(dated) else None


def _site(host: str | None) -> str:
    return re.sub(r"^(?:www|amp|m|mobile|edition)\.", "", host or "")


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
