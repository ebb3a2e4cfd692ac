"""The commands for what is in the library: its jobs, articles, speakers and feeds, as a person meets them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.text.fetch import FetchError
from tests.commands import Run, library, run, table
from tests.ingest.test_feeds import URL, Site, rss

__all__ = ["library", "run"]


@pytest.fixture
def given(run: Run, tmp_path: Path) -> Path:
    """A folder of which everything was ingested: two good articles and one that fails."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Report\n“One,” she said.", "utf-8")
    (folder / "b.html").write_text("<html><body><h1>Page</h1><p>“Two,” said Ann.</p></body></html>", "utf-8")
    (folder / "c.txt").write_text("REFUSE", "utf-8")
    assert run("ingest", folder)[0] == 1
    return folder


def columns(output: str) -> list[list[str]]:
    """The cells of a printed table, without its head."""
    return [line.split() for line in output.splitlines()[1:]]


class TestJobs:
    def test_they_are_listed_with_what_came_of_them(self, run: Run, given: Path) -> None:
        code, output, message = run("jobs", "list")
        assert (code, message) == (0, "")
        assert sorted(row[2:5] for row in columns(output)) == [
            ["added", "a.txt", "/articles/report"],
            ["added", "b.html", "/articles/page"],
            ["failed", "c.txt", "-"],
        ]
        ((_, batch, *_),) = columns(run("jobs", "list", "--status", "failed")[1])
        assert len(columns(run("jobs", "list", "--batch", batch)[1])) == 3
        assert "These are 1 of 3" in run("jobs", "list", "--limit", "1")[2]
        assert run("jobs", "list", "--status", "queued") == (0, "", "There are no such jobs.\n")

    def test_what_failed_is_tried_again_and_worked_off(self, run: Run, given: Path) -> None:
        ((uid, *_),) = columns(run("jobs", "list", "--status", "failed")[1])
        assert run("jobs", "retry", uid)[::2] == (0, "1 job queued again.\n")
        code, output, _ = run("jobs", "work")
        assert (code, table(output)) == (1, [["failed", "c.txt", "-", "There is no pipeline."]])
        assert run("jobs", "retry", "--failed")[2] == "1 job queued again.\n"
        assert run("jobs", "cancel", uid)[2] == "1 job cancelled.\n"
        assert run("jobs", "work")[:2] == (0, "")
        assert run("jobs", "forget", "--before", "0")[2] == "3 jobs forgotten.\n"

    def test_a_batch_is_cancelled(self, run: Run, given: Path) -> None:
        (given / "c.txt").write_text("“Another.”", "utf-8")
        batch = run("ingest", "--no-wait", given / "c.txt")[2].split("batch ")[1].split(",")[0]
        assert run("jobs", "cancel", "--batch", batch)[2] == "1 job cancelled.\n"
        assert [row[2] for row in columns(run("jobs", "list", "--batch", batch)[1])] == ["cancelled"]

    @pytest.mark.parametrize(
        "arguments",
        [["retry"], ["cancel"], ["retry", "x", "--failed"], ["retry", "--batch", "x"], ["list", "--limit", "0"]],
    )
    def test_what_makes_no_sense_ends_with_2(self, run: Run, arguments: list[str]) -> None:
        code, output, message = run("jobs", *arguments)
        assert (code, output) == (2, "")
        assert message

    def test_a_job_that_is_not_there_is_one_sentence(self, run: Run) -> None:
        assert run("jobs", "retry", "nothing") == (1, "", "communique: There is no job “nothing”.\n")


