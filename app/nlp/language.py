"""Which language a text is in, as far as it matters: whether it is that of the pipeline.

By its script, then by spaCy's own lists of stop words. The lists of other languages are read only for a text that has
few of the pipeline's own, so that it costs nothing to read what the pipeline was made for.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import islice

_BY_WORDS = {
    "latin": ("ca", "hr", "da", "nl", "en", "fi", "fr", "de", "it", "lt", "nb", "pl", "pt", "ro", "sl", "es", "sv"),
    "cyrillic": ("mk", "ru", "uk"),
}
"""Languages with a trained spaCy pipeline, by the script that does not tell them apart."""
_BY_SCRIPT = {"kana": "ja", "hangul": "ko", "greek": "el", "han": "zh", "arabic": "ar", "hebrew": "he", "thai": "th"}
_SCRIPTS = (
    ("latin", "a-zA-ZÀ-ɏḀ-ỿ"),
    ("cyrillic", "Ѐ-ӿ"),
    ("greek", "Ͱ-Ͽἀ-῿"),
    ("kana", "ぁ-ヿ"),
    ("hangul", "가-힣"),
    ("han", "一-鿿㐀-䶿"),
    ("arabic", "؀-ۿ"),
    ("hebrew", "א-ת"),
    ("thai", "ก-๛"),
)
_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS}
_WORD = re.compile(r"[^\W\d_]+")

_SAMPLE = 12_000
"""Code points that are looked at: the first of the text."""
_FEWEST_WORDS, _FEWEST_LETTERS = 12, 20
_FEWEST_KINDS = 4
"""Different stop words that another language must show: a word said over and over proves nothing."""
_OWN = 0.25
"""A text in the pipeline's language has at least this share of its stop words; running prose has about twice that."""
_SURE = 1.4
"""How many times the pipeline's own share another language's must be."""


def other_language(text: str, own: str) -> str | None:
    """The language of *text* where it is not *own*, as an ISO 639-1 code; ``None`` where it is, or cannot be told."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script is None:
        return None
    if script not in _BY_WORDS:
        found = _BY_SCRIPT[script]
        return None if found == own else found
    words = [word.casefold() for word in islice(_WORD.findall(sample), 2_000)]
    if len(words) < _FEWEST_WORDS:
        return None
    share = _share(words, own) if own in _BY_WORDS[script] else 0.0
    if share >= _OWN:
        return None
    best, most = max(((one, _share(words, one)) for one in _BY_WORDS[script]), key=lambda pair: pair[1])
    if best == own or most <= max(_OWN / 2, _SURE * share):
        return None
    return best if len(_stop_words(best).intersection(words)) >= _FEWEST_KINDS else None


def _script(sample: str) -> str | None:
    """The script of most letters; kana and hangul count for the han beside them."""
    counts = Counter({name: len(pattern.findall(sample)) for name, pattern in _LETTERS.items()})
    total = counts.total()
    if total < _FEWEST_LETTERS:
        return None
    for mixed in ("kana", "hangul"):
        if counts[mixed] * 5 > total:
            return mixed
    name, most = counts.most_common(1)[0]
    return name if most * 2 > total else None


def _share(words: list[str], language: str) -> float:
    known = _stop_words(language)
    return sum(word in known for word in words) / len(words)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
