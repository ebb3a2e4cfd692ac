import datetime as dt
import gzip
import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, update

from app.domain import Article
from app.ingest.likeness import signature
from app.store.articles import add_article
from app.store.schema import articles
from app.store.versions import link_versions, put_signature
from tests.factories import make_analysis, person, say
from tests.ingest.copies import CORRECTED, CORRECTION, SUMMIT, SUMMIT_ELSEWHERE, restyled, syndicated, updated
from tests.present.planting import paragraphs_of
from tests.web.conftest import client_of, read

WIRE, UPDATE, OTHER = "/articles/wire", "/articles/update", "/articles/elsewhere"
COMPARED = f"{WIRE}/versions/update"
LIGHTS = "Nobody will be able to switch off our lights from the bottom of the sea"


def add(engine: Engine, title: str, text: str, *quotes: str, **more: object) -> None:
    said = [say(text, quote, speaker=person("Liis Tamm")) for quote in quotes]
    with engine.begin() as conn:
        article = Article(title, text, **more)  # type: ignore[arg-type]
        slug, _ = add_article(conn, article, make_analysis(text, *said))
        key = conn.scalars(select(articles.c.id).where(articles.c.slug == slug)).one()
        made = signature(text)
        put_signature(conn, key, made)
        link_versions(conn, key, signature=made, url=article.url)


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """A wire story, its update with a corrected sentence, and another story of the same event."""
    date = dt.date(2026, 11, 17)
    later = updated(SUMMIT.replace(CORRECTED, CORRECTION))
    add(sqlite_engine, "Update", later, LIGHTS, "with great interest", publisher="Wire", date=dt.date(2026, 11, 18))
    add(sqlite_engine, "Wire", SUMMIT, LIGHTS, publisher="Wire", date=date, url="https://example.org/cables")
    add(sqlite_engine, "Elsewhere", SUMMIT_ELSEWHERE, LIGHTS)
    return client_of(sqlite_engine)


def test_an_article_names_its_versions_and_leads_to_what_differs(library: TestClient) -> None:
    page = read(library.get(WIRE).text)
    assert "Also here: “Update” (Wire, 18 November 2026), 8" in page.text
    assert "% the same: what differs" in page.text
    assert {UPDATE, COMPARED} <= set(page.links)
    assert f"{UPDATE}/versions/wire" in read(library.get(UPDATE).text).links
    assert "Also here" not in read(library.get(OTHER).text).text


def test_an_article_as_json_lists_its_versions(library: TestClient) -> None:
    [version] = library.get(f"{WIRE}.json").json()["versions"]
    assert (version["slug"], version["same_url"]) == ("update", False)
    assert 0.8 < version["likeness"] < 0.95
    assert library.get(version["differences"]).json()["later"]["slug"] == "update"
    assert library.get(f"{OTHER}.json").json()["versions"] == []


def test_the_list_marks_later_versions(library: TestClient) -> None:
    assert read(library.get("/articles").text).text.count("version of Wire") == 1
    marked = {item["slug"]: item["version_of"] for item in library.get("/articles.json").json()["items"]}
    assert marked["update"]["slug"] == "wire"
    assert marked["wire"] is marked["elsewhere"] is None


def test_two_versions_are_compared_from_the_earlier_to_the_later_from_either_side(library: TestClient) -> None:
    for path in (COMPARED, f"{UPDATE}/versions/wire"):
        html = library.get(path).text
        words = read(html).text
        assert "Earlier Wire Wire 17 November 2026" in words
        assert "8 paragraphs the same, 1 reworded, 2 new" in words
        assert "<del>the first of the</del>" in html
        assert "<ins>that both</ins>" in html
        assert "− the first of the cables" in words, "signs, not colours alone"
        assert "+ that both cables" in words
        assert "− the first of the + that both cables" in read(library.get(f"{path}?view=one").text).text
        assert re.search(r"\+ New \d+ In a first reaction", words)


def test_what_is_the_same_is_folded_where_it_is_long(library: TestClient) -> None:
    html = library.get(COMPARED).text
    folded = html.partition("<summary>5 paragraphs the same ")[2].partition("</details>")[0]
    assert "Operators of the grid welcomed the plan." in folded
    assert "<summary>1 paragraph" not in html


