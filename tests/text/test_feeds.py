from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from app.errors import IngestError
from app.text.feeds import Feed, FeedEntry, read_feed

URL = "https://www.example.org/news/feed.xml"


def rss(items: str, *, channel: str = "<title>News</title><link>https://www.example.org/</link>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{items}</channel></rss>'.encode()


def item(number: int = 1, *, title: str = "Title", link: str = "/a", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>n{number}</guid>{more}</item>"


def only(data: bytes) -> FeedEntry:
    (entry,) = read_feed(data, URL).entries
    return entry


def refusal(data: bytes, media_type: str | None = None) -> str:
    with pytest.raises(IngestError) as caught:
        read_feed(data, URL, media_type=media_type)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


EXPECTED = FeedEntry("n1", "https://www.example.org/a", "Leaders meet", dt.date(2024, 5, 16))
RSS_20 = rss(item(title="Leaders meet", more="<pubDate>Thu, 16 May 2024 23:30:00 -0500</pubDate>"))
RSS_10 = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://www.example.org/"><title>News</title><link>https://www.example.org/</link></channel>
<item rdf:about="n1"><title>Leaders meet</title><link>/a</link><dc:date>2024-05-16T23:30:00-05:00</dc:date></item>
</rdf:RDF>"""
RSS_090 = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>News</title><link>https://www.example.org/</link></channel>
<item><title>Leaders meet</title><link>/a</link></item></rdf:RDF>"""
RSS_091 = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">
<rss version="0.91"><channel><title>News</title><link>https://www.example.org/</link>
<item><title>Leaders meet</title><link>/a</link></item></channel></rss>"""
ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.example.org/"><title>News</title>
<link href="https://www.example.org/"/><link rel="self" href="/news/feed.xml"/>
<entry><id>tag:example.org,2024:n1</id><title type="html">Leaders &lt;i&gt;meet&lt;/i&gt;</title>
<link rel="edit" href="/edit"/><link rel="alternate" type="text/html" href="a"/>
<updated>2024-05-17T08:00:00Z</updated><published>2024-05-16T23:30:00-05:00</published>
<content type="html">&lt;title&gt;Other&lt;/title&gt;</content></entry></feed>"""
ATOM_03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title>
<link rel="alternate" type="text/html" href="https://www.example.org/"/>
<entry><title>Leaders meet</title><link rel="alternate" type="text/html" href="/a"/><id>tag:example.org,2024:n1</id>
<issued>2024-05-16T23:30:00-05:00</issued><modified>2024-05-17T23:30:00-05:00</modified></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "home_page_url": "https://www.example.org/",
        "items": [{"id": "n1", "url": "/a", "title": "Leaders meet", "date_published": "2024-05-16T23:30:00-05:00"}],
    }
).encode()


@pytest.mark.parametrize(
    "data", [RSS_20, RSS_10, ATOM, ATOM_03, JSON_FEED], ids=["rss2", "rss1", "atom", "atom3", "json"]
)
def test_a_feed_of_each_kind_is_read(data: bytes) -> None:
    key = "tag:example.org,2024:n1" if b"tag:" in data else "n1"
    assert read_feed(data, URL) == Feed("News", "https://www.example.org/", (replace(EXPECTED, key=key),))


@pytest.mark.parametrize("data", [RSS_090, RSS_091], ids=["rss0.90", "rss0.91"])
def test_the_oldest_feeds_are_read_whose_links_are_their_keys(data: bytes) -> None:
    link = "https://www.example.org/a"
    assert read_feed(data, URL) == Feed(
        "News", "https://www.example.org/", (FeedEntry(link, link, "Leaders meet", None),)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1"])
def test_a_feed_in_any_encoding_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = rss(item(title="Grüße")).decode().replace("?>", f" encoding='{declared}'?>", 1)
    assert only(text.encode(encoding)).title == "Grüße"


def test_a_feed_that_misstates_its_encoding_is_read_all_the_same() -> None:
    head = b"<?xml version='1.0' encoding='us-ascii'?>"
    assert only(head + rss(item(title="Grüße"))[21:]).title == "Grüße"
    assert only(rss(item(title="Gr%sse")).replace(b"%s", b"\xfcs")).title == "Grüsse"
    assert only(head.replace(b"us-ascii", b"punycode") + rss(item(title="Grüße"))[21:]).title == "Grüße"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Q&amp;A", "Q&A"),
        ("Q&amp;amp;A", "Q&A"),
        ("Q & A", "Q & A"),
        ("AT&T", "AT&T"),
        ("Caf&eacute;&nbsp;Europa &nonsense; &#8211; &#x2013;", "Café Europa &nonsense; – –"),
        ("<![CDATA[Q&A <b>now</b>]]>", "Q&A now"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
        ("<b>Bold</b> words", "Bold words"),
        ("5 &lt; 6 and 7 &gt; 2", "5 < 6 and 7 > 2"),
        ("  many\n\n  lines\t ", "many lines"),
        ("right\u202eleft\u0007", "rightleft"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("", "https://www.example.org/a"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_words_without_markup(title: str, plain: str) -> None:
    assert only(rss(item(title=title))).title == plain


def test_a_title_of_xhtml_is_words_without_markup() -> None:
    title = b'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Leaders <em>meet</em></div></title>'
    assert (
        only(ATOM.replace(b'<title type="html">Leaders &lt;i&gt;meet&lt;/i&gt;</title>', title)).title == "Leaders meet"
    )


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://other.example.org/a?b=1&amp;c=2", "https://other.example.org/a?b=1&c=2"),
        ("https://other.example.org/a?b=1&c=2", "https://other.example.org/a?b=1&c=2"),
        ("<![CDATA[https://other.example.org/a?b=1&c=2]]>", "https://other.example.org/a?b=1&c=2"),
        ("a", "https://www.example.org/news/a"),
        ("//other.example.org/a", "https://other.example.org/a"),
        ("\n  /a#part  ", "https://www.example.org/a"),
    ],
)
def test_a_link_is_resolved_against_the_feed(link: str, url: str) -> None:
    assert only(rss(item(link=link))).url == url


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.org/",
        "data:,x",
        "http:///",
        "http://[",
        "mailto:a@b.c",
    ],
)
def test_an_entry_that_links_to_no_page_is_left_out(link: str) -> None:
    assert read_feed(rss(item(link=link) + item(2, link="/b")), URL).entries[0].key == "n2"
    assert len(read_feed(rss(item(link=link) + item(2, link="/b")), URL).entries) == 1


