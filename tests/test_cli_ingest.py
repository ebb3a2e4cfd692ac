"""``communique ingest`` as a person or another program meets it."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.errors import StoreError
from app.ingest.library import open_library
from app.settings import load_settings
from app.store.articles import list_articles
from app.store.job_lists import list_jobs, progress
from app.store.rows import ArticleRow
from tests.commands import Run, library, run, table

__all__ = ["library", "run"]


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, words in texts.items():
        (folder / name.replace("_", ".")).write_text(words, "utf-8")


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def articles(url: str) -> list[ArticleRow]:
    engine = open_library(load_settings(database_url=url))
    with engine.connect() as conn:
        found = list_articles(conn, limit=100).items
    engine.dispose()
    return list(found)


def test_a_folder_of_many_kinds_goes_in_and_every_document_is_a_line(run: Run, library: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(
        folder,
        a_txt="Report\n“It is so,” she said. “So it is.”",
        b_md="# Title\n\nHe said: “No.”\n\n- [one](https://example.org/1)\n- two\n",
        c_html="<html><body><article><h1>Page</h1><p>“Yes,” said Ann.</p></article></body></html>",
        d_json='{"title": "Alone", "text": "“One.”"}',
        e_json='[{"text": "“In a list.”"}, {"text": "“In a list too.”"}]',
        f_jsonl='{"text": "“Line.”"}\nnonsense\n{"text": "REFUSE"}\n',
        g_csv='title,text\nRow,"“In a row,\nand the next.”"\n',
        h_txt="",
        i_txt="Report\n“It is so,” she said. “So it is.”",
    )
    write(folder / "sub", z_txt="“Deep.”")
    code, output, message = run("ingest", folder)
    found = {name: (status, address, what) for status, name, address, what in table(output)}
    assert code == 1
    first = folder / "a.txt"
    assert found[str(first)] == ("added", "/articles/report", "2 quotes, 0 indirect.")
    assert {name: status for name, (status, _, _) in found.items()} == {
        str(first): "added",
        str(folder / "b.md"): "added",
        str(folder / "c.html"): "added",
        str(folder / "d.json"): "added",
        "e.json item 1": "added",
        "e.json item 2": "added",
        "f.jsonl line 1": "added",
        "f.jsonl line 2": "failed",
        "f.jsonl line 3": "failed",
        "g.csv row 2": "added",
        str(folder / "h.txt"): "failed",
        str(folder / "i.txt"): "known",
        str(folder / "sub" / "z.txt"): "added",
    }
    assert found["f.jsonl line 3"] == ("failed", "-", "There is no pipeline.")
    assert "13 documents in" in message
    assert ": 9 added, 1 known, 3 failed." in message
    assert len(articles(library)) == 9


def test_the_same_again_is_known_and_ends_with_0(run: Run, library: str, tmp_path: Path) -> None:
    write(tmp_path / "in", a_txt="Report\n“One.”")
    run("ingest", tmp_path / "in")
    code, output, _ = run("ingest", tmp_path / "in" / "*.txt")
    assert (code, table(output)[0][0]) == (0, "known")
    assert len(articles(library)) == 1


def test_standard_input_is_one_document(run: Run, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "From a pipe\n“One.”".encode())
    code, output, _ = run("ingest", "-", "--publisher", "The Example", "--date", "2023-03", "--title", "Mine")
    assert (code, table(output)[0][:3]) == (0, ["added", "standard input", "/articles/mine"])
    (row,) = articles(library)
    assert (row.title, row.publisher, str(row.date), row.date_precision) == (
        "Mine",
        "The Example",
        "2023-03-01",
        "month",
    )


def test_standard_input_is_many_documents_where_it_is_lines_of_json(
    run: Run, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": n, "text": f"“Text {n}.” " + "word " * 2_000}) for n in range(3)]
    feed(monkeypatch, "\n".join(lines).encode())
    code, output, _ = run("ingest", "-")
    assert (code, [row[:2] for row in table(output)]) == (0, [["added", f"line {n}"] for n in (1, 2, 3)])


def test_what_cannot_be_read_is_a_line_each_and_the_others_go_in(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", good_txt="“Good.”")
    words = ["none.txt", "no*ne", "ftp://example.org/a", "http://127.0.0.1/a", tmp_path / "in"]
    code, output, _ = run("ingest", *words)
    assert code == 1
    assert [row[0] for row in table(output)] == ["failed"] * 4 + ["added"]
    reasons = ["no such file", "Nothing is called like this", "ftp:// cannot be read", "only public sites"]
    for reason, row in zip(reasons, table(output), strict=False):
        assert reason in row[3]


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.txt", "b.txt", "--title", "T"],
        ["a.txt", "--date", "soon"],
        ["a.txt", "--url", "nowhere"],
        ["in", "--title", "T"],
        ["a.txt", "--workers", "0"],
    ],
)
def test_options_that_make_no_sense_end_with_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    write(tmp_path / "in", a_txt="“A.”", b_txt="“B.”")
    monkeypatch.chdir(tmp_path)
    code, output, message = run("ingest", *arguments)
    assert (code, output) == (2, "")
    assert message


def test_a_title_for_a_file_of_many_documents_is_refused(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", a_jsonl='{"text": "“A.”"}\n{"text": "“B.”"}\n')
    code, output, _ = run("ingest", tmp_path / "in" / "a.jsonl", "--title", "T")
    assert code == 1
    assert "holds many documents" in output


def test_quiet_prints_what_failed_and_nothing_else(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", a_txt="“A.”", b_txt="", c_txt="REFUSE", d_json='[{"text": "“D.”"}, {"text": "“E.”"}]')
    code, output, message = run("ingest", "--quiet", tmp_path / "in")
    assert (code, message) == (1, "")
    assert [row[0] for row in table(output)] == ["failed", "failed"]


def test_no_wait_only_queues_and_the_next_ingest_goes_on(run: Run, library: str, tmp_path: Path) -> None:
    write(tmp_path / "in", a_txt="“A.”", b_txt="“B.”")
    code, output, message = run("ingest", "--no-wait", tmp_path / "in")
    assert (code, output) == (0, "")
    assert message.startswith("Queued 2 documents as batch ")
    assert articles(library) == []
    write(tmp_path / "more", c_txt="“C.”")
    code, output, message = run("ingest", tmp_path / "more")
    assert (code, [row[1] for row in table(output)]) == (0, [str(tmp_path / "more" / "c.txt")])
    assert "2 documents of before wait; they are read too." in message
    assert "Of before: 2 documents" in message
    assert len(articles(library)) == 3


def test_an_interruption_ends_with_130_and_loses_nothing(
    run: Run, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    write(tmp_path / "in", a_txt="“A.”", b_txt="“B.”")
    with monkeypatch.context() as patched:
        patched.setattr("app.cli.working.time.sleep", interrupted)
        code, output, message = run("ingest", tmp_path / "in")
    assert (code, output) == (130, "")
    assert "Stopped. 2 documents go on with the next" in message
    assert "Traceback" not in message
    assert "Not all was queued" not in message
    with monkeypatch.context() as patched:
        patched.setattr("app.ingest.delivery.queue_documents", interrupted)
        assert "Not all was queued: give it again" in run("ingest", tmp_path / "in")[2]
    assert run("ingest", "none.txt")[0] == 1
    assert len(articles(library)) == 2


def test_a_full_disk_is_one_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def queue(*arguments: object, **more: object) -> None:
        raise StoreError("The database cannot grow: the disk is full.")

    write(tmp_path / "in", a_txt="“A.”")
    monkeypatch.setattr("app.ingest.delivery.queue_documents", queue)
    code, output, message = run("ingest", tmp_path / "in")
    assert (code, output, message) == (1, "", "communique: The database cannot grow: the disk is full.\n")


def test_a_library_that_may_only_be_read_is_one_sentence(
    run: Run, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(load_settings(database_url=library)).dispose()
    write(tmp_path / "in", a_txt="“A.”")
    monkeypatch.setattr(os, "access", lambda *args: False)  # root may write everything, so modes prove nothing
    code, output, message = run("ingest", tmp_path / "in")
    assert (code, output) == (1, "")
    assert "is read-only" in message
    assert message.count("\n") == 1


def test_few_documents_come_before_what_is_bulk(run: Run, library: str, tmp_path: Path) -> None:
    write(tmp_path / "in", **{f"a{n}_txt": f"“A {n}.”" for n in range(12)})
    write(tmp_path / "few", b_txt="“B.”")
    run("ingest", "--no-wait", "--quiet", tmp_path / "in")
    run("ingest", "--no-wait", "--quiet", tmp_path / "few")
    engine = open_library(load_settings(database_url=library))
    with engine.connect() as conn:
        assert progress(conn).queued == 13
        assert list_jobs(conn, limit=100).items[0].name == "b.txt"
    engine.dispose()
