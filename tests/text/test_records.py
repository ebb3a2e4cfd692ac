import csv
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import IngestError
from app.text.reading import Given, documents_in, read_document
from tests.text.making import read, refusal

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
TEXTS = st.lists(st.text(LETTERS, min_size=1).filter(str.strip), min_size=1, max_size=6)


def records(data: bytes | str, name: str) -> list[tuple[dict[str, str], str]]:
    raw = data.encode() if isinstance(data, str) else data
    return [(json.loads(record), known.name) for record, known in documents_in(raw, Given(name=name))]


@given(TEXTS)
def test_lines_come_out_as_they_went_in(texts: list[str]) -> None:
    data = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    assert [record["text"] for record, _ in records(data, "a.jsonl")] == texts


@given(TEXTS)
def test_rows_come_out_as_they_went_in(texts: list[str]) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([["title", "text"], *(["A", text] for text in texts)])
    assert [record["text"] for record, _ in records(made.getvalue(), "a.csv")] == texts


@given(TEXTS)
def test_items_of_a_list_come_out_as_they_went_in(texts: list[str]) -> None:
    data = json.dumps([{"text": text} for text in texts], indent=1)
    assert [record["text"] for record, _ in records(data, "a.json")] == texts


def test_a_record_says_where_it_stands() -> None:
    assert [name for _, name in records('{"text": "a"}\n\n{"text": "b"}', "a.jsonl")] == [
        "a.jsonl line 1",
        "a.jsonl line 3",
    ]
    assert [name for _, name in records("text;x\na;1\n\nb;2", "a.csv")] == ["a.csv row 2", "a.csv row 4"]


def test_a_document_of_another_kind_holds_itself() -> None:
    known = Given(name="a.txt")
    assert list(documents_in(b"Words.", known)) == [(b"Words.", known)]
    assert list(documents_in(b'{"text": "a"}', Given(name="a.json"))) == [(b'{"text": "a"}', Given(name="a.json"))]


@pytest.mark.parametrize("data", ['{"text": "a"}\nnonsense\n{"text": "b"}', '[{"text": "a"}, nonsense, {"text": "b"}]'])
def test_a_broken_record_fails_with_its_own_sentence(data: str) -> None:
    found = list(documents_in(data.encode(), Given(name="a.jsonl" if data[0] == "{" else "a.json")))
    record, known = found[1]
    with pytest.raises(IngestError, match="This is not JSON"):
        read_document(record, known, max_characters=100)


def test_columns_are_known_by_their_names() -> None:
    head = "\ufeffHeadline\tLink\tSource\tPublished\tFull text\n"
    data = head + "Leaders meet\thttps://a.example/b\tThe Post\t2024-05\tThey met.\n"
    ((record, known),) = documents_in(data.encode(), Given(name="a.csv"))
    article = read_document(record, known, max_characters=100).article
    assert (article.title, article.url, article.publisher) == ("Leaders meet", "https://a.example/b", "The Post")
    assert (article.text, str(article.date)) == ("They met.", "2024-05-01")


def test_the_longest_column_holds_the_texts_where_no_name_says_so() -> None:
    data = "id,words\n" + "".join(f'{n},"{"They met, and spoke. " * 10}"\n' for n in range(3))
    assert records(data, "a.csv")[0][0]["text"].startswith("They met, and spoke.")


def test_a_table_without_texts_names_its_columns() -> None:
    with pytest.raises(
        IngestError, match="No column of this table holds texts: call it “text”; its columns are “id”, “n”"
    ):
        list(documents_in(b"id,n\n1,2\n", Given(name="a.csv")))


def test_a_table_of_a_spreadsheet_in_utf_16_is_read() -> None:
    assert records("text\tx\nÄhren\t1\n".encode("utf-16"), "a.csv")[0][0]["text"] == "Ähren"
    assert records("text;x\nÄhren und Körner;1\n".encode("cp1252"), "a.csv")[0][0]["text"] == "Ähren und Körner"


def test_csv_keeps_the_limit_of_the_process() -> None:
    before = csv.field_size_limit()
    assert len(records("text,x\n" + "word " * 100_000 + ",1", "a.csv")[0][0]["text"]) == 500_000
    assert csv.field_size_limit() == before


def test_one_record_is_read_and_several_are_refused() -> None:
    assert read('{"text": "They met."}\n', "a.jsonl").article.text == "They met."
    assert "more than one article" in refusal('{"text": "a"}\n{"text": "b"}\n')


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_memory_does_not_grow_with_the_number_of_records(name: str) -> None:
    line = b'{"text": "They met in Halden."}\n' if name == "a.jsonl" else b'A,"They met,\nin Halden."\n'
    data = (b"" if name == "a.jsonl" else b"title,text\n") + line * 50_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in documents_in(data, Given(name=name))) == 50_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 500_000


def test_pages_in_json_go_the_way_of_pages() -> None:
    page = "<p>The leaders of Norland met in Halden.</p><p>They spoke for hours about the price of grain.</p>"
    document = read(json.dumps({"html": page, "title": "Talks", "author": ["Ann Klein", "Bo Brandt"]}))
    assert document.article.text.startswith("The leaders of Norland met in Halden.\n\nThey spoke")
    assert (document.article.title, document.article.byline) == ("Talks", "Ann Klein, Bo Brandt")
