"""From a pasted text of 800 words to its article's page, over the analysis alone, with the model warm in both."""

from __future__ import annotations

import http.client
import json
import time
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from app.codebook import read_codebook
from app.nlp.pipeline import Analyser
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs
from tests.bench.composed import compose
from tests.bench.served import empty_library, get, post, serving

pytestmark = [pytest.mark.bench, pytest.mark.model]
ROUNDS, WORDS, MOST = 15, 800, 1.3


def paste(connection: http.client.HTTPConnection, text: str) -> tuple[float, float]:
    """Seconds to the answer that it was taken, and to the article's page, as the job's own page follows it."""
    connection.close()  # the server would, after five idle seconds
    start = perf_counter()
    status, taken = post(connection, "/api/articles", {"text": text})
    answered = perf_counter() - start
    assert status == 202
    [job] = taken["jobs"]
    events = http.client.HTTPConnection("127.0.0.1", connection.port, timeout=60)
    events.request("GET", f"/jobs/events?job={job['uid']}")
    with events.getresponse() as stream:
        stream.read()  # it ends when the job does
    events.close()
    connection.close()
    done = json.loads(get(connection, f"/jobs/{job['uid']}.json"))
    body = get(connection, done["article"]["address"])
    assert b"</html>" in body
    return answered, perf_counter() - start


def test_a_pasted_text_is_there_as_soon_as_it_is_analysed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "library.sqlite"
    empty_library(path)
    analyser = Analyser(None, read_codebook(resource_dir("seeds") / "topics.toml"))
    alone, answered, whole = [], [], []
    with serving(path) as connection:
        get(connection, "/add")
        paste(connection, compose(0, WORDS))
        for number in range(1, ROUNDS + 1):  # in turns, so that a busy moment of the machine hits both
            text = compose(number, WORDS)
            start = perf_counter()
            analyser.analyse(text, split_paragraphs(text))
            alone.append(perf_counter() - start)
            first, last = paste(connection, text)
            answered.append(first)
            whole.append(last)
            time.sleep(0.1)
    ratio = median(whole) / median(alone)
    with capsys.disabled():
        print(
            f"\npasting: {median(whole) * 1000:.0f} ms page to page, {median(alone) * 1000:.0f} ms the analysis alone: "
            f"{ratio:.2f}; taken (202) after {median(answered) * 1000:.0f} ms"
        )
    assert ratio <= MOST
