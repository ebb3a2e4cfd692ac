"""The processes that a process has started, as Linux shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path


def family(pid: int) -> Iterator[int]:
    """The process and all below it."""
    below: dict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            line = path.read_text("utf-8", "replace")
        except OSError:  # it has just ended
            continue
        below[int(line.rpartition(")")[2].split()[1])].append(int(path.parent.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += below[one]


def memory(pid: int) -> float:
    """Megabytes that the process and those below it have to themselves, shared pages split among them."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000
