from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article
from app.store.articles import add_article
from tests.factories import SUMMIT_TEXT, make_analysis, numbered, summit
from tests.web.conftest import Words, client_of, read

Page = Callable[[str], Words]
SUMMIT = "/articles/leaders-meet-in-beijing"


def test_an_article_shows_each_topic_with_its_quotes_and_its_chart(page: Page, client: TestClient) -> None:
    article = page(SUMMIT)
    for words in ("Energy 1 quote, 1 indirect", "NATO 1 quote", "Ukraine 1 quote", "Who speaks on Energy"):
        assert words in article.text
    assert "United States 0" not in article.text
    charts = client.get(f"{SUMMIT}/charts.json").json()["charts"]
    assert set(charts) == {"topic-energy", "topic-nato", "topic-ukraine"}


def test_a_fragment_stands_in_its_clause(page: Page) -> None:
    assert "They voiced “ serious concerns" in page(SUMMIT).text


def test_the_whole_text_is_there_to_the_word(client: TestClient) -> None:
    html = client.get(SUMMIT).text
    reading = html[html.index('<div class="text">') : html.index("</section>", html.index('<div class="text">'))]
    words = read(reading).text.replace(" ", "")
    for line in SUMMIT_TEXT.splitlines():
        assert "".join(line.split()) in words


def test_the_margin_names_speaker_and_topic_in_words(client: TestClient) -> None:
    html = client.get(SUMMIT).text
    notes = html[html.index('<ul class="notes">') :]
    assert "Xi Jinping and Vladimir Putin said direct Energy" in read(notes).text


def test_each_quote_can_be_linked_to_in_the_text(page: Page, client: TestClient) -> None:
    article = page(SUMMIT)
    ids = [quote["id"] for quote in client.get(f"{SUMMIT}.json").json()["quotes"]["items"]]
    assert len(ids) == 4
    assert {f"at-{one}" for one in ids} <= set(article.ids)
    assert len(article.ids) == len(set(article.ids))


def test_the_address_of_a_quote_leads_to_all_of_it_though_a_word_in_it_is_marked(client: TestClient) -> None:
    html = client.get(SUMMIT).text
    first = client.get(f"{SUMMIT}.json").json()["quotes"]["items"][0]
    held = html.partition(f'<span id="at-{first["id"]}">')[2].partition("</span>")[0]
    assert "m-evidence" in held
    assert "".join(read(held).words) == first["text"]


def test_the_speakers_are_listed_with_what_they_speak_on(page: Page) -> None:
    article = page(SUMMIT)
    assert "Nobody named" in article.text
    assert "/topics/ukraine?speaker=unnamed&article=leaders-meet-in-beijing" in article.links


def test_the_source_is_linked_only_if_it_is_an_address_of_the_web(sqlite_engine: Engine) -> None:
    text = "“We agree,” she said."
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Odd", text, url="javascript:alert(1)"), make_analysis(text))
    page = client_of(sqlite_engine).get("/articles/odd")
    assert page.status_code == 200
    assert "javascript:" not in page.text


def test_an_article_without_quotes_says_so_and_shows_its_text(sqlite_engine: Engine) -> None:
    text = "Nobody spoke at all."
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Silence", text), make_analysis(text))
    client = client_of(sqlite_engine)
    words = read(client.get("/articles/silence").text).text
    assert "No quotes found: nobody is quoted" in words
    assert "Nobody spoke at all." in words
    assert client.get("/articles/silence/charts.json").json()["charts"] == {}


def test_words_of_an_article_are_never_markup(sqlite_engine: Engine) -> None:
    text = "<script>alert(1)</script> “<b>We</b> & they agree,” she said."
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("<i>Odd</i>", text), make_analysis(text))
    html = client_of(sqlite_engine).get("/articles").text + client_of(sqlite_engine).get("/articles/i-odd-i").text
    assert "<script>alert" not in html
    assert "<i>Odd" not in html


def test_articles_are_listed_in_pages_last_added_first(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(23):
            add_article(conn, *numbered(number, 1))
    client = client_of(sqlite_engine)
    first = client.get("/articles.json").json()
    assert (first["total"], len(first["items"])) == (23, 20)
    assert first["items"][0]["title"] == "Report 22"
    second = client.get(first["next"]).json()
    assert [item["title"] for item in second["items"]] == ["Report 2", "Report 1", "Report 0"]
    assert second["next"] is None
    page = read(client.get("/articles").text)
    assert first["next"].replace("/articles.json", "/articles") in page.links
    assert "/articles" in read(client.get(page.links[-2]).text).links


def test_articles_are_narrowed_to_those_with_quotes_that_match(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(23):
            add_article(conn, *numbered(number, 1))
        add_article(conn, *summit())
    client = client_of(sqlite_engine)
    [found] = client.get("/articles.json?kind=mixed&topic=nato").json()["items"]
    quotes = client.get("/search.json?kind=mixed&topic=nato").json()
    assert (found["slug"], found["matching"]) == ("leaders-meet-in-beijing", quotes["total"])
    page = read(client.get("/articles?kind=mixed&topic=nato").text)
    assert "1 article last added first" in page.text
    assert "/search?topic=nato&kind=mixed&article=leaders-meet-in-beijing" in page.links
    assert "/articles?kind=mixed" in page.links
    speaker = client.get("/speakers.json").json()["items"][0]["speaker"]["slug"]
    first = client.get(f"/articles.json?speaker={speaker}").json()
    assert first["filters"] == {"speaker": speaker}
    assert first["total"] == client.get(f"/speakers/{speaker}.json").json()["articles"] > 20
    rest = client.get(first["next"]).json()
    slugs = [item["slug"] for item in first["items"] + rest["items"]]
    assert len(slugs) == len(set(slugs)) == first["total"]
    assert "No quotes match" in read(client.get("/articles?topic=us&kind=direct&q=nothing").text).text
    assert client.get("/articles?topic=nope").status_code == 400


def test_an_article_as_json_has_the_text_that_its_offsets_count_in(client: TestClient) -> None:
    found = client.get(f"{SUMMIT}.json").json()
    assert found["text"] == SUMMIT_TEXT
    for quote in found["quotes"]["items"]:
        assert found["text"][quote["start"] : quote["end"]] == quote["text"]
    assert found["quotes"]["total"] == 4
    assert found["article"]["publisher"] == "The Example"


def test_an_unknown_article_is_a_page_that_helps(client: TestClient) -> None:
    for path in ("/articles/nope", "/articles/nope/charts.json", "/articles?after=nope"):
        assert client.get(path).status_code == 404
