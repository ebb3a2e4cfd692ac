"""The pages about security are held to the standard's list of numbers, and to the tests that they name."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
SECTIONS = """
1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123 2.1:122 2.2:112 2.3:12223 2.4:23 3.1:3 3.2:113 3.3:12223
3.4:11222233 3.5:11122333 3.6:3 3.7:22333 4.1:12233 4.2:23333 4.3:22 4.4:1222 5.1:2 5.2:112333 5.3:113 5.4:222 6.1:122
6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222 7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223
7.6:22 8.1:1233 8.2:1123 8.3:133 8.4:23 9.1:111 9.2:1222 10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222
10.6:22 10.7:222 11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33 12.1:12233 12.2:11 12.3:22223
13.1:2333 13.2:222223 13.3:2233 13.4:1222233 14.1:22 14.2:12223333 14.3:122 15.1:12233 15.2:12233 15.3:1222222 15.4:3333
16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223 17.1:23 17.2:22223333 17.3:22
"""
"""The sections of ASVS 5.0.0, each with the levels of its items in their order."""


def items() -> Iterator[tuple[str, str]]:
    """Each number of the standard with its level."""
    for section in SECTIONS.split():
        name, _, levels = section.partition(":")
        yield from ((f"V{name}.{place}", level) for place, level in enumerate(levels, 1))


LEVELS = dict(items())
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")] for line in PAGE.splitlines() if line.startswith("| V")
]


def test_the_list_is_that_of_the_standard() -> None:
    assert Counter(LEVELS.values()) == {"1": 70, "2": 183, "3": 92}


def test_every_item_of_level_1_has_one_row() -> None:
    rows = Counter(row[0] for row in ROWS)
    assert {name: rows[name] for name, level in LEVELS.items() if level == "1" and rows[name] != 1} == {}


def test_every_item_of_level_2_is_there_once_with_an_answer_or_as_one_without_an_object() -> None:
    named = Counter(
        re.findall(r"\bV\d+\.\d+\.\d+", "\n".join([row[0] for row in ROWS] + [PAGE.partition("## Level 2")[2]]))
    )
    assert {name: named[name] for name, level in LEVELS.items() if level == "2" and named[name] != 1} == {}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_a_row_says_the_level_an_answer_and_the_test_of_what_is_met(row: list[str]) -> None:
    number, level, _, answer, how = row[:5]
    assert LEVELS[number] == level
    assert answer in {"met", "in part", "no", "–"}
    assert how


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE + SECURITY))))
def test_a_test_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).is_file()
    assert "def test_" in (ROOT / path).read_text("utf-8")


def test_the_page_is_linked_and_the_readme_links_what_is_promised() -> None:
    assert "docs/asvs.md" in SECURITY
    assert "SECURITY.md" in (ROOT / "README.md").read_text("utf-8")


def test_what_is_promised_names_whom_to_tell_and_what_is_not_promised() -> None:
    for heading in ("How to report", "What is promised", "What is not promised", "Who may be where"):
        assert f"## {heading}" in SECURITY