def test_a_guid_that_is_a_link_serves_as_one() -> None:
    entry = only(rss("<item><title>T</title><guid>https://www.example.org/a</guid></item>"))
    assert entry.key == entry.url == "https://www.example.org/a"


def test_keys_are_short_and_the_same_each_time() -> None:
    long = rss(item().replace("n1", "n" * 500))
    assert only(long).key == only(long).key
    assert only(long).key.startswith("sha256:")
    assert len(only(long).key) <= 200
    assert only(rss(item().replace("n1", "n" * 200))).key == "n" * 200


def test_entries_that_share_a_guid_are_told_apart_by_their_links() -> None:
    same = item(1, link="/a") + item(1, link="/b") + item(1, link="/a") + item(2, link="/c")
    keys = [entry.key for entry in read_feed(rss(same), URL).entries]
    assert keys == ["https://www.example.org/a", "https://www.example.org/b", "n2"]


def test_entries_come_newest_first_and_the_undated_last() -> None:
    days = [
        "<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate>",
        "",
        "<pubDate>2024-05-03</pubDate>",
        "<pubDate>?</pubDate>",
    ]
    items = "".join(item(number, more=day) for number, day in enumerate(days))
    assert [entry.key for entry in read_feed(rss(items), URL).entries] == ["n2", "n0", "n1", "n3"]


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("Thu, 16 May 2024 23:30:00 -0500", dt.date(2024, 5, 16)),
        ("16 May 2024 23:30 EST", dt.date(2024, 5, 16)),
        ("2024-05-16", dt.date(2024, 5, 16)),
        ("2024-05-16T01:00:00+09:00", dt.date(2024, 5, 16)),
        ("2024-05", dt.date(2024, 5, 1)),
        ("0001-01-01T00:00:00+14:00", dt.date(1, 1, 1)),
        ("9999-12-31T23:59:59-12:00", dt.date(9999, 12, 31)),
        ("Thu, 99 May 2024 99:99:99 GMT", None),
        ("yesterday", None),
        ("9" * 5_000, None),
    ],
)
def test_a_date_is_the_publishers_own_day(given: str, date: dt.date | None) -> None:
    assert only(rss(item(more=f"<pubDate>{given}</pubDate>"))).date == date


def test_of_many_entries_the_newest_five_hundred_are_taken() -> None:
    day = dt.date(2020, 1, 1)
    items = "".join(
        item(n, link=f"/{n}", more=f"<pubDate>{day + dt.timedelta(n)}</pubDate><description>Words</description>")
        for n in range(700)
    )
    entries = read_feed(rss(items), URL).entries
    assert (len(entries), entries[0].key, entries[-1].key) == (500, "n699", "n200")


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read_feed(rss(""), URL) == Feed("News", "https://www.example.org/", ())


@pytest.mark.parametrize(
    "data",
    [
        RSS_20.replace(b"</item></channel></rss>", b"</item>"),
        RSS_20.replace(b"<item>", b"<item><b><dc:creator>Me</b></dc:creator>"),
        RSS_20.replace(b"<item>", b"<item><description>1 < 2 & 3</description>"),
        RSS_20.replace(b"<item>", b"<item><media:title>Picture</media:title><x:y/>"),
        b"\n\n " + RSS_20,
        RSS_20.replace(b"?>", b"?><?xml-stylesheet href='/x.xsl'?><!-- <rss> -->"),
        RSS_20.replace(b"<title>News", b"<image><title>Logo</title><link>/logo</link></image><title>News"),
        RSS_20.replace(b"<title>Leaders", b"<title>\x0b\x00Leaders"),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert read_feed(data, URL) == Feed("News", "https://www.example.org/", (EXPECTED,))


def test_numbers_and_missing_fields_in_json_feed_do_no_harm() -> None:
    items: list[Any] = [
        {"id": 7, "url": "/a"},
        {"id": True, "external_url": "/b", "content_text": "Words"},
        {"id": None, "url": "/c", "date_published": 5},
        {"url": 5},
        "nonsense",
        {"id": ["x"], "url": ["y"]},
    ]
    feed = read_feed(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode(), URL)
    assert [entry.key for entry in feed.entries] == ["7", "https://www.example.org/b", "https://www.example.org/c"]
    assert feed.entries[1].title == "Words"
    assert read_feed(b'{"version": "https://jsonfeed.org/version/1", "items": 5}', URL).entries == ()
