"""Articles with their quotes in the standoff format of brat: a text and an annotation file each, in one archive.

Source:
    https://brat.nlplab.org/standoff.html: text-bound annotations, events, attributes and notes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from app.domain import TextSpan
from app.present.exports.documents import Documents
from app.present.exports.pieces import pieces_of
from app.store.rows import QuoteRow

ROLES = ("source", "cue", "content")
CONFIGURATION = """[entities]
Quote
Source
Cue
Content

[relations]
SaidBy Arg1:Quote, Arg2:Source
CuedBy Arg1:Quote, Arg2:Cue
Within Arg1:Quote, Arg2:Content

[events]

[attributes]
Kind Arg:Quote, Value:direct|mixed|indirect
"""
"""What the archive's ``annotation.conf`` says, so that brat shows it at once."""
_BREAK = re.compile(r"[\r\n]+")


def write(documents: Documents) -> Iterator[bytes]:
    """The archive piece by piece: ``SLUG.txt``, ``SLUG.ann`` and the configuration."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("annotation.conf", CONFIGURATION)
        for article, quotes in documents:
            archive.writestr(f"{article.row.slug}.txt", article.text.encode())
            archive.writestr(f"{article.row.slug}.ann", standoff(article.text, quotes).encode())
    return pieces_of(file)


def standoff(text: str, quotes: Iterable[QuoteRow]) -> str:
    """The annotations of *text*; offsets count code points. A span that two quotes share is written once."""
    known: dict[tuple[str, tuple[TextSpan, ...]], str] = {}
    lines: list[str] = []
    relations = 0

    def bound(label: str, spans: tuple[TextSpan, ...]) -> str:
        if (label, spans) not in known:
            known[label, spans] = f"T{len(known) + 1}"
            lines.append(_bound(text, known[label, spans], label, spans))
        return known[label, spans]

    for number, quote in enumerate(quotes, 1):
        name = bound("Quote", (quote.span,))
        lines.append(f"A{number}\tKind {name} {quote.kind.value}")
        said = quote.attribution
        for role, relation in zip(ROLES, ("SaidBy", "CuedBy", "Within"), strict=True):
            spans = getattr(said, role)
            if spans:
                relations += 1
                lines.append(f"R{relations}\t{relation} Arg1:{name} Arg2:{bound(role.capitalize(), spans)}")
        told = [quote.speaker.name if quote.speaker else "nobody is named", *quote.topics]
        lines.append(f"#{number}\tAnnotatorNotes {name}\t{' | '.join(' '.join(one.split()) for one in told)}")
    return "".join(f"{line}\n" for line in lines)


def _bound(text: str, name: str, label: str, spans: tuple[TextSpan, ...]) -> str:
    # A span may not go over the end of a line; it is written as its pieces then.
    pieces = [piece for span in spans for piece in _lines(text, span)]
    places = ";".join(f"{one.start} {one.end}" for one in pieces)
    return f"{name}\t{label} {places}\t{' '.join(one.of(text) for one in pieces)}"


def _lines(text: str, span: TextSpan) -> Iterator[TextSpan]:
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if found.start() > start:
            yield TextSpan(start, found.start())
        start = found.end()
    if start < span.end:
        yield TextSpan(start, span.end)
