"""Commands run in this process on a library of its own, whose workers analyse without a model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.__main__ import main
from app.ingest.workforce import Workforce
from tests.ingest.works import analyse

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of the library that the commands work on."""
    monkeypatch.setattr("app.ingest.workforce.Workforce", partial(Workforce, work=analyse))
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", str(tmp_path / "library.sqlite"))
    monkeypatch.setenv("COMMUNIQUE_WORKERS", "1")
    monkeypatch.delenv("COMMUNIQUE_PIPELINE", raising=False)
    return f"sqlite:///{tmp_path / 'library.sqlite'}"


def runner(capture: pytest.CaptureFixture[str], *group: str) -> Run:
    """Runs a command, of *group* if one is given: its exit status, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*group, *(str(argument) for argument in arguments)])
        output = capture.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), output.out, output.err

    return run


@pytest.fixture
def run(library: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on *library*."""
    return runner(capsys)


def table(output: str) -> list[list[str]]:
    """The lines of *output*, parted at their tabs."""
    return [line.split("\t") for line in output.splitlines()]
