"""``communique export``, as a person meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import Run, library, run
from tests.test_cli_search import filled

__all__ = ["filled", "library", "run"]


def test_the_ending_of_the_file_says_what_it_is(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "energy.csv"
    code, output, message = run("export", str(target), "--topic", "Energy")
    assert (code, output) == (0, "")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert message == f"{len(rows)} quotes.\n"
    assert {row["topic_ids"] for row in rows} == {"energy"}
    assert run("export", str(tmp_path / "all.xlsx"))[0] == 0
    assert load_workbook(tmp_path / "all.xlsx").sheetnames == ["Quotes", "About"]
    assert sorted(path.name for path in tmp_path.glob("*.*")) >= ["all.xlsx", "energy.csv"]


def test_quotes_go_to_standard_output_line_by_line(run: Run) -> None:
    code, output, _ = run("export", "-", "--format", "jsonl", "--query", "energy -nato", "--from", "2024-01-01")
    assert code == 0
    found = [json.loads(line) for line in output.splitlines()]
    assert found
    assert {one["article"]["title"] for one in found} == {"Leaders meet in Beijing"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["quotes.odt"], "csv, xlsx, jsonl or jsonld"),
        (["nowhere/quotes.csv"], "cannot be written"),
        (["quotes.csv", "--query", '"'], "quotation"),
        (["quotes.csv", "--topic", "nope"], "There is no topic"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    code, output, message = run("export", *given)
    assert code != 0
    assert output == ""
    assert told in " ".join(message.split())
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    target.write_text("mine")
    code, _, message = run("export", str(target))
    assert code == 1
    assert "--overwrite" in message
    assert target.read_text() == "mine"
    assert run("export", str(target), "--overwrite")[0] == 0
    assert target.read_text(encoding="utf-8-sig").startswith("id,quote,")
