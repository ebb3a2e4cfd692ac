"""``communique export --static``: a folder of pages for any web host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.cli.library import Library
    from app.store.filters import AttributionFilter


def write_folder(library: Library, conn: Connection, folder: Path, chosen: AttributionFilter) -> None:
    """Write the pages of the quotes that *chosen* lets through into *folder*."""
    raise NotImplementedError
