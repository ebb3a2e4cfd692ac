"""``communique topics``: the code book taken elsewhere and back, and tried on texts."""

from pathlib import Path

import pytest

from app.codebook import export_qdc, write_codebook
from app.domain import Topic
from tests.commands import Run, runner
from tests.topic_commands import SEEDED, TRADE, Library, stand_in


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Library:
    return stand_in(monkeypatch, tmp_path)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    return runner(capfd, "topics")


class TestFiles:
    @pytest.mark.parametrize("written", [write_codebook([TRADE]).encode(), export_qdc([TRADE])])
    def test_a_file_is_merged_by_what_it_holds(
        self, run: Run, library: Library, tmp_path: Path, written: bytes
    ) -> None:
        (tmp_path / "topics.txt").write_bytes(written)
        assert run("import", tmp_path / "topics.txt")[0] == 0
        assert library.last.ids == [*SEEDED, "trade"]
        assert library.last.topics[-1] == TRADE
        assert library.last.note == "Imported topics.txt."

    def test_a_known_topic_changes_in_its_place(self, run: Run, library: Library, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text("[[topic]]\nid = 'nato'\nlabel = 'Pact'", "utf-8")
        run("import", tmp_path / "a.toml")
        assert library.last.ids == SEEDED
        assert library.last.topics[1] == Topic("nato", "Pact", "", "#57534e")

    def test_a_file_may_replace_all_topics_but_not_by_none(self, run: Run, library: Library, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text(write_codebook([TRADE]), "utf-8")
        (tmp_path / "none.toml").write_text("# nothing", "utf-8")
        assert run("import", "--replace", tmp_path / "none.toml")[0] == 1
        assert run("import", "--replace", tmp_path / "a.toml")[0] == 0
        assert library.last.topics == (TRADE,)

    @pytest.mark.parametrize(("text", "said"), [("[[topic]]\nid='x'\nterms=['']", "a.toml, line 3:"), ("<a/>", "<a>")])
    def test_a_file_that_cannot_be_used_changes_nothing(
        self, run: Run, library: Library, tmp_path: Path, text: str, said: str
    ) -> None:
        (tmp_path / "a.toml").write_text(text, "utf-8")
        code, output, message = run("import", tmp_path / "a.toml")
        assert (code, output, message.count("\n")) == (1, "", 1)
        assert said in message
        assert not library.saves

    @pytest.mark.parametrize(
        ("arguments", "start"),
        [
            ([], "[[topic]]"),
            (["--format", "qdc"], "<?xml"),
            (["x.qdc"], "<?xml"),
            (["x.qdc", "--format", "toml"], "[["),
        ],
    )
    def test_topics_are_exported_as_asked(
        self, run: Run, library: Library, tmp_path: Path, arguments: list[str], start: str
    ) -> None:
        path = tmp_path / "exported"
        code, output, message = run(
            "export", *[path.with_suffix(".qdc") if one == "x.qdc" else one for one in arguments]
        )
        if "x.qdc" in arguments:
            assert (output, message) == ("", f"4 topics are in {path.with_suffix('.qdc')}.\n")
            output = path.with_suffix(".qdc").read_text("utf-8")
        assert (code, output[: len(start)]) == (0, start)
        path.write_text(output, "utf-8")
        assert run("import", path) == (0, "", "Nothing is different, so nothing was saved.\n")


class TestTrying:
    @pytest.mark.parametrize("given", ["none.txt", "folder/none.json"])
    def test_a_file_that_is_not_there_is_not_taken_for_a_text(self, run: Run, given: str) -> None:
        assert run("test", given) == (1, "", f"communique: {given}: There is no such file.\n")

    def test_a_blank_text_is_one_sentence(self, run: Run) -> None:
        code, output, message = run("test", "  ")
        assert (code, output, message.count("\n")) == (1, "", 1)

    @pytest.mark.model
    def test_each_topic_of_a_text_is_a_line_with_the_words_that_decided(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "topics.toml").write_text(write_codebook([TRADE]), "utf-8")
        text = "“The tariffs will stay,” Anna Berg said. “We like cake,” she said."
        (tmp_path / "article.txt").write_text(text, "utf-8")
        code, output, message = run(
            "test", tmp_path / "article.txt", "--topics", tmp_path / "topics.toml", "--pipeline", "rules"
        )
        assert (code, message) == (0, "")
        lines = [line.split("\t") for line in output.splitlines()]
        assert ["quote", "trade", "tariffs (quote)", "The tariffs will stay,"] in lines
        assert ["quote", "other", "-", "We like cake,"] in lines
        assert ["paragraph", "trade", "tariffs (quote)", text] in lines
        assert not (tmp_path / "library.sqlite").exists(), "no library is needed"
