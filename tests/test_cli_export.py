"""``communique export``, as a person meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook

from tests.commands import Run, library, run
from tests.test_cli_search import filled

__all__ = ["filled", "library", "run"]


def test_the_ending_of_the_file_says_what_it_is(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "energy.csv"
    code, output, message = run("export", str(target), "--topic", "Energy")
    assert (code, output) == (0, "")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert message == f"{len(rows)} quotes.\n"
    assert {row["topic_ids"] for row in rows} == {"energy"}
    assert run("export", str(tmp_path / "all.xlsx"))[0] == 0
    assert load_workbook(tmp_path / "all.xlsx").sheetnames == ["Quotes", "About"]
    assert sorted(path.name for path in tmp_path.glob("*.*")) >= ["all.xlsx", "energy.csv"]


def test_quotes_go_to_standard_output_line_by_line(run: Run) -> None:
    code, output, _ = run("export", "-", "--format", "jsonl", "--query", "energy -nato", "--from", "2024-01-01")
    assert code == 0
    found = [json.loads(line) for line in output.splitlines()]
    assert found
    assert {one["article"]["title"] for one in found} == {"Leaders meet in Beijing"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["quotes.odt"], "html, csv, xlsx, jsonl, jsonld, schema.jsonld"),
        (["quotes.xlsx", "--articles"], "jsonl, brat.zip"),
        (["nowhere/quotes.csv"], "cannot be written"),
        (["quotes.csv", "--query", '"'], "quotation"),
        (["quotes.csv", "--topic", "nope"], "There is no topic"),
        (["quotes.csv", "--article", "nope"], "There is no article"),
        (["quotes.csv", "--html", "quotes.html"], "one place"),
        ([], "one place"),
        (["--articles", "--html", "quotes.html"], "--articles"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    code, output, message = run("export", *given)
    assert code != 0
    assert output == ""
    assert told in " ".join(message.split())
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    target.write_text("mine")
    code, _, message = run("export", str(target))
    assert code == 1
    assert "--overwrite" in message
    assert target.read_text() == "mine"
    assert run("export", str(target), "--overwrite")[0] == 0
    assert target.read_text(encoding="utf-8-sig").startswith("id,quote,")


def test_articles_that_are_taken_out_go_in_as_the_same(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.md").write_text("# Title\n\nHe said: “No.”\n\n- “one”\n- two\n")
    (given / "b.html").write_text("<article><h1>Page</h1><p>“Yes,” said Ann.</p><h2>More</h2><p>“No.”</p></article>")
    (given / "c.json").write_text(
        '{"title": "Dated", "text": "“One.” “Two.”", "date": "2023-03", "byline": "Ann Lee", "publisher": "The Day",'
        ' "url": "https://example.org/1"}'
    )
    assert run("ingest", str(given), "--database", str(first))[0] == 0
    found = []
    for database, name in ((first, "one.jsonl"), (second, "two.jsonl")):
        target = tmp_path / name
        assert run("export", str(target), "--articles", "--database", str(database))[0] == 0
        found.append({line["title"]: line for line in map(json.loads, target.read_text().splitlines())})
        if database is first:
            assert run("ingest", str(target), "--database", str(second))[0] == 0
    assert set(found[0]) == {"Title", "Page", "Dated"}
    for lines in found:
        for line in lines.values():
            del line["added"], line["pipeline"]
    for title, line in found[0].items():
        for name, value in line.items():
            assert (title, name, value) == (title, name, found[1][title][name])
    assert found[0]["Page"]["paragraphs"][0]["kind"] == "headline" or len(found[0]["Page"]["paragraphs"]) > 2
    assert run("export", "x.csv", "--articles")[0] == 2


def test_a_page_is_written_by_its_ending_and_by_its_option_under_the_same_filters(run: Run, tmp_path: Path) -> None:
    pages = {}
    for name, given in (("a.html", ()), ("b", ("--html",))):
        code, output, message = run("export", *given, tmp_path / name, "--topic", "Energy", "--from", "2024-01-01")
        assert (code, output) == (0, "")
        assert message.endswith(" quotes.\n") or message == "1 quote.\n"
        pages[name] = lxml_html.document_fromstring((tmp_path / name).read_bytes().decode())
    found = [[one.get("data-quote") for one in page.iterfind(".//figure[@data-quote]")] for page in pages.values()]
    assert found[0]
    assert found[0] == found[1]
    _, output, _ = run("export", "-", "--format", "jsonl", "--topic", "Energy", "--from", "2024-01-01")
    assert [json.loads(line)["id"] for line in output.splitlines()] == found[0]


def test_an_article_is_a_page_with_its_text(run: Run, tmp_path: Path) -> None:
    assert run("export", "--html", tmp_path / "a.html", "--article", "leaders-meet-in-beijing")[0] == 0
    page = lxml_html.document_fromstring((tmp_path / "a.html").read_bytes().decode())
    assert page.find(".//h1").text == "Leaders meet in Beijing"
    assert page.xpath("//div[@class='text']")


def test_a_page_too_large_is_refused_and_nothing_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.present.standalone.kind.MOST_QUOTES", 1)
    code, _, message = run("export", "--html", tmp_path / "all.html")
    assert code == 1
    assert "--static DIR" in message
    assert not list(tmp_path.glob("*.html"))


def test_a_folder_of_pages_is_written_and_written_anew(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    for _ in range(2):
        code, output, message = run("export", "--static", folder)
        assert (code, output) == (0, "")
        assert "Open index.html in it." in message
        (folder / "stale.html").write_text("stale")
    assert run("export", "--static", folder, "--topic", "energy")[0] == 0
    assert not (folder / "stale.html").exists()
    assert not (folder / "articles").exists()
    assert (folder / "index.html").is_file()
    assert (folder / "one-page.html").is_file()
    assert json.loads((folder / ".communique-pages.json").read_text("utf-8"))["filters"] == "topic=energy"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["public"]


@pytest.mark.parametrize("there", ["file", "folder"])
def test_what_is_not_ours_is_never_replaced(run: Run, tmp_path: Path, there: str) -> None:
    target = tmp_path / "public"
    if there == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    code, _, message = run("export", "--static", target)
    assert code == 1
    assert "name a" in message
    assert (target if there == "file" else target / "mine.txt").read_text() == "mine"


def test_half_a_folder_is_never_left(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "public"
    assert run("export", "--static", folder)[0] == 0
    before = sorted(folder.rglob("*"))

    def broken(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.web.folder.writing.write_pages", broken)
    code, _, message = run("export", "--static", folder, "--topic", "energy")
    assert code == 1
    assert "No space left" in message
    assert sorted(folder.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["public"]
