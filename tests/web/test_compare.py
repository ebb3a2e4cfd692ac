import datetime as dt
import gzip
import html
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, update

from app.domain import Article
from app.store.articles import add_article
from app.store.schema import articles
from tests.factories import make_analysis, person, say, summit
from tests.present.planting import paragraphs_of
from tests.web.conftest import Words, client_of, read

LIGHTS = "Nobody will be able to switch off our lights from the bottom of the sea"
GAS = "Gas is not a weapon and must never become one again"
WAR = "This war must end as soon as possible, and it will"
ALLIES = "NATO remains the foundation of our collective defence"


def add(engine: Engine, title: str, *said: tuple[str, str, str], publisher: str = "Wire", year: int = 2022) -> None:
    """An article of *said*: speaker, words and topic of each quote."""
    text = f"{title} begins.\n" + "\n".join(f"“{words},” {who} said." for who, words, _ in said)
    made = make_analysis(text, *(say(text, words, speaker=person(who), topics=(topic,)) for who, words, topic in said))
    with engine.begin() as conn:
        add_article(conn, Article(title, text, publisher=publisher, date=dt.date(year, 6, 1)), made)


@pytest.fixture
def library(sqlite_engine: Engine) -> TestClient:
    """Two years, two publishers, two speakers and what they have in common."""
    add(
        sqlite_engine,
        "First",
        ("Liis Tamm", LIGHTS, "energy"),
        ("Liis Tamm", GAS, "energy"),
        ("Ann Lee", WAR, "ukraine"),
    )
    add(
        sqlite_engine,
        "Second",
        ("Liis Tamm", LIGHTS.replace("from", "not from"), "energy"),
        ("Bo Nord", ALLIES, "nato"),
        publisher="Post",
        year=2023,
    )
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    return client_of(sqlite_engine)


def at(*names: str, more: str = "") -> str:
    return "/compare?" + "&".join(f"with={quote(name)}" for name in names) + more


def page_at(client: TestClient, *names: str, more: str = "") -> Words:
    answer = client.get(at(*names, more=more))
    assert answer.status_code == 200, answer.text
    return read(answer.text)


def json_at(client: TestClient, *names: str, more: str = "") -> dict[str, object]:
    found: dict[str, object] = client.get(at(*names, more=more).replace("/compare?", "/compare.json?")).json()
    return found


def test_two_articles_stand_side_by_side_by_topic(library: TestClient) -> None:
    page = page_at(library, "article:first", "article:second")
    assert "First article, 3 quotes" in page.text
    assert "Second article, 2 quotes" in page.text
    assert "Energy 67 % (2 of 3) 50 % (1 of 2)" in page.text
    assert "NATO 0 % (0 of 3) 50 % (1 of 2)" in page.text
    found = json_at(library, "article:first", "article:second")
    assert [row["counts"] for row in found["counts"]] == [[2, 1], [0, 1], [1, 0]]  # type: ignore[attr-defined]
    assert found["by"] == "topic"


def test_a_number_leads_to_its_quotes(library: TestClient) -> None:
    links = page_at(library, "article:first", "speaker:bo-nord").links
    assert "/search?topic=energy&article=first" in links
    assert "/search?topic=nato&speaker=bo-nord" in links


def test_by_number_the_scale_is_that_of_the_numbers(library: TestClient) -> None:
    page = page_at(library, "article:first", "article:second", more="&by=number")
    assert "Energy 2 (67 %) 1 (50 %)" in page.text
    assert any("by=number" not in link and link.endswith("#numbers") for link in page.links)


def test_what_both_say_is_told_in_the_words_of_both(library: TestClient) -> None:
    answer = library.get(at("article:first", "article:second")).text
    section = answer[answer.index('id="both"') :].partition("</section>")[0]
    words = read(section).text
    assert LIGHTS.replace("from", "not from") in words or LIGHTS in words
    assert "in other words here and there" in words
    assert re.search(r"<(ins|del)>not</\1>", section)
    assert "Speakers: Liis Tamm ( 2 · 1 )" in words
    [same] = json_at(library, "article:first", "article:second")["same_quotes"]["items"]  # type: ignore[index]
    assert same["others"][0]["how"] == "in other words here and there"


def test_what_one_says_alone_is_told_by_topic_speaker_and_quote(library: TestClient) -> None:
    answer = library.get(at("article:first", "article:second")).text
    section = read(answer[answer.index('id="only"') :])
    first, second = section.text.split("Only Second")
    assert "Topics: Ukraine (1)" in first
    assert "Speakers: Ann Lee (1)" in first
    assert GAS in first
    assert "Topics: NATO (1)" in second
    assert "Speakers: Bo Nord (1)" in second
    assert LIGHTS not in first + second


