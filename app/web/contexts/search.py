"""The list of all quotes, filtered and searched."""

from __future__ import annotations

from dataclasses import dataclass

from app.store.filters import AttributionFilter
from app.store.rows import Page, QuoteRow
from app.store.search_query import Query
from app.web.contexts.filters import Facet, FilterBar
from app.web.contexts.site import Links, Site


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``/search``: the quotes of the library under a filter, words that are looked for among them.

    Attributes:
        filters: the filter in force.
        typed: what stands in the box.
        error: why it cannot be looked for; then there is no bar and no quote.
        query: what is marked.
        bar: the filters that can be set and removed.
        kinds: quotes in marks and indirect ones.
        quotes: a page of quotes.
        orders: the orders of the list, each with its address; the one in force has none.
        downloads: the whole list as a file, by the kinds of files.
        next_url, first_url: the page after this one, and the first one where this is not it.
        time_url: the same quotes over time.
    """

    site: Site
    filters: AttributionFilter
    typed: str
    error: str
    query: Query | None
    bar: FilterBar | None
    kinds: tuple[int, int]
    quotes: Page[QuoteRow]
    orders: Links
    downloads: Links
    next_url: str | None
    first_url: str | None
    time_url: str


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """``/search/values/{field}``: all values of one filter.

    Attributes:
        facet: the field with its values; what leads back to the quotes is its address without one.
        query: the other filters, as the address has them.
    """

    site: Site
    facet: Facet
    query: dict[str, str]
