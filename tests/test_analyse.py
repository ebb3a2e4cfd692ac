"""``communique analyse`` as a process, with the real model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.resources import resource_dir

pytestmark = pytest.mark.model
COMMAND = [sys.executable, "-m", "app", "analyse"]
SEED = next(resource_dir("seeds").glob("*.txt"))


def test_the_seed_is_one_line_whose_offsets_hold() -> None:
    done = subprocess.run([*COMMAND, str(SEED)], check=True, capture_output=True, env={**os.environ, "LC_ALL": "C"})
    (record,) = (json.loads(line) for line in done.stdout.splitlines())
    text = SEED.read_bytes().decode()
    assert done.stderr == b""
    assert record["id"] == SEED.stem
    assert len(record["quotes"]) == 10
    for quote in record["quotes"]:
        owner = record["attributions"][quote["attribution"]]
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert (quote["speaker"], quote["kind"]) == (owner["speaker"], owner["kind"])
        assert any(start <= quote["start"] and quote["end"] <= end for start, end in owner["content"])
        assert all(found["topic"] in quote["topics"] for found in quote["evidence"])
    assert "indirect" in {found["kind"] for found in record["attributions"]}


def test_each_result_comes_before_the_next_text_is_sent() -> None:
    with subprocess.Popen([*COMMAND, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "Ann Lee said “gas is dear”."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_a_reader_that_has_enough_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"id": 1, "text": "Ann Lee said “gas is dear”."}\n' * 50, "utf-8")
    command = [*COMMAND, str(tmp_path / "many.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
