"""The kinds of files that quotes can be taken out as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.errors import AppError
from app.present.exports import brat, csv_file, documents, json_lines, quotations, web_annotations, xlsx_file
from app.present.exports.about import About
from app.store.rows import QuoteRow


class TooManyError(AppError):
    """More quotes than a file of this kind has room for."""

    status = 413


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        words: what it is called where it is offered.
        media_type: as HTTP names it.
        write: the file of some quotes, piece by piece.
        most: how many quotes it has room for; ``None`` for any number.
    """

    words: str
    media_type: str
    write: Callable[[About, Iterable[QuoteRow]], Iterator[bytes]]
    most: int | None = None

    def check_room(self, count: int) -> None:
        """Raise :class:`TooManyError` where *count* quotes are more than there is room for."""
        if self.most is not None and count > self.most:
            told = f"These are {count:,} quotes, and {self.words} has room for {self.most:,}."
            raise TooManyError(f"{told} Take CSV, or set a filter.")


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("CSV", "text/csv; charset=utf-8", csv_file.write),
        "xlsx": Format(
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_file.write,
            xlsx_file.MOST_ROWS,
        ),
        "jsonl": Format("JSON Lines", "application/x-ndjson", json_lines.write),
        "jsonld": Format(
            "Web Annotations",
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            web_annotations.write,
        ),
        "schema.jsonld": Format("schema.org, direct quotes alone", "application/ld+json", quotations.write),
    }
)
"""By the ending of the file's name."""


@dataclass(frozen=True, slots=True)
class ArticleFormat:
    """A kind of file that articles are taken out as, with their texts; the fields are those of :class:`Format`."""

    words: str
    media_type: str
    write: Callable[[documents.Documents], Iterator[bytes]]


ARTICLE_FORMATS: Mapping[str, ArticleFormat] = MappingProxyType(
    {
        "jsonl": ArticleFormat("JSON Lines, with texts and quotes", "application/x-ndjson", documents.write),
        "brat.zip": ArticleFormat("brat standoff", "application/zip", brat.write),
    }
)
"""By the ending of the file's name."""
