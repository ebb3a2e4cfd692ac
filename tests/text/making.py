"""Documents made by hand for the tests: the smallest files of each kind that a reader accepts, and bad ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from app.domain import Document, ParagraphKind
from app.errors import IngestError
from app.text.reading import Given, read_document

Placed = tuple[float, float, float, str]
"""A line of a page: x, y, size in points, words."""

MOST = 1_000_000


def read(data: bytes | str, name: str = "", *, most: int = MOST, repair: bool = False) -> Document:
    given = Given(name=name, repair=repair)
    return read_document(data.encode() if isinstance(data, str) else data, given, max_characters=most)


def refusal(data: bytes | str, name: str = "", *, most: int = MOST) -> str:
    """The one sentence that *data* is refused with."""
    with pytest.raises(IngestError) as caught:
        read(data, name, most=most)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", ")"))
    return message


def words(document: Document) -> list[tuple[ParagraphKind, str]]:
    """The paragraphs of *document* with their kinds."""
    return [(one.kind, one.span.of(document.article.text)) for one in document.paragraphs]


def held(document: Document, originals: str | Sequence[str]) -> None:
    """Check that the offset map lies inside, comes in order, and is true where it says so."""
    text = document.article.text
    at = 0
    for piece in document.sources:
        original = originals if isinstance(originals, str) else originals[(piece.page or 0) - 1]
        assert at <= piece.span.start < piece.span.end <= len(text)
        assert piece.source.end <= len(original)
        assert (piece.span.of(text) == piece.source.of(original)) or piece.change
        at = piece.span.end


def pdf(*pages: Sequence[Placed], extra: bytes = b"", info: bytes = b"") -> bytes:
    """A PDF of *pages* in Helvetica; *extra* goes into the trailer, *info* into its dictionary of facts."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< " + info + b" >>",
    ]
    for number, lines in enumerate(pages):
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {6 + 2 * number} 0 R >>".encode()
        )
        drawn = "\n".join(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj" for x, y, size, text in lines)
        stream = f"BT\n{drawn}\nET".encode("cp1252")
        parts.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return _file(parts, b"/Info 4 0 R " + extra)


def lines_of(*texts: str, top: float = 720, size: float = 11, gap: float = 14) -> list[Placed]:
    """Lines below one another."""
    return [(72, top - number * gap, size, text) for number, text in enumerate(texts)]


def docx(body: str, *, more: dict[str, str | bytes] | None = None) -> bytes:
    """A DOCX with *body* as the XML of its paragraphs, and *more* parts."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
        **(more or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def p(text: str, style: str = "") -> str:
    """A paragraph of a DOCX."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(parts: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R " % (len(parts) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(out)
