"""What a chart over time cannot show: quotes of articles without a date, and those of which the day is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from app.domain import DatePrecision
from app.store.cube import tallying
from app.store.cube.choosing import Choice, choose
from app.store.filters import AttributionFilter
from app.store.rows import ArticleCount
from app.store.schema import articles
from app.store.stats import counted_articles

if TYPE_CHECKING:
    from app.store.cube.values import Numbers


@dataclass(frozen=True, slots=True)
class Undated:
    """The chosen quotes whose articles have no date: how many, in how many articles, and the newest of these."""

    quotes: int
    indirect: int
    articles: int
    newest: tuple[ArticleCount, ...]


@dataclass(frozen=True, slots=True)
class Vague:
    """How many of the chosen quotes are of a month or of a year without more; they count as its first day."""

    month: int
    year: int


def undated(conn: Connection, chosen: AttributionFilter, most: int) -> Undated:
    """The chosen quotes without a date, with *most* of their articles, last added first."""
    import numpy as np  # noqa: PLC0415 - only who counts from the columns pays for it

    choice = choose(conn, chosen)
    columns = choice.cube.columns
    places = choice.places[columns.day[choice.places] == 0]
    direct, mixed, indirect = tallying.kinds(Choice(choice.cube, places))[0].tolist()
    keys, at = np.unique(columns.article[places], return_inverse=True)
    in_marks = np.bincount(at[columns.kind[places] < tallying.KINDS - 1], minlength=len(keys))
    every = np.bincount(at, minlength=len(keys))
    counts = {
        int(keys[row]): (int(in_marks[row]), int(every[row] - in_marks[row])) for row in range(len(keys))[::-1][:most]
    }
    return Undated(direct + mixed, indirect, len(keys), counted_articles(conn, counts))


def vague(conn: Connection, chosen: AttributionFilter) -> Vague:
    """How many of the chosen quotes have a date that is no day."""
    import numpy as np  # noqa: PLC0415

    choice = choose(conn, chosen)
    owners = choice.cube.columns.article[choice.places]

    def of(precision: DatePrecision) -> int:
        known = choice.cube.kept(("dates", precision), lambda: _imprecise(conn, precision))
        return int(np.isin(owners, known).sum()) if len(known) else 0

    return Vague(of(DatePrecision.MONTH), of(DatePrecision.YEAR))


def _imprecise(conn: Connection, precision: DatePrecision) -> Numbers:
    """The articles that have a date of this precision."""
    import numpy as np  # noqa: PLC0415

    dated = articles.c.date.is_not(None), articles.c.date_precision == precision.value
    return np.array(conn.scalars(select(articles.c.id).where(*dated)).all(), np.int64)
