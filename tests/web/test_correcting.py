"""A quote corrected in the browser: each field, bad input, and two people at once."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import read
from tests.web.correcting import ENERGY, NATO, WAR, fields_of, form_of, last, quote, quote_id, saved


def test_a_new_speaker_is_shown_with_who_said_so_and_is_undone(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    answer = saved(client, uid, speaker="Anna Berg", by="Jo Doe", note="She is the diplomat.")
    assert answer.status_code == 200
    assert answer.url.path == f"/quotes/{uid}"
    words = read(answer.text).text
    assert "Said by Anna Berg" in words
    assert "Jo Doe" in words
    assert "She is the diplomat." in words
    assert "corrected" in words
    assert quote(client, uid)["speaker"]["name"] == "Anna Berg"
    assert quote(client, uid)["corrected"] == ["speaker"]
    number = last(client)["number"]
    back = client.post(f"/corrections/{number}/undo", data={"then": uid})
    assert back.url.path == f"/quotes/{uid}"
    assert "undone by Jo Doe" in read(back.text).text
    assert quote(client, uid)["speaker"] is None
    again = client.post(f"/corrections/{number}/redo", data={"then": uid})
    assert again.status_code == 200
    assert quote(client, uid)["speaker"]["name"] == "Anna Berg"


def test_the_name_is_asked_once_and_kept_where_no_script_can_read_it(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    data = {**form_of(client, uid), "do": "confirm", "by": "Zoë <b>“Z”</b> Ω"}
    answer = client.post(f"/quotes/{uid}/correct", data=data, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert form_of(client, uid)["by"] == "Zoë <b>“Z”</b> Ω"
    assert last(client)["by"] == "Zoë <b>“Z”</b> Ω"
    assert "<b>“Z”" not in client.get(f"/quotes/{uid}").text


def test_without_a_name_it_is_somebody(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    assert saved(client, uid, do="confirm", by="  ").status_code == 200
    assert last(client)["by"] == "Somebody"


def test_topics_and_kind_and_words_are_saved_together(client: TestClient) -> None:
    uid = quote_id(client, ENERGY)
    data = form_of(client, uid)
    assert data.pop("topic-energy") == "yes"
    data |= {"topic-us": "yes", "topic-nato": "yes", "kind": "mixed", "words": "a closer\r\nenergy   partnership"}
    answer = client.post(f"/quotes/{uid}/correct", data=data)
    assert answer.status_code == 200, read(answer.text).text
    moved = answer.url.path.removeprefix("/quotes/")
    found = quote(client, moved)
    assert found["text"] == "a closer energy partnership"
    assert set(found["topics"]) == {"us", "nato"}
    assert found["kind"] == "mixed"
    assert {"topics", "kind", "edges"} <= set(found["corrected"])


def test_an_address_that_a_quote_had_leads_to_the_one_it_has(client: TestClient) -> None:
    uid = quote_id(client, ENERGY)
    saved(client, uid, words="a closer energy partnership")
    for path in (f"/quotes/{uid}", f"/quotes/{uid}.json", f"/quotes/{uid}/correct"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 308, path
        assert client.get(path).status_code == 200


def test_a_rejected_quote_is_in_no_list_and_its_address_says_why(client: TestClient) -> None:
    uid = quote_id(client, NATO)
    answer = saved(client, uid, do="reject", by="Jo Doe")
    assert answer.status_code == 200
    assert "No quote, says Jo Doe" in read(answer.text).text
    assert NATO in read(answer.text).text
    items = client.get("/articles/leaders-meet-in-beijing.json").json()["quotes"]["items"]
    assert uid not in [one["id"] for one in items]
    action = re.findall(r'action="(/corrections/\d+/undo)"', answer.text)[0]
    assert client.post(action, data=fields_of(answer.text, action)).url.path == f"/quotes/{uid}"
    assert quote(client, uid)["text"] == NATO


def test_everywhere_in_the_article_has_its_other_quotes_too(client: TestClient) -> None:
    uid = quote_id(client, ENERGY)
    assert saved(client, uid, speaker="Xi Jinping", scope="article").status_code == 200
    assert quote(client, quote_id(client, NATO))["speaker"]["name"] == "Xi Jinping"


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"speaker": "  "}, "speaker", "Write a name"),
        ({"speaker": "x" * 100_000}, "speaker", "too long for a name"),
        ({"speaker_kind": "wizard"}, "speaker_kind", "Choose one of"),
        ({"topic-nope": "yes"}, "topics", "There is no topic “nope”"),
        ({"kind": "shouted"}, "kind", "Choose direct, mixed or indirect"),
        ({"words": "We never said this"}, "words", "do not stand where the quote stands"),
        ({"words": "  "}, "words", "Write the words"),
        ({"words": "x" * 50_000}, "words", "too long for a quote"),
        ({"note": "x" * 5_000}, "note", "too long"),
        ({"by": "x" * 100_000}, "by", "too long for a name"),
        ({}, "note", "Nothing differs"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_nothing_is_lost(
    client: TestClient, changed: dict[str, str], field: str, told: str
) -> None:
    uid = quote_id(client, ENERGY)
    before = quote(client, uid)
    answer = saved(client, uid, **changed)
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    assert told in read(answer.text).text
    kept = fields_of(answer.text, f"/quotes/{uid}/correct")
    assert all(
        kept[name] == value for name, value in changed.items() if name not in ("topic-nope", "kind", "speaker_kind")
    )
    assert quote(client, uid) == before
    assert client.get("/corrections.json").json()["total"] == 0


def test_names_with_markup_are_words(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    name = "<script>alert(1)</script> עברית"
    saved(client, uid, speaker=name, by='"><img src=x>', note="<i>so</i>")
    for path in (f"/quotes/{uid}", f"/quotes/{uid}/correct", "/corrections", "/articles/leaders-meet-in-beijing"):
        html = client.get(path).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "<i>so" not in html
    assert quote(client, uid)["speaker"]["name"] == name


def test_the_second_of_two_sees_what_the_first_said_and_may_say_it_over(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    first, second = form_of(client, uid), form_of(client, uid)
    client.post(f"/quotes/{uid}/correct", data={**first, "speaker": "Anna Berg", "by": "First"})
    mine = {**second, "speaker": "Carl Dorn", "note": "I was there.", "by": "Second", "topic-us": "yes"}
    answer = client.post(f"/quotes/{uid}/correct", data=mine)
    assert answer.status_code == 409
    words = read(answer.text).text
    assert "Somebody else corrected it in between" in words
    assert "Said by Anna Berg" in words
    assert "First" in words
    again = fields_of(answer.text, f"/quotes/{uid}/correct")
    assert (again["speaker"], again["note"], again["topic-us"]) == ("Carl Dorn", "I was there.", "yes")
    assert quote(client, uid)["speaker"]["name"] == "Anna Berg"
    assert client.post(f"/quotes/{uid}/correct", data=again).status_code == 200
    assert quote(client, uid)["speaker"]["name"] == "Carl Dorn"
    assert "us" in quote(client, uid)["topics"]


def test_undoing_twice_is_a_conflict_and_what_is_not_there_is_not_found(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    saved(client, uid, do="confirm")
    number = last(client)["number"]
    assert client.post(f"/corrections/{number}/undo", data={"then": ""}).url.path == "/corrections"
    assert client.post(f"/corrections/{number}/undo", data={"then": ""}).status_code == 409
    assert client.post("/corrections/999/undo", data={"then": ""}).status_code == 404
    assert client.get("/quotes/nothing/correct").status_code == 404
    assert client.get("/speakers/nobody-like-that/merge").status_code == 404


def test_who_corrects_what_was_rejected_meanwhile_sees_that_and_what_they_typed(client: TestClient) -> None:
    uid = quote_id(client, WAR)
    mine = {**form_of(client, uid), "speaker": "Carl Dorn", "note": "I was there."}
    saved(client, uid, do="reject", by="First")
    answer = client.post(f"/quotes/{uid}/correct", data=mine)
    assert answer.status_code == 409
    words = read(answer.text).text
    assert "No quote, says First" in words
    assert "Carl Dorn" in words
    assert "I was there." in words
    assert client.get(f"/quotes/{uid}/correct").status_code == 200
    assert client.post("/quotes/nothing/correct", data=mine).status_code == 404
