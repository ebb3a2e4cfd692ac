"""``communique backup``, ``restore`` and ``doctor --mend`` as a person meets them, beside a server that goes on."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from app.ingest.library import SEEDED, open_library
from app.settings import Settings
from app.store import meta
from app.store.articles import add_article
from app.store.engine import open_engine
from tests.commands import Run, runner
from tests.factories import numbered
from tests.store.libraries import break_it, fill, tables_of


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library of the commands, with something in every table."""
    path = tmp_path / "library.sqlite"
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", str(path))
    monkeypatch.setattr("app.cli.checks.model", lambda settings: iter(()))
    engine = open_library(Settings(database_url=str(path)))
    with engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    fill(engine)
    engine.dispose()
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    engine = open_engine(f"sqlite:///{path}")
    found = tables_of(engine)
    engine.dispose()
    del found["jobs"]
    return found


def add(path: Path, number: int) -> None:
    engine = open_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        add_article(conn, *numbered(number))
    engine.dispose()


class TestBackup:
    def test_a_file_is_written_once_and_over_only_when_asked(self, run: Run, library: Path, tmp_path: Path) -> None:
        target = tmp_path / "backup.sqlite"
        code, output, message = run("backup", target)
        assert (code, output) == (0, "")
        assert message.startswith(f"{target}: 4 articles, 10 quotes, ")
        add(library, 500)
        code, _, message = run("backup", target)
        assert code == 1
        assert message == f"communique: {target} is there already; name another file, or add --overwrite.\n"
        assert run("backup", target, "--overwrite")[0] == 0
        assert rows(target) == rows(library)

    def test_in_a_folder_it_gets_a_dated_name(self, run: Run, library: Path, tmp_path: Path) -> None:
        (tmp_path / "backups").mkdir()
        assert run("backup", tmp_path / "backups")[0] == 0
        [made] = (tmp_path / "backups").iterdir()
        assert made.name.startswith("library-20")
        assert made.suffix == ".sqlite"

    def test_to_standard_output_it_is_the_file_and_nothing_else(self, library: Path, tmp_path: Path) -> None:
        target = tmp_path / "backup.sqlite"
        with target.open("wb") as file:
            done = subprocess.run(
                [sys.executable, "-m", "app", "backup", "-"], stdout=file, stderr=subprocess.PIPE, check=True
            )
        assert done.stderr == b""
        assert rows(target) == rows(library)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    def test_a_full_standard_output_is_one_sentence(self, library: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "app", "backup", "-"]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
        assert done.returncode == 1
        assert done.stderr.startswith("communique: ")
        assert done.stderr.count("\n") == 1

    def test_a_library_that_is_not_there_is_told(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", str(tmp_path / "none.sqlite"))
        assert "There is no library at" in run("backup", tmp_path / "b.sqlite")[2]
        monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", "postgresql://ann:secret@localhost/library")
        message = run("backup", tmp_path / "b.sqlite")[2]
        assert "pg_dump" in message
        assert "secret" not in message
        assert "pg_restore" in run("restore", tmp_path / "b.sqlite")[2]


class TestRestore:
    def test_the_library_is_what_it_was_and_what_it_was_before_is_kept(
        self, run: Run, library: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "backup.sqlite"
        run("backup", target)
        wanted = rows(library)
        add(library, 500)
        before = rows(library)
        code, output, message = run("restore", target, "--yes")
        assert (code, output) == (0, "")
        assert message.startswith(f"{library} is what it was in {target}: 4 articles, 10 quotes.\n")
        assert rows(library) == wanted
        [kept] = tmp_path.glob("library-before-20*.sqlite")
        assert f"kept in {kept}" in message
        assert rows(kept) == before

    def test_it_asks_and_where_nobody_can_answer_it_changes_nothing(
        self, run: Run, library: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "backup.sqlite"
        run("backup", target)
        add(library, 500)
        before = rows(library)
        code, _, message = run("restore", target)
        assert code == 1
        assert "add --yes" in message
        assert rows(library) == before
        assert not list(tmp_path.glob("*before*"))

    @pytest.mark.parametrize(("answer", "replaced"), [("y\n", True), ("n\n", False)])
    def test_the_answer_counts(
        self, run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, replaced: bool
    ) -> None:
        target = tmp_path / "backup.sqlite"
        run("backup", target)
        add(library, 500)
        before = rows(library)
        keyboard = io.StringIO(answer)
        monkeypatch.setattr(keyboard, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys, "stdin", keyboard)
        code, _, message = run("restore", target, "--no-keep")
        assert code == (0 if replaced else 1)
        assert "holds 4 articles and 10 quotes. The present one is not kept." in message
        assert (rows(library) == rows(target)) is replaced
        assert (rows(library) == before) is not replaced
        assert not list(tmp_path.glob("*before*"))

    def test_a_backup_that_is_wrong_needs_force(self, run: Run, library: Path, tmp_path: Path) -> None:
        target = tmp_path / "backup.sqlite"
        run("backup", target)
        break_it(open_engine(f"sqlite:///{target}"), "UPDATE quotes SET uid = 'aaaaaaaaaaaa' WHERE id = 1")
        code, _, message = run("restore", target, "--yes")
        assert code == 1
        assert "has the address of other words" in message
        assert "add --force" in message
        assert run("restore", target, "--yes", "--force", "--no-keep")[0] == 0
        assert rows(library) == rows(target)

    def test_from_standard_input(
        self, run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "backup.sqlite"
        run("backup", target)
        add(library, 500)
        given = io.BytesIO(target.read_bytes())
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given, isatty=lambda: False))
        assert run("restore", "-", "--yes")[0] == 0
        assert rows(library) == rows(target)

    def test_a_file_that_is_not_there_and_the_library_itself_are_refused(
        self, run: Run, library: Path, tmp_path: Path
    ) -> None:
        assert run("restore", tmp_path / "none.sqlite", "--yes")[2].startswith("communique: There is no file")
        assert "is the library itself" in run("restore", library, "--yes")[2]


class TestDoctor:
    def test_it_looks_at_everything_unless_it_is_to_be_quick(self, run: Run, library: Path) -> None:
        code, output, _ = run("doctor")
        assert code == 0
        assert "ok   contents  everything was looked at, and nothing is wrong\n" in output
        break_it(open_engine(f"sqlite:///{library}"), "UPDATE articles SET words = 1")
        assert run("doctor", "--quick")[0] == 0
        code, output, _ = run("doctor")
        assert code == 1
        assert output.count("words, not 1.\n") == 4
        assert output.count("Make it anew: communique doctor --mend") == 1

    def test_it_mends_what_it_can_and_looks_again(self, run: Run, library: Path) -> None:
        engine = open_engine(f"sqlite:///{library}")
        break_it(engine, "UPDATE articles SET words = 1", "DELETE FROM bands", "UPDATE count_topics SET direct = 9")
        code, output, _ = run("doctor", "--mend")
        assert code == 0
        assert "ok   contents  The words were counted anew.\n" in output
        assert "ok   contents  The quotes were counted anew.\n" in output
        assert "nothing is wrong" in output
        assert run("doctor")[0] == 0

    def test_what_has_to_be_analysed_again_is_queued_once(self, run: Run, library: Path) -> None:
        engine = open_engine(f"sqlite:///{library}")
        break_it(engine, "UPDATE quotes SET window_end = 9999 WHERE article_id = 2")
        code, output, _ = run("doctor")
        assert code == 1
        assert "communique reanalyse report-0" in output
        for _ in range(2):
            code, output, _ = run("doctor", "--mend")
            assert code == 1
            assert "queued to be analysed again" in output
        with engine.connect() as conn:
            queued = conn.scalar(text("SELECT count(*) FROM jobs WHERE kind = 'reanalyse' AND article_id = 2"))
        assert queued == 1

    def test_what_no_one_can_mend_asks_for_a_backup(self, run: Run, library: Path) -> None:
        break_it(open_engine(f"sqlite:///{library}"), "DELETE FROM trash")
        code, output, _ = run("doctor", "--mend")
        assert code == 1
        assert "Bring back a backup: communique restore FILE" in output

    def test_of_many_troubles_of_a_kind_twenty_are_listed(self, run: Run, library: Path) -> None:
        engine = open_engine(f"sqlite:///{library}")
        with engine.begin() as conn:
            for number in range(100, 130):
                add_article(conn, *numbered(number))
        code, output, _ = run("doctor")
        assert code == 1
        assert output.count("was not compared with the other articles.") == 20
        assert "BAD  contents  and 10 more.\n" in output
        assert run("doctor", "--mend")[0] == 0


@contextmanager
def served(library: Path) -> Iterator[str]:
    """The address of a server over *library*."""
    command = [sys.executable, "-m", "app", "serve", "--port", "0", "--no-open", "--database", str(library)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=20)


def titles(address: str) -> list[str]:
    with urllib.request.urlopen(f"{address}articles.json", timeout=20) as answer:
        return sorted(item["title"] for item in json.load(answer)["items"])


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read(), "utf-8")


def test_a_server_goes_on_and_shows_the_library_that_was_brought_back(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.sqlite"
    with closing(sqlite3.connect(library)) as conn:  # so that no worker is started for them
        conn.execute("UPDATE jobs SET status = 'cancelled', finished = created, leased = NULL WHERE finished IS NULL")
        conn.commit()
    environment = {**os.environ, "COMMUNIQUE_DATABASE_URL": str(library)}

    def command(*words: object) -> None:
        done = [sys.executable, "-m", "app", *map(str, words)]
        subprocess.run(done, check=True, env=environment, capture_output=True, timeout=60)

    with served(library) as address:
        assert titles(address) == ["Leaders meet in Beijing", "Report 0", "Report 1"]
        assert "Report 500" not in page(address)
        command("backup", target)
        add(library, 500)
        time.sleep(2.1)  # pages may leave out for two seconds what comes in
        assert "Report 500" in page(address)
        assert "Report 500" in page(address), "now it is kept"
        command("restore", target, "--yes")
        assert "Report 500" not in page(address), "without a restart, and although it was kept"
        assert titles(address) == ["Leaders meet in Beijing", "Report 0", "Report 1"]
        add(library, 501)
        time.sleep(2.1)
        assert "Report 501" in page(address)
