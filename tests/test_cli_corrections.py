"""``communique corrections`` and ``communique evaluate --corrections``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain import AttributionKind
from app.ingest.changes import Add, Confirm, Reject, SetTopics
from app.ingest.correcting import correct
from app.ingest.library import open_library
from app.settings import load_settings
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from tests.commands import Run, library, run
from tests.factories import SUMMIT_TEXT, find, numbered, person, read, summit
from tests.ingest.tagging import fake_tagger

__all__ = ["library", "run"]


@pytest.fixture
def engine(library: str) -> Any:
    """The library of the commands, with two articles."""
    engine = open_library(load_settings(database_url=library))
    with engine.begin() as conn:
        for article, analysis in (summit(), numbered(1, 6)):
            add_article(conn, article, read(article.text, analysis))
    yield engine
    engine.dispose()


def said(engine: Engine, change: Any, by: str = "Anna Berg", note: str = "") -> None:
    correct(engine, load_settings(), change, by=by, note=note, tagger=fake_tagger)


def uids(engine: Engine, article: str) -> list[str]:
    with engine.connect() as conn:
        return [row.id for row in list_quotes(conn, AttributionFilter(article=article), limit=100).items]


def judge(engine: Engine) -> None:
    quotes = uids(engine, "report-1")
    for uid in quotes[:3]:
        said(engine, Confirm(uid))
    said(engine, Reject(quotes[3]))
    said(
        engine, SetTopics(uids(engine, "leaders-meet-in-beijing")[0], ("us",)), by="Bo \x1b[31mBerg", note="Not energy."
    )
    span = find(SUMMIT_TEXT, "Nobody was surprised")
    said(engine, Add("leaders-meet-in-beijing", span, person("Wang Yi"), AttributionKind.DIRECT, ("us",)))


def test_without_corrections_that_is_said(run: Run, engine: Engine) -> None:
    assert run("corrections", "list") == (0, "", "Nobody has corrected anything.\n")
    code, _, told = run("corrections", "export", "nowhere")
    assert (code, "Nobody has judged a whole quote yet" in told) == (1, True)
    assert not Path("nowhere").exists()
    code, _, told = run("evaluate", "--corrections")
    assert (code, "Nobody has judged a quote yet" in told) == (1, True)


def test_corrections_are_listed_undone_and_hold_again(run: Run, engine: Engine) -> None:
    judge(engine)
    code, listed, _ = run("corrections", "list")
    lines = listed.splitlines()
    assert (code, len(lines)) == (0, 7)
    assert "\x1b" not in listed
    assert "Not energy." in listed
    assert "On United States" in listed
    assert len(run("corrections", "list", "--article", "report-1")[1].splitlines()) == 5
    code, _, told = run("corrections", "undo", 4, "--by", "Cem")
    assert (code, told) == (0, "Correction 4 is undone; `communique corrections redo 4` lets it hold again.\n")
    assert len(uids(engine, "report-1")) == 6
    code, _, told = run("corrections", "undo", 4)
    assert (code, "Cem undid this on" in told) == (1, True)
    assert run("corrections", "redo", 4)[0] == 0
    assert len(uids(engine, "report-1")) == 5


def test_what_was_judged_is_exported_where_nothing_is(run: Run, engine: Engine, tmp_path: Path) -> None:
    judge(engine)
    code, _, told = run("corrections", "export", tmp_path / "judged")
    assert (code, told) == (0, f"4 judged quotes of 2 articles written to {tmp_path / 'judged'}.\n")
    gold = json.loads((tmp_path / "judged" / "gold" / "report-1.json").read_text("utf-8"))
    article = json.loads((tmp_path / "judged" / "articles" / "report-1.json").read_text("utf-8"))
    assert [one["text"] for one in gold["quotes"]] == [
        article["text"][one["start"] : one["end"]] for one in gold["quotes"]
    ]
    code, _, told = run("corrections", "export", tmp_path / "judged")
    assert (code, "is there already" in told) == (1, True)


def test_how_often_the_machine_was_right_is_printed_and_written(run: Run, engine: Engine, tmp_path: Path) -> None:
    judge(engine)
    code, printed, _ = run("evaluate", "--corrections", "--json", tmp_path / "figures.json")
    assert code == 0
    assert "6 quotes judged by people." in printed
    assert re.search(r"4 +5 +80\.0 +37\.6–96\.4", printed)
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["precision"] == {
        "right": 4,
        "of": 5,
        "share": 0.8,
        "interval": pytest.approx([0.3755, 0.9638], abs=1e-3),
    }


def test_either_labelled_articles_or_corrections_are_asked_for(run: Run, engine: Engine, tmp_path: Path) -> None:
    assert run("evaluate")[0] == 2
    assert run("evaluate", tmp_path, "--corrections")[0] == 2
