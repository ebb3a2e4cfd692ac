from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence

import pytest

from app.text.fetch import Door, FetchError
from tests.text.serving import (
    Certificates,
    Wire,
    door,
    good_only,
    make_certificates,
    moved,
    names,
    page,
    serving,
    silent,
)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    if shutil.which("openssl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is missing, and in CI the network's door is tested with certificates")
        pytest.skip("openssl makes the certificates, and is missing")
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def refused(certificates: Certificates, server: str, **known: str | Sequence[str]) -> FetchError:
    host = next(iter(known), "good.example").replace("_", ".")
    with serving({"/": page()}, tls=certificates.server(server)) as site, pytest.raises(FetchError) as caught:
        door(site, resolve=names(**known), tls=certificates.trust()).fetch(site.url(host=host, scheme="https"))
    assert site.asked == []
    assert str(caught.value).endswith(".")
    return caught.value


def test_a_certificate_is_checked_against_the_name_and_not_the_address(certificates: Certificates) -> None:
    with serving({"/": page("safe")}, tls=certificates.server("good")) as site:
        one = door(site, tls=certificates.trust())
        got = one.fetch(site.url(scheme="https"))
        assert one.fetch(site.url(scheme="https")).data == b"safe"
    assert (got.url, got.data) == (site.url(scheme="https"), b"safe")
    assert site.asked[0].headers["host"] == f"good.example:{site.port}"


def test_an_expired_certificate_is_refused(certificates: Certificates) -> None:
    error = refused(certificates, "expired")
    assert str(error) == "Nothing proves that this is good.example: its certificate has expired."
    assert not error.retry


def test_a_certificate_for_another_name_is_refused(certificates: Certificates) -> None:
    assert "its certificate is for another name" in str(refused(certificates, "other"))
    assert "its certificate is for another name" in str(refused(certificates, "good", third_example="127.0.0.1"))


def test_a_certificate_that_nobody_vouches_for_is_refused(certificates: Certificates) -> None:
    assert "its certificate is not trusted here (self" in str(refused(certificates, "own"))


def test_whom_the_system_does_not_trust_is_refused(certificates: Certificates) -> None:
    with serving({"/": page()}, tls=certificates.server("good")) as site:
        one = Door(resolve=names(), public=good_only, ports=frozenset({site.port}))
        with pytest.raises(FetchError, match="is not trusted here"):
            one.fetch(site.url(scheme="https"))
    assert site.asked == []


def test_a_server_without_tls_is_a_sentence(certificates: Certificates) -> None:
    with serving({"/": page()}) as site, pytest.raises(FetchError, match=r"No safe connection \(TLS\)|broke off"):
        door(site, tls=certificates.trust()).fetch(site.url(scheme="https"))


def test_a_handshake_that_never_comes_is_given_up(certificates: Certificates) -> None:
    begun = time.monotonic()
    with silent() as site, pytest.raises(FetchError, match=r"longer than 0\.3 seconds") as caught:
        door(site, tls=certificates.trust(), seconds=0.3).fetch(site.url(scheme="https"), robots=False)
    assert caught.value.retry
    assert time.monotonic() - begun < 3


def test_a_page_that_drips_through_tls_is_given_up(certificates: Certificates) -> None:
    def slow(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
        wire.drip(b"x" * 1_000, every=0.05)

    begun = time.monotonic()
    with serving({"/": slow}, tls=certificates.server("good")) as site:
        with pytest.raises(FetchError, match=r"longer than 0\.5 seconds"):
            door(site, tls=certificates.trust(), seconds=0.5).fetch(site.url(scheme="https"), robots=False)
        assert time.monotonic() - begun < 3


def test_a_page_without_end_through_tls_ends(certificates: Certificates) -> None:
    def endless(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")
        while not wire.stopped.is_set():
            wire.send(b"x" * 65_536)

    with serving({"/": endless}, tls=certificates.server("good")) as site:
        one = door(site, tls=certificates.trust(), largest=1_000_000)
        with pytest.raises(FetchError, match="larger than 1 MB"):
            one.fetch(site.url(scheme="https"), robots=False)


def test_a_redirect_from_a_safe_address_to_an_open_one_is_refused(certificates: Certificates) -> None:
    with serving({"/": page()}) as open_site, serving(tls=certificates.server("good")) as site:
        site.replies["/"] = moved(open_site.url())
        with pytest.raises(FetchError, match=r"anybody on the way can change: http://good\.example"):
            door(site, open_site, tls=certificates.trust()).fetch(site.url(scheme="https"))
    assert open_site.connections == 0


def test_a_redirect_from_an_open_address_to_a_safe_one_is_followed(certificates: Certificates) -> None:
    with serving() as open_site, serving({"/": page("safe")}, tls=certificates.server("good")) as site:
        open_site.replies["/"] = moved(site.url(scheme="https"))
        got = door(site, open_site, tls=certificates.trust()).fetch(open_site.url())
    assert got.url == site.url(scheme="https")
