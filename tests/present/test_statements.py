import random
import re
from collections.abc import Callable

import pytest

from app.present.differences import Comparison, compare
from app.present.numbering import labels
from tests.present.planting import Found, Planting, bare, boilerplate, paragraphs_of, plant, planted, swapped

OLD, NEW = paragraphs_of("2022"), paragraphs_of("2023")
Setting = Callable[[list[str]], list[str]]


def as_given(paragraphs: list[str]) -> list[str]:
    return paragraphs


def lettered(paragraphs: list[str]) -> list[str]:
    return [f"• {one}" for one in bare(paragraphs)]


def restyled(paragraphs: list[str]) -> list[str]:
    return [one.replace("'", "’").replace(" – ", "—").replace(" ", "\u00a0", 3) for one in bare(paragraphs)]


def found_in(comparison: Comparison) -> set[Found]:
    """All that differs, and what is only parted in another way."""
    return {
        (one.kind, one.old, one.new)
        for one in comparison.changes
        if one.kind != "kept" or len(one.old) != len(one.new)
    }  # fmt: skip


def test_the_statements_are_as_promised() -> None:
    kinds = [kind for kind, _, _ in planted() if kind != "kept"]
    assert (len(OLD), len(NEW), len(kinds)) == (60, 60, 25)
    assert {kind: kinds.count(kind) for kind in kinds} == {"reworded": 11, "moved": 6, "gone": 4, "new": 4}


@pytest.mark.parametrize("of_new", [as_given, bare, lettered, restyled])
@pytest.mark.parametrize("of_old", [as_given, bare, lettered, restyled])
def test_every_planted_change_is_found_and_none_invented_however_they_are_set(of_old: Setting, of_new: Setting) -> None:
    comparison = compare(of_old(OLD), of_new(NEW))
    assert found_in(comparison) == set(planted())
    assert comparison.whole


def test_the_other_way_round_what_was_new_has_gone() -> None:
    turned = {"gone": "new", "new": "gone"}
    back = {(turned.get(kind, kind), new, old) for kind, old, new in planted()}
    assert found_in(compare(NEW, OLD)) == back


def test_headings_are_new_and_nothing_else_is() -> None:
    headed = list(OLD)
    for place, heading in ((53, "Migration"), (41, "Global issues"), (31, "Trade"), (16, "Energy"), (1, "Ukraine")):
        headed.insert(place, heading)
    changes = [one for one in compare(OLD, headed).changes if one.kind != "kept"]
    assert {one.kind for one in changes} == {"new"}
    assert [one.pieces[0].text for one in changes] == ["Ukraine", "Energy", "Trade", "Global issues", "Migration"]


def test_one_verb_is_told_alone() -> None:
    [change] = [one for one in compare(OLD, NEW).changes if one.old == (5,)]
    assert [(one.what, one.text.strip()) for one in change.pieces if one.what != "same"] == [
        ("gone", "urge"),
        ("new", "call on"),
    ]


def test_a_number_that_runs_on_is_no_wording_and_another_is() -> None:
    assert [one.shown for one in labels(["1. A", "2. B", "2.1 C", "3) D", "(a) E", "• F", "G"])] == [
        "1", "2", "2.1", "3", "(a)", "•", "",
    ]  # fmt: skip
    assert [one.length for one in labels(["Seen", "9. Mai war ein Feiertag", "1. Dezember auch"])] == [0, 0, 0]
    dated = compare(["Seen.", "9. Mai war ein Feiertag."], ["Seen.", "8. Mai war ein Feiertag."])
    assert [one.kind for one in dated.changes] == ["kept", "reworded"]


def test_two_that_became_one_in_other_words_are_one_change() -> None:
    merged = list(bare(OLD))
    first, second = merged[54], merged.pop(55)
    merged[54] = f"{first.replace('police forces', 'police')} {second.replace('within a year', 'by the summer')}"
    [change] = [one for one in compare(OLD, merged).changes if one.kind != "kept"]
    assert (change.kind, change.old, change.new) == ("reworded", (54, 55), (54,))
    [back] = [one for one in compare(merged, OLD).changes if one.kind != "kept"]
    assert (back.kind, back.old, back.new) == ("reworded", (54,), (54, 55))


def misses(planting: Planting) -> bool:
    return found_in(compare(planting.old, planting.new)) != set(planting.found)


def test_random_changes_of_a_statement_are_found_and_none_invented() -> None:
    pool = bare(OLD)
    wrong = []
    for seed in range(150):
        rng = random.Random(seed)
        size = rng.randint(15, 40)
        if misses(plant(rng, pool, size, rng.randint(1, size // 3))):
            wrong.append(seed)
    assert wrong == []


def test_paragraphs_of_the_same_phrases_are_told_apart() -> None:
    wrong = []
    for seed in range(100):
        rng = random.Random(seed)
        size = rng.randint(20, 60)
        if misses(plant(rng, boilerplate(rng, 80), size, rng.randint(1, size // 3))):
            wrong.append(seed)
    assert len(wrong) <= 1, wrong


def heavily(rng: random.Random, paragraph: str, most: int) -> str:
    """Up to two in five of its words are others of the same statement."""
    words, others = paragraph.split(" "), re.findall(r"\w+", " ".join(bare(OLD)))
    for at in rng.sample(range(len(words)), max(1, int(len(words) * rng.uniform(0.1, 0.4)))):
        words[at] = rng.choice(others)
    return swapped(rng, " ".join(words), most)


def test_a_paragraph_of_which_two_fifths_are_other_words_is_known_again() -> None:
    pool, wrong = bare(OLD), []
    for seed in range(100):
        rng = random.Random(seed)
        size = rng.randint(15, 40)
        if misses(plant(rng, pool, size, rng.randint(1, size // 3), reword=heavily)):
            wrong.append(seed)
    assert len(wrong) <= 1, wrong


def test_two_halves_of_a_statement_share_their_phrases_alone() -> None:
    comparison = compare(bare(OLD)[:30], bare(OLD)[30:])
    assert {one.kind for one in comparison.changes} == {"gone", "new"}
