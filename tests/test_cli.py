"""The command line as a person or another program meets it: what it prints where, and how it ends."""

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import __version__
from app.domain import Analysis, Attribution, AttributionKind, Paragraph, Quote, TextSpan
from app.errors import AnalysisError, AppError
from tests.commands import Run, runner


class EveryWordQuoted:
    """Stands for the pipeline: the whole of every text is one direct quote of nobody."""

    fingerprint = "by-hand"

    def __init__(self, pipeline: str | None, topics: Sequence[object]) -> None:
        if pipeline == "missing":
            raise AnalysisError("The spaCy pipeline 'missing' is not installed; run `pip install missing`.")

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        if "fails" in text:
            raise AnalysisError("The analysis failed on this text.")
        span = TextSpan(0, len(text))
        found = Attribution((), (), (span,), AttributionKind.DIRECT, None, "hand", "by hand", span, span)
        quote = Quote(span, 0, AttributionKind.DIRECT, ("other",))
        return Analysis(tuple(paragraphs), (found,), (quote,), self.fingerprint)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "app.nlp.pipeline", SimpleNamespace(Analyser=EveryWordQuoted))
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", str(tmp_path / "library.sqlite"))
    monkeypatch.delenv("COMMUNIQUE_PIPELINE", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_the_version_is_printed_alone(run: Run) -> None:
    assert run("--version") == (0, f"communique {__version__}\n", "")


COMMANDS = "serve ingest reanalyse analyse doctor assets jobs feed articles speakers".split()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_how_a_command_is_used(run: Run, command: str) -> None:
    code, output, _ = run(*([command] if command else []), "--help")
    assert code == 0
    assert f"communique {command or 'serve'}" in output


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["ingest"], ["analyse"], ["serve", "--port", "70000"], ["feed", "add"], ["articles", "edit"]],
)
def test_a_command_line_that_makes_no_sense_ends_with_2(run: Run, arguments: list[str]) -> None:
    code, output, message = run(*arguments)
    assert (code, output) == (2, "")
    assert message


def test_a_setting_that_cannot_be_used_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_PORT", "many")
    code, output, message = run("serve")
    assert (code, output) == (1, "")
    assert message.startswith("communique: The setting COMMUNIQUE_PORT cannot be used")
    assert message.count("\n") == 1