def test_quotes_that_only_one_has_lead_to_their_pages(library: TestClient) -> None:
    page = library.get(COMPARED).text
    quotes = read(page[page.index('id="quotes"') :])
    assert "Only in the earlier none" in quotes.text
    assert "Only in the later 1" in quotes.text
    assert LIGHTS not in quotes.text
    [quote] = library.get(f"{COMPARED}.json").json()["quotes"]["later_only"]["items"]
    assert quote["text"] == "with great interest"
    assert quote["address"] in quotes.links


def test_all_that_differs_is_in_the_json(library: TestClient) -> None:
    found = library.get(f"{COMPARED}.json").json()
    assert found["paragraphs"] == {"kept": 8, "reworded": 1, "moved": 0, "gone": 0, "new": 2}
    assert (found["earlier"]["slug"], found["later"]["slug"], found["whole"]) == ("wire", "update", True)
    text = library.get(f"{WIRE}.json").json()
    for change in found["changes"]:
        places = [text["paragraphs"][at] for at in change["earlier"]]
        words = "\n".join(text["text"][one["start"] : one["end"]] for one in places)
        assert "pieces" not in change or "".join(piece["earlier"] for piece in change["pieces"]) == words


def test_any_two_articles_can_be_compared(library: TestClient) -> None:
    words = read(library.get(f"{WIRE}/versions/elsewhere").text).text
    assert "not recognised as versions of one text" in words
    assert library.get(f"{WIRE}/versions/elsewhere.json").json()["likeness"] is None


def test_a_copy_that_is_only_set_in_another_way_does_not_differ(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "Wire", SUMMIT, LIGHTS)
    add(sqlite_engine, "Plain", restyled(SUMMIT), LIGHTS)
    words = read(client_of(sqlite_engine).get(f"{WIRE}/versions/plain").text).text
    assert "Both have the same words." in words
    assert "Nothing differs but how blanks, quotation marks and dashes are set." in words
    assert "None: every quote of the one is in the other" in words


def test_two_texts_of_one_address_say_so(sqlite_engine: Engine) -> None:
    for title, text in (("Wire", SUMMIT), ("Plain", "A short text now.")):
        add(sqlite_engine, title, text, url="https://example.org/cables")
    client = client_of(sqlite_engine)
    assert "Also here: “Plain” , at the same address: what differs" in read(client.get(WIRE).text).text
    assert "Two texts of the same address, " in read(client.get(f"{WIRE}/versions/plain").text).text


def test_five_versions_are_named_and_the_others_counted(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "Wire", SUMMIT)
    for number in range(7):
        add(sqlite_engine, f"Copy {number}", syndicated(SUMMIT, 9).replace("desk", f"desk {number}"))
    client = client_of(sqlite_engine)
    words = read(client.get(WIRE).text).text
    assert words.count("what differs") == 5
    assert "and 2 more versions: all as JSON" in words
    assert len(client.get(f"{WIRE}.json").json()["versions"]) == 7


