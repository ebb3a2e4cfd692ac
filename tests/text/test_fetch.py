from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.errors import IngestError
from app.text import fetch as door_module
from app.text.fetch import Door, Fetched, FetchError
from tests.text.serving import EVIL, GOOD, Site, Wire, door, moved, names, page, serving


def refused(site: Site, path: str = "/", *, seconds: float = 5) -> FetchError:
    with pytest.raises(FetchError) as caught:
        door(site, seconds=seconds).fetch(site.url(path))
    return sentence(caught.value)


def sentence(error: FetchError) -> FetchError:
    message = str(error)
    assert isinstance(error, IngestError)
    assert message[0].isupper() or "example" in message.split(maxsplit=1)[0]
    assert message.endswith(".")
    assert "\n" not in message
    return error


def test_a_page_comes_with_what_its_headers_say_of_it() -> None:
    reply = page("<p>Grüße</p>", content_type='Text/HTML; Charset="UTF-8"', etag='"7"', last_modified="Mon, 1 Jan")
    with serving({"/a?b=c": reply}) as site:
        got = door(site).fetch(site.url("/a?b=c#part"))
    assert got == Fetched(site.url("/a?b=c"), "<p>Grüße</p>".encode(), "text/html", "utf-8", '"7"', "Mon, 1 Jan")


def test_a_page_without_headers_comes_without_what_they_would_say() -> None:
    def bare(wire: Wire) -> None:
        wire.send(b"HTTP/1.0 200 OK\r\n\r\nHello")

    with serving({"/": bare}) as site:
        assert door(site).fetch(site.url()) == Fetched(site.url(), b"Hello", None, None, None, None)


def test_the_question_says_who_asks_and_for_what_and_no_more() -> None:
    with serving({"/": page()}) as site:
        door(site).fetch(site.url())
    headers = dict(site.asked[-1].headers)
    assert headers.pop("host") == f"good.example:{site.port}"
    assert headers.pop("user-agent").startswith(f"Communique/{__version__} (")
    assert headers.pop("accept-encoding") == "gzip, deflate, br"
    assert headers.pop("accept").startswith("text/html")
    assert headers.keys() == {"accept-language", "connection"}


def test_cookies_are_neither_kept_nor_sent() -> None:
    with serving({"/": page(set_cookie="id=1"), "/next": page(), "/moved": moved("/next")}) as site:
        one = door(site)
        for path in ("/", "/next", "/moved"):
            one.fetch(site.url(path))
    assert not any("cookie" in asked.headers for asked in site.asked)


def test_proxies_and_passwords_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with serving({"/": page()}) as site, serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        door(site).fetch(site.url())
    assert not proxy.asked
    assert "authorization" not in site.asked[-1].headers


def test_what_was_fetched_before_does_not_come_again() -> None:
    def same(wire: Wire) -> None:
        wire.send(b'HTTP/1.1 304 Not Modified\r\nEtag: "8"\r\n\r\n')

    with serving({"/": same}) as site:
        got = door(site).fetch(site.url(), etag='"7"', modified="Mon, 1 Jan")
    assert got == Fetched(site.url(), b"", None, None, '"8"', "Mon, 1 Jan", not_modified=True)
    assert site.asked[-1].headers["if-none-match"] == '"7"'
    assert site.asked[-1].headers["if-modified-since"] == "Mon, 1 Jan"


def test_a_304_that_nobody_asked_for_is_no_page() -> None:
    with serving({"/": page("", status="304 Not Modified")}) as site:
        assert "304" in str(refused(site))


def test_validators_cannot_smuggle_in_headers() -> None:
    with serving({"/": page()}) as site:
        door(site).fetch(site.url(), etag='"7"\r\nCookie: id=1')
    assert "if-none-match" not in site.asked[-1].headers
    assert "cookie" not in site.asked[-1].headers


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    with serving({"/": page()}) as site:
        resolve = names(both_example=[GOOD, EVIL], back_example=[EVIL, GOOD])
        for host in ("evil.example", "both.example", "back.example"):
            with pytest.raises(FetchError, match="private network"):
                door(site, resolve=resolve).fetch(site.url(host=host))
    assert site.connections == 0


