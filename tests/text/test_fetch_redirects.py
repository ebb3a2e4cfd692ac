from __future__ import annotations

import pytest

from app.text.fetch import FetchError
from tests.text.serving import EVIL, Site, door, moved, page, serving


def refusal(site: Site, path: str = "/") -> str:
    with pytest.raises(FetchError) as caught:
        door(site).fetch(site.url(path), robots=False)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert not caught.value.retry
    return message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_page_says_where_it_was(status: int) -> None:
    with serving({"/": moved("/next#part", f"{status} Moved"), "/next": page("there")}) as site:
        got = door(site).fetch(site.url())
    assert (got.url, got.data) == (site.url("/next"), b"there")


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("next", "/a/next"),
        ("../next", "/next"),
        ("?q=1", "/a/b?q=1"),
        ("//good.example:{port}/next", "/next"),
        ("http://GOOD.example.:{port}/next", "/next"),
        ("/Grüße", "/Gr%C3%BC%C3%9Fe"),
        ("/a b", "/a%20b"),
    ],
)
def test_a_redirect_may_be_relative_and_loosely_written(location: str, target: str) -> None:
    with serving({target: page("there")}) as site:
        raw = location.format(port=site.port).encode().decode("latin-1")
        site.replies["/a/b"] = moved(raw)
        assert door(site).fetch(site.url("/a/b")).url == site.url(target)


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    chain = {f"/{number}": moved(f"/{number + 1}") for number in range(6)}
    with serving({**chain, "/6": page("there")}) as site:
        assert door(site).fetch(site.url("/1"), robots=False).data == b"there"
        assert "more than 5 times" in refusal(site, "/0")


def test_a_redirect_in_a_circle_ends() -> None:
    with serving({"/": moved("/")}) as site:
        assert "more than 5 times" in refusal(site)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/", "http://0x7f.1/", "http://2130706433/", "http://localhost/", "http://[::1]/", "//127.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://good.example:22/",
        "http://me:secret@good.example/", "file:///etc/passwd", "ftp://good.example/", "gopher://good.example/",
        "javascript:alert(1)", "data:text/html,x", "mailto:me@good.example", "http:///", "http://[/",
        "/\\evil.example/", "\\\\evil.example\\", "http://a b/", "http://evil.example/", "/\x01", "http://\xe2\x84\x80.example:80@x/",
    ],
)  # fmt: skip
def test_a_redirect_is_checked_as_a_new_address(location: str) -> None:
    with serving({"/": moved(location)}) as site, serving({"/": page()}, at=EVIL, port=site.port) as evil:
        message = refusal(site)
    assert "secret" not in message or location.startswith("http://me")
    assert len(site.asked) == 1
    assert evil.connections == 0


def test_a_redirect_to_a_private_site_asks_it_nothing() -> None:
    with serving() as site, serving({"/admin": page()}, at=EVIL, port=site.port) as evil:
        site.replies["/"] = moved(f"http://evil.example:{site.port}/admin")
        assert "private network" in refusal(site)
    assert evil.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.2", "0x7f.2", "2130706434", "[::ffff:127.0.0.2]", "①②⑦.0.0.2"])
def test_a_redirect_to_the_number_of_a_private_site_asks_it_nothing(host: str) -> None:
    with serving() as site, serving({"/admin": page()}, at=EVIL, port=site.port) as evil:
        site.replies["/"] = moved(f"http://{host}:{site.port}/admin".encode().decode("latin-1"))
        assert "private network" in refusal(site)
    assert evil.connections == 0


@pytest.mark.parametrize("reply", [page("", status="302 Found"), moved("   ")])
def test_a_redirect_to_nowhere_is_a_sentence(reply: bytes) -> None:
    with serving({"/": reply}) as site:
        assert refusal(site) == "The site sends us on (302) without saying where."


def test_a_redirect_that_is_no_address_is_shown_without_what_cannot_be_seen() -> None:
    with serving({"/": moved("http://x y\x1b[2J" + "z" * 400)}) as site:
        message = refusal(site)
    assert "\x1b" not in message
    assert len(message) < 500


def test_the_page_of_a_redirect_is_not_read() -> None:
    with serving({"/": moved("/next") + b"x" * 100, "/next": page("there")}) as site:
        assert door(site, largest=50).fetch(site.url()).data == b"there"
