"""Speakers, joined across articles by folded name and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain import Speaker, SpeakerKind
from app.errors import NotFound
from app.store.batches import batches
from app.store.filters import UNNAMED
from app.store.names import fold_name, free_slugs, slug_of
from app.store.rows import SpeakerRow
from app.store.schema import speakers as table
from app.store.search_keeping import index_speaker

Key = tuple[str, str]


def speaker_key(speaker: Speaker, article_id: int) -> Key:
    """What makes two speakers the same: folded name and kind; an unresolved one is the same in its article alone."""
    key = fold_name(speaker.name)
    if speaker.kind is SpeakerKind.UNRESOLVED:
        key = f"{key} · {article_id}"
    return key, speaker.kind.value


def ensure_speakers(conn: Connection, given: Iterable[Speaker], article_id: int) -> dict[Key, int]:
    """The row id of every speaker in *given* by :func:`speaker_key`; new ones are added.

    The first spelling of a name stays. Members are taken over where none were known.
    """
    keyed = [(speaker_key(speaker, article_id), speaker) for speaker in given]
    wanted = {key: speaker for key, speaker in keyed if not speaker.members}
    wanted |= {key: speaker for key, speaker in keyed if speaker.members}
    known = _known(conn, wanted)
    for key, row in known.items():
        if wanted[key].members and not row.members:
            names = list(wanted[key].members)
            conn.execute(update(table).where(table.c.id == row.id).values(members=names))
            index_speaker(conn, row.id)
    new = [key for key in wanted if key not in known]
    if new:
        _insert(conn, [(key, wanted[key]) for key in new])
        known |= _known(conn, new)
    return {key: row.id for key, row in known.items()}


def speaker_by_slug(conn: Connection, slug: str) -> SpeakerRow:
    """The speaker *slug*.

    Raises:
        NotFound: there is none.
    """
    found = conn.execute(select(*COLUMNS).where(table.c.slug == slug)).one_or_none()
    speaker = speaker_of(found) if found else None
    if speaker is None:
        raise NotFound(f"There is no speaker “{slug[:80]}”.")
    return speaker


def speaker_of(row: Any) -> SpeakerRow | None:
    """The speaker in a row that carries :data:`COLUMNS`; ``None`` where the outer join found nobody."""
    if row.speaker_slug is None:
        return None
    return SpeakerRow(row.speaker_slug, row.speaker_name, SpeakerKind(row.speaker_kind), tuple(row.speaker_members))


COLUMNS = (
    table.c.slug.label("speaker_slug"),
    table.c.name.label("speaker_name"),
    table.c.kind.label("speaker_kind"),
    table.c.members.label("speaker_members"),
)


def _known(conn: Connection, keys: Iterable[Key]) -> dict[Key, Any]:
    wanted = set(keys)
    known: dict[Key, Any] = {}
    for batch in batches({key for key, _ in wanted}):
        rows = conn.execute(select(table).where(table.c.key.in_(batch)))
        known |= {key: row for row in rows if (key := (row.key, row.kind)) in wanted}
    return known


def _insert(conn: Connection, new: list[tuple[Key, Speaker]]) -> None:
    def taken_among(slugs: Collection[str]) -> set[str]:
        found: set[str] = set()
        for batch in batches(slugs):
            found.update(conn.scalars(select(table.c.slug).where(table.c.slug.in_(batch))))
        return found

    def taken_like(base: str) -> Collection[str]:
        return conn.scalars(select(table.c.slug).where(table.c.slug.startswith(f"{base}-"))).all()

    bases = [slug_of(speaker.name, otherwise="speaker") for _, speaker in new]
    slugs = free_slugs(bases, taken_among, taken_like, reserved={UNNAMED})
    conn.execute(
        insert(table),
        [
            {
                "slug": slug,
                "key": key,
                "kind": kind,
                "name": speaker.name,
                "members": list(speaker.members),
            }
            for slug, ((key, kind), speaker) in zip(slugs, new, strict=True)
        ],
    )
