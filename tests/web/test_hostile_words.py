"""A library whose every word was written by an attacker: no page of it runs, loads or leads to anything of theirs."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain import Article
from app.resources import resource_dir
from app.store.articles import add_article
from app.store.feeds import Validators, add_feed
from app.store.job_rows import JobKind, NewJob
from app.store.jobs import add_jobs
from app.web.security import HEADERS
from tests.factories import make_analysis, person, say
from tests.web.conftest import client_of
from tests.web.correcting import fields_of

EVIL = "'\"></title></textarea></script><evil evil=1 onload=alert(1)>{{ 7 * 7 }}"
SCRIPT = "javascript:alert(1)//"
OPENING = frozenset("href src action formaction poster data cite xlink:href ping background".split())
FOREIGN = frozenset("evil iframe frame object embed applet style template animate set use".split())


class Doors(HTMLParser):
    """What a page would run or load, or where it leads that it should not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside = tag
        refresh = tag == "meta" and "http-equiv" in given and not given.get("content", "").isdecimal()
        moves = tag == "base" and "href" in given
        if tag in FOREIGN or "evil" in given or refresh or moves:
            self.open.append(f"<{tag} {given}>")
        if tag == "script" and not given.get("src", "").startswith("/static/js/"):
            self.open.append(f"<script {given}>")
        self.open += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        for name in OPENING & given.keys():
            self._lead(tag, name, given)

    def _lead(self, tag: str, name: str, given: dict[str, str]) -> None:
        where = given[name].removeprefix("http://127.0.0.1")
        ours = where == "" or where[0] in "#?" or (where[0] == "/" and where[1:2] not in ("/", "\\"))
        if ours:
            self.links += [where] if tag == "a" else []
        elif tag != "a" or not where.startswith(("https://", "http://")) or "noreferrer" not in given.get("rel", ""):
            self.open.append(f"<{tag} {name}={where}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in ("script", "style") and data.strip():
            self.open.append(f"<{self.inside}>{data}")


@pytest.fixture
def hostile(sqlite_engine: Engine) -> TestClient:
    """Articles, speakers, topics, corrections, jobs and feeds by an attacker."""
    with sqlite_engine.begin() as conn:
        for number, url in enumerate((SCRIPT, f"https://a.example/?{EVIL}", EVIL)):
            words = f"We attack {number} {EVIL}"
            text = f"{EVIL}\n“{words},” {EVIL} said.\n{EVIL} “{EVIL} again {number}”"
            said = say(text, words, speaker=person(f"Mallory {EVIL}"), topics=("energy",), source=EVIL, cue="said")
            other = say(text, f"{EVIL} again {number}")
            article = Article(f"{number} {EVIL}", text, url=url, publisher=EVIL, byline=EVIL)
            add_article(conn, article, make_analysis(text, said, other))
        add_feed(conn, SCRIPT, EVIL, 60, Validators(EVIL, EVIL))
        add_feed(conn, f"https://feeds.example/?{EVIL}", EVIL, 60, Validators())
        add_jobs(conn, [NewJob(JobKind.URL, EVIL, SCRIPT), NewJob(JobKind.DOCUMENT, EVIL, None, data=b"x")])
    client = client_of(sqlite_engine)
    topic = {"label": EVIL[:80], "description": EVIL, "colour": "#123456", "terms": ["evil"], "names": [EVIL[:60]]}
    assert client.put("/api/topics/evil", json=topic, headers={"if-match": "*"}).status_code in (200, 201)
    _correct(client)
    return client


def _correct(client: TestClient) -> None:
    quote = client.get("/search.json").json()["items"][0]["id"]
    form = fields_of(client.get(f"/quotes/{quote}/correct").text, f"/quotes/{quote}/correct")
    typed = {**form, "speaker": f"Trudy {EVIL}", "note": EVIL, "by": EVIL[:60], "do": "save"}
    assert client.post(f"/quotes/{quote}/correct", data=typed, follow_redirects=False).status_code == 303


def kind_of(path: str) -> tuple[str, ...]:
    """What a page is, whichever article, quote or topic it shows and whatever its filters say."""
    page, _, query = path.partition("?")
    parts = page.split("/")
    return (*parts[:2], *parts[3:], *sorted({one.partition("=")[0] for one in query.split("&") if one}))


def test_no_page_opens_a_door_for_the_words_of_others(hostile: TestClient) -> None:
    todo, seen = ["/", "/feeds", "/jobs", "/corrections", "/topics/history", "/compare"], Counter[tuple[str, ...]]()
    while todo:
        path = todo.pop(0).partition("#")[0]
        kind = kind_of(path)
        if seen[kind] == 2 or len(kind) > 4 or "." in path.partition("?")[0]:
            continue
        seen[kind] += 1
        answer = hostile.get(path)
        assert answer.status_code == 200, path
        page = Doors()
        page.feed(answer.text)
        page.close()
        assert not page.open, (path, page.open)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert not re.search(r"unsafe|https?:|\*|data:.*data:", policy)
        todo += [link for link in page.links if link.startswith("/")]
    assert {("", "articles", "read"), ("", "quotes", "correct"), ("", "speakers", "merge")} <= {one[:3] for one in seen}
    assert len(seen) > 60


def test_what_is_no_page_is_never_taken_for_one(hostile: TestClient) -> None:
    quote = hostile.get("/search.json").json()["items"][0]["id"]
    for path in ("/search.json", "/search.csv", "/articles.jsonl", f"/quotes/{quote}.bib", f"/quotes/{quote}.ris"):
        answer = hostile.get(path)
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]
        assert (
            not answer.headers["content-type"].startswith("text/") or "charset=utf-8" in answer.headers["content-type"]
        )
        assert answer.headers["x-content-type-options"] == HEADERS["x-content-type-options"]
        assert path.endswith(".json") or answer.headers["content-disposition"].startswith("attachment")


def test_a_problem_shows_what_was_asked_for_as_text_only(hostile: TestClient) -> None:
    for path in ("/articles/<evil>", "/nowhere/<evil>", "/search?kind=<evil>", "/speakers/<evil>", "/jobs/<evil>"):
        answer = hostile.get(path)
        page = Doors()
        page.feed(answer.text)
        assert not page.open, (path, page.open)
    assert json.loads(hostile.get("/articles/<evil>.json").text)["status"] == 404


WRITES_HTML = re.compile(
    r"(?:inner|outer)HTML\s*[+]?=[^=]|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
)


@pytest.mark.parametrize("path", sorted((resource_dir("static") / "js").rglob("*.js")), ids=lambda path: str(path.name))
def test_no_script_of_ours_writes_html(path: Path) -> None:
    assert not WRITES_HTML.findall(path.read_text("utf-8"))
