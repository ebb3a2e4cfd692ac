"""Lines that a program broke to a width, as mails and wire copy have them, told from lines that a person ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

LIST_ITEM = re.compile(r"(?:[-*•–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
TURN = re.compile(r"(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4}|[A-Z]{1,3}):\s")
_WIDTHS = range(45, 111)
"""The widths that programs break lines at: 72 and 78 in mails, 60 to 100 elsewhere."""
_LONGER = 0.05
_FITTING = 0.8
_FEWEST = 3
_TERMINAL = tuple('.!?:;…"”’»')


def width_of(blocks: Sequence[Sequence[str]]) -> int | None:
    """The width that the lines of *blocks* (lines between blank ones) were broken to; ``None`` where they were not.

    A program ends a line where its next word would not fit, and it cares for no sentence. So at nearly every line end
    the line and the first word of the next must be longer than the longest line, and most lines must end amid one.
    """
    lengths = sorted(len(line) for block in blocks for line in block)
    if not lengths:
        return None
    width = lengths[min(int(len(lengths) * (1 - _LONGER)), len(lengths) - 1)]
    pairs = [(line, after) for block in blocks for line, after in pairwise(block)]
    if width not in _WIDTHS or len(pairs) < _FEWEST:
        return None
    fitting = sum(is_broken(line, after, width) for line, after in pairs)
    amid = sum(not line.endswith(_TERMINAL) for line, _ in pairs)
    return width if fitting >= len(pairs) * _FITTING and amid * 2 >= len(pairs) else None


def is_broken(line: str, after: str, width: int) -> bool:
    """Whether *after* goes on with *line*, since its first word had no room there."""
    first = after.split(None, 1)[0] if after.split() else ""
    return len(line.rstrip()) + 1 + len(first) > width and not opens(after)


def opens(line: str) -> bool:
    """Whether *line* begins something by itself: an item of a list, a turn, a quoted reply."""
    return bool(LIST_ITEM.match(line) or TURN.match(line) or line.startswith(">"))