def test_a_deleted_version_is_not_shown(library: TestClient, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        conn.execute(update(articles).where(articles.c.slug == "update").values(deleted=dt.datetime.now(dt.UTC)))
    assert library.get(f"{WIRE}.json").json()["versions"] == []


@pytest.mark.parametrize("path", [f"{WIRE}/versions/nope", "/articles/nope/versions/wire", f"{WIRE}/versions/wire"])
def test_what_cannot_be_compared_is_not_found(library: TestClient, path: str) -> None:
    assert library.get(path).status_code == 404
    assert library.get(f"{path}.json").status_code == 404


def test_words_of_an_article_are_never_markup(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "One", "A <b>bold</b> word & more stands here.")
    add(sqlite_engine, "Two", "A <i>bold</i> word & more stands there.")
    html = client_of(sqlite_engine).get("/articles/one/versions/two").text
    assert "<b>bold" not in html
    assert "&lt;" in html


def test_a_very_long_comparison_ends_where_nobody_reads_on(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "One", "\n".join(f"Line {number} is old." for number in range(1_200)))
    add(sqlite_engine, "Two", "\n".join(f"{number}: nothing alike" for number in range(1_200)))
    client = client_of(sqlite_engine)
    path, seen = "/articles/one/versions/two", 0
    page = read(client.get(path).text)
    assert "This page ends here: 2 250 more paragraphs to come" in page.text
    while path:
        page = read(client.get(path).text)
        seen += sum(one.startswith("c") and one[1:].isdigit() for one in page.ids)
        path = next((one for one in page.links if "after=" in one), "")
    assert seen == 2_400
    assert len(client.get("/articles/one/versions/two.json").json()["changes"]) == 2_400


STATEMENTS = "/articles/joint-statement-2022/versions/joint-statement-2023"


@pytest.fixture
def statements(sqlite_engine: Engine) -> TestClient:
    """Two annual statements of sixty paragraphs."""
    for year in (2022, 2023):
        text = "\n".join(paragraphs_of(str(year)))
        add(sqlite_engine, f"Joint statement {year}", text, date=dt.date(year, 6, 1))
    return client_of(sqlite_engine)


def test_the_words_that_were_replaced_are_told_with_their_paragraphs(statements: TestClient) -> None:
    html = statements.get(STATEMENTS).text
    table = html.partition('<table class="replaced">')[2].partition("</section>")[0]
    words = read(table).text
    assert "− urge + call on 7 We call on all parties to …" in words
    for old, new in (("must", "should"), ("twelve", "fifteen"), ("recognise", "underline")):
        assert f"− {old} + {new}" in words
    assert "+ strongly" in words
    ids = set(read(html).ids)
    jumps = [link for link in read(table).links if link.startswith("#")]
    assert jumps
    assert {link.removeprefix("#") for link in jumps} <= ids


def test_both_wordings_stand_side_by_side_each_with_its_own_words(statements: TestClient) -> None:
    html = statements.get(STATEMENTS).text
    was, _, now = html.partition('<p class="was">6. We')[2].partition("</p>")
    assert "<del>urge</del> all parties" in was
    assert "<ins>" not in was
    assert "<ins>call on</ins> all parties" in now.partition("</p>")[0]
    one = statements.get(f"{STATEMENTS}?view=one").text
    assert "<del>urge</del> <span" in one
    assert 'class="was"' not in one


@pytest.mark.parametrize(("show", "count"), [("reworded", 11), ("moved", 6), ("gone", 4), ("new", 4), ("kept", 0)])
def test_one_kind_of_change_can_be_seen_alone(statements: TestClient, show: str, count: int) -> None:
    page = read(statements.get(f"{STATEMENTS}?show={show}").text)
    assert sum(one.startswith("c") and one[1:].isdigit() for one in page.ids) == count
    assert f"{STATEMENTS}?show={show}#text" in page.links
    assert f"{STATEMENTS}#text" in page.links
    changes = statements.get(f"{STATEMENTS}.json?show={show}").json()["changes"]
    assert {one["kind"] for one in changes} == {show}


def test_counts_of_every_kind_stand_above(statements: TestClient) -> None:
    words = read(statements.get(STATEMENTS).text).text
    assert "38 paragraphs the same, 11 reworded, 6 moved, 4 dropped, 4 new" in words
    assert "↕ Moved and reworded 35 → " in words
    assert "↕ Moved 21 → " in words


def test_a_page_of_two_statements_is_light(statements: TestClient) -> None:
    html = statements.get(STATEMENTS).text
    assert len(gzip.compress(html.encode())) < 20_000
    assert len(re.findall(r"<[a-z]", html)) < 1_500


@pytest.mark.parametrize("query", ["show=better", "view=upside-down", "after=x"])
def test_what_cannot_be_shown_is_told(statements: TestClient, query: str) -> None:
    answer = statements.get(f"{STATEMENTS}?{query}")
    assert answer.status_code == 400
    assert statements.get(f"{STATEMENTS}.json?show=better").status_code == 400


def test_past_the_end_there_is_nothing_and_a_way_back(statements: TestClient) -> None:
    page = read(statements.get(f"{STATEMENTS}?after=1000000000").text)
    assert "There is nothing of this kind from here on." in page.text
    assert STATEMENTS in page.links


def test_two_languages_are_said_to_be_two(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "Wire", SUMMIT)
    text = "Die Staaten wollen ihre Kabel künftig gemeinsam schützen."
    add(sqlite_engine, "German", text, language="de")
    with sqlite_engine.begin() as conn:
        conn.execute(update(articles).where(articles.c.slug == "german").values(language="de"))
    words = read(client_of(sqlite_engine).get(f"{WIRE}/versions/german").text).text
    assert "These two are in different languages" in words
