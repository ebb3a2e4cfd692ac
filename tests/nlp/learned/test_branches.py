from app.nlp.learned.branches import ABOVE, ANCHOR, FAR, HEAD, REACH, UNDER_ANCHOR, UNDER_HEAD, branches
from app.nlp.learned.features import DEPS
from tests.nlp.learned.words import words

# She said they agreed quickly . Rain
TEXT = words(
    "She said they agreed quickly . Rain",
    [1, 1, 3, 1, 3, 1, 6],
    ["nsubj", "ROOT", "nsubj", "ccomp", "advmod", "punct", "ROOT"],
)


def around(anchor: int) -> list[int]:
    found: list[int] = branches(TEXT, anchor).tolist()
    return found[REACH - anchor : REACH - anchor + len(TEXT.texts)]


def test_words_under_the_anchor_carry_the_relation_of_their_branch() -> None:
    nsubj, ccomp, punct = (UNDER_ANCHOR + DEPS.index(name) for name in ("nsubj", "ccomp", "punct"))
    assert around(1) == [nsubj, ANCHOR, ccomp, ccomp, ccomp, punct, FAR]


def test_words_beside_the_anchor_carry_the_relation_to_its_head() -> None:
    nsubj, punct = (UNDER_HEAD + DEPS.index(name) for name in ("nsubj", "punct"))
    own = UNDER_ANCHOR + DEPS.index("nsubj")
    assert around(3)[:3] == [nsubj, HEAD, own]
    assert around(3)[5:] == [punct, FAR]


def test_the_rest_of_the_tree_is_above() -> None:
    assert around(4)[1] == ABOVE
    assert around(4)[3:] == [HEAD, ANCHOR, ABOVE, FAR]


def test_what_lies_outside_the_text_is_far() -> None:
    found = branches(TEXT, 0).tolist()
    assert found[:REACH] == [FAR] * REACH
    assert len(found) == 2 * REACH + 1
