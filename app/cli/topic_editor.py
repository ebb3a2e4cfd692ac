"""A topic in the person's own editor, as TOML."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.codebook import CodeBookError, read_codebook, write_codebook
from app.domain import Topic
from app.errors import AppError


@contextmanager
def from_editor(topic: Topic) -> Iterator[Sequence[Topic]]:
    """What the person makes of *topic*, read back from their editor.

    The file goes when all is done. Where it cannot be read, or what is done with it fails, it is kept, and the error
    says where.

    Raises:
        AppError: there is no editor, it fails, or the file cannot be used.
    """
    handle, name = tempfile.mkstemp(prefix=f"{topic.id}-", suffix=".toml")
    path = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(write_codebook([topic]))
    try:
        _edit(path)
        topics = read_codebook(path)
        if not topics:
            raise CodeBookError(f"{path} has no topic; `communique topics remove {topic.id}` takes one away.")
        yield topics
    except AppError as error:
        raise type(error)(
            f"{str(error).rstrip('.')}. What you wrote is kept: mend {path} and run `communique topics import {path}`."
        ) from error
    path.unlink(missing_ok=True)


def _edit(path: Path) -> None:
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "vi")
    try:
        ended = subprocess.run([*shlex.split(chosen), str(path)], check=False)  # noqa: S603 - the person's own choice # nosec B603
    except (OSError, ValueError) as error:
        raise AppError(f"The editor {chosen} cannot be started; name one in EDITOR.") from error
    if ended.returncode:
        raise AppError(f"The editor {chosen} ended with {ended.returncode}.")
