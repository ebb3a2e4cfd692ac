from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.errors import AnalysisError
from app.ingest.library import open_library
from app.ingest.retagging import Change, retag
from app.ingest.seeding import seed_library
from app.ingest.taggers import ProcessTagger, tag_here
from app.ingest.topics import preview_topics, save_topics
from app.settings import load_settings
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.topics import all_topics
from tests.factories import TOPICS
from tests.ingest.tagging import fill

ROOT = Path(__file__).parents[2]
SETTINGS = load_settings()
SAVE = """
import sys
from app.domain import Topic
from app.ingest.topics import save_topics
from app.settings import load_settings
from app.store.engine import open_engine
if __name__ == "__main__":
    engine = open_engine(sys.argv[1])
    topic = Topic("talk", "Talk", "", "#123456", ("build",))
    print(save_topics(engine, load_settings(), [topic], based_on=None).quotes)
    assert "spacy" not in sys.modules
"""


@pytest.fixture
def tagger() -> Iterator[ProcessTagger]:
    made = ProcessTagger()
    yield made
    made.close()


def judged(engine: Engine) -> dict[str, list[tuple[str, str, str]]]:
    with engine.connect() as conn:
        quotes = list_quotes(conn, AttributionFilter()).items
    return {quote.text: [(one.topic, one.term, one.rule) for one in quote.evidence] for quote in quotes}


def test_the_real_tagger_judges_alike_here_and_in_another_process(sqlite_engine: Engine, tagger: ProcessTagger) -> None:
    fill(sqlite_engine)
    book = [replace(TOPICS[0], terms=("serious",)), *TOPICS[1:]]
    there = preview_topics(sqlite_engine, SETTINGS, book, only="energy", tagger=tagger)
    here = preview_topics(sqlite_engine, SETTINGS, book, only="energy", tagger=tag_here)
    assert there == here
    assert here.entering_count == 1
    save_topics(sqlite_engine, SETTINGS, book, based_on=0, tagger=tagger)
    assert judged(sqlite_engine)["serious concerns"] == [("energy", "serious", "quote")]


def test_a_save_starts_its_own_process_loads_no_spacy_here_and_ends(sqlite_engine: Engine, tmp_path: Path) -> None:
    fill(sqlite_engine)
    script = tmp_path / "save.py"
    script.write_text(SAVE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(sqlite_engine.url)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "4\n"


def test_a_process_that_dies_costs_one_save_and_the_next_works(sqlite_engine: Engine, tagger: ProcessTagger) -> None:
    fill(sqlite_engine)
    book = [replace(TOPICS[0], terms=("serious",)), *TOPICS[1:]]
    before = judged(sqlite_engine)
    process = tagger._process.submit(os.getpid).result()
    tagger._process.submit(time.sleep, 60)  # keeps it busy, so that it dies with the save in its hands
    threading.Timer(0.3, os.kill, (process, signal.SIGKILL)).start()
    with pytest.raises(AnalysisError, match="was ended; nothing was changed"):
        save_topics(sqlite_engine, SETTINGS, book, based_on=0, tagger=tagger)
    assert judged(sqlite_engine) == before
    assert save_topics(sqlite_engine, SETTINGS, book, based_on=0, tagger=tagger).revision == 1


@pytest.mark.model
def test_the_same_topics_give_what_the_pipeline_gave(tmp_path: Path) -> None:
    settings = load_settings(database_url=str(tmp_path / "library.sqlite"))
    assert [outcome.status for outcome in seed_library(settings)] == ["added"]
    engine = open_library(settings)
    with engine.connect() as conn:
        *topics, _ = all_topics(conn)
        (part,) = retag(conn, Change((), tuple(topics)), tag_here(tuple(topics)))
        stored = part.stored.tags
        assert part.after.quotes == stored.quotes
        assert part.after.quote_evidence == {key: stored.quote_evidence.get(key, ()) for key in stored.quotes}
        assert part.after.attributions == stored.attributions
        said = {key: stored.attribution_evidence.get(key, ()) for key in stored.attributions}
        assert part.after.attribution_evidence == said
        assert part.after.paragraphs == stored.paragraphs
        assert len({topic for some in stored.quotes.values() for topic in some}) > 2
    engine.dispose()