def test_periods_publishers_speakers_and_topics_are_compared_too(library: TestClient) -> None:
    names = ("period:2022-01-01..2022-12-31", "2023", "publisher:Post", "speaker:liis-tamm", "topic:energy")
    page = page_at(library, *names)
    for words in ("2022 period, 3 quotes", "2023 period, 2 quotes", "Post publisher, 2 quotes", "Liis Tamm speaker, 3"):
        assert words in page.text
    assert "Energy topic, 4 quotes , 1 indirect" in page.text.replace("quotes,", "quotes ,")


def test_topics_are_compared_by_who_speaks_on_them(library: TestClient) -> None:
    page = page_at(library, "topic:energy", "topic:nato")
    assert "Quotes by speaker" in page.text
    assert "Liis Tamm 60 % (3 of 5) 0 % (0 of 2)" in page.text
    assert json_at(library, "topic:energy", "topic:nato")["by"] == "speaker"


def test_what_all_have_in_common_is_a_filter_as_everywhere(library: TestClient) -> None:
    page = page_at(library, "article:first", "article:second", more="&topic=energy&kind=direct")
    assert "First article, 2 quotes" in page.text
    assert any("with=article%3Afirst" in link and "topic=energy" in link for link in page.links), "leaving one out"
    empty = page_at(library, "article:first", "article:second", more="&kind=indirect")
    assert "None of them has a quote under these filters: remove the filters" in empty.text


def test_the_chart_is_drawn_of_the_values_of_the_page(library: TestClient) -> None:
    answer = library.get(at("article:first", "article:second")).text
    url = html.unescape(answer.partition('data-charts="')[2].partition('"')[0])
    figure = library.get(url)
    assert "immutable" in figure.headers["cache-control"]
    traces = figure.json()["charts"]["compare"]["data"]
    assert [trace.get("name") for trace in traces[1:]] == ["First", "Second"]
    assert traces[1]["customdata"][0][3] == "67 % (2 of 3)"


def test_without_things_there_is_a_form_with_examples(library: TestClient) -> None:
    page = page_at(library)
    assert "Name two things" in page.text
    for link in [one for one in page.links if one.startswith("/compare?")]:
        assert library.get(link).status_code == 200
    assert at("topic:energy", "topic:nato").replace(":", "%3A") in page.links


def test_one_thing_alone_asks_for_another(library: TestClient) -> None:
    page = page_at(library, "speaker:liis-tamm")
    assert "Name one more thing to compare “ Liis Tamm ” with." in page.text
    assert any("speaker%3Abo-nord" in link for link in page.links)
    assert library.get("/compare.json?with=speaker:liis-tamm").json()["counts"] == []
    assert library.get("/compare/charts.json?with=speaker:liis-tamm").json()["charts"] == {}


def test_a_thing_does_not_differ_from_itself(library: TestClient) -> None:
    page = page_at(library, "article:first", "article:first")
    assert "“ First ” was named twice. It does not differ from itself, so it stands here once." in page.text
    assert "Name one more thing" in page.text
    three = page_at(library, "article:first", "article:second", "article:first")
    assert "was named twice" in three.text
    assert "Energy 67 % (2 of 3) 50 % (1 of 2)" in three.text


def test_fifty_are_too_many_and_the_first_six_are_offered(library: TestClient) -> None:
    names = [f"topic:t{number}" for number in range(50)]
    answer = library.get(at(*names))
    assert answer.status_code == 400
    page = read(answer.text)
    assert "50 things are too many to read side by side; 6 can be compared at most. Leave out 44 of them." in page.text
    assert at(*names[:6]).replace(":", "%3A") in page.links


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("topic:nope", "There is no topic “nope” in the library. There are: Energy, NATO, Ukraine"),
        ("speaker:nope", "There is no speaker “nope” in the library. There are: Liis Tamm"),
        ("article:nope", "There is no article “nope” in the library. There are:"),
        ("publisher:Nope", "There is no publisher “Nope” in the library. There are:"),
        ("publisher:", "There is no publisher “” in the library."),
        ("colour:red", "Nothing in the library is called “colour:red”. A thing to compare is written as article:…"),
        ("<script>", "Nothing in the library is called “<script>”."),
        ("period:2023", ""),
        ("period:next year", "“next year” is no period"),
        ("period:2022-13", "“2022-13” is no period"),
        ("period:2022-02-30", "is no period"),
        ("period:0000", "is no period"),
        ("period:..", "is no period"),
        ("period:20222023", "is no period"),
        ("period:2023-01-01..2022-01-01", "The period 2023-01-01..2022-01-01 ends before it begins."),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(library: TestClient, name: str, told: str) -> None:
    answer = library.get(at(name, "topic:energy"))
    assert answer.status_code == (400 if told else 200)
    page = read(answer.text)
    assert told in page.text
    assert "<script>" not in answer.text.replace("<script type", "")
    if told:
        assert library.get(at(name).replace("/compare?", "/compare.json?")).status_code == 400
        assert library.get(at(name).replace("/compare?", "/compare/charts.json?")).status_code == 400


