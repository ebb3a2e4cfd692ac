"""Asks the API for minutes what its description allows, and what it does not: ``python -m tests.web.hammer LIBRARY``.

A copy of the library is served on this machine. Nobody reads what is sent, so that no address is fetched.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app.ingest.library import open_library
from app.settings import Settings
from app.web.application import create_app
from tests.web.serving import listening

CONFIG = Path(__file__).with_name("schemathesis.toml")


def hammer(library: Path, minutes: float, phases: str, more: list[str]) -> int:
    """Ask a copy of *library*; the exit status of Schemathesis, 0 where nothing is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "library.sqlite"
        shutil.copy(library, copy)
        settings = Settings(database_url=str(copy))
        with listening(create_app(settings, open_library(settings))) as port:
            address = f"http://127.0.0.1:{port}/openapi.json"
            asking = [
                "run",
                address,
                "--max-time",
                str(int(60 * minutes)),
                "--phases",
                phases,
                "--checks",
                "all",
                *more,
            ]
            command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), *asking]
            return subprocess.run(command, check=False, cwd=folder).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    given, rest = parser.parse_known_args()
    sys.exit(hammer(given.library, given.minutes, given.phases, rest))
