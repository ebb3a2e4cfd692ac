"""How many times a second a topic's page is served, over a bare FastAPI page with the same twenty quotes."""

import http.client
import json
import time
from statistics import quantiles

import pytest
from sqlalchemy import Engine

from app.store.articles import add_article
from tests.bench.served import started
from tests.factories import numbered

pytestmark = pytest.mark.bench
REQUESTS, ROUNDS = 250, 4
OURS = """
import sys, uvicorn
from app.settings import Settings
from app.store.engine import open_engine
from app.web.application import create_app
url = "sqlite:///" + sys.argv[1]
app = create_app(Settings(database_url=url), open_engine(url))
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
"""
BARE = '''
import sqlite3, sys, jinja2, uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
app = FastAPI()
page = jinja2.Environment(autoescape=True).from_string("""<!doctype html><title>{{ topic }}</title><h1>{{ topic }}</h1>
{% for q in quotes %}<figure><blockquote>{{ q[0] }}</blockquote><figcaption>{{ q[1] }}, {{ q[2] }}</figcaption></figure>
{% endfor %}""")
QUOTES = """SELECT substr(a.text, q.start + 1, q."end" - q.start), s.name, a.title FROM quotes q
JOIN quote_topics t ON t.quote_id = q.id JOIN articles a ON a.id = q.article_id
JOIN attributions b ON b.id = q.attribution_id LEFT JOIN speakers s ON s.id = b.speaker_id
WHERE t.topic_id = ? ORDER BY q.article_id DESC, q.start LIMIT 20"""

@app.get("/topics/{topic}", response_class=HTMLResponse)
def one(topic: str) -> str:
    conn = sqlite3.connect(sys.argv[1])
    try:
        return page.render(topic=topic, quotes=conn.execute(QUOTES, (topic,)).fetchall())
    finally:
        conn.close()

uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
'''


def times(connection: http.client.HTTPConnection, path: str, requests: int = REQUESTS) -> list[float]:
    taken = []
    for _ in range(requests):
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        taken.append(time.perf_counter() - start)
        assert answer.status == 200
        assert body.count(b"<figure") >= 20
    return taken


def first_quotes(connection: http.client.HTTPConnection, count: int) -> list[str]:
    """Ids of quotes with at least twenty more behind them, so that each leads to a page nobody has asked for."""
    found: list[str] = []
    path = "/topics/energy.json"
    while len(found) < count:
        connection.request("GET", path)
        answer = json.loads(connection.getresponse().read())
        found += [item["id"] for item in answer["items"]]
        path = answer["next"]
    return found[:count]


def test_a_topic_with_twenty_quotes_is_served_half_as_often_as_a_bare_page_at_least(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite_engine.begin() as conn:
        for number in range(8):
            add_article(conn, *numbered(number, 10))
    library = str(sqlite_engine.url.database)
    with started("-c", OURS, library) as (ours, _), started("-c", BARE, library) as (bare, _):
        first = [times(ours, f"/topics/energy?after={quote}", 1)[0] for quote in first_quotes(ours, 40)]
        times(bare, "/topics/energy", 40)
        spent: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine hits both
            spent["ours"] += times(ours, "/topics/energy")
            spent["bare"] += times(bare, "/topics/energy")
    rate = {name: len(taken) / sum(taken) for name, taken in spent.items()}
    slowest = {name: quantiles(taken, n=100)[98] for name, taken in spent.items()}
    with capsys.disabled():
        print(
            f"\npage: {rate['ours']:.0f} requests/s, bare {rate['bare']:.0f}: ratio {rate['ours'] / rate['bare']:.2f}; "
            f"p99 {slowest['ours'] * 1000:.1f} ms, bare {slowest['bare'] * 1000:.1f} ms; "
            f"made anew: median {sorted(first)[20] * 1000:.1f} ms"
        )
    assert rate["ours"] / rate["bare"] >= 0.5
    assert slowest["ours"] <= 3 * slowest["bare"]
