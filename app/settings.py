"""Settings: defaults, then ``COMMUNIQUE_…`` in the environment, then the command line."""

import re
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import AppError


def default_database() -> str:
    """The SQLite file in the person's data folder."""
    return str(Path(platformdirs.user_data_dir("communique", appauthor=False)) / "communique.sqlite")


_HOST = r"(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
_ORIGIN = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?")


def as_origin(site: str) -> str:
    """*site* as a policy names it: the scheme, the host and the port, if any.

    Raises:
        ValueError: it is no site, or more than that.

    Source:
        Content Security Policy Level 3, section 2.3.1: ``host-source``, without paths and lone stars.
    """
    scheme, mark, host = site.strip().rstrip("/").lower().partition("://")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        host = ""
    found = scheme + mark + host
    if not _ORIGIN.fullmatch(found):
        told = "Write it as https://news.example, or https://*.news.example for all below it"
        raise ValueError(f"“{site[:100]}” is no site. {told}")
    return found


class Settings(BaseSettings):
    """Everything that can be set; each field is ``COMMUNIQUE_<NAME>`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", frozen=True, extra="forbid")

    database_url: str = Field(
        default_factory=default_database,
        description="The library: a path to an SQLite file, or an SQLAlchemy URL.",
    )
    pipeline: str | None = Field(
        default=None,
        description="rules, learned, or a spaCy pipeline by name or path, or both as in rules:NAME; "
        "else the learned tagger on the best English pipeline installed.",
    )
    host: str | None = Field(
        default=None,
        description="The address that `communique serve` listens on; else 127.0.0.1, or all of them when it shares.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Its port; 0 takes a free one.")
    share: bool = Field(
        default=False, description="Whether `communique serve` lets others in, by share links; else only this machine."
    )
    base_url: str | None = Field(
        default=None,
        description="The public address, such as https://quotes.example.org, behind a proxy or a tunnel.",
    )
    max_characters: int = Field(
        default=2_000_000, ge=1_000, description="The longest text that is taken in, in characters."
    )

    workers: int | None = Field(
        default=None, ge=1, le=64, description="Processes that read and analyse; else one a core, four at most."
    )
    rate_limits: float = Field(
        default=1.0,
        ge=0,
        description="How often one address may ask, as a multiple of what is built in; 0 sets no limit.",
    )
    trusted_proxies: str | None = Field(
        default=None,
        description="Addresses of the proxies before it, with commas, whose X-Forwarded-For is believed.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def as_addresses(cls, value: str | None) -> str | None:
        """Each an address or a network; a name, or everybody, would be believed by mistake only."""
        for one in value.split(",") if value else ():
            ip_network(one.strip())
        return value

    @property
    def secure(self) -> bool:
        """Whether browsers come by https."""
        return (self.base_url or "").startswith("https://")

    @field_validator("base_url")
    @classmethod
    def as_address(cls, value: str | None) -> str | None:
        """Scheme and host, with a port where it needs one, and nothing behind.

        Raises:
            ValueError: it is something else.
        """
        if value is None or not value.strip():
            return None
        parts = urlsplit(value.strip())
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        if not whole or parts.query or parts.fragment or parts.username or parts.password:
            raise ValueError("write it as https://quotes.example.org, with nothing behind the name")
        return f"{parts.scheme}://{parts.netloc}".lower()

    embed_sites: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Sites that may show quotes and charts in frames, with gaps between them; else none."
    )

    @field_validator("embed_sites", mode="before")
    @classmethod
    def as_origins(cls, value: str | Sequence[str]) -> tuple[str, ...]:
        """Each site as browsers name it; a text has several with gaps between them."""
        given = value.replace(",", " ").split() if isinstance(value, str) else value
        return tuple(dict.fromkeys(as_origin(one) for one in given))

    @field_validator("database_url")
    @classmethod
    def as_url(cls, value: str) -> str:
        """A bare path becomes an SQLAlchemy URL; a URL stays as it is."""
        if "://" in value:
            return value
        return f"sqlite:///{Path(value).expanduser().absolute()}"


def load_settings(**given: Any) -> Settings:
    """The settings in force; *given* values win over the environment, and ``None`` means not given.

    Raises:
        AppError: a value cannot be used; the message names the setting.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        raise AppError(f"The setting COMMUNIQUE_{name.upper()} cannot be used: {told}.") from error
