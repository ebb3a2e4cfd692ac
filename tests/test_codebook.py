from pathlib import Path

import pytest

from app.codebook import read_codebook
from app.errors import AppError
from app.resources import resource_dir


def test_the_seeds_have_the_four_topics() -> None:
    topics = read_codebook(resource_dir("seeds") / "topics.toml")
    assert [topic.id for topic in topics] == ["energy", "nato", "ukraine", "us"]
    assert all(topic.terms or topic.names for topic in topics)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topic]]\nid = 'Oil & gas'", "an id is made of"),
        ("[[topic]]\nid = 'other'", "built in"),
        ("[[topic]]\nid = 'a'\nterm = ['x']", "unknown field 'term'"),
        ("[[topic]]\nid = 'a'\ncolour = 'red'", "needs a colour such as"),
        ("[[topic]]\nid = 'a'\nterms = 'gas'", "must be a list of words"),
        ("[[topic]]\nid = 'a'\n[[topic]]\nid = 'a'", "more than once"),
        ("[[topic", "cannot be read"),
    ],
)
def test_a_code_book_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AppError, match=said):
        read_codebook(path)


def test_a_missing_code_book_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"none\.toml cannot be read"):
        read_codebook(tmp_path / "none.toml")
