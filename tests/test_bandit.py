"""Bandit finds nothing unsafe in the program, or the line says why it is not; and one door leads to the network."""

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


OPENS = re.compile(
    r"^\s*(?:import|from) (?:socket|http\.client|urllib3|urllib\.request|requests|httpx\d?|aiohttp|ftplib|smtplib)\b"
)
"""Modules that can open a connection."""

OTHERWISE = {"app/cli/serve.py", "app/ingest/workforce.py", "app/web/gate/hosts.py"}
"""Who listens, or asks what this machine is called."""


def test_nothing_but_the_one_door_opens_connections() -> None:
    found = set()
    for path in sorted((ROOT / "app").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if any(OPENS.match(line) for line in path.read_text("utf-8").splitlines()):
            found.add(name)
    assert {name for name in found if not name.startswith("app/text/fetching/")} <= OTHERWISE
