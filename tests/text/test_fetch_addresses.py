from __future__ import annotations

from ipaddress import IPv6Network, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.fetch import FetchError, check_url
from app.text.fetching.public import is_public

NAT64 = IPv6Network("64:ff9b::/96")


def refusal(url: str) -> str:
    with pytest.raises(FetchError) as caught:
        check_url(url)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert not caught.value.retry
    return message


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://www.example.org/a?b=c", "https://www.example.org/a?b=c"),
        ("  https://www.example.org/a\n", "https://www.example.org/a"),
        ("HTTPS://WWW.Example.ORG", "https://www.example.org/"),
        ("http://www.example.org:80/", "http://www.example.org/"),
        ("http://www.example.org:/", "http://www.example.org/"),
        ("https://www.example.org:0443/", "https://www.example.org/"),
        ("http://www.example.org:443/", "http://www.example.org:443/"),
        ("https://www.example.org/a#part", "https://www.example.org/a"),
        ("https://www.example.org#@evil.org/", "https://www.example.org/"),
        ("https://www.example.org?q=@evil.org", "https://www.example.org/?q=@evil.org"),
        ("https://www.example.org./a", "https://www.example.org/a"),
        ("https://www.example.org/Grüße und %C3%BC?q=ü", "https://www.example.org/Gr%C3%BC%C3%9Fe%20und%20%C3%BC?q=%C3%BC"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://中国。jp/", "https://xn--fiqs8s.jp/"),
        ("https://ＷＷＷ.example.org/", "https://www.example.org/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://0x08080808/", "http://8.8.8.8/"),
        ("http://8.8.2056/", "http://8.8.8.8/"),
        ("http://[2606:4700::0:1111]/", "http://[2606:4700::1111]/"),
    ],
)  # fmt: skip
def test_an_address_is_brought_to_one_spelling(given: str, read: str) -> None:
    assert check_url(given) == read
    assert check_url(read) == read


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.1", "0x7f.0x0.0x0.0x1", "017700000001",
        "0177.0.0.1", "00000177.0.0.1", "127.0.0.1.", "0", "0.0.0.0", "0x", "10.0.0.1", "10.1", "172.16.0.1",
        "172.31.255.255", "192.168.0.1", "0xc0a80001", "3232235521", "169.254.169.254", "0xA9FEA9FE", "2852039166",
        "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.0.1", "192.0.2.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "१२७.0.0.1",
    ],
)  # fmt: skip
def test_a_private_ipv4_address_is_refused_in_every_spelling(host: str) -> None:
    refusal(f"http://{host}/")


@pytest.mark.parametrize(
    "host",
    (
        ":: ::1 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::127.0.0.1 ::8.8.8.8 "
        "::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b:1::1 2002:7f00:1:: "
        "2002:a9fe:a9fe::1 2002:808:808::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001::1 2001:10::1 2001:20::1 "
        "2001:db8::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 100::1 4000::1 fe80::1%eth0 "
        "2606:4700::1111%1 fe80::1%25eth0 ::1%lo "
    ).split(),
)  # fmt: skip
def test_an_ipv6_address_that_is_private_or_has_another_inside_is_refused(host: str) -> None:
    refusal(f"http://[{host}]/")


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "192.0.1.1", "2001:4860:4860::8888"]
)
def test_a_public_address_is_public(host: str) -> None:
    assert is_public(ip_address(host))


