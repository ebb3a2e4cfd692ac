"""``communique topics`` as a person meets it; what a save does to quotes is tested where it is done."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.codebook import parse_codebook
from app.domain import Topic
from tests.commands import Run, runner
from tests.topic_commands import SEEDED, Library, stand_in


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Library:
    return stand_in(monkeypatch, tmp_path)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    return runner(capfd, "topics")


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Sets an editor that changes the file by a line of Python, in which ``text`` is what it holds."""

    def set_editor(change: str) -> None:
        script = tmp_path / "an editor.py"
        script.write_text(
            "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n"
            f"path.write_text({change}, 'utf-8')\n",
            "utf-8",
        )
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")

    return set_editor


def kept_file(message: str) -> Path:
    return Path(message.rpartition("communique topics import ")[2].strip().removesuffix("`."))


@pytest.mark.parametrize("arguments", [["nonsense"], ["add"], ["show"], ["export", "--format", "pdf"], ["test"]])
def test_a_command_line_that_makes_no_sense_ends_with_2(run: Run, arguments: list[str]) -> None:
    code, output, message = run(*arguments)
    assert (code, output) == (2, "")
    assert message


@pytest.mark.parametrize("command", ["add", "edit", "import", "export", "test"])
def test_help_shows_how_a_command_is_used(run: Run, command: str) -> None:
    code, output, _ = run(command, "--help")
    assert code == 0
    assert f"communique topics {command}" in output


class TestSeeing:
    def test_the_list_is_a_table_in_the_order_of_the_pages(self, run: Run) -> None:
        code, output, message = run("list")
        lines = output.splitlines()
        assert (code, message) == (0, "")
        assert lines[0].split() == ["id", "label", "words", "quotes", "indirect"]
        assert [line.split()[0] for line in lines[1:]] == [*SEEDED, "other"]
        assert lines[4].startswith("us       United States  ")
        assert len({len(line) for line in lines}) == 1

    def test_one_topic_is_shown_as_toml(self, run: Run) -> None:
        code, output, message = run("show", "nato")
        assert (code, message) == (0, "")
        assert [topic.id for topic in parse_codebook(output, "shown")] == ["nato"]

    @pytest.mark.parametrize("command", ["show", "edit", "remove"])
    def test_a_topic_that_is_not_there_is_one_sentence(self, run: Run, command: str) -> None:
        code, output, message = run(command, "trade")
        assert (code, output) == (1, "")
        assert message == (
            "communique: There is no topic “trade” to change or show; there are energy, nato, ukraine, us.\n"
        )

    def test_a_history_that_is_empty_is_said_to_be(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.store.topic_revisions.topics_history", lambda conn: [])
        assert run("history") == (0, "", "Nobody has changed the topics yet.\n")


class TestChanging:
    def test_a_topic_is_added_at_the_end(self, run: Run, library: Library) -> None:
        words = [
            "--term",
            "tariff",
            "--term",
            "trade deal",
            "--name",
            "WTO",
            "--entity",
            "ORG: WTO",
            "--voice",
            "envoy",
        ]
        more = ["--excluded", "Trade Street", "--mention", "the deal", "--pattern", '[{"LOWER": "duty"}]']
        code, output, message = run(
            "add", "trade", "--label", "Trade", *words, *more, "--pattern", '[{LEMMA = "levy"}]'
        )
        assert (code, output, message) == (0, "Revision 3: the topics of 12 quotes changed.\n", "")
        assert library.last.ids == [*SEEDED, "trade"]
        assert library.last.note == "Added trade."
        assert library.last.topics[-1] == Topic(
            "trade",
            "Trade",
            "",
            "#57534e",
            ("tariff", "trade deal"),
            ("WTO",),
            ("ORG: WTO",),
            ("Trade Street",),
            ("the deal",),
            ("envoy",),
            ('[{"LOWER":"duty"}]', '[{"LEMMA":"levy"}]'),
        )

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["add", "nato"], "There is a topic “nato” already; change it with `communique topics edit nato`."),
            (["add", "other"], "“other” is built in"),
            (["add", "a", "--term", " "], "The topic “a” has an empty entry in terms"),
            (["add", "a", "--colour", "red"], "needs a colour such as #b45309, not “red”"),
            (["add", "a", "--pattern", "gas"], "The pattern gas cannot be read; write it as"),
            (["add", "a", "--pattern", "[{}]"], "matches everything"),
            (["edit", "nato", "--remove-term", "none"], "The topic “nato” has no “none” in terms."),
            (["edit", "nato", "--label", ""], "has a blank label"),
        ],
    )
    def test_what_cannot_be_saved_is_one_sentence(
        self, run: Run, library: Library, arguments: list[str], said: str
    ) -> None:
        code, output, message = run(*arguments)
        assert (code, output, message.count("\n")) == (1, "", 1)
        assert said in message
        assert not library.saves

    def test_a_topic_is_edited_by_options_in_its_place(self, run: Run, library: Library) -> None:
        library.saved.skipped = 2
        library.saved.quotes = 1
        code, output, message = run(
            "edit", "nato", "--label", "The alliance", "--name", "SHAPE", "--remove-name", "NATO"
        )
        assert (code, output) == (0, "Revision 3: the topics of 1 quote changed.\n")
        assert message == "2 articles analysed by an older version kept the topics from then.\n"
        topic = library.last.topics[1]
        assert (topic.id, topic.label, topic.names[-1]) == ("nato", "The alliance", "SHAPE")
        assert "NATO" not in topic.names
        assert library.last.ids == SEEDED

    def test_a_change_that_changes_nothing_is_not_saved(self, run: Run, library: Library) -> None:
        assert run("edit", "nato", "--label", "NATO") == (0, "", "Nothing is different, so nothing was saved.\n")
        assert not library.saves

    def test_a_topic_is_removed_and_its_quotes_stay(self, run: Run, library: Library) -> None:
        code, output, message = run("remove", "energy")
        assert (code, output) == (0, "Revision 3: the topics of 12 quotes changed.\n")
        assert message == "0 quotes and 0 indirect ones lost the topic “Energy”; all of them stay in the library.\n"
        assert library.last.ids == SEEDED[1:]

    def test_a_save_of_somebody_else_is_told_with_what_it_changed(self, run: Run, library: Library) -> None:
        library.conflict = True
        code, output, message = run("remove", "us")
        assert (code, output, message.count("\n")) == (1, "", 1)
        assert "Somebody else saved the topics meanwhile. Others now: trade. Look at them" in message

    def test_nothing_to_undo_is_one_sentence(self, run: Run) -> None:
        assert run("undo") == (1, "", "communique: There is nothing to undo.\n")


