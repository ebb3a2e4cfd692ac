"""A library of which a part is shared: two articles, and everything that must not be seen named by one word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app.domain import Analysis, Article, Part, Role
from app.settings import Settings
from app.store.articles import add_article
from app.store.schema import quotes
from app.store.share_sessions import start
from app.store.shares import NewShare, make_share, share_by_token
from app.web.application import create_app
from app.web.gate.cookies import cookie_name
from tests.factories import make_analysis, person, say, summit

SLUG = "leaders-meet-in-beijing"
HERE = "http://127.0.0.1"
NOTHING: Mapping[str, str] = MappingProxyType({})
HIDDEN = "zyx"
"""Part of every word that stands only outside of what is shared."""

OTHER_TEXT = (
    "ZYXIA, MARCH 2023\n\n"
    "“The zyxpipe carries our energy partnership,” Zyxander Quill said.\n\n"
    "“NATO must hear the zyxtune,” Zyxander Quill said.\n\n"
    "“We will build a closer energy partnership,” Zyxander Quill said."
)


def other_article() -> tuple[Article, Analysis]:
    """Another article, by another speaker, of another publisher, on the same topics."""
    who = person("Zyxander Quill")
    said = [
        say(OTHER_TEXT, words, speaker=who, topics=(topic,), source="Zyxander Quill", cue="said")
        for words, topic in (
            ("The zyxpipe carries our energy partnership", "energy"),
            ("NATO must hear the zyxtune", "nato"),
            ("We will build a closer energy partnership", "energy"),
        )
    ]
    article = Article(
        title="The zyxtitle of another article",
        text=OTHER_TEXT,
        publisher="Zyxpress",
        date=dt.date(2022, 2, 2),
    )
    return article, make_analysis(OTHER_TEXT, *said)


@dataclass
class Shared:
    """The application over that library, with the way in for each kind of visitor."""

    engine: Engine
    settings: Settings
    app: FastAPI

    def token(self, role: Role, part: Part = Part.LIBRARY, given: Mapping[str, str] = NOTHING, path: str = "/") -> str:
        """The token of a new link."""
        expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        with self.engine.begin() as conn:
            return make_share(conn, NewShare(role, part, given, path, "Shared words", "a note", expires))[1]

    def cookie(self, token: str) -> dict[str, str]:
        """The cookie of a browser that has opened the link of *token*."""
        with self.engine.begin() as conn:
            share = share_by_token(conn, token)
            assert share is not None
            secret = start(conn, share)
        assert secret is not None
        return {cookie_name(self.settings): secret}

    def client(self, token: str | None = None) -> TestClient:
        """A browser that has opened the link of *token*, or none."""
        cookies = self.cookie(token) if token else None
        headers = {"accept": "text/html"}
        return TestClient(self.app, HERE, raise_server_exceptions=False, headers=headers, cookies=cookies)

    def quote(self, words: str) -> str:
        """The id of the quote of the summit that begins with the nth place of *words*."""
        text = summit()[0].text
        with self.engine.connect() as conn:
            found = conn.scalar(
                select(quotes.c.uid).where(quotes.c.article_id == 1, quotes.c.start == text.index(words))
            )
        assert found is not None
        return str(found)


def shared_library(engine: Engine) -> Shared:
    """The library, shared, and the application."""
    with engine.begin() as conn:
        add_article(conn, *summit())
        article, analysis = other_article()
        add_article(conn, article, analysis)
    settings = Settings(share=True, rate_limits=0)
    return Shared(engine, settings, create_app(settings, engine))
