"""``communique evaluate``: what it reads, what it refuses, what it prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.evaluation import evaluate_corpus
from app.cli.labelled import Corpus, read_corpora
from app.cli.main import app
from app.cli.score_tables import page, tables
from app.domain import Analysis, Paragraph, Speaker, SpeakerKind
from app.errors import IngestError
from app.nlp.scoring.attributions import LabelledArticle
from tests.factories import find, make_analysis, say

TEXT = "“We will not wait,” Nia Odell said. The plan was late."
GOLD = "“We will not wait,”"


def ends(words: str) -> list[int]:
    span = find(TEXT, words)
    return [span.start, span.end]


def line(**changed: Any) -> dict[str, Any]:
    said = {"content": [ends(GOLD)], "source": [ends("Nia Odell")], "cue": [ends("said")], "kind": "direct"}
    return {"id": "a", "text": TEXT, "attributions": [said], **changed}


def labels(**changed: Any) -> dict[str, Any]:
    start, end = ends("We will not wait,")
    quote = {"start": start, "end": end, "text": TEXT[start:end], "speaker": "Nia Odell", "topics": ["other"]}
    return {"article": "a", "quotes": [quote], "ignore": [], **changed}


def written(folder: Path, *records: object) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in records) + "\n", "utf-8")
    return path


def gold_folder(folder: Path, **changed: Any) -> Path:
    for name, record in (("gold", labels(**changed)), ("articles", {"id": "a", "text": TEXT})):
        (folder / name).mkdir()
        (folder / name / "a.json").write_text(json.dumps(record), "utf-8")
    return folder


class Found:
    """Says that Nia Odell said it, whatever the text."""

    def analyse_many(self, documents: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[Analysis]:
        for text, _ in documents:
            speaker = Speaker("Nia Odell", SpeakerKind.PERSON)
            yield make_analysis(text, say(text, "We will not wait", speaker=speaker, source="Nia Odell", cue="said"))


def shown(corpus: Corpus, **options: Any) -> str:
    console = page()
    with console.capture() as captured:
        for part in tables(evaluate_corpus(Found(), corpus, **options), confidence=True):
            console.print(part)
    return captured.get()


def read(path: Path) -> list[Corpus]:
    return read_corpora(path, max_characters=10_000)


def test_lines_are_articles_with_their_attributions(tmp_path: Path) -> None:
    [corpus] = read(written(tmp_path, line(), line(id=2, ignore=[[0, 3]])))
    first, second = corpus.articles
    assert isinstance(first, LabelledArticle)
    assert isinstance(second, LabelledArticle)
    assert (first.id, second.id, second.ignore) == ("a", "2", [(0, 3)])
    assert first.attributions[0].content == [tuple(ends(GOLD))]


def test_a_folder_is_its_lines_and_its_gold(tmp_path: Path) -> None:
    written(tmp_path, line())
    found = read(gold_folder(tmp_path))
    assert [Path(one.name).name for one in found] == ["labelled.jsonl", "gold"]
    assert read(tmp_path / "gold")[0].articles == found[1].articles


def test_gold_may_hold_its_own_text(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"text": TEXT, "gold": labels()}), "utf-8")
    assert read(tmp_path)[0].articles[0].text == TEXT


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([1], "line 1 is not an object"),
        (line(id=None), "line 1: “id” must be given"),
        (line(text=None), "line 1: “text” must be given"),
        (line(text=" "), "line 1: The text is blank"),
        (line(attributions=None), "line 1: “attributions” must be given"),
        (line(attributions=["x"]), "line 1: “attributions” must be given, as a list of objects"),
        (line(attributions=[{"source": []}]), "attributions 1: “content” must be a list"),
        (line(attributions=[{"content": []}]), "attributions 1: “content” must be a list"),
        (line(attributions=[{"content": [[0]]}]), "attributions 1: “content” must be a list"),
        (line(attributions=[{"content": [[0, 1.5]]}]), "“content” must be offsets in whole numbers"),
        (line(attributions=[{"content": [[5, 2]]}]), "“content” has a span from 5 to 2"),
        (line(attributions=[{"content": [[0, 999]]}]), f"a span to 999, past the text's end at {len(TEXT)}"),
        (line(ignore=[[0, 999]]), "line 1: “ignore” has a span to 999"),
    ],
)
def test_lines_that_cannot_be_used_are_named_with_their_reason(tmp_path: Path, record: object, message: str) -> None:
    with pytest.raises(IngestError, match=re.escape(message)):
        read(written(tmp_path, record))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"quotes": None}, "“quotes” must be given"),
        ({"article": None}, "“article” must be given"),
        ({"quotes": [{"start": 0}]}, "quotes 1: “start” must be offsets"),
        ({"quotes": [{"start": 0, "end": 3, "text": "xyz"}]}, "quotes 1: “text” is not what stands at 0 to 3"),
        ({"quotes": [{"start": 0, "end": 3, "speaker": 7}]}, "quotes 1: “speaker” must be a string"),
        ({"quotes": [{"start": 0, "end": 3, "topics": "us"}]}, "quotes 1: “topics” must be a list of strings"),
        ({"units": [{"start": 0, "end": 999}]}, "units 1: “start” has a span to 999"),
    ],
)
def test_gold_that_cannot_be_used_is_named_with_its_reason(
    tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(IngestError, match=re.escape(message)):
        read(gold_folder(tmp_path, **changed))


def test_an_article_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="has the article 'a' twice"):
        read(written(tmp_path, line(), line()))


def test_nothing_labelled_is_said(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no file or folder"):
        read(tmp_path / "missing.jsonl")
    with pytest.raises(IngestError, match="holds nothing labelled"):
        read(tmp_path)
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(IngestError, match="holds no articles"):
        read(tmp_path)
    (tmp_path / "empty.jsonl").write_text("{", "utf-8")
    with pytest.raises(IngestError, match="line 1 is no JSON"):
        read(tmp_path)


def test_gold_without_its_article_is_refused(tmp_path: Path) -> None:
    gold_folder(tmp_path)
    (tmp_path / "articles" / "a.json").unlink()
    with pytest.raises(IngestError, match="to take it from"):
        read(tmp_path)


def test_the_tables_hold_the_figures(tmp_path: Path) -> None:
    written(tmp_path, line())
    lines, gold = read(gold_folder(tmp_path))
    told = shown(lines, bootstrap=10)
    assert re.search(r"joint iou80 +100.0 +100.0 +100.0 +100.0 +– +– +100.0–100.0", told)
    assert "no confidence" in told
    assert re.search(r"speaker right, of matched +100.0", shown(gold))


def test_the_figures_of_a_corpus_can_be_read_by_name(tmp_path: Path) -> None:
    [corpus] = read(written(tmp_path, line()))
    calls: list[None] = []
    made = evaluate_corpus(Found(), corpus, done=lambda: calls.append(None))
    assert made.attributions["joint"]["exact"]["direct"]["f1"] == 1.0
    assert (made.articles, made.words, len(calls)) == (1, 11, 1)


def test_what_cannot_be_read_ends_with_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert done.exit_code == 1
    assert isinstance(done.exception, IngestError)


@pytest.mark.model
def test_the_command_prints_tables_and_writes_json(tmp_path: Path) -> None:
    path = written(tmp_path, line())
    target = tmp_path / "figures.json"
    done = CliRunner().invoke(app, ["evaluate", str(path), "--json", str(target), "--calibration"])
    assert done.exit_code == 0, done.output
    figures = json.loads(target.read_text("utf-8"))
    assert figures["corpora"][0]["attributions"]["joint"]["iou80"]["direct"]["f1"] == 1.0
    assert figures["pipeline"] in done.output
