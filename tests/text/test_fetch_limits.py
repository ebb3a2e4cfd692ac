from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import brotli
import pytest

from app.text.fetch import Door, FetchError
from tests.text.serving import GOOD, Reply, Site, Wire, door, page, serving, silent, unreached

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BODY = b"<p>" + b"All said yes. " * 20_000
MB = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def bomb(packed: str, size: int) -> bytes:
    zeros = b"\0" * size
    if packed == "br":
        return bytes(brotli.compress(zeros, quality=1))
    return gzip.compress(zeros, 1) if packed == "gzip" else zlib.compress(zeros, 1)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def refused(site: Site, *, seconds: float = 5, largest: int = 10 * MB, robots: bool = False) -> FetchError:
    with pytest.raises(FetchError) as caught:
        door(site, seconds=seconds, largest=largest).fetch(site.url(), robots=robots)
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY[:1_000]) + gzip.compress(BODY[1_000:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 100),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("br", brotli.compress(BODY)),
        ("identity", BODY),
        ("gzip", b""),
        ("deflate", b""),
        ("br", b""),
    ],
)
@pytest.mark.parametrize("chunk", [0, 1, 1_000])
def test_a_packed_page_is_unpacked_however_it_is_cut(coding: str, data: bytes, chunk: int) -> None:
    def chunked(wire: Wire) -> None:
        parts = [data[start : start + chunk] for start in range(0, len(data), chunk)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
        wire.send(HEAD + b"Content-Encoding: " + coding.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        wire.send(b"0\r\n\r\n")

    with serving({"/": chunked if chunk else page(data, content_encoding=coding)}) as site:
        assert door(site).fetch(site.url()).data == (BODY if data else b"")


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br"])
def test_a_bomb_stops_early_and_in_little_memory(packed: str) -> None:
    reply = page(bomb(packed, 100 * MB), content_encoding=packed)
    with serving({"/": reply}) as site:
        tracemalloc.start()
        with within(4):
            error = refused(site, largest=MB)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert "larger than 1 MB" in str(error)
    assert not error.retry
    assert peak < 8 * MB


def test_a_bomb_in_a_bomb_is_not_unpacked() -> None:
    with serving({"/": page(gzip.compress(bomb("gzip", MB)), content_encoding="gzip, gzip")}) as site:
        assert "packed in a way that we did not ask for (gzip, gzip)" in str(refused(site))


@pytest.mark.parametrize("coding", ["zstd", "compress", "aes128gcm", "x" * 500])
def test_a_packing_that_nobody_asked_for_is_a_sentence(coding: str) -> None:
    with serving({"/": page(b"data", content_encoding=coding)}) as site:
        assert "did not ask for" in str(refused(site))


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br"])
def test_what_is_packed_wrongly_is_a_sentence(packed: str) -> None:
    whole = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[packed](BODY)
    for data in (b"This was never packed.", whole[:20] + b"\xff" * 50):
        with serving({"/": page(data, content_encoding=packed)}) as site:
            assert "cannot be unpacked" in str(refused(site)) or "ends too early" in str(refused(site))


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br"])
def test_a_packed_page_that_ends_too_early_is_refused(packed: str) -> None:
    whole = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[packed](BODY)
    for cut in (1, len(whole) // 2, len(whole) - 1):
        with serving({"/": page(whole[:cut], content_encoding=packed)}) as site:
            error = refused(site)
        assert "ends too early" in str(error)
        assert error.retry


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 10\r\n\r\nabc",
        HEAD + b"Content-Length: 10\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_a_page_that_ends_too_early_is_refused(answer: bytes) -> None:
    with serving({"/": lambda wire: wire.send(answer)}) as site:
        error = refused(site)
    assert "ends too early" in str(error)
    assert error.retry


def test_a_page_that_says_it_is_too_large_is_not_begun() -> None:
    def promise(wire: Wire) -> None:
        wire.send(HEAD + b"Content-Length: 10000001\r\n\r\n")
        wire.wait()

    with serving({"/": promise}) as site, within(4):
        assert "larger than 10 MB" in str(refused(site))


def test_a_page_of_the_most_is_read_and_a_byte_more_is_not() -> None:
    with serving({"/": page(b"x" * 1_000)}) as site:
        assert len(door(site, largest=1_000).fetch(site.url()).data) == 1_000
        assert "larger than 999 bytes" in str(refused(site, largest=999))


@pytest.mark.parametrize("head", [b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", b"X: "])
def test_a_page_without_end_ends_in_little_memory(head: bytes) -> None:
    def endless(wire: Wire) -> None:
        wire.send(HEAD + head)
        while not wire.stopped.is_set():
            wire.send(b"x" * 65_536)

    with serving({"/": endless}) as site, within(4):
        tracemalloc.start()
        refused(site, largest=MB)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 12 * MB


def test_headers_without_end_end() -> None:
    def endless(wire: Wire) -> None:
        while not wire.stopped.is_set():
            wire.send(b"HTTP/1.1 100 Continue\r\n" + b"X: y\r\n" * 50 + b"\r\n")

    with serving({"/": endless}) as site, within(4):
        refused(site, seconds=1, largest=MB)


SLOW = {
    "silence": lambda wire: wire.wait(),
    "status": lambda wire: wire.drip(b"HTTP/1.1 200 OK\r\n" * 50, every=0.05),
    "headers": lambda wire: (wire.send(HEAD), wire.drip(b"X: yyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 50, every=0.05)),
    "body": lambda wire: (wire.send(HEAD + b"\r\n"), wire.drip(b"x" * 1_000, every=0.05)),
    "length": lambda wire: (wire.send(HEAD + b"Content-Length: 1000\r\n\r\n"), wire.drip(b"x" * 1_000, every=0.05)),
    "chunks": lambda wire: (
        wire.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
        wire.drip(b"1\r\nx\r\n" * 1_000, every=0.05),
    ),
    "trailers": lambda wire: (
        wire.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"),
        wire.drip(b"X: y\r\n" * 1_000, every=0.05),
    ),
    "packed": lambda wire: (
        wire.send(HEAD + b"Content-Encoding: gzip\r\n\r\n"),
        wire.drip(gzip.compress(BODY), every=0.05),
    ),
    "begun": lambda wire: (wire.send(HEAD + b"\r\n<p>Hello"), wire.wait()),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_site_is_cut_off_whatever_it_is_slow_with(kind: str) -> None:
    with serving({"/": SLOW[kind]}) as site, within(3):
        error = refused(site, seconds=0.4)
    assert str(error) == "The site took longer than 0.4 seconds; try again later."
    assert error.retry


def test_redirects_that_each_take_their_time_are_cut_off_in_all() -> None:
    def later(wire: Wire) -> None:
        wire.wait(0.15)
        wire.send(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    with serving({"/": later}) as site, within(3):
        assert "took longer than 0.4 seconds" in str(refused(site, seconds=0.4))


def test_a_connection_that_nobody_takes_is_given_up() -> None:
    with unreached() as site, within(3):
        assert "took longer than 0.3 seconds" in str(refused(site, seconds=0.3))


def test_a_server_that_never_says_a_word_is_given_up() -> None:
    with silent() as site, within(3):
        assert "took longer than 0.3 seconds" in str(refused(site, seconds=0.3))


def test_a_look_up_that_hangs_is_given_up() -> None:
    released = threading.Event()

    def hanging(host: str, port: int) -> Sequence[str]:
        released.wait(10)
        return [GOOD]

    with within(3), pytest.raises(FetchError, match=r"took longer than 0\.3 seconds") as caught:
        Door(resolve=hanging, seconds=0.6).fetch("http://good.example/")
    released.set()
    assert caught.value.retry


def test_a_slow_robots_txt_does_not_take_all_the_time() -> None:
    with serving({"/robots.txt": SLOW["silence"], "/": page()}) as site, within(3):
        error = refused(site, seconds=0.8, robots=True)
    assert "robots.txt" in str(error)
    assert "0.4 seconds" in str(error)


def test_many_fetches_at_once_by_one_door_do_not_disturb_one_another() -> None:
    pages: dict[str, Reply] = {f"/{number}": page(f"page {number}", etag=str(number)) for number in range(40)}
    with serving(pages) as site, ThreadPoolExecutor(8) as pool:
        one = door(site)
        got = list(pool.map(lambda number: one.fetch(site.url(f"/{number}")), range(40)))
    assert [(fetched.data, fetched.etag) for fetched in got] == [
        (f"page {number}".encode(), str(number)) for number in range(40)
    ]
