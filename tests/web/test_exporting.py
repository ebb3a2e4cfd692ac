"""Files of quotes hold what the list shows, as independent readers see it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rdflib import RDF, Graph, Namespace
from sqlalchemy import Engine

from app.domain import Article, AttributionKind
from app.store.articles import add_article
from tests.factories import make_analysis, numbered, person, say, summit
from tests.web.conftest import client_of, read

OA = Namespace("http://www.w3.org/ns/oa#")
NASTY = ("=1+2", "+49 30", "-2 per cent", "@home", 'a "quoted" word', "a; b, c", "Ünïcødé 中文 مرحبا 🎈", "two\nlines")


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """Some articles, one with words that a spreadsheet could take for something else."""
    text = "\n".join(f"“{words}” is what she said." for words in NASTY)
    said = [say(text, words, speaker=person("=HYPERLINK(1)"), topics=("us",)) for words in NASTY]
    with sqlite_engine.begin() as conn:
        for number in range(9):
            add_article(conn, *numbered(number, 3))
        add_article(conn, Article("Silent", "Nothing was said."), make_analysis("Nothing was said."))
        add_article(conn, *summit())
        add_article(conn, Article("+Nasty", text, url="https://example.org/a?b=c&d"), make_analysis(text, *said))
    return client_of(sqlite_engine)


def every_quote(client: TestClient, query: str) -> list[dict[str, object]]:
    found, path = [], f"/search.json?{query}"
    while path:
        page = client.get(path).json()
        found += page["items"]
        path = page["next"]
    return found


def as_csv(client: TestClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/search.csv?{query}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def plain(cell: str) -> str:
    return cell.removeprefix("'") if cell[:1] == "'" and cell[1:2] in {*"=+-@\t\r"} else cell


filters = st.fixed_dictionaries(
    {},
    optional={
        "topic": st.sampled_from(["energy", "nato", "us", "other"]),
        "kind": st.sampled_from([kind.value for kind in AttributionKind]),
        "order": st.sampled_from(["date", "newest"]),
        "corrected": st.sampled_from(["yes", "no"]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=filters)
def test_every_file_has_the_quotes_of_the_list_in_its_order(library: TestClient, chosen: dict[str, str]) -> None:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    shown = every_quote(library, query)
    ids = [item["id"] for item in shown]

    rows = as_csv(library, query)
    assert [row["id"] for row in rows] == ids
    assert [plain(row["quote"]) for row in rows] == [item["text"] for item in shown]
    assert {row["export_quotes"] for row in rows} <= {str(len(ids))}

    book = load_workbook(io.BytesIO(library.get(f"/search.xlsx?{query}").content))
    head, *sheet = list(book["Quotes"].values)
    assert [row[0] for row in sheet] == ids
    assert [row[head.index("quote")] for row in sheet] == [item["text"] for item in shown]
    about = {str(row[0]): row[1] for row in book["About"].values}
    assert about["quotes"] == str(len(ids))

    lines = library.get(f"/search.jsonl?{query}").text.splitlines()
    records = [json.loads(line) for line in lines]
    assert [{k: v for k, v in record.items() if k != "export"} for record in records] == shown
    assert all(record["export"]["filters"] == chosen or "order" in chosen for record in records)

    notes = library.get(f"/search.jsonld?{query}").json()
    assert notes["total"] == len(ids)
    assert [note["id"].rsplit(":", 1)[1] for note in notes["first"]["items"]] == ids


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib of itself
def test_annotations_are_linked_data_with_selectors_that_find_the_words(library: TestClient) -> None:
    answer = library.get("/search.jsonld?topic=us")
    assert answer.headers["content-type"].startswith("application/ld+json")
    note = answer.json()["first"]["items"][0]
    text = library.get("/articles/nasty.json").json()["text"]
    quoted, placed = note["target"]["selector"]
    start, end = placed["start"], placed["end"]
    assert text[start:end] == quoted["exact"]
    assert text[start - len(quoted["prefix"]) : start] == quoted["prefix"]
    assert text[end : end + len(quoted["suffix"])] == quoted["suffix"]
    assert note["target"]["source"] == "https://example.org/a?b=c&d"
    # The context stands on the network, where tests do not go; its few terms that we use are these.
    terms = {"@vocab": str(OA), "id": "@id", "type": "@type"}
    graph = Graph().parse(data=json.dumps({**note, "@context": terms}), format="json-ld")
    assert len(list(graph.subjects(RDF.type, OA.Annotation))) == 1
    assert {str(value) for value in graph.objects(None, OA.exact)} == {quoted["exact"]}


def test_a_file_says_what_it_is(library: TestClient) -> None:
    answer = library.get("/search.csv?topic=energy&kind=direct")
    assert 'filename="communique-energy-direct-' in answer.headers["content-disposition"]
    [row, *_] = as_csv(library, "topic=energy&kind=direct")
    assert row["export_view"] == "/search?topic=energy&kind=direct"
    assert row["export_program"].startswith("Communiqué ")
    book = load_workbook(io.BytesIO(library.get("/search.xlsx?topic=energy").content))
    about = {str(name): value for name, value in book["About"].values}
    assert about["filters"] == "topic=energy"
    assert about["exported"]


def test_nothing_is_calculated_from_what_somebody_said(library: TestClient) -> None:
    for row in as_csv(library, "topic=us"):
        assert not row["quote"].startswith(("=", "+", "-", "@"))
        assert row["speaker"] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(library.get("/search.xlsx?topic=us").content))
    assert {cell.data_type for row in book["Quotes"].iter_rows(min_row=2) for cell in row} <= {"s", "n"}


def test_lists_offer_their_files_and_wrong_filters_are_told(library: TestClient) -> None:
    links = read(library.get("/topics/nato?kind=mixed").text).links
    assert {f"/search.{ending}?topic=nato&kind=mixed" for ending in ("csv", "xlsx", "jsonl", "jsonld")} <= set(links)
    assert "/search.csv?kind=direct&order=date" in read(library.get("/search?kind=direct&order=date").text).links
    assert library.get("/search.csv?topic=nope").status_code == 400
    assert library.get("/search.csv?q=%22").status_code == 400
    assert library.get("/search.csv?q=topic:nope").status_code == 400
    for path in ("/search.odt", "/articles.csv"):
        answer = library.get(path)
        assert answer.status_code == 404
        assert "Its name can end with" in read(answer.text).text
    head = library.head("/search.xlsx")
    assert (head.status_code, head.content) == (200, b"")
    empty = library.get("/search.csv?topic=us&kind=indirect")
    assert len(empty.text.splitlines()) == 1


def test_articles_come_with_their_texts_and_quotes(library: TestClient) -> None:
    lines = [json.loads(line) for line in library.get("/articles.jsonl").text.splitlines()]
    shown = library.get("/articles.json").json()
    assert [line["slug"] for line in lines] == [item["slug"] for item in shown["items"]]
    assert [line["slug"] for line in lines if not line["quotes"]] == ["silent"]
    assert sum(len(line["quotes"]) for line in lines) == library.get("/search.json").json()["total"]
    for line in lines:
        assert [line["text"][one["start"] : one["end"]] for one in line["quotes"]] == [
            one["text"] for one in line["quotes"]
        ]
    narrow = [json.loads(line) for line in library.get("/articles.jsonl?topic=nato&kind=mixed").text.splitlines()]
    assert [line["slug"] for line in narrow] == ["leaders-meet-in-beijing"]
    assert [one["kind"] for one in narrow[0]["quotes"]] == ["mixed"]
    assert library.get("/articles.jsonl?q=topic:nope").status_code == 400
    assert "/articles.jsonl?kind=mixed" in read(library.get("/articles?kind=mixed").text).links


def test_direct_quotes_are_quotations_of_schema_org(library: TestClient) -> None:
    found = library.get("/search.schema.jsonld?topic=energy").json()
    shown = [item for item in every_quote(library, "topic=energy") if item["kind"] == "direct"]
    assert [one["text"] for one in found["hasPart"]] == [item["text"] for item in shown]
    both = next(one for one in found["hasPart"] if one["text"].startswith("We will build"))
    assert both["creator"] == [
        {"@type": "Person", "name": "Xi Jinping"},
        {"@type": "Person", "name": "Vladimir Putin"},
    ]
    assert both["isPartOf"]["datePublished"] == "2024-05-16"


def test_brat_finds_its_words_where_it_is_told(library: TestClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(library.get("/articles.brat.zip").content))
    names = set(archive.namelist())
    articles = library.get("/articles.json").json()["items"]
    assert names == {"annotation.conf", *(f"{one['slug']}.{end}" for one in articles for end in ("txt", "ann"))}
    quotes = 0
    for one in articles:
        text = archive.read(f"{one['slug']}.txt").decode()
        lines = archive.read(f"{one['slug']}.ann").decode().splitlines()
        bound = {line.split("\t")[0]: line.split("\t") for line in lines if line.startswith("T")}
        for _, told, words in bound.values():
            spans = [[int(end) for end in span.split()] for span in told.split(" ", 1)[1].split(";")]
            assert " ".join(text[start:end] for start, end in spans) == words
        quotes += sum(told.startswith("Quote ") for _, told, _ in bound.values())
        for line in lines:
            for name in re.findall(r"Arg\d:(T\d+)", line):
                assert name in bound
    assert quotes == library.get("/search.json").json()["total"]


def test_the_page_of_a_list_is_offered_where_its_files_are_and_has_its_quotes(library: TestClient) -> None:
    for path in ("/search?kind=direct", "/topics/energy", "/articles?kind=direct"):
        links = [link for link in read(library.get(path).text).links if link.startswith("/search.html")]
        assert len(links) == 1
        answer = library.get(links[0])
        assert answer.headers["content-disposition"].endswith('.html"')
        ids = re.findall(r'<figure [^>]*data-quote="([^"]+)"', answer.text)
        assert ids == [item["id"] for item in every_quote(library, links[0].partition("?")[2])]
    assert "/search.html?article=nasty" in read(library.get("/articles/nasty").text).links
    assert library.head("/search.html").content == b""


def test_a_page_too_large_is_neither_offered_nor_made(library: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("app.web.listing.MOST_QUOTES", "app.present.standalone.kind.MOST_QUOTES"):
        monkeypatch.setattr(name, 1)
    for path in ("/search", "/articles"):
        assert not [link for link in read(library.get(path).text).links if link.startswith("/search.html")]
    answer = library.get("/search.html")
    assert answer.status_code == 413
    assert "--static DIR" in answer.text
