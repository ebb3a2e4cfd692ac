"""Resident memory of the whole analysis, above that of bare spaCy on the same texts, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.nlp.methods import Method

pytestmark = [
    pytest.mark.bench,
    pytest.mark.model,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read where Linux keeps it"),
]

MOST = 150
"""Megabytes more than bare spaCy."""

PROGRAM = """
import re, spacy, sys
from pathlib import Path
from app.codebook import read_codebook
from app.nlp.pipeline import PREFERRED, Analyser
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

(seed,) = resource_dir("seeds").glob("*.txt")
texts = [seed.read_text(encoding="utf-8")] * 24
if sys.argv[1] == "bare":
    nlp = spacy.load(next(name for name in PREFERRED if name in spacy.util.get_installed_models()))
    found = [len(doc) for doc in nlp.pipe(texts, batch_size=4)]  # as ours has it
else:
    analyser = Analyser(sys.argv[1], read_codebook(resource_dir("seeds") / "topics.toml"))
    found = [len(one.quotes) for one in analyser.analyse_many((text, split_paragraphs(text)) for text in texts)]
assert all(found)
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def megabytes(pipeline: str) -> int:
    done = subprocess.run([sys.executable, "-c", PROGRAM, pipeline], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("method", list(Method))
def test_the_analysis_takes_little_more_memory_than_the_bare_parser(method: Method) -> None:
    bare, ours = megabytes("bare"), megabytes(method)
    print(f"\n{method}: {ours} MB at most, bare spaCy {bare} MB: {ours - bare:+d} MB")
    assert ours - bare <= MOST
