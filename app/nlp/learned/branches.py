"""How the words around an anchor hang from it in the parse: edges of contents are mostly edges of such branches."""

from __future__ import annotations

import numpy as np

from app.nlp.learned.features import DEPS, Numbers, Words

REACH = 120
"""Words to each side of an anchor in which its source and content are looked for."""

_RELATIONS = len(DEPS) + 1
FAR, ANCHOR, HEAD, UNDER_ANCHOR = 0, 1, 2, 3
UNDER_HEAD = UNDER_ANCHOR + _RELATIONS
ABOVE = UNDER_HEAD + _RELATIONS
BRANCHES = ABOVE + 1


def branches(words: Words, anchor: int) -> Numbers:
    """The branch of each of the ``2 * REACH + 1`` words around *anchor*, from the furthest on its left.

    Under the anchor, or under the word it hangs from, by the relation of the branch; else :data:`ABOVE` in the same
    tree, and :data:`FAR` otherwise or where the text has no such word.
    """
    first, last = anchor - REACH, anchor + REACH + 1
    low, high = max(first, 0), min(last, len(words.texts))
    found = np.full(last - first, FAR)
    head = int(words.heads[anchor])

    def lay(word: int, branch: int) -> None:
        left, right = max(int(words.lefts[word]), low), min(int(words.rights[word]), high)
        if left < right:
            found[left - first : right - first] = branch

    near = words.heads[low:high]
    if head != anchor:
        above = int(words.heads[head])
        if above != head:
            lay(above, ABOVE)
        for child in (np.flatnonzero(near == head) + low).tolist():
            if child != head:
                lay(child, UNDER_HEAD + int(words.relations[child]))
        if low <= head < high:
            found[head - first] = HEAD
    for child in (np.flatnonzero(near == anchor) + low).tolist():
        if child != anchor:
            lay(child, UNDER_ANCHOR + int(words.relations[child]))
    found[REACH] = ANCHOR
    return found
