"""ZIP archives that are office documents, checked before anything opens them: what they say of their size may lie."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from app.errors import IngestError

MOST_ENTRIES = 2_000
MOST_BYTES = 100_000_000
_MOST_RATIO = 200
_RATIO_FROM = 5_000_000
"""Bytes from which a part that shrank to less than a two-hundredth is no document."""
_STEP = 1 << 16
_ENCRYPTED = 0x1
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BOMB = (
    f"This Word file grows beyond all measure, or beyond {MOST_BYTES // 1_000_000} MB, when it is unpacked: "
    "save its text as a new document."
)
_DAMAGED = "This Word file is damaged: open it in Word or LibreOffice and save it again."


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a checked archive whose names end in ``.xml`` or ``.rels``, by name."""

    xml: dict[str, bytes]


def checked(data: bytes) -> Parts:
    """The XML in the archive *data*, after each of its entries was inflated and counted.

    Raises:
        IngestError: it is damaged, locked, a bomb, or its XML declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Parts(_inflated(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise IngestError(_DAMAGED) from error


def _inflated(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise IngestError(f"This Word file has {len(entries):,} parts; a document has {MOST_ENTRIES:,} at most.")
    left = MOST_BYTES
    found: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise IngestError("This Word file is locked with a password: save a copy without one.")
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        size, content = _read(archive, entry, left, keep=is_xml)
        left -= size
        if is_xml:
            _refuse_declarations(content)
            found[entry.filename] = content
    return found


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, *, keep: bool) -> tuple[int, bytes]:
    """How much *entry* inflates to, and the bytes if they are to be kept."""
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as file:
        while chunk := file.read(_STEP):
            size += len(chunk)
            if size > left or (size > _RATIO_FROM and size > max(entry.compress_size, 1) * _MOST_RATIO):
                raise IngestError(_BOMB)
            if keep:
                parts.append(chunk)
    return size, b"".join(parts)


def _refuse_declarations(xml: bytes) -> None:
    plain = xml.replace(b"\0", b"") if xml[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in xml[:100] else xml
    if _DECLARATION.search(plain):
        raise IngestError(
            "This Word file declares entities of its own, which no document needs: save it again in Word."
        )
