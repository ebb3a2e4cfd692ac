"""Long lists in pieces, below what one statement may carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

SIZE = 1_000
"""Values in one ``IN``; PostgreSQL takes 65,535 in a statement, SQLite 32,766."""


def batches(values: Iterable[T], size: int = SIZE) -> Iterator[list[T]]:
    """*values* in lists of *size*, the last one shorter."""
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
