from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.store.cube.tallying import marked_first

numbers = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))


@given(rows=st.lists(numbers, max_size=30), most=st.integers(1, 12))
def test_the_first_few_are_those_that_come_first_among_all(rows: list[tuple[int, int, int]], most: int) -> None:
    tally = np.array(rows, np.int64).reshape(-1, 3)
    there = [number for number, row in enumerate(rows) if any(row)]
    ordered = sorted(there, key=lambda number: (-rows[number][0] - rows[number][1], -rows[number][2], -number))
    assert marked_first(tally) == ordered
    assert marked_first(tally, most) == ordered[:most]
