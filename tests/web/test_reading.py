"""The whole text of an article to read: in parts, with its quotes in the margin."""

import gzip
import html
import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article, SpeakerKind
from app.domain import Speaker as SpeakerOf
from app.store.articles import add_article
from tests.factories import SUMMIT_TEXT, make_analysis, person, say
from tests.long_article import long_article
from tests.web.conftest import client_of, read

SUMMIT = "/articles/leaders-meet-in-beijing/read"
LONG = "/articles/a-long-day-of-talks/read"
MOST_ELEMENTS, MOST_BYTES = 1_500, 20_000


@pytest.fixture(scope="module")
def long_text() -> str:
    return long_article()[0].text


@pytest.fixture
def long(sqlite_engine: Engine) -> TestClient:
    """A library with an article of 500 quotes."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *long_article())
    return client_of(sqlite_engine)


def blocks(page: str) -> list[tuple[int, str]]:
    """Each block of text as a browser has it: where it says that it begins, and its words."""
    found = re.findall(r'<(?:p|h2) dir="auto" data-start="(\d+)"[^>]*>(.*?)</(?:p|h2)>', page, re.DOTALL)
    return [(int(start), html.unescape(re.sub(r"<[^>]+>", "", inner))) for start, inner in found]


def elements(page: str) -> int:
    return len(re.findall(r"<[a-z]", page))


def notes(page: str, css: str = "") -> list[str]:
    """The quotes in the margin; those with another class than of their topic, by that."""
    return re.findall(rf'<li class="[^"]*{css}" data-quote="(\w+)"', page)


def test_every_block_stands_at_the_offset_that_it_names(client: TestClient) -> None:
    found = blocks(client.get(SUMMIT).text)
    assert [words for _, words in found] == SUMMIT_TEXT.splitlines()
    assert all(SUMMIT_TEXT.startswith(words, start) for start, words in found)


def test_offsets_count_code_points_in_any_script(sqlite_engine: Engine) -> None:
    text = "😀😀 قال: “نعم”.\nA\u0301 “& <b>yes” she said.\n👩‍👩‍👧 end"
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Odd", text), make_analysis(text, say(text, "& <b>yes", topics=("energy",))))
    found = blocks(client_of(sqlite_engine).get("/articles/odd/read").text)
    assert [words for _, words in found] == text.splitlines()
    assert all(text[start : start + len(words)] == words for start, words in found)


def test_parts_hold_the_whole_text_and_every_quote_once(long: TestClient, long_text: str) -> None:
    parts = long.get(f"{LONG}.json").json()["parts"]
    assert len(parts) > 1
    pages = [long.get(f"{LONG}?part={one['part']}").text for one in parts]
    joined = [words for page in pages for _, words in blocks(page)]
    assert "\n".join(joined) == long_text
    quotes = [one for page in pages for one in notes(page)]
    assert len(quotes) == len(set(quotes)) == 500


def test_every_part_and_the_article_keep_the_budgets_of_a_page(long: TestClient) -> None:
    parts = long.get(f"{LONG}.json").json()["parts"]
    addresses = [f"{LONG}?part={one['part']}" for one in parts]
    for address in [*addresses, f"{LONG}?topic=nato", LONG.removesuffix("/read")]:
        body = long.get(address).text
        assert elements(body) <= MOST_ELEMENTS, address
        assert len(gzip.compress(body.encode(), 5)) <= MOST_BYTES, address


def test_the_address_of_a_quote_leads_to_the_part_that_has_it(long: TestClient) -> None:
    parts = long.get(f"{LONG}.json").json()["parts"]
    last = long.get(f"{LONG}.json?part={len(parts)}").json()["quotes"]["items"][-1]["id"]
    page = long.get(f"{LONG}?quote={last}").text
    assert f'id="at-{last}"' in page
    assert re.search(rf'data-quote="{last}"[^>]* aria-current="true"', page)


def test_each_note_leads_to_the_quotes_around_it_across_parts(long: TestClient) -> None:
    seen, page = [], long.get(LONG).text
    at = notes(page)[0]
    while True:
        seen.append(at)
        note = page.partition(f'data-quote="{at}"')[2].partition("</li>")[0]
        following = re.search(r'href="([^"]*)" data-step="1"', note)
        if following is None:
            break
        address, _, at = html.unescape(following.group(1)).partition("#at-")
        page = long.get(address).text if address else page
    assert len(seen) == 500


def test_a_topic_dims_the_other_quotes_and_steps_over_them(client: TestClient) -> None:
    page = client.get(f"{SUMMIT}?topic=energy").text
    assert (len(notes(page)), len(notes(page, " off"))) == (4, 2)
    assert page.count(' off" data-n=') == 2
    assert "2 on Energy" in read(page).text
    assert (page.count('data-step="1"'), page.count('data-step="-1"')) == (2, 3)  # of 1, 3 and the dimmed 2, 4


def test_topic_and_speaker_can_both_be_chosen_and_given_up(client: TestClient) -> None:
    both = "speaker=xi-jinping-and-vladimir-putin"
    page = client.get(f"{SUMMIT}?topic=energy&{both}").text
    assert "1 on Energy by Xi Jinping and Vladimir Putin" in read(page).text
    links = read(page).links
    assert any(link.startswith(f"{SUMMIT}?topic=energy#at-") for link in links)
    assert SUMMIT in links


def test_the_rail_counts_the_quotes_and_leads_to_the_first(client: TestClient) -> None:
    page = client.get(SUMMIT).text
    assert re.search(r'href="[^"]*topic=energy#at-\w+" data-value="energy".*?<span class="num">2</span>', page)
    assert "4 quotes" in read(page).text


def test_the_rail_is_cut_but_has_what_is_chosen(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *long_article(120, speakers=120, title="Many"))
    client = client_of(sqlite_engine)
    page = client.get("/articles/many/read").text
    assert page.count('data-value="') <= 12 + 5
    assert re.search(r"and \d+ others", page)
    rare = client.get("/articles/many.json").json()["speakers"]["items"][-1]["speaker"]["slug"]
    assert f'data-value="{rare}"' not in page
    assert f'data-value="{rare}" data-index' in client.get(f"/articles/many/read?speaker={rare}").text


def test_numbers_and_labels_stand_beside_colours(client: TestClient) -> None:
    page = client.get(SUMMIT).text
    first = page.partition('class="notes"')[2].partition("</li>")[0]
    assert "Xi Jinping and Vladimir Putin said direct Energy" in read(first).text
    assert re.search(r'<mark class="m-said t-energy" data-n="1" id="at-\w+">', page)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("part=99", 404, "one part to read, and no part 99"),
        ("part=0", 404, "no part 0"),
        ("part=-1", 404, "no part -1"),
        (f"part={10**30}", 404, "no part 100000000000"),
        ("part=x", 400, "cannot be read"),
        ("quote=aaaaaaaaaaaa", 404, "no quote"),
        ("topic=nope", 400, "topic"),
        ("speaker=nope", 400, "speaker"),
    ],
)
def test_what_the_article_does_not_have_is_explained(client: TestClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"{SUMMIT}?{query}")
    assert answer.status_code == status
    assert words in read(answer.text).text


def test_a_topic_that_the_article_lacks_leaves_nothing_and_offers_all(client: TestClient) -> None:
    page = client.get(f"{SUMMIT}?topic=us").text
    assert len(notes(page, " off")) == 4
    assert "Show all" in read(page).text


def test_an_unknown_article_is_not_found(client: TestClient) -> None:
    assert client.get("/articles/nope/read").status_code == 404
    assert client.get("/articles/nope/read.json").status_code == 404


def test_an_article_without_quotes_can_be_read(sqlite_engine: Engine) -> None:
    text = "Nobody spoke at all."
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("Silence", text), make_analysis(text))
    page = client_of(sqlite_engine).get("/articles/silence/read").text
    assert blocks(page) == [(0, text)]
    assert "No quotes were found" in page


def test_a_long_article_is_read_elsewhere_and_a_short_one_on_its_page(long: TestClient, client: TestClient) -> None:
    dashboard = long.get(LONG.removesuffix("/read")).text
    assert "Read the whole text, in" in dashboard
    assert '<div class="block">' not in dashboard
    assert "All on NATO in this article" in dashboard
    assert '<div class="block">' in client.get(SUMMIT.removesuffix("/read")).text


def test_names_of_any_length_and_script_are_kept_apart_and_cut(sqlite_engine: Engine) -> None:
    text = "“Yes,” said the man. “No,” said the woman."
    endless = SpeakerOf("ם" * 100_000 + "<b>", SpeakerKind.PERSON)
    with sqlite_engine.begin() as conn:
        said = (say(text, "Yes", speaker=endless), say(text, "No", speaker=person("\u202eevil\u202c")))
        add_article(conn, Article("Odd", text), make_analysis(text, *said))
    client = client_of(sqlite_engine)
    for address in ("/articles/odd/read", "/articles/odd"):
        page = client.get(address).text
        assert len(page.encode()) < 60_000
        assert "<bdi>\u202eevil" in page


def test_the_keys_are_listed_for_whoever_has_no_script(client: TestClient) -> None:
    words = read(client.get("/keys").text).text
    assert "j The next quote" in words
    assert [one["keys"] for one in client.get("/keys.json").json()["keys"]][:2] == [["j"], ["k"]]
    assert "/keys" in read(client.get("/").text).links


def test_a_quote_as_json_can_be_cited(client: TestClient) -> None:
    quote = client.get("/articles/leaders-meet-in-beijing.json").json()["quotes"]["items"][0]
    cited = client.get(f"{quote['address']}.json").json()["citation"]
    assert cited.endswith("in “Leaders meet in Beijing”, The Example, 16 May 2024.")
