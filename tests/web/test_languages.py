"""An article in a language that the pipeline does not read: what its pages say, and in which language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article
from app.present.languages import language_note
from app.store.articles import add_article, article_text
from tests.factories import make_analysis, say
from tests.web.conftest import client_of, read

TEXT = "Hafen ohne Plan\n„Wir werden nicht länger warten“, sagte die Ministerin in der Stadt am Montag."


@pytest.fixture
def german(sqlite_engine: Engine) -> TestClient:
    """A library with one German article."""
    analysis = replace(make_analysis(TEXT, say(TEXT, "Wir werden nicht länger warten")), language="de")
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Hafen ohne Plan", TEXT), analysis)
    return client_of(sqlite_engine)


def test_the_store_keeps_the_language(german: TestClient, sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as conn:
        assert article_text(conn, "hafen-ohne-plan").row.language == "de"


def test_the_article_says_that_speakers_were_not_looked_for_and_which_pipeline_there_is(german: TestClient) -> None:
    html = german.get("/articles/hafen-ohne-plan").text
    assert "This text is in German" in read(html).text
    assert "--pipeline de_core_news_sm" in read(html).text
    assert "Speaker not looked for" in read(html).text


def test_what_is_german_is_marked_so_for_a_screen_reader(german: TestClient) -> None:
    html = german.get("/articles/hafen-ohne-plan").text
    for opened in ('<h1 dir="auto" lang="de">', '<blockquote dir="auto" lang="de">', '<p dir="auto" lang="de">'):
        assert opened in html
    assert '<html lang="en">' in html


def test_the_quote_says_it_too(german: TestClient) -> None:
    [quote] = german.get("/articles/hafen-ohne-plan.json").json()["quotes"]["items"]
    assert quote["article"]["language"] == "de"
    html = german.get(quote["address"]).text
    assert "speakers were not looked for" in read(html).text
    assert '<blockquote lang="de">' in html


def test_an_english_article_says_nothing_of_it(client: TestClient) -> None:
    html = client.get("/articles/leaders-meet-in-beijing").text
    assert "not looked for" not in html
    assert '<blockquote dir="auto">' in html
    assert "<blockquote lang" not in html
    assert '<blockquote dir="auto" lang' not in html


def test_a_language_without_a_pipeline_is_named_all_the_same() -> None:
    assert language_note("ar").model is None
    assert language_note("zh").model == "zh_core_web_sm"
    assert (language_note("xy").language, language_note("xy").model) == ("xy", None)
