"""More requests at once than there are connections: each waits for its turn, and all are answered."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from app.settings import Settings
from app.store.articles import add_article
from app.store.sqlite import CONNECTIONS
from app.web.application import create_app
from app.web.at_once import FILES, PAGES
from tests.factories import summit
from tests.web.serving import listening

READERS, EACH = 120, 3


def test_there_are_connections_for_all_that_are_let_in() -> None:
    assert PAGES + FILES < CONNECTIONS


def test_a_crowd_is_answered_whole(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    with listening(create_app(Settings(), sqlite_engine)) as port:

        def reader(number: int) -> set[int]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            found = set()
            for turn in range(EACH):
                path = ("/topics/energy", f"/search?q=w{number}x{turn}", "/search.csv")[(number + turn) % 3]
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                found.add(answer.status)
            connection.close()
            return found

        with ThreadPoolExecutor(READERS) as crowd:
            statuses = set[int]().union(*crowd.map(reader, range(READERS)))
    assert statuses == {200}
