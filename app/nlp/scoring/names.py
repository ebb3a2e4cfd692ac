"""Whether two names mean the same speaker, as a reader of the article would say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_BETWEEN_MEMBERS = re.compile(r"\s*;\s*|\s+and\s+(?=[A-Z])")
_UNDECOMPOSED = str.maketrans({"đ": "d", "Đ": "D", "ł": "l"})
"""Letters with a stroke, which Unicode does not take apart into a letter and a mark."""
_SET_ASIDE = frozenset(
    """
    baroness chancellor dame dr foreign former general judge king lady lord minister mr mrs ms of pope premier
    president prime queen rep secretary sen senator sheikh sir the
    """.split()
)
"""Words of a name that only say what its bearer is."""

SAME, ALIKE, OTHER = 1.0, 0.5, 0.0


def name_score(given: str | None, wanted: str, alternatives: Sequence[str] = ()) -> float:
    """How well the name *given* fits *wanted* or one of the *alternatives*, the best counts.

    Returns:
        ``SAME`` for the same name but for titles, accents and case; ``ALIKE`` for the same surname, a part of the
        full name, or some of a group; else ``OTHER``.
    """
    return max(_score(given or "", one or "") for one in (wanted, *alternatives))


def _score(given: str, wanted: str) -> float:
    ours, theirs = (_BETWEEN_MEMBERS.split(names) for names in (given, wanted))
    if len(ours) == len(theirs) == 1:
        return _likeness(ours[0], theirs[0])
    fit = sum(max(_likeness(one, other) for one in ours) for other in theirs) / max(len(ours), len(theirs))
    if fit > 0.99:  # as good as all: the sum of halves may be rounded
        return SAME
    return ALIKE if fit > 0 else OTHER


def _likeness(one: str, other: str) -> float:
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return OTHER
    if set(ours) == set(theirs):
        return SAME
    part = len(ours) == 1 and ours[0] in theirs
    return ALIKE if part or ours[-1] == theirs[-1] else OTHER


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    plain = re.sub(r"[’']s\b", "", plain).replace("u.s.", "us")
    words = _WORD.findall(plain)
    return [word for word in words if word not in _SET_ASIDE] or words
