"""What is known of a document besides its bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain import DatePrecision


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a document besides its bytes; each wins over what the document says itself.

    Attributes:
        name: the file's name as it was given, never a path; a hint for the kind and, at last, the title.
        media_type: as a server or browser declared it; a hint, since the content decides.
        charset: as HTTP declared it; a hint.
        repair: whether a person asked for mojibake to be repaired.
    """

    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    repair: bool = False

    @property
    def ending(self) -> str:
        """The ending of the name in lower case, with its dot; empty where there is none."""
        stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and stem and ending.isalnum() else ""

    @property
    def stem(self) -> str:
        """The name without its ending, or what stands for it where there is no name."""
        return (self.name.removesuffix(self.name[-len(self.ending) :]) if self.ending else self.name) or "Untitled"
