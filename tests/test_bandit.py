"""Bandit finds nothing unsafe in the program, or the line says why it is not."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_bandit_finds_nothing_that_is_not_answered() -> None:
    command = [sys.executable, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "app"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, ""), found.stdout


def test_each_answer_names_the_finding_that_it_answers() -> None:
    for path in sorted((ROOT / "app").rglob("*.py")):
        for line in path.read_text("utf-8").splitlines():
            assert "nosec" not in line or re.search(r"# nosec B\d{3}\b", line), f"{path}: {line}"
