"""What stands behind the words of a command line: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

STDIN = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")
_MOVING = dict.fromkeys(
    (*range(32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�"
)
_BELONGINGS = (".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico")
"""What belongs to saved pages: text perhaps, but never a document. In a folder it is left out."""

_SAVED_WITH = ("_files", "_Files", "-Dateien", "_fichiers", "_archivos", ".files")
"""How browsers call the folder of what belongs to a page that they save."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read; *place* is how a person named it, *name* its own name, fit to be shown and stored."""

    path: Path
    place: str

    @property
    def name(self) -> str:
        """The name without the folders before it."""
        return shown(self.path.name)


@dataclass(frozen=True, slots=True)
class Address:
    """A page to be fetched."""

    url: str


@dataclass(frozen=True, slots=True)
class Unread:
    """What cannot be read, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files of a folder that nobody meant, by what they have in common: what *reason*."""

    folder: str
    names: tuple[str, ...]
    reason: str


Found = File | Address | Unread | LeftOut


def find(words: Iterable[str], *, besides: Collection[Path] = ()) -> Iterator[Found]:
    """What *words* stand for, in their order, folders and patterns sorted; ``-`` is a file of that name.

    Folders are walked to their ends, links to folders are not followed. What a folder hides, and what only belongs
    to a saved page in it, is left out, and said so.

    Args:
        words: paths, patterns with ``*``, ``?`` or ``[…]``, addresses.
        besides: files that a folder may hold and that are no documents: those of the library.
    """
    left = frozenset(path.absolute() for path in besides)
    for word in words:
        if word == STDIN:
            yield File(Path(STDIN), "standard input")
        elif _ADDRESS.match(word):
            yield Address(word)
        elif (other := _OTHER_ADDRESS.match(word)) and not os.path.lexists(word):
            yield Unread(shown(word), f"Addresses with {other[1]}:// cannot be read; give one with https://.")
        else:
            yield from _named(Path(word), left)


def shown(name: str) -> str:
    """*name* as it may be printed and stored: one line, without what no UTF-8 can write or what moves a cursor."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return text.translate(_MOVING)


def _named(path: Path, left: frozenset[Path]) -> Iterator[Found]:
    if path.is_dir():
        yield from _walk(path, left)
    elif not os.path.lexists(path) and _PATTERN.search(str(path)):
        yield from _matching(str(path), left)
    else:
        yield File(path, shown(str(path)))


def _matching(pattern: str, left: frozenset[Path]) -> Iterator[Found]:
    paths = sorted(glob.glob(pattern, recursive=True))
    if not paths:
        yield Unread(shown(pattern), "Nothing is called like this.")
    # With ** a folder comes beside what is in it; it is not to be read twice.
    folders = "**" not in pattern
    for path in map(Path, paths):
        if path.is_dir():
            yield from _walk(path, left) if folders else ()
        elif path.absolute() not in left:
            yield File(path, shown(str(path)))


def _walk(folder: Path, left: frozenset[Path]) -> Iterator[Found]:
    """The files of *folder*, then its folders, each sorted by name."""
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
    except OSError as error:
        yield Unread(shown(str(folder)), why_not(error))
        return
    hidden = [entry.name for entry in entries if entry.name.startswith(".")]
    entries = [entry for entry in entries if not entry.name.startswith(".") and Path(entry).absolute() not in left]
    names = {entry.name for entry in entries}
    parts = [entry.name for entry in entries if _belongs(entry, names)]
    yield from _left_out(folder, hidden, "is hidden")
    yield from _left_out(folder, parts, "belongs to web pages")
    chosen = [entry for entry in entries if entry.name not in parts]
    for entry in chosen:
        if not entry.is_dir(follow_symlinks=False):
            yield _member(folder / entry.name)
    for entry in chosen:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, left)


def _belongs(entry: os.DirEntry[str], names: Collection[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return entry.name.lower().endswith(_BELONGINGS)
    stems = [entry.name.removesuffix(end) for end in _SAVED_WITH if entry.name.endswith(end)]
    return any(f"{stem}{ending}" in names for stem in stems for ending in (".html", ".htm", ".xhtml"))


def _member(path: Path) -> Found:
    """A file of a folder; what is no file there, such as a pipe, would be waited for for ever."""
    place = shown(str(path))
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Unread(place, why_not(error))
    if stat.S_ISDIR(mode):
        return Unread(place, "This is a link to a folder; name that folder itself.")
    return File(path, place) if stat.S_ISREG(mode) else Unread(place, "This is no file.")


def _left_out(folder: Path, names: list[str], reason: str) -> Iterator[LeftOut]:
    if names:
        yield LeftOut(shown(str(folder)), tuple(map(shown, names)), reason)


def why_not(error: OSError) -> str:
    """Why a file cannot be read, as a sentence."""
    known = {
        errno.ENOENT: "There is no such file.",
        errno.ENOTDIR: "There is no such file.",
        errno.EACCES: "You may not read this.",
        errno.EPERM: "You may not read this.",
        errno.EISDIR: "This is a folder; name the files in it.",
        errno.ENAMETOOLONG: "This name is too long to be that of a file.",
    }
    return known.get(error.errno or 0, f"This cannot be read: {error.strerror or error}.")
