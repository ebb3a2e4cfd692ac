"""What a chart says, before it is drawn: the same values make the stand-in, the table and the Plotly figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain import AttributionKind
from app.present import theme
from app.present.rows import first_words, full_name
from app.store.filters import UNNAMED
from app.store.rows import Others, SpeakerCount, SpeakerRow, TopicCount, TopicSpeakerCount

MOST_SPEAKERS = 7
MOST_ROWS = 12
OTHERS = "Others"
LONGEST_NAME = 120
"""Characters of a speaker's name that a chart and its table have; some are as long as a book."""
NO_OTHERS = Others()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: how many of which series, and where a click on it leads (``None``: nowhere)."""

    series: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, where the label leads, its parts in the order of the series, and the count to print."""

    label: str
    href: str | None
    parts: tuple[Part, ...]
    note: str

    @property
    def total(self) -> int:
        """The length of the bar."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart. ``colour`` is a CSS value, a custom property for the most part."""

    key: str
    label: str
    colour: str

    @property
    def css(self) -> str:
        """The class of the stand-in's pieces: ``s1``, ``k2``, after the custom property."""
        return self.colour.removeprefix("var(--").removesuffix(")")


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart of horizontal stacked bars.

    ``of`` names what the rows are, ``topic`` is the CSS class of its colours. ``rest`` counts what has no bar of
    its own: a bar for many would dwarf the others.
    """

    key: str
    title: str
    of: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    rest: Bar | None = None
    topic: str = ""

    @property
    def rows(self) -> tuple[Bar, ...]:
        """Every row of the table: the bars and the rest."""
        return (*self.bars, self.rest) if self.rest else self.bars

    @property
    def longest(self) -> int:
        """The length of the longest bar, 1 at least."""
        return max([1, *(bar.total for bar in self.bars)])

    def colour_class(self, part: Part) -> str:
        """The CSS class for *part*."""
        return next(series.css for series in self.series if series.key == part.series)


def count_note(quotes: int, indirect: int) -> str:
    """Both counts in few words: ``4``, ``4 + 1 indirect``, ``1 indirect``."""
    if not indirect:
        return str(quotes)
    return f"{quotes} + {indirect} indirect" if quotes else f"{indirect} indirect"


def speaker_bars(
    key: str,
    title: str,
    rows: Sequence[SpeakerCount],
    href: Callable[[str, AttributionKind | None], str],
    *,
    topic: str = "",
    most: int = MOST_ROWS,
    beyond: Others = NO_OTHERS,
) -> ChartData:
    """Bars by speaker, stacked by kind; where there are more than *most*, the last are counted together.

    *beyond* are those that *rows* leaves out.
    """
    every: list[SpeakerCount | Others] = [*rows, beyond]
    kinds = [kind for kind in AttributionKind if any(_of_kind(row, kind) for row in every)]
    series = tuple(Series(kind.value, kind.value.capitalize(), theme.kind_colour(kind)) for kind in kinds)
    number = len(rows) + beyond.number
    shown = rows if number <= most else rows[: most - 1]
    rest = every[len(shown) :]
    bars = [_speaker_bar(row, kinds, href) for row in shown]
    others = None
    if number > len(shown):
        counts = [(kind, sum(_of_kind(row, kind) for row in rest)) for kind in kinds]
        parts = tuple(Part(kind.value, count, None) for kind, count in counts if count)
        note = count_note(sum(row.direct + row.mixed for row in rest), sum(row.indirect for row in rest))
        others = Bar(f"{number - len(shown)} others", None, parts, note)
    return ChartData(key, title, "Speaker", series, tuple(bars), others, topic)


def _of_kind(row: SpeakerCount | Others, kind: AttributionKind) -> int:
    counts = {
        AttributionKind.DIRECT: row.direct,
        AttributionKind.MIXED: row.mixed,
        AttributionKind.INDIRECT: row.indirect,
    }
    return counts[kind]


def _speaker_bar(
    row: SpeakerCount,
    kinds: Iterable[AttributionKind],
    href: Callable[[str, AttributionKind | None], str],
) -> Bar:
    slug, label = row.speaker.slug if row.speaker else UNNAMED, _name(row.speaker)
    parts = tuple(Part(kind.value, _of_kind(row, kind), href(slug, kind)) for kind in kinds if _of_kind(row, kind))
    return Bar(label, href(slug, None), parts, count_note(row.quotes, row.indirect))


def topic_bars(
    key: str,
    title: str,
    topics: Sequence[TopicCount],
    cells: Sequence[TopicSpeakerCount],
    href: Callable[[str, str | None], str],
) -> ChartData:
    """Bars by topic, stacked by the seven most quoted speakers and the others together."""
    names, totals = _speakers_of(cells)
    first = sorted(totals, key=lambda slug: (-totals[slug], names[slug]))[:MOST_SPEAKERS]
    series = [Series(slug, names[slug], theme.series_colour(i)) for i, slug in enumerate(first)]
    counted: dict[str, dict[str, int]] = {}
    for cell in cells:
        slug = cell.speaker.slug if cell.speaker and cell.speaker.slug in first else ""
        of_topic = counted.setdefault(cell.topic_id, {})
        of_topic[slug] = of_topic.get(slug, 0) + cell.quotes
    if any(of_topic.get("") for of_topic in counted.values()):
        series.append(Series("", OTHERS, theme.series_colour(0, last=True)))
    bars = []
    for row in topics:
        of_topic = counted.get(row.topic.id, {})
        parts = tuple(
            Part(one.key, of_topic[one.key], href(row.topic.id, one.key or None))
            for one in series
            if of_topic.get(one.key)
        )
        note = count_note(row.quotes, row.indirect)
        bars.append(Bar(row.topic.label, href(row.topic.id, None), parts, note))
    return ChartData(key, title, "Topic", tuple(series), tuple(bars))


def topic_kind_bars(
    key: str,
    title: str,
    counts: Mapping[AttributionKind, Sequence[TopicCount]],
    href: Callable[[str, AttributionKind | None], str],
    *,
    only: str | None = None,
    most: int = MOST_ROWS,
) -> ChartData:
    """Bars by topic, stacked by kind, most quotes first; topics without a quote have none.

    Args:
        key, title: of the chart.
        counts: the topics with the quotes of each kind.
        href: where the quotes of a topic are, all of them or those of a kind.
        only: the one topic to show, if it is one.
        most: bars; where there are more topics, the last are counted together.
    """
    numbers: dict[str, dict[AttributionKind, int]] = {}
    labels: dict[str, str] = {}
    for kind, rows in counts.items():
        for row in rows:
            if row.quotes + row.indirect and only in (None, row.topic.id):
                numbers.setdefault(row.topic.id, {})[kind] = row.quotes + row.indirect
                labels[row.topic.id] = row.topic.label
    kinds = [kind for kind in counts if any(kind in some for some in numbers.values())]
    series = tuple(Series(kind.value, kind.value.capitalize(), theme.kind_colour(kind)) for kind in kinds)
    first = sorted(numbers, key=lambda topic: -sum(numbers[topic].values()))
    shown = first if len(first) <= most else first[: most - 1]
    bars = tuple(
        Bar(
            labels[topic],
            href(topic, None),
            tuple(Part(kind.value, count, href(topic, kind)) for kind, count in numbers[topic].items()),
            _kinds_note([numbers[topic]]),
        )
        for topic in shown
    )
    left = [numbers[topic] for topic in first[len(shown) :]]
    rest = None
    if left:
        together = ((kind, sum(some.get(kind, 0) for some in left)) for kind in kinds)
        parts = tuple(Part(kind.value, count, None) for kind, count in together if count)
        rest = Bar(f"{len(left)} other topics", None, parts, _kinds_note(left))
    return ChartData(key, title, "Topic", series, bars, rest, "by-kind")


def _kinds_note(counts: Sequence[Mapping[AttributionKind, int]]) -> str:
    indirect = sum(some.get(AttributionKind.INDIRECT, 0) for some in counts)
    return count_note(sum(sum(some.values()) for some in counts) - indirect, indirect)


def _name(speaker: SpeakerRow | None) -> str:
    return first_words(full_name(speaker), LONGEST_NAME)


def _speakers_of(cells: Sequence[TopicSpeakerCount]) -> tuple[dict[str, str], dict[str, int]]:
    names: dict[str, str] = {}
    totals: dict[str, int] = {}
    for cell in cells:
        if cell.speaker and cell.quotes:
            names[cell.speaker.slug] = _name(cell.speaker)
            totals[cell.speaker.slug] = totals.get(cell.speaker.slug, 0) + cell.quotes
    return names, totals
