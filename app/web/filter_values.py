"""Which values of a filter there are: whether one is among them, and a sentence for whoever mistyped one."""

from __future__ import annotations

from collections.abc import Sequence

from app.present.languages import language_name
from app.present.rows import full_name
from app.store import known, rankings, stats
from app.store.filters import AttributionFilter
from app.web.deps import Reading

EVERYTHING = AttributionFilter()
FIRST = 5
"""Values that a sentence names."""
LONGEST = 60
"""Characters of one of them."""

CHECKS = {
    "speaker": known.has_speaker,
    "article": known.has_article,
    "publisher": known.has_publisher,
    "language": known.has_language,
}


def there(now: Reading, name: str, value: str) -> bool:
    """Whether the library knows *value* of the field that an address calls *name*."""
    if name == "topic":
        return value in now.site.labels
    return CHECKS[name](now.conn, value)


def missing(now: Reading, name: str, shown: str) -> str:
    """That nothing has the value *shown* of the field *name*, and what could be chosen instead."""
    return SENTENCES[name](now, shown)


def _topic(now: Reading, shown: str) -> str:
    return f"There is no topic “{shown}”. {_some([topic.id for topic in now.site.topics], 'topics')}"


def _speaker(now: Reading, shown: str) -> str:
    found = rankings.rank_speakers(now.conn, EVERYTHING, FIRST)
    named = [f"{row.speaker.slug} ({_cut(full_name(row.speaker))})" for row in found.rows if row.speaker]
    return f"There is no speaker “{shown}”. {_some(named, 'speakers', len(found.rows) + found.others.number)}"


def _article(now: Reading, shown: str) -> str:
    newest = stats.article_counts(now.conn, EVERYTHING, limit=FIRST)
    return f"There is no article “{shown}”. {_some([row.article.slug for row in newest], 'articles', None)}"


def _publisher(now: Reading, shown: str) -> str:
    found = [row.value for row in stats.publisher_counts(now.conn, EVERYTHING) if row.value]
    return f"No article is of the publisher “{shown}”. {_some(found, 'publishers')}"


def _language(now: Reading, shown: str) -> str:
    found = [f"{row.value} ({language_name(row.value)})" for row in stats.language_counts(now.conn, EVERYTHING)]
    return f"No article is in the language “{shown}”. {_some(found, 'languages')}"


SENTENCES = {
    "topic": _topic,
    "speaker": _speaker,
    "article": _article,
    "publisher": _publisher,
    "language": _language,
}


def _some(values: Sequence[str], what: str, number: int | None = -1) -> str:
    """The first of *values*; *number* is how many there are in all, ``None`` where that is not counted."""
    if not values:
        return f"The library has no {what} with quotes so far."
    first = ", ".join(_cut(value) for value in values[:FIRST])
    if number is None:
        return f"The newest {what} are: {first}."
    more = (len(values) if number < 0 else number) - min(len(values), FIRST)
    return f"There are: {first}{f', and {more} more' if more > 0 else ''}."


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"
