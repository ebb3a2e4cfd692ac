"""Names as keys and as addresses, the same on every database (``lower()`` and collations are not)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import count

from slugify import slugify

LONGEST_SLUG = 80
_LAST_LATIN = "\u024f"
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})


def fold_name(name: str) -> str:
    """*name* as a key, without regard to case, accents on Latin letters, kinds of apostrophe, runs of blanks.

    Marks on other scripts stay: Cyrillic ``й`` and ``и`` are different letters.
    """
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)):
        if unicodedata.combining(char):
            if base <= _LAST_LATIN:
                continue
        else:
            base = char
        kept.append(char)
    folded = unicodedata.normalize("NFC", "".join(kept)).casefold()
    return " ".join(folded.split())


def slug_of(words: str, *, otherwise: str) -> str:
    """*words* as a piece of an address, 80 characters at most; *otherwise* where nothing is left of them."""
    slug: str = slugify(words, max_length=LONGEST_SLUG, word_boundary=True, save_order=True)
    return slug or slugify(words, max_length=LONGEST_SLUG) or otherwise


def free_slugs(
    bases: Iterable[str],
    taken_among: Callable[[Collection[str]], Collection[str]],
    taken_like: Callable[[str], Collection[str]],
    *,
    reserved: Collection[str] = (),
) -> list[str]:
    """One free slug for each of *bases*: itself, else with ``-2``, ``-3`` and so on behind it.

    Args:
        bases: what the slugs should be; the same one may come twice.
        taken_among: which of some slugs are taken.
        taken_like: all taken slugs that start with a base.
        reserved: slugs that nothing may have.
    """
    wanted = list(bases)
    taken = {*reserved, *taken_among(set(wanted))}
    numbers: dict[str, Iterator[int]] = {}
    found: list[str] = []
    for base in wanted:
        slug = base
        if slug in taken:
            if base not in numbers:
                numbers[base] = count(2)
                taken.update(taken_like(base))
            slug = next(name for n in numbers[base] if (name := f"{base}-{n}") not in taken)
        taken.add(slug)
        found.append(slug)
    return found
