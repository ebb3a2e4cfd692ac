"""Feeds on their page; nothing is fetched from the network here."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.errors import IngestError
from app.ingest import feeds as service
from app.text.fetch import Fetched
from tests.web.conftest import read
from tests.web.test_adding import queued

RSS = """<rss version="2.0"><channel><title>Statements &amp; talks</title><link>https://example.org/</link>
<item><title>First</title><link>https://example.org/1</link></item>{more}</channel></rss>"""
MORE = "<item><title>Second</title><link>https://example.org/2</link></item>"
URL = "https://example.org/feed"


class Site:
    """The site behind the feed: what it answers can be set."""

    def __init__(self) -> None:
        self.answer: str | IngestError = RSS.format(more="")

    def fetch(self, url: str, **how: Any) -> Fetched:
        if isinstance(self.answer, IngestError):
            raise self.answer
        return Fetched(url, self.answer.encode(), "application/rss+xml", None, None, None)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site()
    for name in ("add_feed", "poll_feed"):
        monkeypatch.setattr(service, name, partial(getattr(service, name), fetch=made.fetch))
    return made


def test_a_feed_is_added_looked_at_again_and_removed(empty: TestClient, site: Site, sqlite_engine: Engine) -> None:
    assert "No feed is looked at yet." in read(empty.get("/feeds").text).text
    added = read(empty.post("/feeds", data={"url": URL, "every": "60"}).text).text
    assert "“Statements & talks” is looked at from now on" in added
    assert "every hour 1 entry seen" in added
    site.answer = RSS.format(more=MORE)
    number = empty.get("/feeds.json").json()["items"][0]["id"]
    assert "has 1 new entry" in read(empty.post(f"/feeds/{number}/poll").text).text
    assert [job["url"] for job in queued(sqlite_engine)] == ["https://example.org/1", "https://example.org/2"]
    site.answer = IngestError("The site does not answer.")
    failed = read(empty.post(f"/feeds/{number}/poll").text).text
    assert "The last look failed: The site does not answer." in failed
    assert "new entr" not in failed
    assert "No feed is looked at yet." in read(empty.post(f"/feeds/{number}/remove").text).text
    assert empty.post(f"/feeds/{number}/poll").status_code == 404
    assert empty.post(f"/feeds/{number}/remove").status_code == 404


def test_what_is_no_feed_is_told_at_the_field(empty: TestClient, site: Site) -> None:
    for url, status in (("", 422), ("ftp://x", 422), ("http://user:pw@example.org/", 422)):
        answer = empty.post("/feeds", data={"url": url, "every": "30"})
        assert answer.status_code == status
        assert 'id="field-url-error"' in answer.text
    site.answer = "<p>Hello</p>"
    assert empty.post("/feeds", data={"url": URL}).status_code == 422
    site.answer = RSS.format(more="")
    assert empty.post("/feeds", data={"url": URL, "every": "7"}).status_code == 200
    again = empty.post("/feeds", data={"url": URL})
    assert again.status_code == 409
    assert "looked at already" in again.text
    assert empty.get("/feeds.json").json()["items"][0]["every"] == 30
