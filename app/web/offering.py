"""Names of speakers that a field offers to complete."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain import SpeakerKind
from app.store import rankings, stats
from app.store.filters import AttributionFilter
from app.store.rows import SpeakerRow
from app.store.speaker_names import LONGEST_NAME

OF_THE_ARTICLE, OF_THE_LIBRARY = 60, 120


def offered(conn: Connection, article: str | None = None, *, whole: bool = True) -> tuple[SpeakerRow, ...]:
    """Those of *article*, and, for who sees the *whole* library, those with most quotes in it; each name once."""
    here = stats.speaker_counts(conn, AttributionFilter(article=article))[:OF_THE_ARTICLE] if article else ()
    known = rankings.rank_speakers(conn, AttributionFilter(), OF_THE_LIBRARY).rows if whole else ()
    rows = [row.speaker for row in (*here, *known)]
    named = [one for one in rows if one and one.kind is not SpeakerKind.UNRESOLVED and len(one.name) <= LONGEST_NAME]
    return tuple({one.name: one for one in named}.values())
