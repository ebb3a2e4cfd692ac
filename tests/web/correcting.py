"""What a browser sends when a quote of the summit is corrected."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient

ENERGY, NATO, WAR = "We will build a closer energy partnership", "serious concerns", "It is a long war"
PUTIN = "Vladimir Putin"


class Fields(HTMLParser):
    """The fields of the form that has *action* as a browser would send it."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.inside = False
        self.area = ""
        self.select = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("action") == self.action
        if not self.inside:
            return
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in given):
            self.fields[name] = given.get("value", "")
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "select":
            self.select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in given and self.select:
            self.fields[self.select] = given["value"]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""


def fields_of(html: str, action: str) -> dict[str, str]:
    parser = Fields(action)
    parser.feed(html)
    assert parser.fields, f"no form {action}"
    return parser.fields


def quote_id(client: TestClient, words: str) -> str:
    items = client.get("/articles/leaders-meet-in-beijing.json").json()["quotes"]["items"]
    return str(next(one["id"] for one in items if one["text"] == words))


def quote(client: TestClient, uid: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/quotes/{uid}.json").json()
    return found


def form_of(client: TestClient, uid: str) -> dict[str, str]:
    return fields_of(client.get(f"/quotes/{uid}/correct").text, f"/quotes/{uid}/correct")


def saved(client: TestClient, uid: str, **changed: str) -> Any:
    return client.post(f"/quotes/{uid}/correct", data={**form_of(client, uid), **changed})


def last(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/corrections.json").json()["items"][0]
    return found
