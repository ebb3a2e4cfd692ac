"""What a file says of itself: which quotes these are, how many, when they were taken out, and what found them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from app import __version__
from app.present.filter_query import query_of
from app.present.templates import address
from app.store.filters import AttributionFilter
from app.store.names import slug_of

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class About:
    """Where the quotes of a file come from.

    Attributes:
        title: what they are, for a person.
        view: the address of the list that shows the same, without the name of a server.
        filters: the filter as the address has it.
        count: how many quotes there are.
        labels: each topic's label by its id.
        made: when the file was made, in UTC.
        program: what made it.
    """

    title: str
    view: str
    filters: Mapping[str, str]
    count: int
    labels: Mapping[str, str]
    made: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC).replace(microsecond=0))
    program: str = f"Communiqué {__version__}"

    @classmethod
    def of(cls, chosen: AttributionFilter, order: str, count: int, labels: Mapping[str, str]) -> About:
        """Of the *count* quotes that *chosen* lets through, in *order*."""
        filters = query_of(chosen, order=order)
        title = "Quotes" + (f": {', '.join(filters.values())}" if filters else "")
        return cls(title, address("/search", **filters), filters, count, labels)

    @property
    def file_name(self) -> str:
        """What the file is called without its ending: its filter and its day, in ASCII."""
        words = slug_of(" ".join(self.filters.values()), otherwise="all-quotes")[:LONGEST_NAME].rstrip("-")
        return f"communique-{words}-{self.made:%Y-%m-%d}"

    def lines(self) -> tuple[tuple[str, str], ...]:
        """The same as names and values to be read."""
        chosen = ", ".join(f"{name}={value}" for name, value in self.filters.items())
        return (
            ("title", self.title),
            ("view", self.view),
            ("filters", chosen or "none"),
            ("quotes", str(self.count)),
            ("exported", self.made.isoformat()),
            ("program", self.program),
        )
