"""Limits on what a document may cost that nobody has looked at yet. They end the work, or the process."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import IngestError

TOO_LONG = 75
"""The exit status of a process that was ended because a document took too long to read."""

READING_SECONDS = 60.0
READING_BYTES = 1_000_000_000
"""What reading one document may take beyond what the process holds before."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End this process with :data:`TOO_LONG` where the work is not over in *seconds*: no library can refuse that."""
    timer = threading.Timer(seconds, os._exit, (TOO_LONG,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def memory(more: int = READING_BYTES) -> Iterator[None]:
    """Refuse the work more than *more* bytes, where the system can: it does on Linux.

    Raises:
        IngestError: it wanted more.
    """
    try:
        with _address_space(more):
            yield
    except MemoryError as error:
        raise IngestError(
            f"Reading this takes more than {more // 1_000_000:,} MB of memory, which no document should."
        ) from error


@contextmanager
def _address_space(more: int) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    hard = before[1]
    wanted = now + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
