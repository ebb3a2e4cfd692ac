from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import Article
from app.errors import IngestError
from app.text.readers import read_file

MOST = 2_000_000
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip)
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, content: bytes | str, *, most: int = MOST) -> Article:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path, max_characters=most)


def refusal(path: Path, content: bytes | str, *, most: int = MOST) -> str:
    with pytest.raises(IngestError) as caught:
        read(path, content, most=most)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", ")"))
    return message


@pytest.fixture
def txt(tmp_path: Path) -> Path:
    return tmp_path / "report.txt"


@pytest.fixture
def json_file(tmp_path: Path) -> Path:
    return tmp_path / "report.json"


@FILES
@given(TEXTS)
def test_a_text_comes_out_to_the_letter(txt: Path, text: str) -> None:
    assert read(txt, text).text == text.removeprefix("\ufeff")


@FILES
@given(TEXTS)
def test_a_text_in_json_comes_out_to_the_letter(json_file: Path, text: str) -> None:
    assert read(json_file, json.dumps({"text": text})).text == text
    assert read(json_file, json.dumps({"text": text}, ensure_ascii=False)).text == text


def test_line_ends_stay_as_they_are(txt: Path) -> None:
    assert read(txt, "a\r\nb\rc\n").text == "a\r\nb\rc\n"


def test_a_byte_order_mark_is_dropped_once(txt: Path, json_file: Path) -> None:
    assert read(txt, b"\xef\xbb\xbf\xef\xbb\xbfWords.").text == "\ufeffWords."
    assert read(json_file, b'\xef\xbb\xbf{"text": "Words."}').text == "Words."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Leaders meet\n\nThey met.", "Leaders meet"),
        ("\n \n  Leaders   meet \t today\r\nThey met.", "Leaders meet today"),
        ("x" * 200 + "\nmore", "x" * 200),
        ("Just one line.", "Just one line."),
        ("Just one line.\n\n", "Just one line."),
        ("word " * 60 + "\nmore", "word " * 15 + "word…"),
        ("Some words, and so on: " + "then " * 60, "Some words, and so on: " + "then " * 10 + "then…"),
        ("x" * 300, "report"),
    ],
)
def test_a_text_is_called_after_its_first_line_or_words(txt: Path, text: str, title: str) -> None:
    assert read(txt, text).title == title


def test_json_brings_all_it_knows(json_file: Path) -> None:
    record = {
        "title": " Leaders \n meet ",
        "text": "They met.",
        "url": "https://example.org/a?b=c#d",
        "publisher": "The  Example",
        "date": "2024-05-16",
        "lang": "en",
    }
    assert read(json_file, json.dumps(record)) == Article(
        "Leaders meet", "They met.", "https://example.org/a?b=c#d", "The Example", dt.date(2024, 5, 16), language="en"
    )


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_json_fields_may_be_missing_or_empty(json_file: Path, empty: str | None) -> None:
    record = {"text": "They met.", "title": empty, "url": empty, "publisher": empty, "date": empty}
    assert read(json_file, json.dumps(record)) == Article("They met.", "They met.")


@pytest.mark.parametrize("date", ["2024-05-16", "2024-05-16T23:59:00Z", "2024-05-16 08:00", "20240516"])
def test_a_date_may_have_a_time(json_file: Path, date: str) -> None:
    assert read(json_file, json.dumps({"text": "a", "date": date})).date == dt.date(2024, 5, 16)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The text is empty"),
        (b" \n\t\r\n ", "The text is blank"),
        ("\u3000\u2028 ", "The text is blank"),
        (b"before\0after", "NUL character at 7"),
    ],
)
def test_what_is_no_text_says_what_is_wrong(txt: Path, content: bytes, words: str) -> None:
    assert words in refusal(txt, content)


def test_a_text_may_be_as_long_as_the_setting_says_and_no_longer(txt: Path, json_file: Path) -> None:
    assert len(read(txt, "😀" * 1_000, most=1_000).text) == 1_000
    for path, content in ((txt, "x" * 1_001), (json_file, json.dumps({"text": "x" * 1_001}))):
        message = refusal(path, content, most=1_000)
        assert "1,001 characters; at most 1,000" in message
        assert "COMMUNIQUE_MAX_CHARACTERS" in message
    assert read(json_file, json.dumps({"text": "😀" * 1_000}), most=1_000).text == "😀" * 1_000


@pytest.mark.parametrize("name", ["huge.txt", "huge.json"])
def test_a_file_that_is_far_too_long_is_not_read_to_its_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte with nothing in it
    with pytest.raises(IngestError, match="far longer than the 2,000,000 characters"):
        read_file(path, max_characters=MOST)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": "a"', "not JSON: Expecting ',' delimiter at line 1, column 13"),
        ("", "empty"),
        ("[]", "one object"),
        ('"text"', "one object"),
        ("{}", "no “text”"),
        ('{"text": null}', "no “text”"),
        ('{"text": 5}', "“text” must be a string, not a number"),
        ('{"text": ["a"]}', "“text” must be a string, not a list"),
        ('{"text": ""}', "The text is empty"),
        ('{"text": "a\\u0000b"}', "NUL character at 2"),
        ('{"text": "a\\ud800b"}', "surrogate"),
        ('{"text": "a", "title": {"en": "b"}}', "“title” must be a string, not an object"),
        ('{"text": "a", "title": "b\\u0000"}', "“title” has a NUL"),
        ('{"text": "a", "publisher": "\\udfff"}', "“publisher” has a NUL or half of a surrogate pair"),
        ('{"text": "a", "publisher": true}', "“publisher” must be a string, not true or false"),
        ('{"text": "a", "url": "javascript:alert(1)"}', "http:// or https://"),
        ('{"text": "a", "url": "https://"}', "http:// or https://"),
        ('{"text": "a", "url": "http://[::1"}', "not an address"),
        ('{"text": "a", "url": "https://a.org/ b"}', "http:// or https://"),
        ('{"text": "a", "date": "in May"}', "a day such as 2024-05-16, not “in May”"),
        ('{"text": "a", "date": "2024-02-31"}', "a day such as"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5_000 + "}", "number too long"),
    ],
)
def test_json_that_is_no_article_says_what_is_wrong(json_file: Path, content: str, words: str) -> None:
    assert words in refusal(json_file, content)


def test_a_field_of_endless_length_is_refused(json_file: Path) -> None:
    assert "“title” has 3,000 characters" in refusal(json_file, json.dumps({"text": "a", "title": "x" * 3_000}))


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.docx", "no such file"), ("README", "no such file"), ("none.txt", "no such file")],
)
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        read_file(tmp_path / name, max_characters=MOST)


@pytest.mark.parametrize("name", ["folder", "folder.txt", "folder.json"])
def test_a_folder_says_that_it_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(IngestError, match="This is a folder"):
        read_file(tmp_path / name, max_characters=MOST)


def test_a_file_that_may_not_be_read_says_so(txt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so modes prove nothing
    with pytest.raises(IngestError, match="may not read"):
        read_file(txt, max_characters=MOST)


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(tmp_path / "A.TXT", "Words.").text == "Words."
