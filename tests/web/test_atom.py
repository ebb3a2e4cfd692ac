"""The Atom feeds: what is in them is what the list in JSON has."""

import datetime as dt
import re

import feedparser
import pytest
from fastapi.testclient import TestClient

from app.present.atom import NEVER

HERE = re.compile(r"http://127\.0\.0\.1(:80)?(?=/)")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def path_of(address: str) -> str:
    """*address* without that of this machine."""
    assert HERE.match(address)
    return HERE.sub("", address)


def read(client: TestClient, path: str) -> feedparser.FeedParserDict:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("query", ["", "?topic=energy", "?q=pipeline", "?kind=direct&topic=nato", "?from=1900&to=1901"])
def test_a_feed_has_the_quotes_of_the_list(client: TestClient, query: str) -> None:
    feed, listed = read(client, f"/search.atom{query}"), client.get(f"/search.json{query}").json()
    assert [entry.id for entry in feed.entries] == [f"urn:communique:quote:{one['id']}" for one in listed["items"]]
    for entry, quote in zip(feed.entries, listed["items"], strict=True):
        assert path_of(entry.link) == quote["address"]
        assert {tag.term for tag in entry.tags} == set(quote["topics"])
        assert entry.author == (quote["speaker"] or {"name": entry.author})["name"]
        assert quote["text"][:20] in entry.title
        assert quote["text"].replace("&", "&amp;") in entry.content[0].value


def test_every_time_in_a_feed_is_one_of_rfc_3339(client: TestClient) -> None:
    text = client.get("/search.atom").text
    times = re.findall(r"<(updated|published)>(.*?)</", text)
    assert len(times) > 4
    assert all(RFC_3339.fullmatch(time) for _, time in times)


def test_a_feed_keeps_its_id_and_says_where_it_is(client: TestClient) -> None:
    feed = read(client, "/search.atom?topic=energy&kind=direct").feed
    assert feed.id == read(client, "/search.atom?kind=direct&topic=energy").feed.id
    assert feed.id != read(client, "/search.atom?topic=energy").feed.id
    links = {link.rel: link.href for link in feed.links}
    assert path_of(links["self"]) == "/search.atom?topic=energy&kind=direct"
    assert path_of(links["alternate"]) == "/search?topic=energy&kind=direct"


def test_the_host_header_is_in_no_feed(client: TestClient) -> None:
    answer = client.get("/search.atom", headers={"host": "evil.example"})
    assert answer.status_code == 421 or "evil.example" not in answer.text


def test_a_feed_without_quotes_does_not_change(empty: TestClient) -> None:
    feed = read(empty, "/search.atom")
    assert feed.entries == []
    assert dt.datetime.fromisoformat(feed.feed.updated) == NEVER


def test_a_feed_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/search.atom")
    assert "last-modified" in first.headers
    again = client.get("/search.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_goes_on_to_older_quotes(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.atom.ENTRIES", 2)
    found: list[str] = []
    path: str | None = "/search.atom"
    while path:
        feed = read(client, path)
        found += [entry.id for entry in feed.entries]
        following = [link.href for link in feed.feed.links if link.rel == "next"]
        path = path_of(following[0]) if following else None
    everything = [f"urn:communique:quote:{one['id']}" for one in client.get("/search.json").json()["items"]]
    assert found == everything
