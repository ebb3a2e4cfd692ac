"""What can be wrong with a stored library, and what helps against each kind of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Remedy(StrEnum):
    """What helps: making it anew from what is there, analysing or reading the article again, or a backup alone."""

    REBUILD = "rebuild"
    ANALYSE = "analyse"
    REREAD = "reread"
    BACKUP = "backup"


class Kind(StrEnum):
    """Kinds of trouble; those of one kind are mended together."""

    FILE = "file"
    INDEX = "index"
    UNREADABLE = "unreadable"
    LOST = "lost"
    ORPHAN = "orphan"
    TEXT = "text"
    WORDS = "words"
    PARAGRAPH = "paragraph"
    SOURCE = "source"
    SPAN = "span"
    QUOTE = "quote"
    TOPIC = "topic"
    READING = "reading"
    TRASH = "trash"
    LEFT_OVER = "left over"
    SIGNATURE = "signature"
    BANDS = "bands"
    VERSION = "version"
    ORIGINAL = "original"
    UNUSED = "unused"
    JOB = "job"
    COUNTS = "counts"
    CORRECTION = "correction"
    MACHINE = "machine"
    SEARCH = "search"
    REVISION = "revision"


_REMEDIES = {
    **dict.fromkeys((Kind.FILE, Kind.UNREADABLE, Kind.LOST, Kind.TRASH, Kind.ORIGINAL), Remedy.BACKUP),
    **dict.fromkeys((Kind.TEXT, Kind.PARAGRAPH, Kind.SOURCE), Remedy.REREAD),
    **dict.fromkeys((Kind.SPAN, Kind.QUOTE, Kind.TOPIC, Kind.READING, Kind.MACHINE), Remedy.ANALYSE),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong.

    Attributes:
        what: a sentence that says what, and of what.
        where: the slug of the article, or else the table or ``the file``.
        kind: by which troubles are counted and mended together.
        remedy: what helps.
        key: of what is to be mended, where the kind alone does not say.
    """

    what: str
    where: str
    kind: Kind
    remedy: Remedy
    key: int | str | None = None

    @property
    def mendable(self) -> bool:
        """Whether ``communique doctor --mend`` can do something about it."""
        return self.remedy is not Remedy.BACKUP


Troubles = Iterator[Trouble]


def trouble(kind: Kind, where: str, what: str, key: int | str | None = None, *, original: bool = True) -> Trouble:
    """A trouble with the remedy of its *kind*; without an *original*, what had to be read again is lost."""
    remedy = _REMEDIES.get(kind, Remedy.REBUILD)
    if remedy is Remedy.REREAD and not original:
        remedy = Remedy.BACKUP
    return Trouble(what, where, kind, remedy, key)