class TestArticles:
    def test_they_are_listed_and_what_was_edited_is_shown(self, run: Run, given: Path) -> None:
        edits = ["--title", "Another", "--date", "2023-03", "--publisher", "Ex", "--byline", "Ann"]
        code, output, message = run("articles", "edit", "report", *edits)
        assert (code, output) == (0, "")
        assert message == "Changed the byline and the date and the publisher and the title of report.\n"
        listed = columns(run("articles", "list")[1])
        assert ["report", "2023-03", "Ex", "4", "1", "0", "Another"] in listed
        assert run("articles", "edit", "report", "--date", "2023")[0] == 0
        assert run("articles", "edit", "report", "--publisher", "")[0] == 0
        assert ["report", "2023", "4", "1", "0", "Another"] in columns(run("articles", "list")[1])
        assert run("articles", "edit", "report", "--date", "2023")[2] == "Nothing is different.\n"

    @pytest.mark.parametrize(
        "arguments", [[], ["--date", "soon"], ["--url", "nowhere"], ["--title", " "], ["--title", "x" * 3_000]]
    )
    def test_an_edit_that_makes_no_sense_ends_with_2(self, run: Run, arguments: list[str]) -> None:
        code, output, message = run("articles", "edit", "report", *arguments)
        assert (code, output) == (2, "")
        assert message

    def test_one_deleted_can_be_brought_back(self, run: Run, given: Path) -> None:
        code, _, message = run("articles", "delete", "report", "page")
        assert code == 0
        assert message.count("brings it back until") == 2
        assert columns(run("articles", "list")[1]) == []
        assert sorted(row[0] for row in columns(run("articles", "deleted")[1])) == ["page", "report"]
        assert run("articles", "restore", "report", "page")[::2] == (0, "2 articles brought back.\n")
        assert len(columns(run("articles", "list")[1])) == 2
        assert run("articles", "deleted")[2] == "Nothing can be brought back.\n"

    def test_of_two_to_be_deleted_none_is_where_one_is_not_there(self, run: Run, given: Path) -> None:
        assert run("articles", "delete", "report", "none")[0] == 1
        assert len(columns(run("articles", "list")[1])) == 2

    def test_the_original_comes_back_byte_for_byte(self, run: Run, given: Path, tmp_path: Path) -> None:
        there = tmp_path / "again.html"
        assert run("articles", "original", "page", there)[0] == 0
        assert there.read_bytes() == (given / "b.html").read_bytes()
        assert run("articles", "original", "none")[0] == 1

    def test_what_a_stranger_wrote_moves_no_cursor(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text('{"title": "A\\u001b[2Jb", "text": "“One,\u200e” she said."}', "utf-8")
        assert "\x1b" not in run("ingest", tmp_path / "a.json")[1]
        listed = run("articles", "list")[1]
        assert "\x1b" not in listed
        assert "A [2Jb" in listed


class TestSpeakers:
    def test_one_gets_another_name(self, run: Run, given: Path) -> None:
        ((slug, *rest),) = columns(run("speakers", "list")[1])
        assert rest == ["person", "2", "0", "Ann"]
        assert run("speakers", "rename", slug, "Ann Lee")[2] == "Ann is Ann Lee now.\n"
        assert columns(run("speakers", "list")[1]) == [[slug, "person", "2", "0", "Ann", "Lee"]]
        assert run("speakers", "rename", slug, "Ann Lee")[2] == "That is the name already.\n"
        assert run("speakers", "rename", slug, " ")[0] == 2
        assert run("speakers", "rename", "nobody", "Ann")[0] == 1


class TestReanalyse:
    def test_without_anything_it_says_which_pipelines_there_are(self, run: Run, given: Path) -> None:
        code, output, message = run("reanalyse")
        assert code == 0
        assert sum(int(row[0]) for row in columns(output)) == 2
        assert "2 articles; --older takes" in message

    def test_articles_are_analysed_again(self, run: Run, given: Path) -> None:
        code, output, _ = run("reanalyse", "report")
        assert (code, table(output)) == (0, [["updated", "Report", "/articles/report", "1 quote, 0 indirect."]])
        assert [row[0] for row in table(run("reanalyse", "--all")[1])] == ["updated"] * 2

    def test_those_of_an_older_pipeline_are_analysed_again(
        self, run: Run, given: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipelines = [row[1] for row in columns(run("reanalyse")[1])]
        newest = SimpleNamespace(Analyser=lambda name: SimpleNamespace(fingerprint=pipelines[0]))
        monkeypatch.setitem(sys.modules, "app.nlp.pipeline", newest)
        code, output, message = run("reanalyse", "--older")
        assert code == 0
        if len(pipelines) == 1:
            assert (output, message) == ("", "There is nothing to analyse again.\n")

    def test_what_makes_no_sense_ends_with_2_and_what_is_not_there_with_1(self, run: Run) -> None:
        assert run("reanalyse", "--all", "--older")[0] == 2
        assert run("reanalyse", "none")[::2] == (1, "communique: There is no article “none”.\n")


class TestFeed:
    def test_one_is_added_listed_polled_and_removed(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        site = Site({URL: rss(1, 2, 3)})
        monkeypatch.setattr("app.ingest.feeds.fetch", site)
        monkeypatch.setattr("app.ingest.feeds.add_feed.__kwdefaults__", {"every": 30, "latest": 10, "fetch": site})
        monkeypatch.setattr("app.ingest.feeds.poll_feed.__kwdefaults__", {"fetch": site})
        assert run("feed", "list")[2].startswith("No feeds are looked at")
        code, output, message = run("feed", "add", URL, "--every", "60", "--latest", "2")
        assert (code, table(output)) == (0, [["1", "The Example", URL]])
        assert message.startswith("It has 3 entries; 2 of them are queued")
        assert columns(run("feed", "list")[1])[0][:6] == ["1", "The", "Example", URL, "60", "min"]
        site.pages[URL] = rss(1, 2, 3, 4)
        assert run("feed", "poll", "--due")[:2] == (0, "")
        code, output, message = run("feed", "poll")
        assert (code, table(output)) == (0, [["1", "ok", "The Example", "1 new"]])
        assert message.startswith("1 document queued")
        site.pages[URL] = FetchError("There is nothing at this address (404).")
        assert run("feed", "poll", URL)[:2] == (1, "1\tfailed\tThe Example\tThere is nothing at this address (404).\n")
        assert "(404)" in run("feed", "list")[1]
        assert run("feed", "remove", "1")[2] == "The Example is looked at no more.\n"
        assert run("feed", "remove", "1")[0] == 1

    def test_an_address_that_is_not_fetched_is_one_sentence(self, run: Run) -> None:
        code, output, message = run("feed", "add", "http://127.0.0.1/feed")
        assert (code, output, message.count("\n")) == (1, "", 1)
