from __future__ import annotations

import pytest

from app.text.feeds import NoFeedError, feeds_in, read_feed
from tests.text.test_feeds import URL, refusal


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b"Hello, world.", "neither RSS nor Atom nor JSON Feed"),
        (b"%PDF-1.7", "neither RSS nor Atom nor JSON Feed"),
        (b"<?xml version='1.0'?>", "neither RSS nor Atom nor JSON Feed"),
        (b"<!-- never closed", "ends before it has begun"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "begins with <urlset>"),
        (b"{not json", "cannot be read as such"),
        (b'{"version": "1.0"}', "not JSON Feed"),
        (b'{"version": 1}', "not JSON Feed"),
        (b"<html><body>Hello</body></html>", "it is a web page, and it links to none"),
        (b"<!DOCTYPE html PUBLIC '-//W3C//DTD'><p>Hello", "it is a web page, and it links to none"),
    ],
)
def test_what_is_no_feed_is_a_sentence(data: bytes, words: str) -> None:
    message = refusal(data)
    assert message.startswith("This is no feed: ")
    assert words in message


PAGE = b"""<!doctype html><html><head><title>News</title><base href="/en/">
<!-- <link rel="alternate" type="application/rss+xml" href="old.xml"> -->
<link rel="stylesheet" href="x.css"><link rel="alternate" hreflang="fr" href="/fr/">
<link rel="alternate" type="application/rss+xml" title="All" href="feed.xml">
<LINK REL='Alternate home' TYPE='application/atom+xml; charset=utf-8' HREF='https://feeds.example.org/a?b=1&amp;c=2'>
<link rel=alternate type=application/feed+json href=/feed.json>
<link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml"><link rel="alternate" type="application/rss+xml" href="feed.xml">
</head><body>Hello</body></html>"""
FOUND = (
    "https://www.example.org/en/feed.xml",
    "https://feeds.example.org/a?b=1&c=2",
    "https://www.example.org/feed.json",
)


def test_a_web_page_names_the_feeds_that_it_links_to() -> None:
    with pytest.raises(NoFeedError) as caught:
        read_feed(PAGE, "https://www.example.org/", media_type="text/html")
    assert caught.value.feeds == FOUND
    assert str(caught.value) == f"This is no feed: it is a web page. Its feeds are: {', '.join(FOUND)}."


def test_a_page_that_hides_behind_words_is_known_by_what_the_site_calls_it() -> None:
    assert "links to none" in refusal(b"Warning: foo<br><p>Hello", "text/html")


def test_feeds_are_found_in_a_page_of_text_or_of_bytes() -> None:
    assert feeds_in(PAGE, "https://www.example.org/") == feeds_in(PAGE.decode(), "https://www.example.org/") == FOUND
    assert feeds_in("", "https://www.example.org/") == ()
    assert (
        len(feeds_in("".join(f"<link rel=alternate type=application/rss+xml href={n}>" for n in range(30)), URL)) == 20
    )
