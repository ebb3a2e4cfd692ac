"""Two versions of an article side by side."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.differences import Comparison, Kind
from app.present.replacements import Replacement
from app.present.version_parts import Reading
from app.store.rows import ArticleRow, QuoteRow
from app.store.versions import VersionRow
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of change: how many paragraphs, where to see these alone, and the links to those of the page."""

    kind: Kind
    name: str
    sign: str
    count: int
    href: str
    chosen: bool
    jumps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words that stand in place of others, and for each place its link and the paragraph's number."""

    words: Replacement
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """``/articles/{slug}/versions/{other}``: what the later of two articles has otherwise than the earlier.

    Attributes:
        earlier, later: the two, by their dates or else by when they were added.
        link: the other one as a version, where they were recognised as such.
        percent: how like they are, in hundredths: as it was estimated where they are linked, else by their words.
        comparison: all that differs.
        reading: as much of it as a page shows.
        kinds: the kinds of changes that there are.
        replaced: the words that were replaced; ``more_replaced`` are not listed.
        show: the kind that is shown alone; ``None`` where all are.
        sides: whether both wordings stand side by side.
        whole_url, view_url: the page with all kinds, and the same page in the other view.
        next_url, first_url: where it goes on, and where it begins unless this is it.
        compare_url: both as quotes on topics.
        earlier_only, later_only: the quotes that only one of them has.
    """

    site: Site
    earlier: ArticleRow
    later: ArticleRow
    link: VersionRow | None
    percent: int
    comparison: Comparison
    reading: Reading
    kinds: tuple[KindLine, ...]
    replaced: tuple[Replaced, ...]
    more_replaced: int
    show: Kind | None
    sides: bool
    whole_url: str
    view_url: str
    next_url: str | None
    first_url: str | None
    compare_url: str
    earlier_only: tuple[QuoteRow, ...]
    later_only: tuple[QuoteRow, ...]
