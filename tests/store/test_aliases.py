import pytest
from sqlalchemy import Connection

from app.domain import Article, Speaker
from app.store.aliases import LONGEST, Alias, aliases
from app.store.articles import add_article
from app.store.deleting import delete_article
from app.store.filters import UNNAMED
from tests.factories import make_analysis, person, say

PUTIN = person("Vladimir Putin")


def call(conn: Connection, number: int, *sources: str, speaker: Speaker | None = PUTIN) -> None:
    """An article for each of *sources*, in which *speaker* is called so."""
    for place, source in enumerate(sources):
        text = f"“Words {number}.{place}” were those of {source} then."
        said = say(text, f"Words {number}.{place}", speaker=speaker, source=source)
        add_article(conn, Article(f"T {number} {place}", text), make_analysis(text, said))


def test_the_words_for_a_speaker_come_most_frequent_first_in_their_usual_spelling(conn: Connection) -> None:
    call(conn, 1, "Putin", "the Russian leader", "Putin", "PUTIN", "the  Russian leader,", "Vladimir Putin")
    found = aliases(conn, "vladimir-putin")
    assert found.first == (Alias("Putin", 3), Alias("the Russian leader", 2), Alias("Vladimir Putin", 1))
    assert (found.others, found.read, found.whole) == (0, 6, True)


def test_as_many_are_read_as_are_asked_for_and_the_others_are_counted(conn: Connection) -> None:
    call(conn, 1, "Old Name", "one", "two", "three")
    found = aliases(conn, "vladimir-putin", most=2, read=3)
    assert [one.words for one in found.first] == ["one", "three"]
    assert (found.others, found.read, found.whole) == (1, 3, False)


def test_those_whom_nobody_names_have_words_too(conn: Connection) -> None:
    call(conn, 1, "experts", "Experts", speaker=None)
    call(conn, 2, "Putin")
    assert aliases(conn, UNNAMED).first == (Alias("Experts", 2),)


def test_a_source_as_long_as_a_sentence_is_no_name(conn: Connection) -> None:
    call(conn, 1, "x" * (LONGEST + 1), "y" * LONGEST)
    assert [one.words for one in aliases(conn, "vladimir-putin").first] == ["y" * LONGEST]


@pytest.mark.parametrize("slug", ["nobody", "", "'; DROP TABLE speakers"])
def test_an_unknown_speaker_is_called_nothing(conn: Connection, slug: str) -> None:
    call(conn, 1, "Putin")
    assert aliases(conn, slug).first == ()


def test_a_deleted_article_calls_nobody_anything(conn: Connection) -> None:
    call(conn, 1, "Putin", "the autocrat")
    delete_article(conn, "t-1-1")
    assert aliases(conn, "vladimir-putin").first == (Alias("Putin", 1),)