def test_a_period_the_wrong_way_round_is_turned_by_a_click(library: TestClient) -> None:
    page = read(library.get(at("topic:energy", "period:2023..2022")).text)
    [turned] = [link for link in page.links if "2022..2023" in link]
    assert "2022 to 2023 period" in read(library.get(turned).text).text


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("energy", "Energy"),
        ("nato", "NATO"),
        ("2022-06", "June 2022"),
        ("2022-06-01", "1 June 2022"),
        ("period:2022-06-01..", "since 1 June 2022"),
        ("period:..2022-06-01", "until 1 June 2022"),
        ("Post", "Post"),
        ("first", "First"),
        ("tamm", "Liis Tamm"),
        ("speaker:unnamed", "Nobody named"),
    ],
)
def test_what_a_person_types_is_understood(library: TestClient, typed: str, label: str) -> None:
    found = json_at(library, typed, "article:second")
    assert found["things"][0]["label"] == label  # type: ignore[index]


def test_two_languages_compare_by_numbers_alone(library: TestClient, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        conn.execute(update(articles).where(articles.c.slug == "second").values(language="de"))
    page = page_at(library, "article:first", "article:second")
    assert "what they say can be compared by numbers only, not by words" in page.text
    assert "Paragraph by paragraph" not in page.text
    assert json_at(library, "article:first", "article:second")["different_languages"] is True


def test_two_statements_lead_to_their_paragraphs(sqlite_engine: Engine) -> None:
    for year in (2022, 2023):
        paragraphs = paragraphs_of(str(year))
        text = "\n".join(paragraphs)
        said = [
            say(text, one.partition(". ")[2].rstrip("."), speaker=person("The Compact"), topics=("energy",))
            for one in paragraphs
        ]
        with sqlite_engine.begin() as conn:
            add_article(conn, Article(f"Statement {year}", text, date=dt.date(year, 6, 1)), make_analysis(text, *said))
    client = client_of(sqlite_engine)
    answer = client.get(at("article:statement-2022", "article:statement-2023"))
    page = read(answer.text)
    assert "38 paragraphs the same, 11 reworded, 6 moved, 4 dropped, 4 new" in page.text
    assert "− urge → + call on" in page.text
    assert "/articles/statement-2022/versions/statement-2023" in page.links
    assert len(gzip.compress(answer.content)) < 20_000
    assert len(re.findall(r"<[a-z]", answer.text)) < 1_500


def test_six_things_fit_on_a_light_page(library: TestClient) -> None:
    names = ("article:first", "article:second", "2022", "publisher:Post", "speaker:liis-tamm", "topic:energy")
    answer = library.get(at(*names))
    assert len(re.findall(r"<[a-z]", answer.text)) < 1_500
    assert 'name="with" list' not in answer.text, "there is no room for a seventh"


def test_names_are_never_markup(sqlite_engine: Engine) -> None:
    add(sqlite_engine, "<b>One</b>", ("<i>Eve</i>", GAS, "energy"), publisher="<u>P</u>")
    add(sqlite_engine, "Two", ("Bo", GAS, "energy"))
    client = client_of(sqlite_engine)
    answer = client.get(at("publisher:<u>P</u>", "article:two"))
    assert answer.status_code == 200
    assert not any(tag in answer.text for tag in ("<b>One", "<i>Eve", "<u>P"))


def test_a_wrong_filter_is_told_and_the_way_on_keeps_the_things(library: TestClient) -> None:
    answer = library.get(at("article:first", "article:second", more="&kind=loud"))
    assert answer.status_code == 400
    page = read(answer.text)
    assert "“loud” is no value of “kind”" in page.text
    assert at("article:first", "article:second").replace(":", "%3A") in page.links


def test_words_are_a_filter_too(library: TestClient) -> None:
    page = page_at(library, "article:first", "article:second", more="&q=lights")
    assert "First article, 1 quote" in page.text
    assert "in other words here and there" in page.text
    assert library.get(at("article:first", "article:second", more="&q=%22")).status_code == 400
    assert library.get(at("article:first", "article:second", more="&q=topic:nope")).status_code == 400