class TestAnalyse:
    def test_a_text_file_becomes_one_line_under_its_name(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("“Ça ira”\r\n", "utf-8", newline="")
        code, output, message = run("analyse", tmp_path / "a.txt")
        (record,) = lines(output)
        assert (code, message, record["id"]) == (0, "", "a")
        assert record["quotes"][0]["text"] == "“Ça ira”\r\n"  # type: ignore[index]

    def test_every_line_of_json_becomes_a_line_with_its_own_id(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        text = "one\u2028paragraph\nand another"
        feed(monkeypatch, json.dumps({"id": 7, "text": text, "more": [1]}).encode() + b'\n\n{"id":"b","text":"x"}')
        code, output, message = run("analyse", "-")
        assert (code, message) == (0, "")
        assert [record["id"] for record in lines(output.replace("\u2028", " "))] == [7, "b"]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{", "Not JSON"),
            (b"[1]", "must be an object"),
            (b'{"text": "x"}', '"id" must be given'),
            (b'{"id": true, "text": "x"}', '"id" must be given'),
            (b'{"id": "a"}', '"text" must be given'),
            (b'{"id": "a", "text": 5}', '"text" must be given'),
            (b'{"id": "a", "text": " \\n"}', "blank"),
            (b'{"id": "a", "text": "a\\u0000b"}', "NUL character"),
            (b'{"id": "a", "text": "\\ud800"}', "surrogate"),
            (b'{"id": "a", "text": "\xff"}', "Not UTF-8: byte 22"),
            (b'{"id": "a", "text": "fails"}', "failed on this text"),
            (b"[" * 100_000, "Not usable JSON"),
            (b'{"id": ' + b"1" * 5000 + b"}", "Not usable JSON"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_go_on(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, line: bytes, reason: str
    ) -> None:
        feed(monkeypatch, b'{"id":"a","text":"x"}\n' + line + b'\n{"id":"c","text":"y"}\n')
        code, output, message = run("analyse", "-")
        assert code == 1
        assert [record["id"] for record in lines(output)] == ["a", "c"]
        assert message.startswith("standard input, line 2: ")
        assert reason in message
        assert message.count("\n") == 1

    def test_a_text_that_is_too_long_is_refused(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMMUNIQUE_MAX_CHARACTERS", "1000")
        feed(monkeypatch, json.dumps({"id": "a", "text": "x" * 1001}).encode())
        code, output, message = run("analyse", "-")
        assert (code, output) == (1, "")
        assert "1,001 characters; at most 1,000" in message

    def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text("x", "utf-8")
        (tmp_path / "bad.txt").write_bytes(b"a\0b")
        (tmp_path / "folder.jsonl").mkdir()
        names = [tmp_path / name for name in ("bad.txt", "none.txt", "none.jsonl", "folder.jsonl", "good.txt")]
        code, output, message = run("analyse", *names)
        assert code == 1
        assert [record["id"] for record in lines(output)] == ["good"]
        assert [line.partition(": ")[0] for line in message.splitlines()] == [str(name) for name in names[:4]]

    def test_every_kind_is_read_and_each_record_of_a_file_is_a_line(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "page.html").write_text("<html><body><h1>Page</h1><p>Yes &amp; no</p></body></html>", "utf-8")
        (tmp_path / "table.csv").write_text('id,title,text\na7,T,"One, two"\n,U,Three\n', "utf-8")
        (tmp_path / "list.json").write_text('[{"id": 5, "text": "x"}, {"text": "y"}, {"no": 1}]', "utf-8")
        code, output, message = run("analyse", *(tmp_path / name for name in ("page.html", "table.csv", "list.json")))
        assert [record["id"] for record in lines(output)] == [
            "page",
            "table.csv row 2",
            "table.csv row 3",
            5,
            "list.json item 2",
        ]
        assert (code, message) == (1, f"{tmp_path / 'list.json'}, item 3: The JSON object has no “text”.\n")

    def test_a_pipe_may_bring_any_kind_of_file(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        feed(monkeypatch, b"# Title\n\nA **good** [page](https://example.org/1).\n\n- one\n- two\n")
        code, output, _ = run("analyse", "-")
        assert (code, [record["id"] for record in lines(output)]) == (0, ["standard input"])
        feed(monkeypatch, b'\n[{"text": "x"}, {"text": "y"}]')
        assert [record["id"] for record in lines(run("analyse", "-")[1])] == ["item 1", "item 2"]

    def test_a_missing_pipeline_is_one_sentence(self, run: Run, tmp_path: Path) -> None:
        code, output, message = run("analyse", "--pipeline", "missing", tmp_path / "a.txt")
        assert (code, output) == (1, "")
        assert message == "communique: The spaCy pipeline 'missing' is not installed; run `pip install missing`.\n"

    def test_no_database_is_made(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("x", "utf-8")
        run("analyse", tmp_path / "a.txt")
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


class TestAssets:
    def test_what_came_of_it_is_printed(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.present.plotly_bundle.prepare", lambda vendor: f"It is in {vendor.name}.")
        assert run("assets") == (0, "It is in vendor.\n", "")


class TestDoctor:
    def test_all_is_well_where_the_library_is_yet_to_be_made(self, run: Run, tmp_path: Path) -> None:
        code, output, _ = run("doctor")
        assert code == 0
        assert [line.split()[:2] for line in output.splitlines()] == [
            ["ok", name] for name in ("versions", "library", "charts", "model")
        ]
        assert not list(tmp_path.iterdir()), "the doctor made something"

    def test_a_missing_model_is_told_with_the_command_to_run(self, run: Run) -> None:
        code, output, _ = run("doctor", "--pipeline", "missing")
        assert code == 1
        assert "BAD  model     The spaCy pipeline 'missing' is not installed; run `pip install missing`." in output

    def test_a_file_that_is_no_library_is_told(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("no database at all, but some notes\n" * 50, "utf-8")
        code, output, _ = run("doctor", "--database", tmp_path / "notes.txt")
        assert code == 1
        assert "is not an SQLite database" in output
        assert "--database" in output

    def test_a_folder_that_does_not_exist_is_told(self, run: Run, tmp_path: Path) -> None:
        code, output, _ = run("doctor", "--database", tmp_path / "none" / "library.sqlite")
        assert code == 1
        assert f"Make the folder {tmp_path / 'none'}" in output

    def test_an_opened_library_is_counted(self, run: Run, tmp_path: Path) -> None:
        from app.ingest.library import open_library
        from app.settings import load_settings

        open_library(load_settings()).dispose()
        assert "articles 0, quotes 0, speakers 0" in run("doctor")[1]

    def test_a_missing_chart_library_is_told(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def find(vendor: Path) -> None:
            raise FileNotFoundError("plotly.min.js is missing from the installation")

        monkeypatch.setattr("app.present.plotly_bundle.find", find)
        code, output, _ = run("doctor")
        assert code == 1
        assert "BAD  charts" in output


def test_an_error_of_the_program_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(vendor: Path) -> str:
        raise AppError("It cannot be done.")

    monkeypatch.setattr("app.present.plotly_bundle.prepare", prepare)
    assert run("assets") == (1, "", "communique: It cannot be done.\n")