@pytest.mark.parametrize("answer", ["::ffff:127.0.0.1", "fe80::1%1", "::1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_a_name_that_leads_to_a_private_address_in_disguise_is_refused(answer: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        Door(resolve=names(odd_example=answer)).fetch("http://odd.example/")


def test_a_name_that_changes_its_address_is_read_where_it_was_checked() -> None:
    answers = [[GOOD], [EVIL], [EVIL]]
    with serving({"/": page("good")}) as site, serving({"/": page("evil")}, at=EVIL, port=site.port) as evil:
        one = door(site, resolve=lambda host, port: answers.pop(0))
        assert one.fetch(site.url(), robots=False).data == b"good"
        with pytest.raises(FetchError, match="private network"):
            one.fetch(site.url(), robots=False)
    assert len(answers) == 1
    assert evil.connections == 0


def test_a_name_that_changes_its_address_between_redirects_is_checked_again() -> None:
    answers = [[GOOD], [EVIL]]
    with serving({"/": moved("/next")}) as site, serving({"/next": page()}, at=EVIL, port=site.port) as evil:
        one = door(site, resolve=lambda host, port: answers.pop(0))
        with pytest.raises(FetchError, match="private network"):
            one.fetch(site.url(), robots=False)
    assert evil.connections == 0


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer() -> None:
    public = {GOOD, "127.0.0.3"}
    with serving({"/": page("found")}) as site:
        one = Door(
            resolve=names(good_example=["127.0.0.3", GOOD]),
            public=lambda address: str(address) in public,
            ports=frozenset({site.port}),
        )
        assert one.fetch(site.url()).data == b"found"


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_site_is_read_over_ipv6_by_its_name_or_its_number() -> None:
    with serving({"/": page("six")}, at="::1") as site:
        one = Door(
            resolve=names(six_example="::1"),
            public=lambda address: str(address) == "::1",
            ports=frozenset({site.port}),
        )
        for host in ("six.example", "[::1]", "[0:0::0:1]"):
            assert one.fetch(site.url(host=host)).data == b"six"
    assert {asked.headers["host"] for asked in site.asked} == {f"six.example:{site.port}", f"[::1]:{site.port}"}


@pytest.mark.parametrize(
    ("status", "words", "retry"),
    [
        ("404 Not Found", "There is nothing at this address (404).", False),
        ("410 Gone", "There is nothing at this address (410).", False),
        ("401 Unauthorized", "does not let programs read this page (401): open it in your browser, save it", False),
        ("403 Forbidden", "does not let programs read this page (403): open it in your browser, save it", False),
        ("429 Too Many Requests", "asked too often (429): try again later.", True),
        ("500 Oops", "trouble of its own (500 Internal Server Error): try again later.", True),
        ("503 Busy", "trouble of its own (503 Service Unavailable): try again later.", True),
        ("599 Odd", "trouble of its own (599): try again later.", True),
        ("204 No Content", "is empty (204)", False),
        ("206 Partial Content", "no page at this address (206 Partial Content)", False),
        ("300 Multiple Choices", "no page at this address (300 Multiple Choices)", False),
        ("418 I'm a Teapot", "no page at this address (418", False),
    ],
)
def test_a_refusal_of_the_site_is_a_sentence(status: str, words: str, retry: bool) -> None:
    with serving({"/": page("<p>Sorry.</p>", status=status)}) as site:
        error = refused(site)
    assert words in str(error)
    assert error.retry is retry


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("30", "try again in 30 seconds."),
        ("600", "try again in 10 minutes."),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "try again later."),
        ("99999999999999999999", "try again later."),
        ("-5", "try again later."),
        ("²", "try again later."),
    ],
)
def test_a_site_asked_too_often_says_how_long_to_wait(given: str, words: str) -> None:
    reply = page("", status="429 Too Many Requests", retry_after=given)
    with serving({"/": reply}) as site:
        assert str(refused(site)).endswith(words)


def test_a_name_that_nobody_has_is_a_sentence() -> None:
    with pytest.raises(FetchError, match=r"No site has the name nobody\.example") as caught:
        Door(resolve=names()).fetch("http://nobody.example/")
    assert not caught.value.retry


def test_a_look_up_that_fails_for_now_may_be_tried_again() -> None:
    def failing(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(FetchError, match="cannot be looked up just now") as caught:
        Door(resolve=failing).fetch("http://good.example/")
    assert caught.value.retry


@pytest.mark.parametrize("answer", [[], ["nonsense"]])
def test_a_look_up_that_gives_no_address_is_a_sentence(answer: list[str]) -> None:
    with pytest.raises(FetchError):
        Door(resolve=lambda host, port: answer).fetch("http://good.example/")


def test_a_refused_connection_may_be_tried_again() -> None:
    with serving() as site:
        pass
    error = refused(site)
    assert "good.example refuses the connection" in str(error)
    assert error.retry


def test_a_connection_that_is_reset_may_be_tried_again() -> None:
    for begun in (b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"):

        def reset(wire: Wire, begun: bytes = begun) -> None:
            wire.send(begun)
            wire.reset()

        with serving({"/": reset}) as site:
            error = refused(site)
        assert "good.example broke off the connection" in str(error) or "only a part" in str(error)
        assert error.retry


def test_a_server_that_hangs_up_without_a_word_may_be_tried_again() -> None:
    with serving({"/": lambda wire: None}) as site:
        error = refused(site)
    assert "broke off the connection" in str(error)
    assert error.retry


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x15\x03\x01\x00\x02\x02\x16",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcdefg\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;" + b"x" * 70_000 + b"\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
    ],
    ids=[
        "ssh",
        "tls",
        "no-status",
        "long-header",
        "headers",
        "chunk-size",
        "less-than-nothing",
        "extension",
        "lengths",
    ],
)
def test_what_is_not_http_is_a_sentence(answer: bytes) -> None:
    def reply(wire: Wire) -> None:
        wire.send(answer)

    with serving({"/": reply}) as site:
        assert "is not HTTP as it should be" in str(refused(site))


def test_importing_the_door_is_cheap_and_so_is_checking_an_address() -> None:
    heavy = {"urllib3", "protego", "feedparser", "ssl", "idna", "brotli", "lxml"}
    code = (
        "import sys, app.text.fetch as f, app.text.feeds; f.check_url('https://www.example.org/');"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"


def test_a_fetch_without_a_door_has_the_usual_limits() -> None:
    with pytest.raises(FetchError, match="private network"):
        door_module.fetch("http://127.0.0.1/")
    with pytest.raises(FetchError, match="ports 80 and 443 only"):
        door_module.fetch("http://www.example.org:8080/")