@given(st.ip_addresses())
@example(ip_address("192.0.0.192"))
def test_what_python_calls_not_global_is_never_public(address: object) -> None:
    one = ip_address(str(address))
    if is_public(one) and one not in NAT64:
        assert one.is_global
        assert not one.is_multicast


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "www.localhost", "ｌｏｃａｌｈｏｓｔ", "printer.local",
     "metadata.google.internal", "router.home.arpa", "x.onion", "intranet"],
)  # fmt: skip
def test_a_name_of_ones_own_network_is_refused(host: str) -> None:
    refusal(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    ["http://good.example@127.0.0.1/", "http://me:secret@www.example.org/", "http://@www.example.org/",
     "https://www.example.org:443@evil.org/", "http://a@b@www.example.org/", "http://www.example.org%40evil.org@evil.org/"],
)  # fmt: skip
def test_an_address_with_credentials_is_refused(url: str) -> None:
    message = refusal(url)
    assert "“@”" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "url",
    ["http://www.example.org\\@127.0.0.1/", "http:\\\\127.0.0.1\\", "http://www.example.org/\\..\\", "http://a.org\\.evil.org/"],
)  # fmt: skip
def test_a_backslash_is_refused(url: str) -> None:
    assert "“\\”" in refusal(url)


@pytest.mark.parametrize("char", ["\t", "\n", "\r", "\0", "\x7f", "\x85", "\u2028", "\ud800", "\x1b"])
def test_a_character_that_cannot_be_seen_is_refused_wherever_it_stands(char: str) -> None:
    for url in ("ht{}tp://www.example.org/", "http://www.exa{}mple.org/", "http://www.example.org/a{}b?c"):
        assert "cannot be seen" in refusal(url.format(char))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "is empty"),
        ("www.example.org/page", "must start with http:// or https://"),
        ("//www.example.org/page", "must start with http:// or https://"),
        ("javascript:alert(1)", "must start with http:// or https://"),
        ("data:text/html,hello", "must start with http:// or https://"),
        ("file:///etc/passwd", "not file://"),
        ("ftp://ftp.example.org/", "not ftp://"),
        ("gopher://127.0.0.1:11211/", "not gopher://"),
        ("http:www.example.org", "should look like"),
        ("http:/www.example.org", "should look like"),
        ("http:///www.example.org", "should look like"),
        ("http://", "should look like"),
        ("http://:80/", "should look like"),
        ("http://www..example.org/", "should look like"),
        ("http://www.example.org../", "should look like"),
        ("http://.example.org/", "should look like"),
        ("http://www.exa mple.org/", "should look like"),
        ("http://www.exa%6dple.org/", "should look like"),
        ("http://%31%32%37.0.0.1/", "should look like"),
        ("http://-a.example.org/", "should look like"),
        ("http://[::1", "should look like"),
        ("http://[::1]x/", "should look like"),
        ("http://[v1.a]/", "should look like"),
        ("http://::1/", "should look like"),
        ("http://1.2.3.4.5/", "should look like"),
        ("http://256.1.1.1/", "should look like"),
        ("http://1.2.3.999/", "should look like"),
        ("http://4294967296/", "should look like"),
        ("http://08.1.1.1/", "should look like"),
        ("http://www.example.1/", "should look like"),
        ("http://www.example.0x1/", "should look like"),
        ("http://" + "9" * 500 + "/", "should look like"),
        ("http://www.example.org:8080/", "ports 80 and 443 only, not on 8080"),
        ("http://www.example.org:22/", "ports 80 and 443 only"),
        ("http://www.example.org:65616/", "ports 80 and 443 only"),
        ("http://www.example.org:8٠/", "should look like"),
        ("http://www.example.org:+80/", "should look like"),
        ("http://www.example.org:000000080/", "should look like"),
        ("http://www.example.org/" + "a" * 2_000, "at most 2,000"),
        ("http://" + "a" * 64 + ".org/", "should look like"),
        ("http://a\u200d.example.org/", "cannot be the name of a site"),
        ("http://" + "ü" * 70 + ".org/", "cannot be the name of a site"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused_in_a_sentence(url: str, words: str) -> None:
    assert words in refusal(url)


@given(st.text(max_size=60) | st.text("htps:/.@[]\\#?%0x127localexampleorg\t ", max_size=40).map("http://".__add__))
def test_any_text_is_read_or_refused_and_reading_it_again_changes_nothing(text: str) -> None:
    try:
        read = check_url(text)
    except FetchError:
        return
    assert check_url(read) == read
    assert read.isascii()
