from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.names import LONGEST_SLUG, fold_name, free_slugs, slug_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xi Jinping", "XI  JINPING"),
        ("Erdoğan", "Erdogan"),
        ("O’Brien", "O'Brien"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Jean‑Luc", "Jean-Luc"),
        ("Cafe\u0301", "café"),
        ("ＮＡＴＯ", "nato"),
        ("Иван", "ИВАН"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("Толстой", "Толстои"), ("が", "か"), ("Xi", "Li"), ("習", "习")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text())
def test_every_slug_can_stand_in_an_address(words: str) -> None:
    slug = slug_of(words, otherwise="article")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST_SLUG


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slug_of("communiqué " * 20, otherwise="x") == "-".join(["communique"] * 7)


def test_taken_slugs_get_the_next_free_number() -> None:
    taken = {"talks", "talks-2", "talks-4"}
    found = free_slugs(
        ["talks", "talks", "news", "unnamed"], taken.intersection, lambda base: taken, reserved={"unnamed"}
    )
    assert found == ["talks-3", "talks-5", "news", "unnamed-2"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "a-2-2"])), st.sets(st.sampled_from(["a", "a-2", "b-2"])))
def test_slugs_are_never_given_twice(bases: list[str], taken: set[str]) -> None:
    def like(base: str) -> set[str]:
        return {slug for slug in taken if slug.startswith(f"{base}-")}

    found = free_slugs(bases, taken.intersection, like)
    assert len(found) == len(bases) == len(set(found))
    assert not taken.intersection(found)
