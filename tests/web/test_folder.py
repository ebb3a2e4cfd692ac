"""A folder of pages, as an independent reader finds it on disk."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html
from sqlalchemy import Engine

from app.errors import AppError
from app.settings import Settings
from app.store.articles import add_article
from app.store.attributions import quote_by_id
from app.web.application import create_app
from app.web.folder.plan import Plan, part_of, whole
from app.web.folder.writing import write_pages
from tests.factories import numbered, summit
from tests.web.conftest import client_of

SUMMIT = "leaders-meet-in-beijing"
GONE = ("Compare", "Add", "JSON", "Correct it", "Is it right", "Delete", "Download", "BibTeX", "leads to its")
Pages = dict[str, lxml_html.HtmlElement]


def written(engine: Engine, plan: Plan, folder: Path) -> Pages:
    write_pages(create_app(Settings(), engine), plan, folder, search=False)
    pages = sorted(folder.rglob("*.html"))
    return {str(path.relative_to(folder)): lxml_html.document_fromstring(path.read_bytes().decode()) for path in pages}


def ids_of(engine: Engine, query: str = "") -> list[str]:
    found, path = [], f"/search.json{query}"
    while path:
        page = client_of(engine).get(path).json()
        found += [item["id"] for item in page["items"]]
        path = page["next"]
    return found


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """The summit, and two reports of which one has more quotes than a page of a list."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *numbered(1, 22))
        add_article(conn, *numbered(2, 2))
        add_article(conn, *summit())
    return sqlite_engine


@pytest.fixture
def everything(engine: Engine) -> Plan:
    """The plan of the whole library."""
    client_ids = {slug: ids_of(engine, f"?article={slug}") for slug in (SUMMIT, "report-1", "report-2")}
    return whole(["energy", "nato", "us", "other"], ["vladimir-putin"], client_ids)


def test_every_link_leads_to_a_file_and_to_a_place_in_it(engine: Engine, everything: Plan, tmp_path: Path) -> None:
    pages = written(engine, everything, tmp_path)
    assert {"index.html", "topics.html", "topics/energy.html", "search.html", "search.2.html"} <= set(pages)
    for name, page in pages.items():
        assert not page.xpath("//form | //*[@formaction] | //script[@type='module']")
        links = page.xpath("//a/@href | //link/@href | //script/@src | //*/@data-plotly | //*/@data-plotly-style")
        for link in links:
            parts = urlsplit(link)
            if parts.scheme:
                assert link.startswith("https://example.org/")
                continue
            assert not link.startswith("/"), (name, link)
            target = (tmp_path / name).parent / unquote(parts.path) if parts.path else tmp_path / name
            assert target.is_file(), (name, link)
            if parts.fragment:
                there = str(target.resolve().relative_to(tmp_path.resolve()))
                assert parts.fragment in pages[there].xpath("//@id"), (name, link)


def test_lists_go_on_over_files_with_every_quote_once(engine: Engine, everything: Plan, tmp_path: Path) -> None:
    pages = written(engine, everything, tmp_path)
    found, name = [], "search.html"
    while name:
        found += pages[name].xpath("//figure/@data-quote")
        following = pages[name].xpath("//a[@rel='next']/@href")
        name = following[0] if following else ""
    assert found == ids_of(engine)
    assert {f"quotes/{one}.html" for one in found} <= set(pages)


def test_charts_have_their_figures_in_the_page_with_links_into_the_folder(
    engine: Engine, everything: Plan, tmp_path: Path
) -> None:
    page = written(engine, everything, tmp_path)["index.html"]
    figures = json.loads(page.get_element_by_id("figures").text)
    assert figures["charts"]["topics"]["data"]
    told = json.dumps(figures)
    assert '"/' not in told
    assert page.xpath("//script[@defer]/@src") == ["static/charts.js"]
    assert (tmp_path / "static" / "plotly.js").stat().st_size > 500_000
    assert ".t-energy{" in (tmp_path / "static" / "site.css").read_text("utf-8")


def test_what_needs_a_server_is_gone_with_what_it_leaves_empty(
    engine: Engine, everything: Plan, tmp_path: Path
) -> None:
    pages = written(engine, everything, tmp_path)
    names = [f"articles/{SUMMIT}.html", f"quotes/{everything.texts[SUMMIT][0]}.html", "search.html", "time.html"]
    for name in names:
        words = " ".join(pages[name].text_content().split())
        for gone in GONE:
            assert gone not in words.partition('{"config"')[0], (name, gone)
    assert "As of " in pages[names[1]].find(".//footer").text_content()
    assert "Cite it" in pages[names[1]].text_content()
    assert pages[names[0]].xpath("//nav//a/text()") == ["Board", "Topics", "Speakers", "Time", "Articles", "Quotes"]


def test_a_part_of_the_library_tells_of_nothing_else(engine: Engine, tmp_path: Path) -> None:
    ids = ids_of(engine, "?topic=energy&kind=direct")
    with engine.connect() as conn:
        speakers = {one.speaker.slug for one in map(partial(quote_by_id, conn), ids) if one.speaker}
    plan = part_of({"topic": "energy", "kind": "direct"}, ["energy"], speakers, ids)
    pages = written(engine, plan, tmp_path)
    known = ("index.", "speakers.html", "time.html", "topics/energy.", *(f"speakers/{one}." for one in speakers))
    others = {name for name in pages if not name.startswith(known)}
    assert others == {f"quotes/{one}.html" for one in ids}
    assert "Topic: Energy Kind: Direct" in " ".join(pages["index.html"].text_content().split())
    lists = [pages[name] for name in sorted(pages, key=len) if name.startswith("index")]
    assert [one for page in lists for one in page.xpath("//figure/@data-quote")] == ids
    for page in pages.values():
        assert not page.xpath("//*[contains(@class, 't-nato')]")
        assert not page.xpath("//a[contains(@href, 'articles')]")
    style = (tmp_path / "static" / "site.css").read_text("utf-8")
    assert ".t-energy{" in style
    assert "t-nato" not in style


def test_a_name_that_no_file_should_have_gets_another() -> None:
    plan = whole(["a/../b", "ok"], ["..", "x" * 300], {})
    files = [plan.file(path) for path in plan.lists]
    assert "topics/ok.html" in files
    assert not [name for name in files if ".." in name or len(name) > 200]
    assert len(set(files)) == len(files)


def test_a_page_that_cannot_be_made_is_told(engine: Engine, tmp_path: Path) -> None:
    plan = Plan(["/search"], {}, [], {"kind": "none-such"}, "/search")
    with pytest.raises(AppError, match=r"/search.*answered 400"):
        written(engine, plan, tmp_path)
