from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain import TextSpan
from app.store.quote_ids import quote_ids

TEXT = "one two one two one"
ONE = [TextSpan(0, 3), TextSpan(8, 11), TextSpan(16, 19)]
TWO = [TextSpan(4, 7), TextSpan(12, 15)]


def test_an_id_is_twelve_letters_and_digits() -> None:
    assert all(re.fullmatch(r"[a-z2-7]{12}", one) for one in quote_ids(TEXT, ONE))


def test_ids_are_pinned_since_people_have_shared_them() -> None:
    assert quote_ids(TEXT, ONE[:1]) == ["5i6nxwodl3hn"]


def test_the_same_words_at_another_place_have_another_id() -> None:
    assert len(set(quote_ids(TEXT, ONE + TWO))) == 5


def test_other_quotes_found_besides_change_no_id() -> None:
    assert quote_ids(TEXT, ONE) == quote_ids(TEXT, ONE + TWO)[:3]
    assert quote_ids(TEXT, TWO) == quote_ids(TEXT, ONE + TWO)[3:]


def test_the_same_words_in_another_article_have_another_id() -> None:
    assert quote_ids(TEXT, ONE[:1]) != quote_ids(TEXT + ".", ONE[:1])


def test_a_stretch_given_twice_has_two_ids() -> None:
    assert len(set(quote_ids(TEXT, [ONE[0], ONE[0]]))) == 2


@given(st.permutations(ONE + TWO))
def test_the_order_in_which_quotes_are_found_does_not_matter(spans: list[TextSpan]) -> None:
    in_order = dict(zip(ONE + TWO, quote_ids(TEXT, ONE + TWO), strict=True))
    assert dict(zip(spans, quote_ids(TEXT, spans), strict=True)) == in_order
