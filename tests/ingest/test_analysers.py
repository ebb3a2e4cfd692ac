from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AnalysisError
from app.ingest.analysers import ProcessAnalyser
from app.ingest.likeness import signature
from app.ingest.seeding import seed_library
from app.settings import load_settings
from app.text.paragraphs import split_paragraphs
from tests.factories import TOPICS
from tests.ingest import works

ROOT = Path(__file__).parents[2]
ANALYSE_AND_SLEEP = """
import sys
from app.ingest.analysers import ProcessAnalyser
from tests.ingest import works
if __name__ == "__main__":
    ProcessAnalyser(None, (), work=works.analyse).analyse("SLEEP " + sys.argv[1], ())
"""
INGEST_THE_SEED = """
import sys
from pathlib import Path
from app.ingest.seeding import seed_library
from app.ingest.library import open_library
from app.settings import load_settings
from app.store.stats import library_counts
if __name__ == "__main__":
    settings = load_settings(database_url=sys.argv[1])
    for outcome in seed_library(settings):
        print(outcome.status, outcome.message)
    assert not {"spacy", "numpy", "datasketch"} & sys.modules.keys()
    with open_library(settings).connect() as conn:
        print(library_counts(conn).quotes > 0)
"""


@pytest.fixture
def analyser() -> Iterator[ProcessAnalyser]:
    made = ProcessAnalyser(None, TOPICS, work=works.analyse)
    yield made
    made.close()


def wait_for(path: Path) -> int:
    deadline = time.monotonic() + 20
    while not (path.exists() and path.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, f"{path} was never written"
        time.sleep(0.02)
    return int(path.read_text(encoding="utf-8"))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for_end(pid: int) -> None:
    deadline = time.monotonic() + 20
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} goes on"
        time.sleep(0.02)


def test_one_other_process_does_all_the_work(analyser: ProcessAnalyser) -> None:
    first = analyser.analyse("“One,” she said.", ())
    second = analyser.analyse("“Two,” she said.", ())
    assert first.pipeline == second.pipeline != str(os.getpid())
    assert first.quotes[0].span.of("“One,” she said.") == "One,"


def test_texts_are_signed_there_too(analyser: ProcessAnalyser) -> None:
    text = "Words that stand here and there. " * 20
    assert analyser.sign(text) == signature(text) != b""


def test_a_process_that_dies_costs_one_text(analyser: ProcessAnalyser) -> None:
    before = analyser.analyse("One.", ()).pipeline
    with pytest.raises(AnalysisError, match="was ended"):
        analyser.analyse("DIE", ())
    assert analyser.analyse("Two.", ()).pipeline != before


def test_a_process_that_dies_between_two_texts_costs_none(analyser: ProcessAnalyser) -> None:
    pid = int(analyser.analyse("One.", ()).pipeline)
    os.kill(pid, signal.SIGKILL)
    wait_for_end(pid)
    time.sleep(1)  # until the pool has noticed
    assert int(analyser.analyse("Two.", ()).pipeline) != pid


def test_an_error_in_the_other_process_comes_here_as_a_sentence(analyser: ProcessAnalyser) -> None:
    with pytest.raises(AnalysisError, match="There is no pipeline"):
        analyser.analyse("REFUSE", ())
    with pytest.raises(AnalysisError, match=r"failed on this text \(KeyError: 'a bug'\)"):
        analyser.analyse("RAISE", ())
    assert analyser.analyse("One.", ()).quotes == ()


def test_closing_ends_the_process_in_the_middle_of_a_text(analyser: ProcessAnalyser, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    failed: list[AnalysisError] = []

    def analyse() -> None:
        try:
            analyser.analyse(f"SLEEP {note}", ())
        except AnalysisError as error:
            failed.append(error)

    thread = threading.Thread(target=analyse)
    thread.start()
    pid = wait_for(note)
    analyser.close()
    wait_for_end(pid)
    thread.join(20)
    assert len(failed) == 1


def test_the_process_ends_when_the_one_that_started_it_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = tmp_path / "sleep.py"
    script.write_text(ANALYSE_AND_SLEEP, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script), str(note)], env=environment) as parent:
        pid = wait_for(note)
        parent.kill()
    wait_for_end(pid)


def test_an_article_whose_analysis_dies_fails_and_the_next_goes_in(tmp_path: Path, analyser: ProcessAnalyser) -> None:
    for name, text in (("a", "“One,” she said."), ("b", "DIE"), ("c", "“Two,” she said.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = load_settings(database_url=str(tmp_path / "library.sqlite"))
    outcomes = list(seed_library(settings, seeds=tmp_path, analyser=analyser))
    assert [outcome.status for outcome in outcomes] == ["added", "failed", "added"]
    assert "nothing of this text is kept" in outcomes[1].message


@pytest.mark.model
def test_the_real_pipeline_runs_without_loading_spacy_here(tmp_path: Path) -> None:
    script = tmp_path / "seed.py"
    script.write_text(INGEST_THE_SEED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(tmp_path / "library.sqlite")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("added ")
    assert done.stdout.endswith("True\n")
    assert not done.stderr


@pytest.mark.model
def test_a_pipeline_that_is_missing_says_what_to_run() -> None:
    analyser = ProcessAnalyser("no_such_pipeline", TOPICS)
    try:
        with pytest.raises(AnalysisError, match="pip install"):
            analyser.analyse("Words.", split_paragraphs("Words."))
    finally:
        analyser.close()
