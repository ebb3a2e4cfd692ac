"""Quotes added, speakers merged, the list of corrections, and corrections by programs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import read
from tests.web.correcting import ENERGY, NATO, PUTIN, WAR, fields_of, last, quote, quote_id, saved

HEADS = {"content-type": "application/json"}
ADD = "/articles/leaders-meet-in-beijing/add-quote"


def test_a_missed_quote_is_added_from_its_place_in_the_text(client: TestClient) -> None:
    text = client.get("/articles/leaders-meet-in-beijing.json").json()["text"]
    start = text.index("Nobody was surprised")
    html = client.get(f"{ADD}?start={start}&end={start + 20}").text
    data = fields_of(html, ADD)
    assert data["words"] == "Nobody was surprised"
    assert data["kind"] == "indirect"
    del data["judge"]
    data |= {"speaker": PUTIN, "topic-nato": "yes", "by": "Jo"}
    answer = client.post(ADD, data=data)
    assert answer.status_code == 200, read(answer.text).text
    added = quote(client, answer.url.path.removeprefix("/quotes/"))
    assert (added["text"], added["topics"]) == ("Nobody was surprised", ["nato"])
    assert added["speaker"]["name"] == PUTIN
    assert "added" in added["corrected"]
    assert added["attribution"]["reason"].startswith("Jo said so on")


def test_words_that_recur_are_asked_about(client: TestClient) -> None:
    data = fields_of(client.get(ADD).text, ADD) | {"words": "said", "speaker": PUTIN}
    answer = client.post(ADD, data=data)
    assert answer.status_code == 422
    assert "more than once" in read(answer.text).text
    places = re.findall(r'name="at" value="(\d+)"', answer.text)
    assert len(places) == 2
    assert "do not stand in the article" in read(client.post(ADD, data={**data, "words": "no such"}).text).text
    assert client.get("/articles/nope/add-quote").status_code == 404
    assert client.get(f"{ADD}?start=5&end=99999999").status_code == 200


def test_two_speakers_who_are_one_are_merged_and_split_again(client: TestClient) -> None:
    war = quote_id(client, WAR)
    saved(client, war, speaker="V. Putin")
    saved(client, quote_id(client, ENERGY), speaker=PUTIN)
    slug = quote(client, war)["speaker"]["slug"]
    path = f"/speakers/{slug}/merge"
    html = client.get(path).text
    assert "1 quote" in read(html).text
    data = fields_of(html, path)
    assert client.post(path, data={**data, "into": "Nobody Known"}).status_code == 422
    assert client.post(path, data={**data, "into": " "}).status_code == 422
    answer = client.post(path, data={**data, "into": "vladimir putin"})
    assert "V. Putin is the same as Vladimir Putin" in read(answer.text).text
    assert quote(client, war)["speaker"]["name"] == PUTIN
    old = client.get(f"/speakers/{slug}?kind=mixed", follow_redirects=False)
    assert (old.status_code, old.headers["location"]) == (307, "/speakers/vladimir-putin?kind=mixed")
    assert client.get(f"/speakers/{slug}.json").json()["total"] == 2
    assert client.get(f"/search.json?speaker={slug}").json()["total"] == 2
    client.post(f"/corrections/{last(client)['number']}/undo", data={"then": ""})
    assert client.get(f"/speakers/{slug}.json").json()["total"] == 1
    assert quote(client, war)["speaker"]["name"] == "V. Putin"


def test_the_list_is_narrowed_by_person_and_state(client: TestClient) -> None:
    assert "Nothing was corrected yet" in read(client.get("/corrections").text).text
    uid = quote_id(client, WAR)
    saved(client, uid, do="confirm", by="Anna")
    saved(client, quote_id(client, NATO), do="confirm", by="Bo")
    client.post(f"/corrections/{last(client)['number']}/undo", data={"then": ""})
    totals = {
        query: client.get(f"/corrections.json?{query}").json()["total"]
        for query in ("by=Anna", "state=undone", "state=in-force", "state=unplaced", "article=leaders-meet-in-beijing")
    }
    assert list(totals.values()) == [1, 1, 1, 0, 2]
    assert client.get("/corrections?state=odd").status_code == 400
    assert client.get("/corrections?after=odd").status_code == 404
    assert "No correction is like that" in read(client.get("/corrections?by=Nobody").text).text


def test_programs_make_and_undo_corrections(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    asked = {"quote": uid, "action": "speaker", "speaker": {"name": "Anna Berg"}, "by": "A program"}
    made = client.post("/api/corrections", json=asked)
    assert made.status_code == 201
    assert made.json()["words"] == "Said by Anna Berg"
    late = client.post("/api/corrections", json={**asked, "speaker": None, "based_on": 0})
    assert late.status_code == 409
    assert late.json()["other"]["number"] == made.json()["number"]
    listed = client.get("/api/corrections").json()
    assert listed["items"][0]["by"] == "A program"
    undone = client.post(f"/api/corrections/{made.json()['number']}/undo")
    assert undone.json()["undone"]
    assert client.post(f"/api/corrections/{made.json()['number']}/undo").status_code == 409
    assert client.post(f"/api/corrections/{made.json()['number']}/redo").json()["undone"] is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"action": "sing"}, "action"),
        ({"action": "speaker"}, "speaker"),
        ({"action": "speaker", "speaker": {"name": ""}}, "speaker"),
        ({"action": "speaker", "speaker": 3}, "speaker"),
        ({"action": "topics", "topics": ["nope"]}, "topics"),
        ({"action": "topics", "topics": "nato"}, "topics"),
        ({"action": "kind", "kind": "odd"}, "kind"),
        ({"action": "edges", "words": "not there"}, "words"),
        ({"action": "edges", "start": 5, "end": 2}, "start"),
        ({"action": "confirm", "by": "x" * 100}, "by"),
        ({"action": "confirm", "based_on": "x"}, "based_on"),
        ({"action": "confirm", "colour": "red"}, "colour"),
    ],
)
def test_programs_are_told_which_field_is_wrong(client: TestClient, asked: dict[str, Any], field: str) -> None:
    answer = client.post("/api/corrections", json={"quote": quote_id(client, WAR), **asked})
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_another_site_cannot_correct_anything(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    foreign = {"sec-fetch-site": "cross-site"}
    asked = {"quote": uid, "action": "reject"}
    assert client.post("/api/corrections", json=asked, headers=foreign).status_code == 403
    assert client.post(f"/quotes/{uid}/correct", data={"do": "reject"}, headers=foreign).status_code == 403
    assert client.post("/api/corrections", content=b"{", headers=HEADS).status_code == 400
    assert client.post("/api/corrections", json={"quote": "nope", "action": "reject"}).status_code == 404
