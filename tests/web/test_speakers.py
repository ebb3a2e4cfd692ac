from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article, Topic
from app.store.articles import add_article
from app.store.topics import sync_topics
from tests.factories import group, make_analysis, numbered, person, say
from tests.store.test_rankings import crowd
from tests.web.conftest import Words, client_of, read

Page = Callable[[str], Words]
BOTH = "xi-jinping-and-vladimir-putin"
LONG = "Aa " * 33_333


def speaks(engine: Engine, *names: str) -> TestClient:
    """A library in which each of *names* says something in one article."""
    text = "\n".join(f"“Words {number}” were said." for number in range(len(names)))
    said = [
        say(text, f"Words {number}", speaker=person(name), topics=("energy", "nato"))
        for number, name in enumerate(names)
    ]
    with engine.begin() as conn:
        add_article(conn, Article("Many speak", text), make_analysis(text, *said))
    return client_of(engine)


def follow(client: TestClient, path: str) -> int:
    """How many quotes there are at an address of the search."""
    head, _, query = path.partition("?")
    assert head == "/search"
    total: int = client.get(f"/search.json?{query}").json()["total"]
    return total


def test_the_list_says_who_speaks_how_much_and_on_what(page: Page) -> None:
    speakers = page("/speakers")
    assert "Xi Jinping and Vladimir Putin group" in speakers.text
    assert f"/speakers/{BOTH}" in speakers.links
    assert f"/search?topic=energy&speaker={BOTH}" in speakers.links


@pytest.mark.parametrize("query", ["", "?kind=direct", "?article=leaders-meet-in-beijing", "?from=2024&to=2024"])
def test_every_number_is_the_length_of_the_list_behind_it(client: TestClient, query: str) -> None:
    data = client.get(f"/speakers.json{query}").json()
    assert data["items"]
    links = [link for link in read(client.get(f"/speakers{query}").text).links if link.startswith("/search?")]
    for item in data["items"]:
        slug = item["speaker"]["slug"] if item["speaker"] else "unnamed"
        for topic, count in item["topics"].items():
            cell = next(link for link in links if f"topic={topic}&speaker={slug}" in link)
            assert follow(client, cell) == count
        whole = next(link for link in links if f"speaker={slug}" in link and "topic=" not in link)
        assert follow(client, whole) == item["direct"] + item["mixed"] + item["indirect"]


def test_those_who_are_not_named_are_in_the_list_and_have_a_page(page: Page) -> None:
    assert "Nobody named the text names nobody" in page("/speakers").text
    unnamed = page("/speakers/unnamed")
    assert "does not name who speaks" in unnamed.text
    assert "In the same articles Experts 1 article" in unnamed.text
    assert "They are called" not in unnamed.text


def test_a_name_is_found_and_a_name_that_is_not_there_is_told(client: TestClient, page: Page) -> None:
    assert "1 speaker with “ PUTIN xi ” in the name" in page("/speakers?name=PUTIN+xi").text
    nobody = page("/speakers?name=macron")
    assert "No speaker has “ macron ” in the name." in nobody.text
    assert "/speakers" in nobody.links
    assert client.get("/speakers.json?name=macron").json()["total"] == 0


