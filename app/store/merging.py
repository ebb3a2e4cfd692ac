"""Speakers that a person made one: their own rows stay, so that they can be told apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, null, or_, select, update

from app.domain import Action
from app.store import counts
from app.store.correction_schema import corrections
from app.store.schema import attributions, speakers
from app.store.search_keeping import index_speaker

Merged = dict[int, int]
"""By the row of a speaker that was merged, the one that speaks in its place."""


def merge_map(conn: Connection) -> Merged:
    """Into which speaker each goes that was merged, as far as that is not undone."""
    holding = select(corrections.c.value).where(
        corrections.c.action == Action.MERGE.value, corrections.c.undone.is_(None)
    )
    values = conn.scalars(holding.order_by(corrections.c.number))
    return united((value["speaker"]["id"], value["into"]["id"]) for value in values)


def united(pairs: Iterable[tuple[int, int]]) -> Merged:
    """Where each of the speakers in *pairs* ends that are merged one after the other; those that stay are left out."""
    into: Merged = {}

    def last(key: int) -> int:
        while key in into:
            key = into[key]
        return key

    for one, other in pairs:
        first, second = last(one), last(other)
        if first != second:
            into[first] = second
    return {key: last(key) for key in into}


def spoken_by(speaker: int | None, merged: Mapping[int, int]) -> dict[str, int | None]:
    """The columns of an attribution that the text gives to *speaker*."""
    one = None if speaker is None else merged.get(speaker, speaker)
    return {"speaker_id": one, "merged_from": speaker if one != speaker else None}


def merged_row(row: Mapping[str, Any], merged: Mapping[int, int]) -> dict[str, Any]:
    """The attribution *row*, packed before or after some merging, as it is by *merged*."""
    return {**row, **spoken_by(row.get("merged_from") or row["speaker_id"], merged)}


def follow(conn: Connection, before: Merged, after: Merged) -> list[int]:
    """Let every attribution be said by whom it is after a merge or a split; the articles that changed, by row."""
    changed = [key for key in {**before, **after} if before.get(key, key) != after.get(key, key)]
    own = func.coalesce(attributions.c.merged_from, attributions.c.speaker_id)
    theirs = or_(
        attributions.c.merged_from.in_(changed),
        attributions.c.merged_from.is_(None) & attributions.c.speaker_id.in_(changed),
    )
    touched = list(conn.scalars(select(attributions.c.article_id).distinct().where(theirs)))
    for key in changed:
        now = after.get(key, key)
        values: dict[str, Any] = {"speaker_id": now, "merged_from": null() if now == key else key}
        conn.execute(update(attributions).where(theirs, own == key).values(values))
    counts.put_in(conn, *touched)
    for key in {after.get(one, one) for one in changed}:
        index_speaker(conn, key)
    return touched


def speaks_instead(conn: Connection, slug: str) -> str | None:
    """The address of the speaker that speaks in place of the speaker *slug*, which was merged; else ``None``."""
    merged = merge_map(conn)
    if not merged:
        return None
    key = conn.scalar(select(speakers.c.id).where(speakers.c.slug == slug))
    other = merged.get(key or 0)
    return None if other is None else conn.scalar(select(speakers.c.slug).where(speakers.c.id == other))
