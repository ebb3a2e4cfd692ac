"""What the quotes of a file have, counted as they pass: its filters, its charts, and the few names that it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain import AttributionKind
from app.present.chart_data import LONGEST_NAME
from app.present.rows import first_words, full_name
from app.store.filters import UNNAMED
from app.store.rows import ArticleRef, QuoteRow

KINDS = tuple(AttributionKind)
NONE = "none"
"""The value of a field that an article does not have."""
Counts = dict[AttributionKind, int]


@dataclass(slots=True)
class Value:
    """A value of a field: as an address has it, in words, and how many quotes of each kind have it."""

    key: str
    label: str
    counts: Counts = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    @property
    def total(self) -> int:
        """Its quotes of all kinds."""
        return sum(self.counts.values())


class Values:
    """The values of a field in the order in which they came; a quote names them by their places."""

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        self.listed: list[Value] = []
        self._places: dict[str, int] = {}

    def place(self, key: str, label: str) -> int:
        """Where *key* stands; it is put last where it is new."""
        if key not in self._places:
            self._places[key] = len(self.listed)
            self.listed.append(Value(key, label))
        return self._places[key]

    def count(self, key: str, label: str, kind: AttributionKind) -> int:
        """Count a quote of *kind* for *key*, and say where that stands."""
        place = self.place(key, label)
        self.listed[place].counts[kind] += 1
        return place


class Tally:
    """All that a file's quotes have.

    Attributes:
        fields: what can be filtered by: topic, speaker, kind, year, article, publisher.
        articles: the articles of the quotes, each with the places of its year and its publisher.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        named = (("topic", "Topic"), ("speaker", "Speaker"), ("kind", "Kind"), ("year", "Year"))
        self.fields = {name: Values(name, label) for name, label in named}
        self.fields["article"] = Values("article", "Article")
        self.fields["publisher"] = Values("publisher", "Publisher")
        for kind in KINDS:
            self.fields["kind"].place(kind.value, kind.value.capitalize())
        self.articles: list[tuple[ArticleRef, int, int]] = []

    @property
    def total(self) -> int:
        """The quotes counted so far."""
        return sum(kind.total for kind in self.fields["kind"].listed)

    def add(self, row: QuoteRow) -> str:
        """Count *row*; its topics, speaker, kind and article by their places, as ``0.2/5/1/3``."""
        kind = row.kind
        topics = [self.fields["topic"].count(one, self._labels.get(one, one), kind) for one in row.topics]
        slug = row.speaker.slug if row.speaker else UNNAMED
        speaker = self.fields["speaker"].count(slug, first_words(full_name(row.speaker), LONGEST_NAME), kind)
        self.fields["kind"].count(kind.value, "", kind)
        return f"{'.'.join(map(str, topics))}/{speaker}/{KINDS.index(kind)}/{self._article(row.article, kind)}"

    def _article(self, article: ArticleRef, kind: AttributionKind) -> int:
        year = str(article.date.year) if article.date else NONE
        at = (
            self.fields["year"].count(year, "No date" if year == NONE else year, kind),
            self.fields["publisher"].count(article.publisher or NONE, article.publisher or "Not known", kind),
        )
        place = self.fields["article"].count(article.slug, first_words(article.title, LONGEST_NAME), kind)
        if place == len(self.articles):
            self.articles.append((article, *at))
        return place
