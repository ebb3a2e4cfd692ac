"""Settings: defaults, then ``COMMUNIQUE_…`` in the environment, then the command line."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

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
    host: str = Field(default="127.0.0.1", description="The address that `communique serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Its port; 0 takes a free one.")
    max_characters: int = Field(
        default=2_000_000, ge=1_000, description="The longest text that is taken in, in characters."
    )

    workers: int | None = Field(
        default=None, ge=1, le=64, description="Processes that read and analyse; else one a core, four at most."
    )
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
