"""The XML of a REFI-QDA code book, read by expat without anything that XML could do to its reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from app.codebook.fields import CodeBookError


@dataclass(slots=True)
class Code:
    """One ``Code`` element; *has_codes* where others stand inside it, *colour* as it is written, perhaps empty."""

    name: str
    colour: str
    codable: bool
    line: int
    description: str = ""
    has_codes: bool = False


def read_codes(data: bytes, name: str) -> list[Code]:
    """Every code in *data*, in the order of the file; *name* stands for it in messages.

    Names count without their namespace: programs write ``1.0``, ``1:0`` and none.

    Raises:
        CodeBookError: *data* is not XML, has a document type, or is no code book.
    """
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        problem = expat.ErrorString(error.code)
        raise CodeBookError(f"{name}, line {error.lineno}: This cannot be read as XML: {problem}.") from error
    except (LookupError, ValueError) as error:  # an encoding that Python or expat does not know
        raise CodeBookError(f"The code book {name} cannot be read: {error}; save it in UTF-8.") from error
    return reader.codes


class _Reader:
    def __init__(self, name: str) -> None:
        self.codes: list[Code] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._name = name
        self._open: list[tuple[str, Code | None]] = []
        self._pieces: list[str] = []

    def _refuse_doctype(self, *_: object) -> NoReturn:
        raise CodeBookError(
            f"{self._name}, line {self.parser.CurrentLineNumber}: A document type (<!DOCTYPE …>) is not allowed, "
            f"since it can make a small file fill the memory; take it out."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if not self._open and local not in {"CodeBook", "Project"}:
            raise CodeBookError(f"{self._name} is no REFI-QDA code book: it begins with <{local}>, not <CodeBook>.")
        self._open.append((local, self._code(attributes) if local == "Code" else None))
        self._pieces.clear()

    def _code(self, attributes: dict[str, str]) -> Code:
        parent = self._open[-1][1]
        if parent is not None:
            parent.has_codes = True
        codable = attributes.get("isCodable", "true").strip().lower() not in {"false", "0"}
        colour = attributes.get("color", "").strip()
        code = Code(attributes.get("name", ""), colour, codable, self.parser.CurrentLineNumber)
        self.codes.append(code)
        return code

    def _text(self, piece: str) -> None:
        if self._open[-1][0] == "Description":
            self._pieces.append(piece)

    def _end(self, _: str) -> None:
        local, _code = self._open.pop()
        parent = self._open[-1][1] if self._open else None
        if local == "Description" and parent is not None:
            parent.description = "".join(self._pieces)