class TestEditor:
    def test_what_the_editor_leaves_is_saved_and_its_file_goes(
        self, run: Run, library: Library, editor: Callable[[str], None], tmp_path: Path
    ) -> None:
        editor("text.replace('label = \"NATO\"', 'label = \"The pact\"')")
        assert run("edit", "nato")[0] == 0
        assert library.last.topics[1].label == "The pact"
        assert not list(tmp_path.glob("nato-*"))

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("text.replace('label =', 'labl =')", "line 3: The topic “nato” has the unknown field “labl”"),
            ("''", "has no topic; `communique topics remove nato` takes one away"),
            ("text.replace('\"nato\"', '\"us\"')", "The topic “us” is there more than once"),
        ],
    )
    def test_what_cannot_be_read_is_kept_for_another_try(
        self, run: Run, library: Library, editor: Callable[[str], None], change: str, said: str
    ) -> None:
        editor(change)
        code, output, message = run("edit", "nato")
        assert (code, output, message.count("\n")) == (1, "", 1)
        assert said in message
        assert kept_file(message).exists()
        assert not library.saves

    def test_what_somebody_else_overtook_is_kept_too(
        self, run: Run, library: Library, editor: Callable[[str], None]
    ) -> None:
        library.conflict = True
        editor("text.replace('label = \"NATO\"', 'label = \"The pact\"')")
        code, _, message = run("edit", "nato")
        assert code == 1
        assert 'label = "The pact"' in kept_file(message).read_text("utf-8")

    @pytest.mark.parametrize("name", ["no-such-editor-anywhere", "'"])
    def test_a_missing_editor_is_one_sentence(self, run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv("EDITOR", name)
        code, _, message = run("edit", "nato")
        assert code == 1
        assert f"The editor {name} cannot be started; name one in EDITOR" in message
