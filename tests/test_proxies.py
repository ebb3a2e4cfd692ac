"""Where a request comes from is believed from proxies that are named, and from nobody else."""

import pytest

from app.cli.proxies import forwarding
from app.errors import AppError
from app.settings import Settings, load_settings


class Public(Settings):
    """The settings of a server with a public address."""

    base_url: str | None = "https://summits.example"


def test_without_a_public_address_no_header_is_believed() -> None:
    assert forwarding(Settings(trusted_proxies="127.0.0.1")) == {"proxy_headers": False}
    assert forwarding(Public()) == {"proxy_headers": False}


def test_a_proxy_that_is_named_is_believed() -> None:
    told = forwarding(Public(trusted_proxies="127.0.0.1, 10.0.0.0/8"))
    assert told == {"proxy_headers": True, "forwarded_allow_ips": "127.0.0.1, 10.0.0.0/8"}


@pytest.mark.parametrize("value", ["*", "proxy.example", "10.0.0.1,", "10.0.0.1/8"])
def test_everybody_and_names_cannot_be_trusted(value: str) -> None:
    with pytest.raises(AppError, match="COMMUNIQUE_TRUSTED_PROXIES"):
        load_settings(trusted_proxies=value)
