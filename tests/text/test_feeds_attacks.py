from __future__ import annotations

import contextlib
import socket
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import IngestError
from app.text.feeds import NoFeedError, read_feed
from tests.text.test_feeds import ATOM, JSON_FEED, RSS_091, RSS_10, RSS_20, URL, item, refusal, rss

SIZE = 1_000_000  # ten took ten times as long, and no more, when it was tried


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!doctype rss [<!ENTITY a "x">]>',
        '<!DOCTYPE rss SYSTEM "a>" [<!ENTITY a "x">]>',
        '<!-- > --><?x > ?><!DOCTYPE rss\n[<!ENTITY % a SYSTEM "http://127.0.0.1/">%a;]>',
        "<!DOCTYPE rss [",
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(declaration: str, encoding: str) -> None:
    text = rss(item(title="&a;")).decode().replace("?>", f" encoding='{encoding}'?>{declaration}", 1)
    assert "not read" in refusal(text.encode(encoding)) or "no feed" in refusal(text.encode(encoding))


def test_a_document_type_in_the_middle_declares_nothing() -> None:
    data = rss('<!DOCTYPE rss [<!ENTITY a "secret">]>' + item(title="&a; <!DOCTYPE rss [<!ENTITY a 'secret'>]>"))
    assert "secret" not in str(read_feed(data, URL).entries) or "&a;" in str(read_feed(data, URL).entries)


def test_no_feed_makes_us_ask_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", fail)
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    for data in (RSS_20, RSS_091, RSS_10, ATOM, JSON_FEED, b"http://127.0.0.1/", b"/etc/passwd"):
        try:
            read_feed(data, URL)
        except NoFeedError:
            continue


ITEM = item().encode()
BOMBS = {
    "nested": rss("<a>" * (SIZE // 3)),
    "nested-titles": rss("<item><title>" * (SIZE // 13)),
    "nested-items": rss("<item>" * (SIZE // 6)),
    "flat": rss("<a/>" * (SIZE // 4)),
    "flat-in-an-item": rss("<item>" + "<title/>" * (SIZE // 8) + "</item>"),
    "items": rss(item() * (SIZE // len(ITEM))),
    "links": rss("<item>" + "<link>/a</link>" * (SIZE // 15) + "</item>"),
    "attributes": rss("<item " + " ".join(f"a{n}='1'" for n in range(SIZE // 10)) + "/>"),
    "one-attribute": rss(f"<item a='{'x' * SIZE}'/>"),
    "title": rss(item(title="x" * SIZE)),
    "tags-in-a-title": rss(item(title="&lt;" * (SIZE // 4))),
    "markup-in-a-title": rss(item(title="<b>" * 90 + "x" * SIZE)),
    "ampersands": rss(item(title="&" * SIZE)),
    "open-cdata": rss("<![CDATA[" * (SIZE // 9)),
    "cdata": rss("<![CDATA[]]>" * (SIZE // 12)),
    "open-comments": rss("<!--" * (SIZE // 4)),
    "comments": b"<!---->" * (SIZE // 7) + rss(""),
    "instructions": b"<??>" * (SIZE // 4) + rss(""),
    "open-tags": rss("<" * SIZE),
    "name": b"<" + b"a" * SIZE,
    "quotes": b"<?xml version='1.0' encoding=" + b"'" * SIZE,
    "blanks": b" " * SIZE,
    "nothing": b"\0" * SIZE,
    "json-nested": b'{"a":' * (SIZE // 5),
    "json-lists": b'{"a":' + b"[" * SIZE,
    "json-number": b'{"a":' + b"9" * SIZE + b"}",
    "json-items": b'{"version":"https://jsonfeed.org/version/1","items":[' + b'{"url":"/a"},' * (SIZE // 13) + b"{}]}",
    "page": b"<!DOCTYPE html>" + b"<link rel=alternate type=application/rss+xml href=x>" * (SIZE // 52),
    "page-nested": b"<html>" + b"<div>" * (SIZE // 5),
    "dates": rss("<item><link>/a</link>" + "<pubDate>" + "1 " * (SIZE // 2) + "</pubDate></item>"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_megabytes_made_to_hurt_are_done_with_in_time(kind: str) -> None:
    begun = time.monotonic()
    with contextlib.suppress(IngestError):
        assert len(read_feed(BOMBS[kind], URL).entries) <= 500
    assert time.monotonic() - begun < 4


@given(st.binary(max_size=300) | st.sampled_from([RSS_20, ATOM, JSON_FEED]).flatmap(
    lambda data: st.tuples(st.just(data), st.integers(0, len(data)), st.binary(max_size=5)).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
    )
))  # fmt: skip
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        feed = read_feed(data, URL)
    except IngestError:
        return
    assert all(entry.url.startswith("http") and len(entry.key) <= 200 for entry in feed.entries)


def test_a_large_feed_is_read_in_little_memory() -> None:
    data = rss("".join(item(n, more=f"<description>{'words ' * 500}</description>") for n in range(1_000)))
    tracemalloc.start()
    assert len(read_feed(data, URL).entries) == 500
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * len(data)
