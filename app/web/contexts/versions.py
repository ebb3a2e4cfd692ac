"""Two versions of an article side by side."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.differences import Comparison
from app.present.version_parts import Reading
from app.store.rows import ArticleRow, QuoteRow
from app.store.versions import VersionRow
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """``/articles/{slug}/versions/{other}``: what the later of two articles has otherwise than the earlier.

    Attributes:
        earlier, later: the two, by their dates or else by when they were added.
        link: the other one as a version, where they were recognised as such.
        percent: how like they are, in hundredths: as it was estimated where they are linked, else by their words.
        comparison: all that differs.
        reading: as much of it as a page shows.
        earlier_only, later_only: the quotes that only one of them has.
    """

    site: Site
    earlier: ArticleRow
    later: ArticleRow
    link: VersionRow | None
    percent: int
    comparison: Comparison
    reading: Reading
    earlier_only: tuple[QuoteRow, ...]
    later_only: tuple[QuoteRow, ...]
