"""Words a second of the whole analysis, over bare ``nlp.pipe`` on the same texts in the same run."""

from __future__ import annotations

from time import perf_counter

import pytest
import spacy

from app.codebook import read_codebook
from app.nlp.methods import Method
from app.nlp.pipeline import PREFERRED, Analyser
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

pytestmark = [pytest.mark.bench, pytest.mark.model]

FLOORS = {Method.RULES: 0.85, Method.LEARNED: 0.55}
ROUNDS = 5


@pytest.mark.parametrize("method", list(Method))
def test_the_whole_analysis_keeps_up_with_the_bare_parser(method: Method) -> None:
    (seed,) = resource_dir("seeds").glob("*.txt")
    texts = [seed.read_text(encoding="utf-8")] * 24
    words = sum(len(text.split()) for text in texts)
    analyser = Analyser(method, read_codebook(resource_dir("seeds") / "topics.toml"))
    name = next(name for name in PREFERRED if name in spacy.util.get_installed_models())
    bare = spacy.load(name)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        assert sum(1 for _ in bare.pipe(texts)) == len(texts)
        theirs.append(words / (perf_counter() - start))
        start = perf_counter()
        assert sum(1 for _ in analyser.analyse_many((text, split_paragraphs(text)) for text in texts)) == len(texts)
        ours.append(words / (perf_counter() - start))
    ratio = max(ours) / max(theirs)
    print(f"\n{method}: {max(ours):,.0f} words/s, bare nlp.pipe {max(theirs):,.0f} words/s, ratio {ratio:.2f}")
    assert ratio >= FLOORS[method]
