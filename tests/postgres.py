"""A PostgreSQL for one test run: a cluster in a temporary folder, reached through a socket in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
QUIET = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class MissingError(Exception):
    """PostgreSQL cannot be started here; the message says why."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, the newest that Debian has."""
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise MissingError(f"PostgreSQL is not installed: there is no {name}")
    return found


def as_nobody_special() -> list[str]:
    """What to put before a command, since PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise MissingError("PostgreSQL does not run as root, and there is no setpriv")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def run(*command: str) -> None:
    """Run *command*; its output is in the error when it fails."""
    # Into a file, since a server that goes on would hold a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [*as_nobody_special(), *command], stdout=output, stderr=output, cwd="/", check=False, timeout=60
        )
        output.seek(0)
        assert done.returncode == 0, f"{' '.join(command)}\n{output.read()}"


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; gives the folder of its socket and removes everything in the end.

    Raises:
        MissingError: it is not installed.
    """
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    as_nobody_special()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket has 107 bytes at most
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        run(initdb, "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"{QUIET} -c unix_socket_directories={folder}"
        run(pg_ctl, "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield str(folder)
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url(folder: str, database: str) -> str:
    """The address of *database* on the server whose socket lies in *folder*."""
    return f"postgresql+psycopg://postgres@/{database}?host={folder}"