def test_five_thousand_speakers_come_in_pages_by_number_and_by_name(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        crowd(conn, 5_000)
    client = client_of(sqlite_engine)
    first = client.get("/speakers.json?sort=name").json()
    second = client.get(first["next"]).json()
    assert first["total"] == 5_000
    names = [item["speaker"]["name"] for item in (*first["items"], *second["items"])]
    assert names == sorted(f"Speaker {number:03}" for number in range(1, 5_001))[:80]
    html = client.get("/speakers").text
    assert html.count("<tr>") == 41
    assert "More speakers →" in read(html).text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "محمد بن سلمان",
    "\u202eevil name",
    "Z̴̡̢͓̹͓̹a̵̧͓̹͓̹l̶̡͓̹͓̹g̷̡͓̹͓̹o",
    "{{ 7 * 7 }}",
    "習近平",
    "a" * 400,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_letter_by_letter_and_kept_apart(sqlite_engine: Engine, name: str) -> None:
    client = speaks(sqlite_engine, name, "Ann Lee")
    slug = next(
        item["speaker"]["slug"]
        for item in client.get("/speakers.json").json()["items"]
        if item["speaker"]["name"] != "Ann Lee"
    )
    for path in ("/speakers", f"/speakers/{slug}", "/time", "/articles/many-speak", "/speakers/ann-lee"):
        html = client.get(path).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "49" not in read(html).words
    shown = client.get(f"/speakers/{slug}").text
    assert "<h1><bdi>" in shown


def test_a_name_of_a_hundred_thousand_letters_fills_no_page(sqlite_engine: Engine) -> None:
    client = speaks(sqlite_engine, LONG, "Ann Lee")
    for path in ("/speakers", "/speakers/ann-lee", "/articles/many-speak", "/topics/energy", "/search", "/"):
        assert len(client.get(path).content) < 100_000, path
    slug = next(
        item["speaker"]["slug"]
        for item in client.get("/speakers.json").json()["items"]
        if item["speaker"]["name"] != "Ann Lee"
    )
    assert len(client.get(f"/speakers/{slug}").content) < 100_000


def test_of_many_topics_the_first_have_a_column_and_the_others_are_counted(sqlite_engine: Engine) -> None:
    topics = tuple(Topic(f"t{n:02}", f"Topic {n}", "", "#123456", (f"w{n}",), ()) for n in range(30))
    with sqlite_engine.begin() as conn:
        sync_topics(conn, topics)
        for number in range(30):
            add_article(conn, *numbered(number, 2, topics=(f"t{number:02}",)))
    client = client_of(sqlite_engine)
    page = read(client.get("/speakers").text)
    assert "The 8 topics with most quotes have a column; 22 other topics" in page.text
    speaker = client.get("/speakers/xi-jinping")
    assert "other topics: " in read(speaker.text).text


def test_a_speaker_is_told_by_topic_time_place_and_words(page: Page) -> None:
    speaker = page(f"/speakers/{BOTH}")
    for words in (
        "Xi Jinping and Vladimir Putin Group",
        "On what",
        "When 16 May 2024",
        "Where 1 article",
        "Compare with…",
    ):
        assert words in speaker.text
    assert f"/compare?with=speaker%3A{BOTH}" in speaker.links
    assert f"/time?speaker={BOTH}" in speaker.links


@pytest.mark.parametrize("query", ["", "?kind=direct", "?topic=energy", "?kind=indirect&topic=energy", "?from=2025"])
def test_page_json_and_charts_of_a_speaker_tell_of_the_same_quotes(client: TestClient, query: str) -> None:
    data = client.get(f"/speakers/{BOTH}.json{query}").json()
    more = f"&{query[1:]}" if query else ""
    assert data["total"] == follow(client, f"/search?speaker={BOTH}{more}") == sum(data["kinds"].values())
    html = client.get(f"/speakers/{BOTH}{query}").text
    assert html.count('<figure class="quote') == data["total"]
    charts = client.get(f"/speakers/{BOTH}/charts.json{query}").json()["charts"]
    drawn = charts["topics"]["data"] if charts else []
    topics = client.get(f"/search.json?speaker={BOTH}{more}").json()["items"]
    chosen = [topic for item in topics for topic in item["topics"] if "topic=" not in query or topic == "energy"]
    assert sum(sum(trace["x"]) for trace in drawn) == len(chosen)


def test_a_bar_leads_to_the_quotes_that_it_counts(client: TestClient) -> None:
    figures = client.get(f"/speakers/{BOTH}/charts.json").json()["charts"]
    for trace in figures["topics"]["data"]:
        for count, (href, *_) in zip(trace["x"], trace["customdata"], strict=True):
            assert follow(client, href) == count
    for trace in figures["time"]["data"]:
        for count, (href, *_) in zip(trace["y"], trace["customdata"], strict=True):
            assert not count or follow(client, href) == count


def test_the_name_in_a_quote_leads_to_its_speaker_but_not_on_the_speakers_own_page(page: Page) -> None:
    assert f"/speakers/{BOTH}" in page("/topics/energy").links
    assert f"/speakers/{BOTH}" in page("/articles/leaders-meet-in-beijing").links
    assert f"/speakers/{BOTH}" not in page(f"/speakers/{BOTH}").links


def test_who_is_in_the_same_articles_can_be_compared(sqlite_engine: Engine) -> None:
    page = read(speaks(sqlite_engine, "Ann Lee", "Bob Ray").get("/speakers/ann-lee").text)
    assert "In the same articles Bob Ray 1 article Compare" in page.text
    assert "/compare?with=speaker:ann-lee&with=speaker:bob-ray" in page.links


def test_the_members_of_a_group_whom_its_name_leaves_out_are_named(sqlite_engine: Engine) -> None:
    text = "“We agree,” the leaders said."
    speaker = group("Ann Lee", "Bob Ray")
    said = say(text, "We agree", speaker=type(speaker)("The Leaders", speaker.kind, speaker.members), source="leaders")
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("T", text), make_analysis(text, said))
    page = read(client_of(sqlite_engine).get("/speakers/the-leaders").text)
    assert "2 members: Ann Lee, Bob Ray" in page.text
    assert "Called leaders 1" in page.text


def test_a_filter_that_leaves_a_speaker_nothing_is_told_with_a_way_out(page: Page) -> None:
    speaker = page(f"/speakers/{BOTH}?topic=ukraine")
    assert "No quotes match these filters." in speaker.text
    assert f"/speakers/{BOTH}" in speaker.links


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/speakers/nobody-we-know", 404, "There is no speaker"),
        ("/speakers/nobody-we-know/charts.json", 404, "There is no speaker"),
        ("/speakers?after=nobody-we-know", 404, "not in this list of speakers"),
        ("/speakers?sort=age", 400, "It can be quotes or name"),
        ("/speakers?kind=sung", 400, "direct"),
        (f"/speakers/{BOTH}?speaker=unnamed", 400, "one speaker alone"),
        (f"/speakers/{BOTH}?after=nope", 404, "quote"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_sentence(client: TestClient, path: str, status: int, told: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert told in answer.text.replace("&#39;", "'")


def test_a_name_to_look_for_may_be_anything(client: TestClient) -> None:
    for name in ("%", "_", "\0", "x" * 9_000, "<b>", "'; DROP TABLE speakers; --", "\u202e"):
        assert client.get(f"/speakers?name={quote(name)}").status_code == 200


def test_an_empty_library_has_no_speakers_yet(empty: TestClient) -> None:
    assert "Nobody is quoted yet." in read(empty.get("/speakers").text).text
    assert empty.get("/speakers.json").json()["items"] == []
    assert "Every quote in the library has a speaker" in read(empty.get("/speakers/unnamed").text).text
