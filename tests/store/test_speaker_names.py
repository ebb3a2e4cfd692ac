from __future__ import annotations

import pytest
from sqlalchemy import Connection

from app.domain import Article
from app.store.articles import add_article
from app.store.editing import rename_speaker
from app.store.filters import AttributionFilter
from app.store.speaker_lists import Sort, list_speakers
from app.store.speaker_names import speakers_named
from tests.factories import make_analysis, person, say

NAMES = ("Emmanuel Macron", "Brigitte Macron", "Jean-Claude Étienne", "Sean O’Neill", "100% Sure")


@pytest.fixture
def conn(conn: Connection) -> Connection:
    """A library in which these people say something."""
    text = "\n".join(f"“Words {n},” {name} said." for n, name in enumerate(NAMES))
    said = [say(text, f"Words {n}", speaker=person(name)) for n, name in enumerate(NAMES)]
    add_article(conn, Article("Said", text), make_analysis(text, *said))
    return conn


def listed(conn: Connection, name: str) -> list[str]:
    rows = list_speakers(conn, AttributionFilter(), limit=9, sort=Sort.NAME, name=name).items
    return [row.count.speaker.name for row in rows if row.count.speaker is not None]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mac", ["Brigitte Macron", "Emmanuel Macron"]),
        ("MACRON b", ["Brigitte Macron"]),
        ("etienne", ["Jean-Claude Étienne"]),
        ("o'nei", ["Sean O’Neill"]),
        ("100%", ["100% Sure"]),
        ("1%", []),
    ],
)
def test_speakers_are_listed_by_parts_of_their_names(conn: Connection, typed: str, found: list[str]) -> None:
    assert listed(conn, typed) == found


def test_who_was_renamed_is_found_by_both_names_and_stands_where_the_new_one_belongs(conn: Connection) -> None:
    rename_speaker(conn, "emmanuel-macron", "The President")
    assert listed(conn, "presid") == listed(conn, "emman") == ["The President"]
    assert listed(conn, "")[-1] == "The President"
    for name in ("the PRESIDENT", "Emmanuel Macron"):
        assert [one.slug for one in speakers_named(conn, name)] == ["emmanuel-macron"]
    assert speakers_named(conn, "President") == ()
