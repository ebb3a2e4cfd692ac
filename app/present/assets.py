"""Static files with their versions: each address changes when its bytes do, so that browsers may keep it for ever."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from app.domain import Topic
from app.present import plotly_bundle
from app.present.theme import palette_css

STYLE_FILES = (
    "css/tokens.css",
    "css/layout.css",
    "css/components.css",
    "css/editing.css",
    "css/intake.css",
    "css/versions.css",
    "css/filters.css",
    "css/reading.css",
    "css/compare.css",
    "css/corrections.css",
    "css/speakers.css",
)
JOINED = {
    "js/keys.js": ("js/keyboard.js", "js/correct.js", "js/share-link.js"),
    "js/board.js": ("js/keyboard.js", "js/correct.js", "js/share-link.js", "js/live.js"),
    "js/list.js": ("js/keyboard.js", "js/correct.js", "js/share-link.js", "js/filters.js", "js/charts.js"),
    "js/list-read.js": ("js/keyboard.js", "js/filters.js", "js/charts.js"),
}
"""Scripts in one, so that no page asks for too many files."""
STYLE, PLOTLY, PLOTLY_STYLE = "site.css", "plotly.js", "plotly.css"
_COMMENTS = re.compile(rb"^[ \t]*//[^\n]*\n", re.MULTILINE)
SMALLEST = 400
"""Bytes below which compressing gains nothing."""


@dataclass(frozen=True)
class Asset:
    """A file as it is served. ``encoded`` gives its bytes for an encoding, compressed once."""

    name: str
    body: bytes

    @cached_property
    def version(self) -> str:
        """Ten characters that change with the bytes."""
        return hashlib.sha256(self.body).hexdigest()[:10]

    @property
    def media_type(self) -> str:
        """Its type, by the name."""
        return media_type(self.name)

    def encoded(self, encoding: str) -> bytes:
        """The bytes as ``br``, ``gzip`` or ``identity``."""
        return _compressed(self.body, encoding) if self.compressible(encoding) else self.body

    def compressible(self, encoding: str) -> bool:
        """Whether it is sent smaller as *encoding*."""
        return encoding != "identity" and len(self.body) >= SMALLEST


@lru_cache(maxsize=64)
def _compressed(body: bytes, encoding: str) -> bytes:
    return plotly_bundle.compress(body, encoding)


def media_type(name: str) -> str:
    """The media type of a file called *name*."""
    if name.endswith(".js"):
        return "text/javascript"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


class Assets:
    """The files of the static folder, and the two that are made: the style sheet and plotly's rules."""

    def __init__(self, static: Path) -> None:
        self.static = static
        self.files = dict(_read(static))
        self.files.update((name, _joined(self.files, name, parts)) for name, parts in JOINED.items())
        self.bundle = plotly_bundle.find(static / "vendor")
        self._style: tuple[tuple[Topic, ...], Asset] | None = None

    def url(self, name: str) -> str:
        """The address of the file *name*, with its version.

        Raises:
            KeyError: there is no such file, so a template is wrong.
        """
        if name in (PLOTLY, PLOTLY_STYLE):
            return f"/static/{name}?v={self.bundle.version}"
        return f"/static/{name}?v={self.files[name].version}"

    def style(self, topics: Sequence[Topic]) -> Asset:
        """The one style sheet of every page, with the colours of *topics*."""
        key = tuple(topics)
        if self._style is None or self._style[0] != key:
            parts = [self.files[name].body for name in STYLE_FILES]
            self._style = key, Asset(STYLE, b"\n".join([*parts, palette_css(key).encode()]))
        return self._style[1]

    @cached_property
    def plotly_style(self) -> Asset:
        """The rules that plotly.js would insert."""
        return Asset(PLOTLY_STYLE, plotly_bundle.style_sheet(self.bundle))


def _joined(files: Mapping[str, Asset], name: str, parts: Sequence[str]) -> Asset:
    """*parts*, each in a block of its own, so that none sees the names of another; one that is missing is left out."""
    bodies = [b"{\n" + files[part].body + b"}\n" for part in parts if part in files]
    return Asset(name, b"".join(bodies))


def _lean(name: str, body: bytes) -> bytes:
    """A script without the lines that are comments: they are a fifth of what is sent."""
    return _COMMENTS.sub(b"", body) if name.endswith(".js") else body


def _read(static: Path) -> list[tuple[str, Asset]]:
    found = []
    for path in sorted(static.rglob("*")):
        name = path.relative_to(static).as_posix()
        if path.is_file() and not name.startswith("vendor/"):
            found.append((name, Asset(name, _lean(name, path.read_bytes()))))
    return found
