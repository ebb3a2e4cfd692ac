"""Articles as JSON Lines, each with its text and its quotes: what ``communique ingest`` reads as the same articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain import Paragraph, ParagraphKind
from app.present import quote_json
from app.present.exports.pieces import one_line
from app.present.numbers import iso_date
from app.present.quote_json import Json
from app.store.rows import ArticleText, QuoteRow
from app.text.paragraphs import split_paragraphs

Outline = list[tuple[int, int, str]]
Documents = Iterable[tuple[ArticleText, Iterable[QuoteRow]]]


def write(documents: Documents) -> Iterator[bytes]:
    """An article a line, in the order of *documents*."""
    for article, quotes in documents:
        yield f"{one_line(article_record(article, quotes))}\n".encode()


def article_record(article: ArticleText, quotes: Iterable[QuoteRow]) -> Json:
    """*article* with its text and *quotes* of it; offsets count code points of the text.

    Its paragraphs are among it where the text alone does not tell them, as after a web page.
    """
    row = article.row
    return {
        "slug": row.slug,
        "title": row.title,
        "publisher": row.publisher,
        "byline": row.byline,
        "date": iso_date(row.date, row.date_precision) or None,
        "url": row.url,
        "language": row.language,
        "added": row.added.isoformat(),
        "pipeline": row.pipeline,
        "text": article.text,
        "paragraphs": [{"start": start, "end": end, "kind": kind} for start, end, kind in told(article)] or None,
        "quotes": [_quote(quote) for quote in quotes],
    }


def told(article: ArticleText) -> Outline:
    """The paragraphs of *article* as they were read, before its analysis parted datelines and headings from them.

    None where the text alone tells as much.
    """
    plain = _outline(split_paragraphs(article.text))
    known = _outline(article.paragraphs)
    kinds = {(start, end): kind for start, end, kind in known}
    ends = {place for start, end, _ in known for place in (start, end)}
    if any(start not in ends or end not in ends for start, end, _ in plain):
        return _with_datelines(known)
    read = [(start, end, kinds.get((start, end), kind)) for start, end, kind in plain]
    return [] if read == plain else read


def _with_datelines(paragraphs: Outline) -> Outline:
    found: Outline = []
    begun: int | None = None
    for start, end, kind in paragraphs:
        if kind == ParagraphKind.DATELINE:
            begun = start if begun is None else begun
            continue
        found.append((start if begun is None else begun, end, kind))
        begun = None
    return found


def _outline(paragraphs: Iterable[Paragraph]) -> Outline:
    return [(one.span.start, one.span.end, one.kind.value) for one in paragraphs]


def _quote(quote: QuoteRow) -> Json:
    return {name: value for name, value in quote_json.quote(quote).items() if name != "article"}
