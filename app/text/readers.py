"""Files to articles, one article a file."""

from __future__ import annotations

from pathlib import Path

from app.domain import Article
from app.errors import IngestError
from app.text.reading import Given, read_document

_BYTES_A_CHARACTER = 12  # "\ud83d\ude00" in JSON, the longest way to write one
_REST = 20_000_000  # what stands around the text: markup, fonts, pictures


def read_file(path: Path, *, max_characters: int) -> Article:
    """The article in the file at *path*, whatever kind of document it is; see :func:`read_document`.

    Args:
        path: the file.
        max_characters: the longest text that is taken in; a file far longer is not read to its end.

    Raises:
        IngestError: the file cannot be read, or holds no article; one sentence that does not repeat the path.
    """
    data = bytes_of(path, max_characters * _BYTES_A_CHARACTER + _REST, max_characters)
    return read_document(data, Given(name=path.name), max_characters=max_characters).article


def bytes_of(path: Path, most: int, max_characters: int) -> bytes:
    """The bytes of the file at *path*, *most* at most.

    Raises:
        IngestError: it cannot be read, or is longer.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise IngestError("There is no such file.") from error
    except IsADirectoryError as error:
        raise IngestError("This is a folder; name the files in it.") from error
    except PermissionError as error:
        raise IngestError("You may not read this file.") from error
    except OSError as error:
        raise IngestError(f"The file cannot be read: {error.strerror or error}.") from error
    if len(data) > most:
        raise IngestError(
            f"The file is far longer than the {max_characters:,} characters that are taken in at most "
            "(the setting COMMUNIQUE_MAX_CHARACTERS)."
        )
    return data
