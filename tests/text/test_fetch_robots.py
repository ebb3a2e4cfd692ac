from __future__ import annotations

import pytest

from app.text.fetch import FetchError
from app.text.fetching.addresses import Address
from app.text.fetching.robots import Robots
from tests.text.serving import Reply, Site, Wire, door, moved, page, serving

NO = "The site asks programs not to read this page (robots.txt): open it in your browser, save it, and give the file."


def allowed(site: Site, path: str) -> bool:
    try:
        door(site).fetch(site.url(path))
    except FetchError as error:
        if str(error) != NO or error.retry:
            raise
        return False
    return True


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("User-agent: *\nDisallow: /private\n", "/private/a", False),
        ("User-agent: *\nDisallow: /private\n", "/public", True),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /*?print\n", "/a?print=1", False),
        ("User-agent: *\nDisallow: /a$\n", "/a", False),
        ("User-agent: *\nDisallow: /a$\n", "/ab", True),
        ("User-agent: Communique\nDisallow: /\n\nUser-agent: *\nDisallow:\n", "/a", False),
        ("User-agent: communique\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/a", True),
        ("User-agent: Otherbot\nDisallow: /\n", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("User-agent: *\nDisallow: /Gr%C3%BC%C3%9Fe\n", "/Grüße", False),
        ("", "/a", True),
        ("<html><p>Nothing here</p></html>", "/a", True),
        ("\xff\x00\x01" * 100, "/a", True),
    ],
)
def test_a_page_is_read_only_where_the_site_lets_programs(rules: str, path: str, expected: bool) -> None:
    with serving({"/robots.txt": page(rules), "*": page()}) as site:
        assert allowed(site, path) is expected
    assert (len(site.targets()) == 1) is expected


def test_a_caller_may_leave_the_rules_aside() -> None:
    with serving({"/robots.txt": page("User-agent: *\nDisallow: /"), "/": page("read")}) as site:
        assert door(site).fetch(site.url(), robots=False).data == b"read"
    assert [asked.target for asked in site.asked] == ["/"]


@pytest.mark.parametrize(
    "reply",
    [
        page("", status="404 Not Found"),
        page("", status="401 Unauthorized"),
        page("", status="403 Forbidden"),
        page("", status="410 Gone"),
        page("", status="204 No Content"),
        moved("/robots.txt"),
        moved("http://127.0.0.1/"),
        moved("file:///etc/passwd"),
        moved(""),
    ],
)
def test_where_no_rules_can_be_read_the_page_may_be(reply: Reply) -> None:
    with serving({"/robots.txt": reply, "/": page()}) as site:
        assert allowed(site, "/")


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Too Many Requests"])
def test_where_the_rules_are_in_trouble_the_page_is_left_for_later(status: str) -> None:
    with serving({"/robots.txt": page("", status=status), "/": page()}) as site:
        with pytest.raises(
            FetchError, match=r"cannot be learned \(robots.txt\): the site has .*try again later"
        ) as caught:
            door(site).fetch(site.url())
        site.replies["/robots.txt"] = page("")
        assert allowed(site, "/")
    assert caught.value.retry


def test_rules_cut_short_are_no_rules_yet() -> None:
    def cut(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *\nDisal")

    with serving({"/robots.txt": cut, "/": page()}) as site, pytest.raises(FetchError, match="ends too early"):
        door(site).fetch(site.url())


def test_rules_may_stand_behind_a_redirect() -> None:
    with serving({"/robots.txt": moved("/rules"), "/rules": page("User-agent: *\nDisallow: /a"), "/a": page()}) as site:
        assert not allowed(site, "/a")


def test_of_endless_rules_the_first_half_megabyte_counts() -> None:
    rules = "User-agent: *\nDisallow: /a\n" + "Disallow: /" + "x" * 600_000 + "\nDisallow: /b\n"
    with serving({"/robots.txt": page(rules), "*": page()}) as site:
        assert not allowed(site, "/a")
        assert allowed(site, "/b")


def test_rules_are_asked_for_once_a_site_and_hold_for_its_pages() -> None:
    with serving({"/robots.txt": page("User-agent: *\nDisallow: /b"), "/a": page(), "/b": page()}) as site:
        one = door(site)
        one.fetch(site.url("/a"))
        one.fetch(site.url("/a"))
        with pytest.raises(FetchError):
            one.fetch(site.url("/b"))
    assert [asked.target for asked in site.asked] == ["/robots.txt", "/a", "/a"]


def test_a_redirect_into_a_part_that_is_not_to_be_read_is_not_followed() -> None:
    with serving({"/robots.txt": page("User-agent: *\nDisallow: /b"), "/a": moved("/b"), "/b": page()}) as site:
        assert not allowed(site, "/a")
    assert site.targets() == ["/a"]


def test_rules_are_asked_for_again_after_an_hour() -> None:
    clock = [0.0]
    asked: list[str] = []

    def read(url: str) -> bytes:
        asked.append(url)
        return b""

    robots = Robots(now=lambda: clock[0])
    for second, count in ((0, 1), (3_599, 1), (3_600, 2), (7_199, 2), (7_200, 3)):
        clock[0] = second
        robots.check(Address("http", "www.example.org", 80, "/"), read)
        assert len(asked) == count
    assert set(asked) == {"http://www.example.org/robots.txt"}


def test_the_rules_of_many_sites_do_not_fill_the_memory() -> None:
    robots = Robots()
    for number in range(600):
        robots.check(Address("http", f"www{number}.example.org", 80, "/"), lambda url: b"")
    assert len(robots._kept) == 500


def test_rules_made_to_take_long_do_not() -> None:
    nasty = "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 50}{n}b\n" for n in range(3_500))
    with serving({"/robots.txt": page(nasty), "*": page()}) as site:
        assert allowed(site, "/" + "a" * 1_900)
