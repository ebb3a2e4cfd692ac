from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.search_words import LONGEST, folded_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Pipeline, again!", "the pipeline again"),
        ("O’Brien and O'Brien", "o brien and o brien"),
        ("cease-fire cease‑fire", "cease fire cease fire"),
        ("U.S. and U.N.; J.R.R. Tolkien, e.g.", "us and un jrr tolkien eg"),
        ("Erdoğan, Støre, Łukasz, İstanbul, Straße", "erdogan store lukasz istanbul strasse"),
        ("cafe\u0301 and café", "cafe and cafe"),
        ("so\u00adft and zero\u200bwidth", "soft and zero width"),
        ("ﬁne Ｗｉｄｅ m²", "fine wide m2"),
        ("1,000 and 12:30", "1 000 and 12 30"),
        ("Boeing™ snake_case", "boeing snake case"),
        ("能源合作 (energy)", "能 源 合 作 energy"),
        ("ガスの値段", "ガ ス の 値 段"),
        ("한국어 문장", "한국어 문장"),
        ("مُحَمَّد שָׁלוֹם", "محمد שלום"),
        ("Москва́ ЁЛКА", "москва елка"),
        ("नमस्ते दुनिया", "नमस्ते दुनिया"),
        ("0㈠", "0 一"),
        ("“”—…!?", ""),
        ("", ""),
    ],
)
def test_words_are_known_without_case_accents_and_punctuation(text: str, words: str) -> None:
    assert folded_words(text) == tuple(words.split())


def test_a_very_long_word_counts_as_far_as_its_beginning() -> None:
    assert folded_words("x" * 5_000) == ("x" * LONGEST,)


def test_every_word_says_where_it_stands() -> None:
    text = "A “U.S.–Türkiye” plan"
    assert [text[word.start : word.end] for word in words_of(text)] == ["A", "U.S", "Türkiye", "plan"]


@given(st.text(max_size=60))
def test_words_are_letters_and_digits_in_order_and_the_same_when_they_are_read_again(text: str) -> None:
    found = list(words_of(text))
    assert tuple(word.folded for word in found) == folded_words(text)
    assert all(one.end <= other.start or one[1:] == other[1:] for one, other in itertools.pairwise(found))
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    for word in found:
        assert word.folded
        assert not set(word.folded) & set("\"'*():^{}-+ \\\x00")
        assert folded_words(word.folded) == (word.folded,)
