"""What a site packed to send it (gzip, deflate, Brotli), unpacked a piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from app.text.fetching.errors import FetchError

ACCEPTED = "gzip, deflate, br"
_PIECE = 65_536
_GZIP_MAGIC = b"\x1f\x8b"
_BROKEN = "What the site sent is packed wrongly and cannot be unpacked."


class Unpacker(Protocol):
    """Gives what it was fed unpacked, never more than a piece of 64 kB at once."""

    finished: bool

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The pieces that *data* unpacks to, with what was fed before."""


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """*pieces* without the *coding* of their ``Content-Encoding``, lazily, so that a bomb costs what is taken of it.

    Raises:
        FetchError: the coding was not asked for, or the data is broken or ends too early.
    """
    name = coding.strip().lower()
    if name in {"", "identity"}:
        yield from pieces
        return
    unpacker = _unpacker(name)
    came = False
    try:
        for piece in pieces:
            came = came or bool(piece)
            yield from unpacker.feed(piece)
    except zlib.error as error:
        raise FetchError(_BROKEN) from error
    if came and not unpacker.finished:
        raise FetchError("The page ends too early: the site sent only a part of it; try again later.", retry=True)


def _unpacker(name: str) -> Unpacker:
    if name in {"gzip", "x-gzip"}:
        return _Gzip()
    if name == "deflate":
        return _Deflate()
    if name == "br":
        return _Brotli()
    raise FetchError(f"The site sends the page packed in a way that we did not ask for ({name[:40]}).")


def _inflated(unpack: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    piece = b""
    while not unpack.eof and (data or len(piece) == _PIECE):
        if piece := unpack.decompress(data, _PIECE):
            yield piece
        data = unpack.unconsumed_tail


class _Gzip:
    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.finished = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._unpack.eof:
                if not _GZIP_MAGIC.startswith(data[:2]):
                    return  # some servers pad what they send
                self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield from _inflated(self._unpack, data)
            self.finished = self._unpack.eof
            data = self._unpack.unused_data


class _Deflate:
    """zlib's format as the standard says, and the bare one that some servers send for it."""

    def __init__(self) -> None:
        self._head = b""
        self._unpack: zlib._Decompress | None = None
        self.finished = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._unpack is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            wrapped = data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        yield from _inflated(self._unpack, data)
        self.finished = self._unpack.eof


class _Brotli:
    def __init__(self) -> None:
        import brotli  # noqa: PLC0415 - only where a site packs so

        self._unpack = brotli.Decompressor()
        self._error = brotli.error
        self.finished = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self.finished:
            try:
                piece = self._unpack.process(data, output_buffer_limit=_PIECE)
            except self._error as error:
                raise FetchError(_BROKEN) from error
            data = b""
            self.finished = self._unpack.is_finished()
            if not piece:
                return
            yield piece
