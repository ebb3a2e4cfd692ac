from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.store.libraries import but_jobs, contents, restore, tables_of

ROOT = Path(__file__).parents[2]
RESTORE = """
import os, signal, sqlite3, sys
from pathlib import Path
from app.store import restoring

library, backup, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

steps = []

def tell(done, total):
    steps.append(done)
    if moment.isdecimal() and 100 * done >= int(moment) * total:
        die()
    if moment == "last" and done < total <= done + steps[0]:
        die()

if moment in ("_stamp", "put_in_place", "copy_library"):
    setattr(restoring, moment, die)
if moment == "kept":
    done = restoring.put_in_place
    restoring.put_in_place = lambda *args: (done(*args), die())
keep = None if moment == "unkept" else library.with_name("before.sqlite")
with restoring.prepared(backup, library) as new:
    restoring.replace_library(library, new.path, keep, tell)
"""


MOMENTS = ["copy_library", "_stamp", "put_in_place", "kept", "0", "10", "50", "last", "unkept"]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("read_meanwhile", [True, False])
def test_killed_at_any_moment_it_leaves_the_old_library_or_the_new_one(
    library: Path, sqlite_engine: Engine, backup: Path, moment: str, read_meanwhile: bool
) -> None:
    old, new = tables_of(sqlite_engine), contents(backup)
    if not read_meanwhile:
        sqlite_engine.dispose()
    code = killed(library, backup, moment)
    assert code == (0 if moment == "unkept" else -signal.SIGKILL)
    found = contents(library)
    assert found == old or but_jobs(found) == but_jobs(new)
    assert (found == old) is (moment != "unkept"), "all before the last page is the old one"
    restore(backup, library)
    assert but_jobs(tables_of(sqlite_engine)) == but_jobs(new)


def test_killed_after_the_last_page_it_is_the_new_one(library: Path, sqlite_engine: Engine, backup: Path) -> None:
    assert killed(library, backup, "100") == -signal.SIGKILL
    assert but_jobs(contents(library)) == but_jobs(contents(backup))


def killed(library: Path, backup: Path, moment: str) -> int:
    words = [sys.executable, "-c", RESTORE, str(library), str(backup), moment]
    return subprocess.run(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60).returncode
