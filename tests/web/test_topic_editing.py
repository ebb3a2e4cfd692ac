"""Topics made one's own in the browser: the form, its preview, what is refused, and the way back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.ingest import topics as service
from app.ingest.taggers import tag_here
from tests.web.conftest import Words, read

Post = Callable[..., Response]


@pytest.fixture(autouse=True)
def judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge in this process: that another one does it is tested with the service."""
    for name in ("save_topics", "undo_topics", "preview_topics"):
        real = getattr(service, name)

        def here(*args: Any, real: Any = real, **given: Any) -> Any:
            return real(*args, **given, tagger=tag_here)

        monkeypatch.setattr(service, name, here)


def revision(client: TestClient, path: str) -> str:
    found = re.search(r'name="revision" value="(-?\d+)"', client.get(path).text)
    assert found is not None
    return found.group(1)


def fields(client: TestClient, path: str = "/topics/new", **given: str) -> dict[str, str]:
    return {"revision": revision(client, path), "label": "Trade", "colour": "#3f6212", "terms": "tariff", **given}


def labels(client: TestClient) -> list[str]:
    return [topic["label"] for topic in client.get("/topics.json").json()["items"]]


def test_a_new_topic_is_saved_under_an_id_made_of_its_label(client: TestClient) -> None:
    answer = client.post("/topics/new", data=fields(client, label="Fish & <b>chips</b>"), follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/topics/fish-b-chips-b/edit?saved=")
    page = client.get(answer.headers["location"])
    assert "Saved as change" in page.text
    assert "<b>chips" not in page.text
    assert "Fish & <b>chips</b>" in labels(client)


def test_a_field_that_cannot_be_used_is_told_at_the_field_and_nothing_is_lost(client: TestClient) -> None:
    given = fields(client, label="Trade", patterns='[{"LEMMA": "gas", "OP": "*"}]', terms="tariff\nfree trade")
    answer = client.post("/topics/new", data=given)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "tariff\nfree trade" in answer.text
    assert "Nothing was saved yet" in answer.text
    assert "Trade" not in labels(client)


def test_the_preview_shows_what_would_come_in_and_saves_nothing(client: TestClient) -> None:
    words = read(client.post("/topics/new?preview=yes", data=fields(client, terms="deal")).text)
    assert "would come in" in words.text
    fragment = client.post(
        "/topics/energy/preview", data=fields(client, "/topics/energy/edit", terms="", label="Energy")
    )
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    assert "would go" in fragment.text
    assert "Trade" not in labels(client)


def test_the_second_of_two_who_save_is_told_and_shown_the_difference(client: TestClient) -> None:
    first = fields(client, "/topics/energy/edit", label="Energy", terms="gas\noil")
    second = {**first, "terms": "gas\nsolar"}
    assert client.post("/topics/energy/edit", data=first, follow_redirects=False).status_code == 303
    answer = client.post("/topics/energy/edit", data=second)
    assert answer.status_code == 409
    words = read(answer.text)
    assert "Somebody else saved in between" in words.text
    assert "− oil" in words.text
    assert "+ solar" in words.text
    again = {**second, "revision": re.findall(r'name="revision" value="(\d+)"', answer.text)[0]}
    assert client.post("/topics/energy/edit", data=again, follow_redirects=False).status_code == 303


def test_a_deleted_topic_leaves_its_quotes_and_comes_back_by_undo(client: TestClient) -> None:
    total = client.get("/index.json").json()["counts"]["quotes"]
    asked = read(client.get("/topics/energy/delete").text)
    assert "would lose this topic" in asked.text
    gone = client.post("/topics/energy/delete", data={"revision": revision(client, "/topics/energy/delete")})
    assert gone.status_code == 200
    assert client.get("/topics/energy").status_code == 404
    assert client.get("/index.json").json()["counts"]["quotes"] == total
    undone = client.post("/topics/undo", data={"revision": revision(client, "/topics/history")})
    assert undone.status_code == 200
    assert client.get("/topics/energy").status_code == 200


def test_other_can_neither_be_changed_nor_deleted(client: TestClient) -> None:
    assert client.get("/topics/other/edit").status_code == 404
    assert client.get("/topics/other/delete").status_code == 404


def test_topics_go_out_as_files_and_come_in_again(client: TestClient) -> None:
    book = client.get("/topics.toml")
    assert 'filename="topics.toml"' in book.headers["content-disposition"]
    changed = book.text + '\n[[topic]]\nid = "coal"\nlabel = "Coal"\nterms = ["coal"]\n'
    shown = client.post("/topics/import", files={"book": ("topics.toml", changed.encode())})
    assert "+ coal" in read(shown.text).text
    nothing = client.post("/topics/import", files={"book": ("topics.qdc", client.get("/topics.qdc").content)})
    assert "word for word" in read(nothing.text).text
    held = re.search(r'<textarea name="book"[^>]*>\n(.*?)</textarea>', shown.text, re.DOTALL)
    number = re.findall(r'name="revision" value="(-?\d+)"', shown.text)
    assert held is not None
    saved = client.post(
        "/topics/import/save",
        data={"revision": number[0], "name": "topics.toml", "book": html.unescape(held.group(1))},
        follow_redirects=False,
    )
    assert saved.status_code == 303
    assert "coal" in client.get("/topics.toml").text


def test_a_file_that_is_no_code_book_is_a_sentence_and_changes_nothing(client: TestClient) -> None:
    answer = client.post("/topics/import", files={"book": ("topics.toml", b"[[topic]]\nid = 3\n")})
    assert answer.status_code == 422
    assert "line 2" in answer.text
    assert "Nothing was changed" in answer.text


def test_a_suggestion_is_dismissed_and_shown_again(client: TestClient) -> None:
    page: Words = read(client.post("/topics/suggestions", data={"dismiss": "fish"}).text)
    assert "fish: show again" in page.text
    page = read(client.post("/topics/suggestions", data={"restore": "fish"}).text)
    assert "show again" not in page.text


def test_a_suggestion_opens_the_form_with_its_words(client: TestClient) -> None:
    page = client.get("/topics/new?label=Climate+change&term=climate+change&term=warming").text
    assert 'value="Climate change"' in page
    assert "climate change\nwarming</textarea>" in page


def test_a_program_puts_and_deletes_topics_on_the_revision_it_has_seen(client: TestClient) -> None:
    now = client.get("/topics.json").json()["revision"]
    body = {"label": "Trade", "terms": ["tariff"]}
    assert client.put("/api/topics/trade", json=body).status_code == 428
    made = client.put("/api/topics/trade", json=body, headers={"if-match": f'"{now}"'})
    assert made.status_code == 201
    assert client.put("/api/topics/trade", json=body, headers={"if-match": f'"{now}"'}).status_code == 412
    wrong = client.put("/api/topics/trade", json={"terms": [3]}, headers={"if-match": "*"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (422, "application/problem+json")
    assert client.delete("/api/topics/trade", headers={"if-match": made.headers["etag"]}).status_code == 200
    assert "Trade" not in labels(client)
