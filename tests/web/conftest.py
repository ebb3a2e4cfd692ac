"""The application over a small library, asked as a browser asks."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.settings import Settings
from app.store.articles import add_article
from app.web.application import create_app
from tests.factories import summit


class Words(HTMLParser):
    """The words that a reader without scripts sees, and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        if "id" in given:
            self.ids.append(given["id"] or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(html: str) -> Words:
    parser = Words()
    parser.feed(html)
    return parser


@pytest.fixture
def empty(sqlite_engine: Engine) -> TestClient:
    """A library without articles."""
    return client_of(sqlite_engine)


@pytest.fixture
def client(sqlite_engine: Engine) -> TestClient:
    """A library with the summit."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    return client_of(sqlite_engine)


def client_of(engine: Engine) -> TestClient:
    app = create_app(Settings(), engine)
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers={"accept": "text/html"})


@pytest.fixture
def page(client: TestClient) -> Callable[[str], Words]:
    """What a reader finds at an address that must answer."""

    def at(path: str) -> Words:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return read(answer.text)

    return at
