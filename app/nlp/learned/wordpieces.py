"""Words to the numbers of their pieces in the encoder's vocabulary."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

LONGEST = 4
"""Pieces of one word that are looked at; a longer word is a link or noise."""

_KEPT = 50_000


class WordPieces:
    """The vocabulary in *file*, as the ``tokenizers`` library writes one."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.unknown, self.start, self.separator = map(self._number, ("[UNK]", "[CLS]", "[SEP]"))
        self.of = lru_cache(_KEPT)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The first pieces of *word*, at least one."""
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST]) or (self.unknown,)

    def _number(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"The vocabulary has no {name}; the tagger needs one as BERT's is.")
        return number
