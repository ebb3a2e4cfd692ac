"""An article edited, deleted, brought back and read again, and its original; all of it without a script."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app.domain import Article, DatePrecision, DocumentKind
from app.store.articles import add_article
from app.store.intake_schema import jobs
from app.store.originals import keep_original
from app.store.provenance import Source, put_source
from app.store.reanalysing import find_text
from tests.factories import make_analysis, person, say
from tests.web.conftest import read

SUMMIT = "/articles/leaders-meet-in-beijing"
PAIR = "xi-jinping-and-vladimir-putin"
SLUG = SUMMIT.removeprefix("/articles/")


def form_of(client: TestClient, path: str = f"{SUMMIT}/edit") -> dict[str, str]:
    """What a browser would send of the form at *path*."""
    page = client.get(path).text
    tags = re.findall(r"<input[^>]*>", page)
    fields = [(re.findall(r'name="([^"]+)"', tag), re.findall(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[0]: value[0] for name, value in fields if name and value}


def jobs_of(engine: Engine) -> list[tuple[str, dict[str, bool]]]:
    with engine.connect() as conn:
        return [(row.kind, row.given) for row in conn.execute(select(jobs).order_by(jobs.c.id))]


def with_original(engine: Engine, name: str, data: bytes, *, garbled: bool = False) -> None:
    """Give a garbled article an original called *name*."""
    text = "“Weâ€™re ready,” MÃ¼ller said."
    with engine.begin() as conn:
        add_article(conn, Article("Odd", text), make_analysis(text, say(text, "Weâ€™re ready", speaker=person("Ann"))))
        found = find_text(conn, text)
        assert found
        notes = ("2 sidebars were left out.",)
        source = Source(
            keep_original(conn, data), name, DocumentKind.HTML, encoding="cp1252", notes=notes, garbled=garbled
        )
        put_source(conn, found.id, source)


def test_an_article_is_edited_and_says_which_fields_a_person_has_set(client: TestClient) -> None:
    form = {**form_of(client), "title": "Talks", "date": "2023-03", "byline": "Bo Li"}
    answer = client.post(f"{SUMMIT}/edit", data=form)
    assert "Saved." in answer.text
    assert "left alone when the text is read again: Title, By, Date." in read(answer.text).text
    page = read(client.get(SUMMIT).text).text
    assert "Talks By Bo Li The Example March 2023" in page
    assert client.get(f"{SUMMIT}.json").json()["article"]["date_precision"] == "month"
    assert "March 2023" in read(client.get("/articles").text).text


@pytest.mark.parametrize(("typed", "shown"), [("2023", "2023"), ("2023-03-21", "21 March 2023"), ("", "")])
def test_a_date_is_as_precise_as_it_is_typed(client: TestClient, typed: str, shown: str) -> None:
    client.post(f"{SUMMIT}/edit", data={**form_of(client), "date": typed})
    assert form_of(client)["date"] == typed
    assert shown in read(client.get(SUMMIT).text).text


def test_a_speaker_is_renamed_wherever_it_speaks(client: TestClient) -> None:
    form = form_of(client)
    [field] = [name for name, value in form.items() if value == "Xi Jinping and Vladimir Putin"]
    client.post(f"{SUMMIT}/edit", data={**form, field: "Both presidents"})
    assert "Both presidents" in read(client.get(SUMMIT).text).text
    assert "Both presidents" in form_of(client).values()


def test_what_cannot_be_used_is_told_at_its_field_and_nothing_is_saved(client: TestClient) -> None:
    form = form_of(client)
    speaker = next(name for name in form if name.startswith("speaker-"))
    wrong = {**form, "title": " ", "date": "soon", "url": "ftp://x", speaker: "", "byline": "x" * 400}
    answer = client.post(f"{SUMMIT}/edit", data=wrong)
    assert answer.status_code == 422
    for name in ("title", "date", "url", speaker, "byline"):
        assert f'id="field-{name}-error"' in answer.text
    assert 'value="soon"' in answer.text
    assert "Nothing was saved yet." in answer.text
    assert form_of(client) == form


def test_the_second_of_two_who_save_sees_both_and_may_save_over_it(client: TestClient) -> None:
    first, second = form_of(client), form_of(client)
    assert client.post(f"{SUMMIT}/edit", data={**first, "title": "Theirs"}).status_code == 200
    answer = client.post(f"{SUMMIT}/edit", data={**second, "title": "Mine"})
    assert answer.status_code == 409
    words = read(answer.text).text
    assert "− Theirs" in words
    assert "+ Mine" in words
    fingerprint = re.findall(r'name="fingerprint" value="(\w+)"', answer.text)[0]
    again = {**second, "title": "Mine", "fingerprint": fingerprint}
    assert "Saved." in client.post(f"{SUMMIT}/edit", data=again).text


def test_programs_change_the_fields_they_name(client: TestClient) -> None:
    changed = client.patch(f"/api{SUMMIT}", json={"date": "2023", "url": None, "speakers": {PAIR: "Both"}})
    assert changed.status_code == 200
    assert (changed.json()["date"], changed.json()["url"]) == ("2023", "")
    assert changed.json()["speakers"][PAIR] == "Both"
    assert {"date"} <= set(changed.json()["set"])
    refused: list[dict[str, Any]]
    refused = [{"colour": "red"}, {"title": ""}, {"title": 3}, {"speakers": {"nobody": "x"}}, {"speakers": []}]
    for wrong in refused:
        assert client.patch(f"/api{SUMMIT}", json=wrong).status_code == 422
    assert client.patch(f"/api{SUMMIT}", content=b"{").status_code == 400
    assert client.patch("/api/articles/nope", json={}).status_code == 404


def test_deleting_asks_first_and_the_article_comes_back_with_its_quotes(
    client: TestClient, sqlite_engine: Engine
) -> None:
    before = client.get(f"{SUMMIT}.json").json()["quotes"]
    asked = read(client.get(f"{SUMMIT}/delete").text).text
    assert "goes with 3 quotes and 1 indirect report" in asked
    assert "For 30 days" in asked
    gone = client.post(f"{SUMMIT}/delete")
    assert "Leaders meet in Beijing" in read(gone.text).text
    assert client.get("/articles.json").json()["total"] == 0
    assert "/articles/deleted" in read(client.get("/articles").text).links
    for path in (SUMMIT, f"{SUMMIT}/edit", f"{SUMMIT}/delete", f"{SUMMIT}/original"):
        missing = client.get(path)
        assert missing.status_code == 404
        assert "was deleted on" in read(missing.text).text
        assert "/articles/deleted" in read(missing.text).links
    assert client.get("/articles/deleted.json").json()["items"][0]["slug"] == SLUG
    back = client.post(f"{SUMMIT}/restore")
    assert back.status_code == 200
    assert client.get(f"{SUMMIT}.json").json()["quotes"] == before
    assert "/articles/deleted" not in read(client.get("/articles").text).links
    assert not jobs_of(sqlite_engine)


def test_programs_delete_and_bring_back(client: TestClient) -> None:
    gone = client.delete(f"/api{SUMMIT}").json()
    kept = dt.datetime.fromisoformat(gone["until"]) - dt.datetime.fromisoformat(gone["deleted"])
    assert (gone["slug"], kept.days) == (SLUG, 30)
    assert client.delete(f"/api{SUMMIT}").status_code == 404
    assert client.post(f"/api{SUMMIT}/restore").json()["reading"] is False
    assert client.post(f"/api{SUMMIT}/restore").status_code == 404


def test_an_article_is_read_again_by_a_job(client: TestClient, sqlite_engine: Engine) -> None:
    answer = client.post(f"{SUMMIT}/again", follow_redirects=False)
    assert re.fullmatch(r"/jobs/\w{12}\?then=article", answer.headers["location"])
    with_original(sqlite_engine, "a.html", b"x")
    client.post("/articles/odd/again")
    client.post("/articles/odd/again?repair=yes")
    assert jobs_of(sqlite_engine) == [
        ("reanalyse", {}),
        ("reanalyse", {"reread": True}),
        ("reanalyse", {"repair": True}),
    ]
    assert client.post("/articles/nope/again").status_code == 404


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("page.html", "page.html", "page.html"),
        ("../../a\r\nb.pdf", "a-b.pdf", "a%20b.pdf"),
        ("“x”;.exe", "x.exe", "%E2%80%9Cx%E2%80%9D%3B.exe"),
        ("https://example.org/x", "odd.html", "odd.html"),
        ("Übersicht", "ubersicht.html", "%C3%9Cbersicht"),
    ],
)
def test_the_original_is_saved_and_never_shown(
    client: TestClient, sqlite_engine: Engine, name: str, plain: str, whole: str
) -> None:
    data = b"<script>alert(1)</script>\xff\x00"
    with_original(sqlite_engine, name, data)
    answer = client.get("/articles/odd/original")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = answer.headers["content-disposition"]
    assert told == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    assert "web page, 27 bytes" in read(client.get("/articles/odd").text).text
    assert client.get(f"{SUMMIT}/original").status_code == 404


def test_the_page_tells_how_it_was_read_and_offers_to_repair_what_is_garbled(
    client: TestClient, sqlite_engine: Engine
) -> None:
    with_original(sqlite_engine, "a.html", b"x", garbled=True)
    words = read(client.get("/articles/odd").text).text
    assert "2 sidebars were left out." in words
    assert "Characters by cp1252." in words
    assert "MÃ¼ller → Müller" in words
    assert "Repair the text" in words
    assert "Repair the text" not in client.get(SUMMIT).text


def test_an_article_called_deleted_does_not_hide_the_page(client: TestClient, sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        slug, _ = add_article(
            conn, Article("Deleted", "Odd.", None, None, None, DatePrecision.DAY), make_analysis("Odd.")
        )
    assert slug == "deleted-2"
    assert "Nothing was deleted" in client.get("/articles/deleted").text
