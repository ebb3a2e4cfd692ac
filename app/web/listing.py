"""The addresses around a list of quotes: its orders, its pages, its charts."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.exports.formats import FORMATS
from app.present.filter_query import query_of
from app.present.standalone.kind import ENDING, MOST_QUOTES, WORDS
from app.present.templates import address
from app.store.cube.choosing import Order
from app.store.filters import AttributionFilter
from app.web.contexts import Site
from app.web.contexts.site import Links
from app.web.facets import PageAt

ORDER_WORDS = {Order.NEWEST: "Last added", Order.DATE: "By date", Order.RELEVANCE: "By relevance"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list at *path*: its filter, its order, and the quote that a page begins behind."""

    path: str
    chosen: AttributionFilter
    order: str
    after: str | None

    @property
    def asked(self) -> PageAt:
        """What the filters of the page start from."""
        return PageAt(self.path, self.chosen, self._kept(self.order))

    def orders(self) -> Links:
        """The orders that make sense, each with its address; the one in force has none."""
        sensible = [one for one in Order if one is not Order.RELEVANCE or self.chosen.words is not None]
        return tuple((ORDER_WORDS[one], "" if one == self.order else self._url(one)) for one in sensible)

    def downloads(self, count: int) -> Links:
        """All *count* quotes of the list as one page, where it has room for them, and as a file of each kind."""
        query = query_of(self.chosen, order=self.order)
        page = ((WORDS, ENDING),) if count <= MOST_QUOTES else ()
        kinds = (*page, *((kind.words, ending) for ending, kind in FORMATS.items()))
        return tuple((words, address(f"/search.{ending}", **query)) for words, ending in kinds)

    def following(self, cursor: str | None) -> str | None:
        """The page behind *cursor*."""
        return self._url(self.order, after=cursor) if cursor else None

    def first(self) -> str | None:
        """The first page, where this one is another."""
        return self._url(self.order) if self.after else None

    def charts(self, site: Site) -> str:
        """The charts of the list as of the library's revision."""
        return PageAt(f"{self.path}/charts.json", self.chosen, {"v": str(site.revision)}).url(self.chosen)

    def _url(self, order: str, **more: str) -> str:
        return PageAt(self.path, self.chosen, {**self._kept(order), **more}).url(self.chosen)

    @staticmethod
    def _kept(order: str) -> dict[str, str]:
        return {} if order == Order.NEWEST else {"order": order}


def bare(path: str, chosen: AttributionFilter) -> str:
    """*path* under *chosen*, whatever the order."""
    return PageAt(path, chosen, {}).url(chosen)
