"""The whole way from labelled articles to weights; needs what training needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import train as command
from app.cli.main import app
from app.nlp.learned.files import missing


def test_without_what_training_needs_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    found = CliRunner().invoke(app, ["train", "train.jsonl", "--out", str(tmp_path)])
    assert found.exit_code == 1
    assert "communique[train]" in str(found.exception)
    assert missing(tmp_path)


@pytest.mark.model
def test_training_writes_weights_that_the_tagger_reads(tmp_path: Path) -> None:
    for package in command.NEEDED:
        pytest.importorskip(package, reason="communique[train] is not installed")
    from app.nlp.pipeline import build_pipeline
    from app.training.fit import Settings
    from app.training.run import run
    from tests.training.labelled import ARTICLE, TEXT

    told: list[str] = []
    run([ARTICLE] * 6, tmp_path, Settings(epochs=30), held_out=3, say=told.append)
    assert not missing(tmp_path)
    assert told[-1].endswith("confidences rest on 4 attributions in 2 articles held out")
    nlp = build_pipeline("rules")
    nlp.add_pipe("attribution_tagger", after="quotations", config={"model": str(tmp_path)})
    assert len(nlp(TEXT)._.tagged) == len(ARTICLE.attributions)
