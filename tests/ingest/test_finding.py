"""What the words of a command line stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.ingest.finding import Address, File, Found, LeftOut, Unread, find, shown


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.txt", ".hidden", ".git/config", "style.css"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    return tmp_path / "in"


def places(*words: str) -> list[str]:
    return [one.place for one in find(words) if isinstance(one, File)]


def others(*words: str) -> list[Found]:
    return [one for one in find(words) if not isinstance(one, File)]


def test_a_folder_is_walked_to_its_end_sorted_and_what_it_hides_is_named(folder: Path) -> None:
    assert places("in") == ["in/a.txt", "in/b.txt", "in/sub/c.txt", "in/sub/deep/d.txt"]
    assert others("in") == [
        LeftOut("in", (".git", ".hidden"), "is hidden"),
        LeftOut("in", ("style.css",), "belongs to web pages"),
    ]


def test_what_is_named_itself_is_read_whatever_it_is_called(folder: Path) -> None:
    assert places("in/.hidden", "in/style.css", "none.txt") == ["in/.hidden", "in/style.css", "none.txt"]


def test_the_folder_of_a_saved_page_is_left_out_and_one_of_that_name_alone_is_not(folder: Path) -> None:
    for name in ("page.html", "page_files/ad.html", "old_files/e.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    assert "in/old_files/e.txt" in places("in")
    assert "in/page_files/ad.html" not in places("in")
    assert LeftOut("in", ("page_files", "style.css"), "belongs to web pages") in others("in")


def test_a_pattern_is_ours_to_expand_and_a_file_of_that_name_comes_first(folder: Path) -> None:
    assert places("in/*.txt") == ["in/a.txt", "in/b.txt"]
    assert places("in/**/*.txt") == ["in/a.txt", "in/b.txt", "in/sub/c.txt", "in/sub/deep/d.txt"]
    assert places("in/**") == ["in/a.txt", "in/b.txt", "in/style.css", "in/sub/c.txt", "in/sub/deep/d.txt"]
    assert places("in/su?") == ["in/sub/c.txt", "in/sub/deep/d.txt"]
    assert others("in/*.pdf") == [Unread("in/*.pdf", "Nothing is called like this.")]
    (folder / "[1].txt").write_text("x", "utf-8")
    assert places("in/[1].txt") == ["in/[1].txt"]


def test_addresses_are_told_from_files(folder: Path) -> None:
    assert others("https://example.org/a", "HTTP://example.org") == [
        Address("https://example.org/a"),
        Address("HTTP://example.org"),
    ]
    (bad,) = others("ftp://example.org/a")
    assert isinstance(bad, Unread)
    assert "give one with https://" in bad.reason
    assert places("-") == ["standard input"]


def test_what_is_no_file_is_named_and_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "broken").symlink_to("nowhere")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "link.txt").symlink_to(folder / "a.txt")
    unread = {one.place: one.reason for one in others("in") if isinstance(one, Unread)}
    assert unread == {
        "in/broken": "There is no such file.",
        "in/pipe": "This is no file.",
        "in/round": "This is a link to a folder; name that folder itself.",
    }
    assert "in/link.txt" in places("in")


def test_a_folder_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert Unread("in/sub", "You may not read this.") in others("in")


def test_the_library_in_the_folder_is_no_document(folder: Path) -> None:
    found = find(["in", "in/*.txt"], besides=[folder / "a.txt"])
    assert [one.place for one in found if isinstance(one, File)] == [
        "in/b.txt",
        "in/sub/c.txt",
        "in/sub/deep/d.txt",
        "in/b.txt",
    ]


def test_names_are_shown_without_what_moves_a_cursor_or_is_no_character(folder: Path) -> None:
    name = os.fsdecode(b"a\xff\x1b[2Jb\n.txt")
    (folder / name).write_text("x", "utf-8")
    assert "in/a��[2Jb�.txt" in places("in")
    assert shown("Erklärung 宣言.txt") == "Erklärung 宣言.txt"
    assert File(Path("../../etc") / name, "x").name == "a��[2Jb�.txt"
