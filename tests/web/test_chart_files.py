"""Files of charts say what the figures say, as independent readers see it."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from sqlalchemy import Engine

from app.domain import Article
from app.present.theme import PAPER
from app.resources import resource_dir
from app.store.articles import add_article
from tests.factories import make_analysis, numbered, person, say, summit
from tests.web.conftest import client_of, read

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '=1+2 <b>&amp;</b> "quoted" \u202eO’Neil 中文'
Figure = dict[str, Any]
COMPARED = "with=topic:energy&with=topic:nato"
BARS = (
    ("", ""),
    ("/topics/energy", ""),
    ("/topics/energy", "kind=direct"),
    ("/topics/us", ""),
    ("/articles/leaders-meet-in-beijing", "chart=topic-nato"),
    ("/speakers/xi-jinping", "chart=topics"),
)
EVERY = (
    *BARS,
    ("/speakers/xi-jinping-and-vladimir-putin", "chart=time"),
    ("/time", ""),
    ("/time", "unit=month&as=lines"),
    ("/compare", COMPARED),
    ("/compare", f"{COMPARED}&by=number"),
)


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """Some articles, one with a speaker whose name a spreadsheet or a page could take for something else."""
    text = "“We are here,” somebody said."
    said = say(text, "We are here", speaker=person(NASTY), topics=("us",))
    with sqlite_engine.begin() as conn:
        for number in range(3):
            add_article(conn, *numbered(number, 3))
        add_article(conn, *summit())
        add_article(conn, Article("Nasty", text), make_analysis(text, said))
    return client_of(sqlite_engine)


def figure_of(client: TestClient, path: str, query: str) -> Figure:
    charts = client.get(f"{path}/charts.json?{query}").json()["charts"]
    named = re.search("chart=([^&]*)", query)
    found: Figure = charts[named[1] if named else next(iter(charts))]
    return found


def table_of(client: TestClient, path: str, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{path}/charts.csv?{query}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def drawing_of(client: TestClient, path: str, query: str) -> etree._Element:
    answer = client.get(f"{path}/charts.svg?{query}")
    assert answer.headers["content-type"] == "image/svg+xml"
    return etree.fromstring(answer.content)


def texts(drawing: etree._Element, name: str = "text") -> list[str]:
    return ["".join(one.itertext()) for one in drawing.iter(f"{SVG}{name}")]


def plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def drawn_bars(figure: Figure) -> set[tuple[str, str, int]]:
    """Each piece of a bar that Plotly draws, as label, series and count."""
    return {
        (plain(data[1]), plain(data[2]), count)
        for trace in figure["data"]
        for data, count in zip(trace["customdata"], trace["x"], strict=True)
    }


def test_the_words_of_a_name_are_what_the_test_means(library: TestClient) -> None:
    speakers = library.get("/speakers.json").json()["items"]
    assert "=1+2 <b>&amp;</b>" in [one["speaker"]["name"][:17] for one in speakers if one["speaker"]]


@pytest.mark.parametrize(("path", "query"), BARS)
def test_bars_are_in_the_file_of_numbers_and_in_the_drawing(library: TestClient, path: str, query: str) -> None:
    drawn = drawn_bars(figure_of(library, path, query))
    assert drawn
    table = table_of(library, path, query)
    of = next(iter(table[0]))
    columns = [name for name in table[0] if name not in (of, "shown", "address") and not name.startswith("export_")]
    counts = {(row[of].removeprefix("'"), name.removeprefix("'"), int(row[name])) for row in table for name in columns}
    assert {one for one in counts if one[2]} == drawn
    drawing = drawing_of(library, path, query)
    told = {f"{label}, {series}: {count}" for label, series, count in drawn}
    assert set(texts(drawing, "title")[1:]) == told
    shown = set(texts(drawing))
    assert {row["shown"] for row in table} <= shown
    assert {label[:20] for label, _, _ in drawn} <= {one[:20] for one in shown}


@pytest.mark.parametrize("query", ["", "unit=month&as=lines", "topic=energy"])
def test_times_are_in_the_file_of_numbers_and_in_the_drawing(library: TestClient, query: str) -> None:
    figure = figure_of(library, "/time", query)
    drawn = {
        (data[1], data[2], count)
        for trace in figure["data"]
        for data, count in zip(trace["customdata"], trace["y"], strict=True)
        if count
    }
    assert drawn
    table = table_of(library, "/time", query)
    shown = library.get(f"/time.json?{query}").json()["times"]
    assert [int(row["All"]) for row in table] == [one["total"] for one in shown]
    assert [row["address"] or None for row in table] == [one["address"] for one in shown]
    told = texts(drawing_of(library, "/time", query), "title")[1:]
    assert sorted(told) == sorted(f"{label}, {series}: {count}" for label, series, count in drawn)


@pytest.mark.parametrize("by", ["share", "number"])
def test_a_comparison_is_in_the_file_of_numbers_and_in_the_drawing(library: TestClient, by: str) -> None:
    query = f"{COMPARED}&by={by}"
    _, *traces = figure_of(library, "/compare", query)["data"]
    table = table_of(library, "/compare", query)
    assert [trace["name"] for trace in traces] == ["Energy", "NATO"]
    for trace in traces:
        column = trace["name"] if by == "number" else f"{trace['name']}, % of its quotes"
        assert [float(row[column]) for row in table] == pytest.approx(trace["x"], abs=1e-4)
    told = texts(drawing_of(library, "/compare", query), "title")[1:]
    assert told == [
        f"{row[2]}, {trace['name']}: {row[3]}"
        for rows in zip(*(trace["customdata"] for trace in traces), strict=True)
        for trace, row in zip(traces, [(0, 0, data[1], data[3]) for data in rows], strict=True)
    ]


@pytest.mark.parametrize(("path", "query"), EVERY)
def test_json_has_the_rows_of_the_table_and_every_file_says_what_it_is(
    library: TestClient, path: str, query: str
) -> None:
    told = library.get(f"{path}/charts.table.json?{query}").json()
    table = table_of(library, path, query)
    assert [[row["label"], *map(str, row["values"])] for row in told["rows"]] == [
        [cell.removeprefix("'") for cell in list(row.values())[: 1 + len(told["columns"])]] for row in table
    ]
    about = told["export"]
    assert {row["export_view"] for row in table} == {about["view"]}
    assert library.get(about["view"]).status_code == 200
    drawing = drawing_of(library, path, query)
    assert about["title"] == drawing.findtext(f"{SVG}title")
    assert {"Filter: " + ", ".join(f"{k}={v}" for k, v in about["filters"].items())} <= {*texts(drawing), "Filter: "}
    assert re.match(r"\d+ quotes? · \d+ \w+ \d{4} · Communiqué \d", texts(drawing)[-1])
    assert texts(drawing)[-1].startswith(f"{about['quotes']} quote")
    spoken = drawing.findtext(f"{SVG}desc") or ""
    assert all(row["label"] in spoken for row in told["rows"])
    named = library.get(f"{path}/charts.svg?{query}").headers["content-disposition"]
    assert re.search(r'inline; filename="communique-[a-z0-9-]+-\d{4}-\d\d-\d\d\.svg"', named)


def test_a_drawing_stands_on_paper_by_day_and_by_night_and_lets_no_other_style_in(library: TestClient) -> None:
    answer = library.get("/topics/us/charts.svg")
    drawing = etree.fromstring(answer.content)
    assert drawing.find(f"{SVG}path").get("fill") == PAPER["light"]
    assert PAPER["dark"] in (drawing.findtext(f"{SVG}style") or "")
    policy = answer.headers["content-security-policy"]
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-ancestors 'none'", policy)
    assert {"style", "title", "desc", "path", "text"} == {etree.QName(one).localname for one in drawing}


def test_the_colours_of_drawings_are_those_of_the_style_sheet() -> None:
    from app.present.drawn.colours import BY_KIND, RULE, SOFT

    tokens = (resource_dir("static") / "css/tokens.css").read_text()
    kinds = (resource_dir("static") / "css/speakers.css").read_text()
    for at, scheme in enumerate(("light", "dark")):
        assert re.findall(r"--soft: (#\w+)", tokens)[at] == SOFT[scheme]
        assert re.findall(r"--rule: (#\w+)", tokens)[at] == RULE[scheme]
        assert tuple(re.findall(r"\.by-kind \{.*?--k2: (#\w+); --k3: (#\w+)", kinds)[at]) == BY_KIND[scheme]


@pytest.mark.parametrize(("path", "query"), [one for one in EVERY if "as=" not in one[1]])
def test_pages_offer_the_files_of_each_chart(library: TestClient, path: str, query: str) -> None:
    query = query.partition("chart=")[0]
    links = [one for one in read(library.get(f"{path or '/'}?{query}").text).links if "/charts." in one]
    assert links
    assert {one.partition("/charts.")[2].partition("?")[0] for one in links} == {"svg", "csv", "table.json"}
    assert not [one for one in links if library.get(one).status_code != 200]


def test_what_there_is_no_file_of_is_told(library: TestClient) -> None:
    for path in ("/charts.pdf", "/topics/nope/charts.svg", "/articles/nope/charts.csv", "/articles/nasty/charts.exe"):
        assert library.get(path).status_code == 404
    other = library.get("/articles/leaders-meet-in-beijing/charts.csv?chart=topic-us")
    assert other.status_code == 404
    assert "It has: topic-energy, topic-nato, topic-ukraine." in read(other.text).text
    assert library.get("/topics/energy/charts.csv?kind=loud").status_code == 400
    assert library.get("/compare/charts.svg").status_code == 404
    assert library.get("/charts.json").json()["charts"]


def test_a_chart_of_nothing_has_files_of_nothing(empty: TestClient) -> None:
    assert len(empty.get("/charts.csv").text.splitlines()) == 1
    for path in ("/charts.svg", "/time/charts.svg", "/topics/energy/charts.svg"):
        assert "0 quotes" in texts(drawing_of(empty, path.removesuffix("/charts.svg"), ""))[-1]
