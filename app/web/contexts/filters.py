"""The filters of a list or a chart: what is chosen, and what each other click would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, the number of quotes it would leave, and the address of these."""

    value: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One field of a filter.

    Attributes:
        name: as the address has it.
        label: what the field is called.
        choices: its first values.
        chosen: the value in force; ``None`` for none.
        chosen_label: the same for a person.
        without: the address without it.
        more: how many values are not among the choices.
        every: where all of them are; empty where they all are here.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str | None
    chosen_label: str
    without: str
    more: int = 0
    every: str = ""


@dataclass(frozen=True, slots=True)
class FilterBar:
    """All filters of a page.

    Attributes:
        facets: the fields with their values.
        dates: the field of the dates, as far as one is chosen.
        path: the page's address without any filter.
        kept: what a form must send along besides its own fields.
        since, until: the dates in force, as the form shows them.
        years: some years to choose, each with its quotes.
        whole_url: the page with no filter that can be removed.
        culprits: where nothing is left: each filter that could be removed, with how many quotes there are without it.
    """

    facets: tuple[Facet, ...]
    dates: Facet
    path: str
    kept: Mapping[str, str]
    since: str
    until: str
    years: tuple[Choice, ...]
    whole_url: str
    culprits: tuple[tuple[Facet, int], ...] = ()

    @property
    def applied(self) -> tuple[Facet, ...]:
        """The fields that are in force."""
        return tuple(facet for facet in (*self.facets, self.dates) if facet.chosen is not None)
