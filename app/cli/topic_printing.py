"""What the topic commands print: tables, and numbers with their nouns."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def counted(number: int, noun: str, nouns: str = "") -> str:
    """*number* with *noun*, in the plural, *nouns* if that has no s, where it is not one."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def print_table(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> None:
    """Print *rows* in columns as wide as their widest cell on a terminal; those in *right* end together."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (width - cell_len(cell))
            cells.append(blanks + cell if number in right else cell + blanks)
        print("  ".join(cells).rstrip(), flush=True)
