"""Alembic without an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection


def alembic_config(conn: Connection | None = None) -> Config:
    """A configuration that works from any folder; commands run on *conn*, inside its transaction."""
    config = Config()
    # The option is read with %-interpolation, and a folder may have a % in its name.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config
