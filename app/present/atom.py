"""The newest quotes of a list as an Atom feed.

Source:
    RFC 4287, The Atom Syndication Format; RFC 5005, section 3, for feeds in pages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.domain import DatePrecision
from app.present.rows import first_words, full_name
from app.store.rows import QuoteRow

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
TITLE_WORDS = 80
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries was updated: a moment of now would change it each time that it is asked for."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedOf:
    """What a feed is of.

    Attributes:
        title: what it is called.
        filters: the filter as the address has it.
        labels: each topic's label by its id.
        added: when the articles of the quotes came in, by their slugs.
        absolute: makes an address of ours one that can be followed from elsewhere.
        self_url, page_url, next_url: where this feed is, the page that shows the same, and the older entries.
        version: the program's.
    """

    title: str
    filters: Mapping[str, str]
    labels: Mapping[str, str]
    added: Mapping[str, dt.datetime]
    absolute: Callable[[str], str]
    self_url: str
    page_url: str
    next_url: str | None
    version: str

    @property
    def updated(self) -> dt.datetime:
        """When the last of its entries came in."""
        return max(self.added.values(), default=NEVER)


def feed(of: FeedOf, quotes: Iterable[QuoteRow]) -> bytes:
    """The feed with an entry for each of *quotes*, in their order."""
    from lxml import etree  # noqa: PLC0415 - nobody may ever ask for one

    root = etree.Element("feed", nsmap={None: ATOM})
    _texts(root, id=f"urn:communique:search:{urlencode(sorted(of.filters.items())) or 'all'}", title=of.title)
    _texts(root, updated=_moment(of.updated))
    etree.SubElement(root, "generator", version=of.version).text = "Communiqué"
    _link(root, "self", of.absolute(of.self_url), MEDIA_TYPE)
    _link(root, "alternate", of.absolute(of.page_url), "text/html")
    if of.next_url is not None:
        _link(root, "next", of.absolute(of.next_url), MEDIA_TYPE)
    for quote in quotes:
        _entry(etree.SubElement(root, "entry"), quote, of)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made


def _entry(entry: Any, quote: QuoteRow, of: FeedOf) -> None:
    from lxml import etree  # noqa: PLC0415

    who, article = full_name(quote.speaker), quote.article
    words = f"{who}: {first_words(quote.text, TITLE_WORDS)}"
    _texts(entry, id=f"urn:communique:quote:{quote.id}", title=words, updated=_moment(of.added[article.slug]))
    if article.date is not None and article.date_precision is DatePrecision.DAY:
        _texts(entry, published=f"{article.date.isoformat()}T00:00:00Z")
    _texts(etree.SubElement(entry, "author"), name=who)
    _link(entry, "alternate", of.absolute(f"/quotes/{quote.id}"), "text/html")
    if article.url is not None:
        _link(entry, "via", article.url, "text/html")
    for topic in quote.topics:
        etree.SubElement(entry, "category", term=topic, label=_clean(of.labels.get(topic, topic)))
    etree.SubElement(entry, "content", type="html").text = _content(quote, who)


def _content(quote: QuoteRow, who: str) -> str:
    """The quote in HTML; text is escaped once here, and the whole once more where it is written."""
    from lxml import etree  # noqa: PLC0415

    figure = etree.Element("figure")
    etree.SubElement(etree.SubElement(figure, "blockquote"), "p").text = _clean(quote.text)
    article = quote.article
    said = (who, article.title, article.publisher or "", article.date.isoformat() if article.date else "")
    etree.SubElement(figure, "figcaption").text = _clean(", ".join(one for one in said if one))
    html: str = etree.tostring(figure, encoding="unicode", method="html")
    return html


def _texts(parent: Any, **values: str) -> None:
    from lxml import etree  # noqa: PLC0415

    for name, value in values.items():
        etree.SubElement(parent, name).text = _clean(value)


def _link(parent: Any, rel: str, href: str, media_type: str) -> None:
    from lxml import etree  # noqa: PLC0415

    etree.SubElement(parent, "link", rel=rel, href=_clean(href), type=media_type)


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clean(text: str) -> str:
    """*text* without the characters that XML cannot have."""
    return _NOT_IN_XML.sub("", text)
