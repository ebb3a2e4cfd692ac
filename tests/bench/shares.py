"""Counts how often each rule is right, for `app/nlp/shares.toml`: ``python tests/bench/shares.py``.

The rules alone are counted on PolNeAR's training part. What they find beside the tagger, whose findings carry a
confidence of their own, is counted where it was not trained: on one article in twenty of that part, and on dev.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.cli.evaluation import spans_of
from app.cli.labelled import read_corpora
from app.nlp.merging import LEARNED
from app.nlp.methods import Method
from app.nlp.pipeline import Analyser
from app.nlp.scoring.attributions import LabelledArticle, rightness
from app.nlp.shares import FILE, counted, write_shares
from app.settings import load_settings
from app.text.paragraphs import split_paragraphs

POLNEAR = Path(__file__).parents[3] / "shared" / "eval" / "polnear"
HELD_OUT = 20
"""One article in so many, as `communique train` has it."""
UNJUDGED = frozenset(("continued", "pull quote", "declaration", "label"))
"""Rules that this corpus cannot judge: findings without a source of their own, documents that say "we", and the turns
of transcripts, of which two of its interviews have what is reported within them marked instead."""


def articles(part: str) -> list[LabelledArticle]:
    """The labelled articles of a *part* of PolNeAR."""
    [corpus] = read_corpora(POLNEAR / f"{part}.jsonl", max_characters=load_settings().max_characters)
    return [one for one in corpus.articles if isinstance(one, LabelledArticle)]


def judged(method: Method, given: list[LabelledArticle]) -> Iterator[tuple[str, bool]]:
    """The rule of each attribution found in *given*, and whether it is right."""
    analyses = Analyser(method).analyse_many((one.text, split_paragraphs(one.text)) for one in given)
    for article, analysis in zip(given, analyses, strict=True):
        verdicts = rightness(article, map(spans_of, analysis.attributions))
        for one, right in zip(analysis.attributions, verdicts, strict=True):
            if right is not None and one.rule not in UNJUDGED | {LEARNED}:
                yield one.rule, right


def main() -> None:
    """Count, write and print."""
    train, dev = articles("train"), articles("dev")
    parts = {Method.RULES: train, Method.LEARNED: [*train[HELD_OUT - 1 :: HELD_OUT], *dev]}
    write_shares({method.value: counted(judged(method, given)) for method, given in parts.items()})
    print(FILE.read_text("utf-8"))


if __name__ == "__main__":
    main()
