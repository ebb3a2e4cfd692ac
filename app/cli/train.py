"""``communique train``: the weights of the learned tagger, from labelled articles."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from app.cli.terms import say
from app.errors import AppError

NEEDED = ("torch", "transformers", "onnx", "all_minilm_l6_v2")

ArticlesArgument = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        help='Lines of {"id", "text", "attributions"}, such as PolNeAR\'s train.jsonl.',
        show_default=False,
    ),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the weights go.", show_default=False)]
EpochsOption = Annotated[int, typer.Option("--epochs", min=1, help="Times that every article is read.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Of every random choice.")]
HeldOutOption = Annotated[
    int, typer.Option("--held-out", min=2, help="One article in so many is kept back, to learn from it how sure to be.")
]


def train(
    path: ArticlesArgument,
    out: OutOption,
    epochs: EpochsOption = 10,
    seed: SeedOption = 1,
    held_out: HeldOutOption = 20,
) -> None:
    """Train the learned tagger anew. Takes an hour or two on two cores; needs pip install 'communique\\[train]'.

    \b
    communique train train.jsonl --out weights/
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise AppError(f"Training needs {', '.join(missing)}; run pip install 'communique[train]'.")
    from app.cli.labelled import read_corpora
    from app.nlp.scoring.attributions import LabelledArticle
    from app.settings import load_settings
    from app.training.fit import Settings
    from app.training.run import run

    (corpus, *others) = read_corpora(path, max_characters=load_settings().max_characters)
    articles = [one for one in corpus.articles if isinstance(one, LabelledArticle)]
    if others or len(articles) < held_out:
        raise AppError(f"{path} must be one file of {held_out} or more articles with attributions.")
    run(articles, out, Settings(epochs=epochs, seed=seed), held_out=held_out, say=say)
