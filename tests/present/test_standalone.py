"""The one file, as a reader of HTML that knows nothing of us sees it."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from lxml import html as lxml_html
from sqlalchemy import Engine

from app.domain import Article
from app.present.exports.about import About
from app.present.exports.formats import TooManyError
from app.present.standalone.kind import MOST_QUOTES, check_room
from app.present.standalone.page import write
from app.present.standalone.shell import Workshop, _inside
from app.present.templates import labels
from app.store.articles import add_article
from app.store.attributions import each_quote
from app.store.cube.choosing import choose
from app.store.filters import AttributionFilter
from app.store.topics import all_topics
from tests.factories import make_analysis, numbered, person, say, summit

WORKSHOP = Workshop.here()
NASTY = ("</script><script>alert(1)</script>", "<!-- & 'so' \"so\" -->", "Ünïcødé 中文 مرحبا 🎈", "two\nlines")


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """Reports of three years, the summit, and one with words that could end a script."""
    text = "\n".join(f"“{words}” is what she said." for words in NASTY)
    said = [say(text, words, speaker=person("</script><b>Eve</b>"), topics=("us",)) for words in NASTY]
    with sqlite_engine.begin() as conn:
        for number in range(3):
            add_article(conn, *numbered(number, 3))
        add_article(conn, *summit())
        add_article(conn, Article("</title>Nasty", text, url="https://example.org/a?b=c&d"), make_analysis(text, *said))
    return sqlite_engine


def file_of(engine: Engine, order: str = "newest", **chosen: str) -> str:
    with engine.connect() as conn:
        wanted, topics = AttributionFilter(**chosen), all_topics(conn)  # type: ignore[arg-type]
        about = About.of(wanted, order, len(choose(conn, wanted)), labels(topics))
        return b"".join(write(conn, WORKSHOP, about, wanted, order, topics)).decode()


def figures_of(page: str) -> list[lxml_html.HtmlElement]:
    return list(lxml_html.document_fromstring(page).iterfind(".//figure[@data-quote]"))


def words_of(figure: lxml_html.HtmlElement) -> str:
    return "".join(str(part.text) for part in figure.iterfind("blockquote/mark") if "m-said" in part.get("class"))


@pytest.mark.parametrize("chosen", [{}, {"topic": "energy"}, {"kind": "direct"}, {"words": "energy OR title:nasty"}])
@pytest.mark.parametrize("order", ["newest", "date"])
def test_the_file_has_each_quote_of_the_list_once_in_its_order_with_its_words(
    engine: Engine, chosen: dict[str, str], order: str
) -> None:
    found = figures_of(file_of(engine, order, **chosen))
    with engine.connect() as conn:
        rows = list(each_quote(conn, AttributionFilter(**chosen), order))  # type: ignore[arg-type]
    assert rows
    assert [one.get("data-quote") for one in found] == [row.id for row in rows]
    said = [
        "".join(str(part.text) for part in one.iterfind("blockquote/mark") if "m-said" in part.get("class"))
        for one in found
    ]
    assert said == [row.text for row in rows]
    for one, row in zip(found, rows, strict=True):
        shown = one.find("details/p").text_content()
        assert row.sentence.text in shown
        assert row.attribution.rule in one.find("details/dl").text_content()


def test_nothing_but_the_policys_own_scripts_and_styles_can_run_and_nothing_is_fetched(engine: Engine) -> None:
    page = file_of(engine)
    tree = lxml_html.document_fromstring(page)
    policy = tree.find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    for name in ("script", "style"):
        for body in re.findall(rf"<{name}(?! type=\"application/json\")[^>]*>(.*?)</{name}>", page, re.DOTALL):
            assert f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" in policy
    assert not tree.xpath("//*[@style or @onclick or @onload]")
    addresses = [*tree.xpath("//@src"), *tree.xpath("//link/@href"), *tree.xpath("//@action")]
    assert all(one.startswith("data:") for one in addresses)
    assert len(tree.xpath("//form")) == 1, "the search within the file"


def test_every_link_leads_to_a_place_in_the_file_or_to_where_an_article_was_published(engine: Engine) -> None:
    for chosen in ({}, {"article": "leaders-meet-in-beijing"}):
        tree = lxml_html.document_fromstring(file_of(engine, **chosen))
        ids = set(tree.xpath("//@id"))
        assert len(ids) == len(tree.xpath("//@id"))
        for link in tree.xpath("//a/@href"):
            inside = link.startswith("#") and ("=" in link or link[1:] in ids or link == "#all")
            assert inside or link.startswith("https://example.org/"), link


def test_words_that_look_like_html_stay_words(engine: Engine) -> None:
    page = file_of(engine)
    assert "<script>alert" not in page
    assert "<b>Eve" not in page
    told = json.loads(lxml_html.document_fromstring(page).get_element_by_id("told").text)
    [speakers] = [field for field in told["fields"] if field["name"] == "speaker"]
    assert "</script><b>Eve</b>" in [label for _, label in speakers["values"]]


def test_a_view_tells_nothing_that_is_not_in_it(engine: Engine) -> None:
    whole = file_of(engine)
    page = file_of(engine, topic="us")
    assert "t-energy" in whole
    for other in ("Leaders meet", "leaders-meet", "t-energy", "Energy", "NATO", "t-nato", "Putin", "Report "):
        assert other not in page.partition("plotly.js v")[0] + page.rpartition("</figure>")[2].partition("<script>")[0]


def test_it_says_what_it_is(engine: Engine) -> None:
    tree = lxml_html.document_fromstring(file_of(engine, topic="energy"))
    assert tree.find(".//h1").text == "Energy"
    about = " ".join(tree.xpath("//section[@aria-labelledby='about']")[0].text_content().split())
    for words in ("Topic: Energy", "Taken out2", "UTC", "Communiqué 0.", "hand-made-1", "/search?topic=energy"):
        assert words in about
    assert tree.find(".//title").text == "Energy – Communiqué"


def test_an_article_has_its_whole_text_with_its_quotes_marked(engine: Engine) -> None:
    tree = lxml_html.document_fromstring(file_of(engine, article="leaders-meet-in-beijing"))
    article, _ = summit()
    shown = " ".join(tree.xpath("//div[@class='text']//*[self::p or self::h3]")[-1].text_content().split())
    assert shown in " ".join(article.text.split())
    places = {link[1:] for link in tree.xpath("//figure//a/@href") if link.startswith("#at-")}
    assert places
    assert places <= set(tree.xpath("//div[@class='text']//@id"))
    assert not lxml_html.document_fromstring(file_of(engine, article="leaders-meet-in-beijing", topic="energy")).xpath(
        "//div[@class='text']"
    ), "a part of an article's quotes is no reason to show all of it"


def test_a_view_without_quotes_says_so(engine: Engine) -> None:
    page = file_of(engine, topic="none-such")
    assert "There are no quotes in this view." in page
    assert "plotly.js v" not in page
    assert len(page) < 200_000


def test_a_library_too_large_for_a_page_is_told_what_to_do() -> None:
    check_room(MOST_QUOTES)
    with pytest.raises(TooManyError, match=r"5,001 quotes.*--static DIR"):
        check_room(MOST_QUOTES + 1)


@pytest.mark.parametrize("text", ["a</SCRIPT>b", "<!-- b", "a\r\nb", "a\0"])
def test_what_a_browser_would_not_read_as_it_was_hashed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        _inside(text, "script")
