"""A call of each operation, as a command of curl."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

Json = dict[str, Any]
IN_PATH = {
    "slug": "SLUG",
    "other": "OTHER-SLUG",
    "topic_id": "energy",
    "quote_id": "QUOTE",
    "uid": "UID",
    "number": "7",
    "field": "publisher",
    "ending": "csv",
}
IN_QUERY = {"kind": "direct", "with": "topic:energy", "unit": "year", "sort": "name", "status": "failed"}
"""The first of these that an operation takes is in its example."""

BODIES: Mapping[str, Json] = {
    "GivenDocument": {"url": "https://example.org/communique", "publisher": "Example"},
    "GivenFields": {"publisher": "Example", "date": "2023-03-21"},
    "GivenShare": {"of": "/topics/energy", "days": 30, "note": "For the desk."},
    "GivenTopic": {"label": "Energy", "terms": ["pipeline", "natural gas"]},
    "GivenCorrection": {"action": "kind", "quote": "QUOTE", "kind": "indirect", "note": "No marks in the original."},
}


def call(base: str, method: str, path: str, parameters: Sequence[Json], body: Mapping[str, Json]) -> str:
    """The command that asks for *path* at *base*."""
    for name, value in IN_PATH.items():
        path = path.replace(f"{{{name}}}", value)
    names = [one["name"] for one in parameters if one["in"] == "query"]
    chosen = next((name for name in IN_QUERY if name in names), None)
    query = f"?{chosen}={quote(IN_QUERY[chosen], safe=':')}" if chosen and method == "GET" else ""
    parts = ["curl"] + ([f"-X {method}"] if method != "GET" else [])
    if any(one["name"] == "If-Match" for one in parameters):
        parts.append("-H 'If-Match: \"3\"'")
    if "application/json" in body:
        named = json.dumps(body["application/json"])
        sent = next(one for name, one in BODIES.items() if f'/{name}"' in named)
        parts.append(f"--json '{json.dumps(sent, ensure_ascii=False)}'")
    parts.append(f"'{base}{path}{query}'")
    return " ".join(parts)
