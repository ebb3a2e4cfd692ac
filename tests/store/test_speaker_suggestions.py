from __future__ import annotations

import pytest
from sqlalchemy import Connection

from app.domain import Article
from app.errors import StoreError
from app.store.articles import add_article
from app.store.editing import rename_speaker
from app.store.speaker_suggestions import suggest_speakers
from tests.factories import make_analysis, person, say

NAMES = {"Emmanuel Macron": 2, "Brigitte Macron": 1, "Jean-Claude Étienne": 3, "Sean O’Neill": 1, "100% Sure": 1}


@pytest.fixture
def conn(conn: Connection) -> Connection:
    """A library in which these people say something."""
    names = [name for name, times in NAMES.items() for _ in range(times)]
    text = "\n".join(f"“Words {n},” {name} said." for n, name in enumerate(names))
    said = [say(text, f"Words {n}", speaker=person(name)) for n, name in enumerate(names)]
    add_article(conn, Article("Said", text), make_analysis(text, *said))
    return conn


def names(conn: Connection, typed: str, limit: int = 8) -> list[str]:
    return [one.speaker.name for one in suggest_speakers(conn, typed, limit) if one.speaker is not None]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mac", ["Emmanuel Macron", "Brigitte Macron"]),
        ("MACRON b", ["Brigitte Macron"]),
        ("etienne", ["Jean-Claude Étienne"]),
        ("claude", ["Jean-Claude Étienne"]),
        ("o'nei", ["Sean O’Neill"]),
        ("neill", ["Sean O’Neill"]),
        ("100%", ["100% Sure"]),
        ("1%", []),
        ("acron", []),
        ("  ", []),
        ("", []),
    ],
)
def test_speakers_are_found_by_how_the_words_of_their_names_begin(
    conn: Connection, typed: str, found: list[str]
) -> None:
    assert names(conn, typed) == found


def test_the_most_quoted_come_first_and_no_more_than_asked_for(conn: Connection) -> None:
    assert names(conn, "mac", 1) == ["Emmanuel Macron"]
    with pytest.raises(StoreError):
        suggest_speakers(conn, "mac", 0)


def test_who_was_renamed_is_found_by_both_names(conn: Connection) -> None:
    rename_speaker(conn, "emmanuel-macron", "The President")
    assert names(conn, "presid") == names(conn, "emman") == ["The President"]
