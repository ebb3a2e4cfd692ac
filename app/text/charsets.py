"""Bytes to characters: by what they say themselves, by what was declared, else by the best guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from app.errors import IngestError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""What a declared name means in practice; the WHATWG Encoding Standard, section 4.2."""
_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "cp932": "Shift_JIS", "shift_jis": "Shift_JIS"}
_WESTERN = frozenset("ÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜßàáâãäåæçèéêëíîïñòóôõöøùúûüœŒ“”„‘’‚–—…€£§«»°·•½©®™¿¡ºª´\u00a0\u00ad")
_OURS = 0.95
"""The share of letters beyond ASCII that must be usual in the West for a text to be taken for Windows-1252."""
_SAMPLE = 100_000
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.02
_MEANT = 10
"""How many good UTF-8 sequences a broken one needs beside it for the text to be UTF-8 all the same."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it was decoded: by which encoding, and what a person should know of that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *charsets: str | None) -> Decoded:
    """*data* as text by its byte order mark, else UTF-8, else the first of *charsets* that fits, else a guess.

    A byte order mark is dropped, line ends stay as they are.

    Raises:
        IngestError: it is empty, or no text in any encoding.
    """
    if not data:
        raise IngestError("The file is empty.")
    if marked := _marked(data):
        return marked
    if not data.isascii() and (text := _by(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")  # nothing else looks like it by chance, and servers often declare amiss
    for charset in charsets:
        if (text := _by(data, charset)) is not None:
            return Decoded(text, _known(charset or ""))
    if (text := _by(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    return _guessed(data)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8":
                    return _guessed(data[len(mark) :])
                name = encoding[:6].upper()
                raise IngestError(f"This begins as {name} does, but is cut or broken: save the file again.") from error
    return None


def _by(data: bytes, charset: str | None) -> str | None:
    if not charset or not (encoding := _known(charset)):
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _known(charset: str) -> str:
    """The name of *charset* in Python, and nothing where there is no such encoding of texts."""
    try:
        info = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError):  # ValueError: a NUL in it
        return ""
    text_encoding = getattr(info, "_is_text_encoding", True)  # what bytes.decode itself looks at
    return _AS_BROWSERS.get(info.name, info.name) if text_encoding else ""


def _guessed(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(len(sample) * _MOST_CONTROL, 1):
        raise IngestError(
            "This is no text: it may be a program, a picture or damaged; give the document as text or PDF."
        )
    broken = data.decode("utf-8", "replace")
    wrong = broken.count("\ufffd")
    good = sum(1 for char in broken if char > "\x7f") - wrong
    if good >= wrong * _MEANT:
        places = "1 place is" if wrong == 1 else f"{wrong:,} places are"
        return Decoded(broken, "utf-8", (f"{places} not UTF-8 and shown as “\ufffd”.",))
    encoding = _guess(sample, data)
    note = f"Read as {_NAMES.get(encoding, encoding)}, which the file does not say itself."
    return Decoded(data.decode(encoding, "replace"), encoding, (note,))


def _guess(sample: bytes, data: bytes) -> str:
    western = sample.decode("cp1252", "replace")
    beyond = [char for char in western if char > "\x7f"]
    if sum(char in _WESTERN for char in beyond) >= len(beyond) * _OURS:
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only texts that say nothing pay for it

    best = from_bytes(sample).best()
    if best is None:
        raise IngestError("This is no text in an encoding that can be told: save the file as UTF-8.")
    fits = _by(data, best.encoding) is not None or len(data) > _SAMPLE
    return best.encoding if fits else "cp1252"
