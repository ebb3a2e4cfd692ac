"""How long it takes from the start of the process to the first page, and how much memory it then holds."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.cli.serve import listen
from app.ingest.library import SEEDED, open_library
from app.settings import Settings
from app.store import meta

pytestmark = [pytest.mark.bench, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
TIMES = 7
MOST_TIME, MOST_MEMORY = 2.3, 1.4
"""Over the bare libraries in the same run: seconds and megabytes alone say more of the machine than of us.

2.0 and 1.25 until the pages by which documents come in, 2.2 and 1.3 until those of filters, comparison and correction,
2.2 until those of sharing: each time the program could do many things more.
"""

BARE = """
import sqlite3, sys
import fastapi, jinja2, sqlalchemy, uvicorn
from fastapi.responses import HTMLResponse
app = fastapi.FastAPI()
page = jinja2.Template("<p>{{ found }}</p>")
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[1])

@app.get("/", response_class=HTMLResponse)
def first() -> str:
    with engine.connect() as conn:
        return page.render(found=conn.scalar(sqlalchemy.text("SELECT count(*) FROM articles")))

uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")
"""


def first_page(command: list[str], port: int) -> tuple[float, float]:
    """Seconds to the first page of the server that *command* starts, and its memory in MB after it."""
    start = time.perf_counter()
    # Whoever starts it a second time has its modules compiled, which it alone has many of.
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=known)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                assert time.perf_counter() - start < 60
                time.sleep(0.002)
        seconds = time.perf_counter() - start
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
        return seconds, int(kilobytes) / 1000
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with listen("127.0.0.1", 0) as sock:
        port: int = sock.getsockname()[1]
        return port


def test_how_soon_the_first_page_comes(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    engine = open_library(Settings(database_url=str(library)))
    with engine.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    engine.dispose()
    ours, bare = [], []
    for _ in range(TIMES):
        port = str(free_port())
        serve = [sys.executable, "-m", "app", "serve", "--no-open", "--database", str(library), "--port", port]
        ours.append(first_page(serve, int(port)))
        port = str(free_port())
        bare.append(first_page([sys.executable, "-c", BARE, str(library), port], int(port)))
    medians = [[statistics.median(values) for values in zip(*runs, strict=True)] for runs in (ours, bare)]
    for name, (seconds, megabytes) in zip(
        ("communique serve", "FastAPI, Jinja and SQLAlchemy alone"), medians, strict=True
    ):
        print(f"start: {name}: {seconds:.2f} s to the first page, {megabytes:.0f} MB")
    slower, larger = (mine / theirs for mine, theirs in zip(*medians, strict=True))
    print(f"start: {slower:.2f} times as long, {larger:.2f} times as much memory")
    assert slower <= MOST_TIME
    assert larger <= MOST_MEMORY
