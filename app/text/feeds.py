"""What is new on a site, read from its feed: RSS, Atom or JSON Feed."""

from __future__ import annotations

import datetime as dt
import hashlib
import html as html_entities
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.errors import IngestError
from app.text.feed_xml import MOST_ENTRIES as _MOST_READ
from app.text.feed_xml import NotXmlFeedError, decoded, slim_feed

MOST_ENTRIES = 500
_LONGEST_KEY = 200
_LONGEST_TITLE = 300
_LONGEST_DATE = 100
_LONGEST_URL = 2_000
_MOST_DISCOVERED = 20
_PAGE_HEAD = 1_000_000
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_PAGE_TYPES = {"text/html", "application/xhtml+xml"}
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; *key* is its guid or id, else its link: the same in every copy of the feed, 200 characters at most."""

    key: str
    url: str
    title: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries, the newest first as far as they are dated, the undated after them as they stand."""

    title: str
    url_of_site: str | None
    entries: tuple[FeedEntry, ...]


class NoFeedError(IngestError):
    """What was given is no feed; *feeds* are the addresses of those that it links to."""

    def __init__(self, message: str, feeds: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.feeds = feeds


@dataclass(frozen=True, slots=True)
class _Raw:
    """An entry as its feed has it."""

    key: str
    link: str
    title: str
    when: dt.datetime | None


def read_feed(data: bytes, url: str, *, media_type: str | None = None) -> Feed:
    """The feed in *data*, at most 500 of its entries, without those that link to no page.

    Args:
        data: RSS of any age, Atom or JSON Feed, in any encoding.
        url: where it was found; what it links to relatively is resolved against it.
        media_type: what the site calls it; only to tell a web page from a broken feed.

    Raises:
        NoFeedError: it is none; a web page's message names the feeds that the page links to.
        IngestError: it is one that is made to do harm.
    """
    text = decoded(data)
    start = text.lstrip("\ufeff\0 \t\r\n")[:1]
    if not start:
        raise NoFeedError("This is no feed: it is empty.")
    if start == "{":
        return _json_feed(text, url)
    try:
        slim = slim_feed(text)
    except NotXmlFeedError as error:
        if error.root == "html" or media_type in _PAGE_TYPES:
            raise _a_page(text, url) from error
        raise NoFeedError(str(error)) from error
    return _xml_feed(slim, url)


def feeds_in(html: str | bytes, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that the page *html*, found at *url*, links to in its head, 20 at most."""
    from lxml import etree  # noqa: PLC0415 - only for a page

    text = html if isinstance(html, str) else decoded(html)
    parser = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, encoding="utf-8")
    tree = etree.fromstring(text[:_PAGE_HEAD].encode("utf-8", "replace") or b"<p/>", parser)
    if tree is None:
        return ()
    base = next((_link(url, one.get("href")) for one in tree.iter("base") if one.get("href")), None) or url
    found: dict[str, None] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            there = _link(base, link.get("href"))
            if there:
                found[there] = None
    return tuple(found)[:_MOST_DISCOVERED]


def _link(base: str, link: object) -> str | None:
    """*link* as seen from *base*, without its fragment; nothing where that is no http or https address."""
    if not isinstance(link, str) or not (text := link.strip()):
        return None
    try:
        there = urljoin(base, text).partition("#")[0]
        parts = urlsplit(there)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and parts.hostname and len(there) <= _LONGEST_URL and there.isprintable()
    return there if good else None


def _a_page(text: str, url: str) -> NoFeedError:
    feeds = feeds_in(text, url)
    if not feeds:
        return NoFeedError("This is no feed: it is a web page, and it links to none.")
    return NoFeedError(f"This is no feed: it is a web page. Its feeds are: {', '.join(feeds)}.", feeds)


def _xml_feed(slim: bytes, url: str) -> Feed:
    import feedparser  # noqa: PLC0415 - only once there is a feed

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        io.BytesIO(slim), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    entries = (
        _Raw(_text(entry, "id"), _text(entry, "link"), _text(entry, "title"), _when_parsed(entry))
        for entry in parsed.entries
    )
    return _feed(_text(parsed.feed, "title"), _text(parsed.feed, "link"), entries, url)


def _text(record: dict[str, Any], name: str) -> str:
    value = dict.get(record, name)  # a feed's own get() warns where it gives one date for another
    return value.strip() if isinstance(value, str) else ""


def _when_parsed(entry: dict[str, Any]) -> dt.datetime | None:
    """When an entry came out, on the publisher's own calendar where its date can be read so."""
    for name in ("published", "updated", "created"):
        given = _text(entry, name)
        if 0 < len(given) <= _LONGEST_DATE:
            own = _when(given)
            parsed = entry.get(f"{name}_parsed")
            if own is not None or parsed is None:
                return own
            try:
                return dt.datetime(*parsed[:6]).replace(tzinfo=dt.UTC)
            except ValueError:
                return None
    return None


def _when(given: str) -> dt.datetime | None:
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(given)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return None


def _json_feed(text: str, url: str) -> Feed:
    try:
        record = json.loads(text)
    except (RecursionError, ValueError) as error:
        raise NoFeedError("This is no feed: it begins as JSON, but cannot be read as such.") from error
    if not isinstance(record, dict) or not _JSON_FEED.match(_text(record, "version")):
        raise NoFeedError("This is no feed: it is JSON, but not JSON Feed.")
    items = record.get("items")
    entries = (
        _json_entry(item) for item in (items[:_MOST_READ] if isinstance(items, list) else ()) if isinstance(item, dict)
    )
    return _feed(_text(record, "title"), _text(record, "home_page_url"), entries, url)


def _json_entry(item: dict[str, Any]) -> _Raw:
    key = item.get("id")
    number = str(key) if isinstance(key, int | float) and not isinstance(key, bool) else ""
    when = _when(_text(item, "date_published")) or _when(_text(item, "date_modified"))
    link = _text(item, "url") or _text(item, "external_url")
    title = _text(item, "title") or _text(item, "summary") or _text(item, "content_text")
    return _Raw(number or _text(item, "id"), link, title, when)


def _feed(title: str, site: str, entries: Iterable[_Raw], url: str) -> Feed:
    linked = [(entry, there) for entry in entries if (there := _link(url, entry.link))]
    linked.sort(key=lambda pair: _sortable(pair[0].when), reverse=True)
    uses = Counter(key for key, _ in {(entry.key, there) for entry, there in linked})
    taken: dict[str, FeedEntry] = {}
    for entry, there in linked:
        key = _key(entry.key if uses[entry.key] == 1 and entry.key else there)  # some feeds give all one guid
        if key not in taken and len(taken) < MOST_ENTRIES:
            taken[key] = FeedEntry(key, there, _plain(entry.title) or there, entry.when.date() if entry.when else None)
    return Feed(_plain(title), _link(url, site), tuple(taken.values()))


def _sortable(when: dt.datetime | None) -> tuple[bool, float]:
    """By the moment; dates so far off that no clock has them come last."""
    if when is None:
        return False, 0.0
    try:
        return True, when.timestamp()
    except (OverflowError, OSError, ValueError):
        return False, 0.0


def _key(key: str) -> str:
    if len(key) <= _LONGEST_KEY and key.isprintable():
        return key
    return f"sha256:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _plain(title: str) -> str:
    """*title* without markup, on one line."""
    words = html_entities.unescape(_TAG.sub("", title[: 10 * _LONGEST_TITLE])).split()
    line = "".join(char for char in " ".join(words) if char.isprintable())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1].rstrip()}…"
