"""``communique search``, as a person meets it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from app.ingest.library import open_library
from app.settings import Settings
from app.store.articles import add_article
from app.store.topics import sync_topics
from tests.commands import Run, library, run
from tests.factories import TOPICS, numbered, summit

__all__ = ["library", "run"]


@pytest.fixture(autouse=True)
def filled(library: str) -> None:
    """The summit of 2024, and three reports of which one has a date."""
    engine = open_library(Settings(database_url=library))
    with engine.begin() as conn:
        sync_topics(conn, TOPICS)
        add_article(conn, *summit())
        for number in range(3):
            article, analysis = numbered(number)
            add_article(conn, replace(article, date=dt.date(2020, 1, 1) if number else None), analysis)
    engine.dispose()


def test_quotes_are_found_with_their_address_day_speaker_and_article(run: Run) -> None:
    code, output, message = run("search", '"energy partner*" title:beijing')
    assert (code, message) == (0, "")
    head, line = output.splitlines()
    assert head.split() == ["address", "date", "speaker", "quote", "article"]
    assert line.startswith("/quotes/")
    for words in ("2024-05-16", "Xi Jinping and Vladimir Putin", "We will build a closer", "Leaders meet in Beijing"):
        assert words in line


def test_they_are_narrowed_by_topic_speaker_and_days(run: Run) -> None:
    def found(*options: str) -> int:
        return len(run("search", "putin OR xi", *options)[1].splitlines()[1:])

    assert found() == 11
    assert found("--topic", "NATO") == 1
    assert found("--speaker", "vladimir-putin") == 3
    assert found("--from", "2024") == 2
    assert found("--to", "2020-01-01") == 6
    assert found("--from", "2019-12-31", "--to", "2020-01-01", "--speaker", "vladimir-putin") == 2


def test_what_is_left_out_is_said_and_nothing_found_is_said_too(run: Run) -> None:
    code, output, message = run("search", "words", "--limit", "2")
    assert (code, len(output.splitlines())) == (0, 3)
    assert message == "These are 2 of 9 quotes; --limit shows more.\n"
    assert run("search", "elephant") == (0, "", "No quote matches.\n")


def test_each_quote_is_a_line_of_json(run: Run) -> None:
    _, output, _ = run("search", "topic:ukraine war", "--json")
    [row] = [json.loads(line) for line in output.splitlines()]
    assert (row["text"], row["topics"]) == ("It is a long war", ["ukraine"])


@pytest.mark.parametrize(
    ("arguments", "explained"),
    [
        (["-- -gas"], "only what must not be there"),
        (["author:x"], "there are speaker:, topic: and title:"),
        (["gas", "--topic", "fish"], "There is no topic “fish”. There are Energy, NATO"),
        (["topic:fish"], "There is no topic “fish”"),
    ],
)
def test_what_cannot_be_understood_is_explained(run: Run, arguments: list[str], explained: str) -> None:
    code, output, message = run("search", *arguments[0].split(" "), *arguments[1:])
    assert code != 0
    assert output == ""
    assert explained in message


@pytest.mark.parametrize("options", [["--from", "soon"], ["--limit", "0"]])
def test_options_that_make_no_sense_end_with_2(run: Run, options: list[str]) -> None:
    assert run("search", "gas", *options)[0] == 2
