"""Where an answer leads: the operations that take what is in it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
Leads = dict[str, tuple[str, str]]
"""By name: an operation's address with its method, and the place in the answer of what its path takes."""

_QUOTES: Leads = {
    "quote": ("GET /quotes/{quote_id}.json", "items/0/id"),
    "bibtex": ("GET /quotes/{quote_id}.bib", "items/0/id"),
    "ris": ("GET /quotes/{quote_id}.ris", "items/0/id"),
    "csl": ("GET /quotes/{quote_id}.csl.json", "items/0/id"),
    "article": ("GET /articles/{slug}.json", "items/0/article/slug"),
    "speaker": ("GET /speakers/{slug}.json", "items/0/speaker/slug"),
    "speakerCharts": ("GET /speakers/{slug}/charts.json", "items/0/speaker/slug"),
}
_JOB: Leads = {
    "job": ("GET /jobs/{uid}.json", "uid"),
    "batch": ("GET /batches/{uid}.json", "batch"),
    "cancel": ("POST /api/jobs/{uid}/cancel", "uid"),
    "retry": ("POST /api/jobs/{uid}/retry", "uid"),
    "article": ("GET /articles/{slug}.json", "article/slug"),
}
_CORRECTION: Leads = {
    "undo": ("POST /api/corrections/{number}/undo", "number"),
    "redo": ("POST /api/corrections/{number}/redo", "number"),
    "quote": ("GET /quotes/{quote_id}.json", "quote"),
}
LEADS: dict[str, Leads] = {
    "GET /search.json": _QUOTES,
    "GET /topics/{topic_id}.json": _QUOTES,
    "GET /speakers/{slug}.json": _QUOTES,
    "GET /quotes/{quote_id}.json": {
        "article": ("GET /articles/{slug}.json", "article/slug"),
        "speaker": ("GET /speakers/{slug}.json", "speaker/slug"),
    },
    "GET /articles.json": {
        "article": ("GET /articles/{slug}.json", "items/0/slug"),
        "read": ("GET /articles/{slug}/read.json", "items/0/slug"),
        "charts": ("GET /articles/{slug}/charts.json", "items/0/slug"),
        "change": ("PATCH /api/articles/{slug}", "items/0/slug"),
        "delete": ("DELETE /api/articles/{slug}", "items/0/slug"),
    },
    "GET /articles/deleted.json": {"restore": ("POST /api/articles/{slug}/restore", "items/0/slug")},
    "DELETE /api/articles/{slug}": {"restore": ("POST /api/articles/{slug}/restore", "slug")},
    "POST /api/articles/{slug}/restore": {"article": ("GET /articles/{slug}.json", "slug")},
    "GET /topics.json": {
        "topic": ("GET /topics/{topic_id}.json", "items/0/id"),
        "charts": ("GET /topics/{topic_id}/charts.json", "items/0/id"),
        "change": ("PUT /api/topics/{topic_id}", "items/0/id"),
        "delete": ("DELETE /api/topics/{topic_id}", "items/0/id"),
    },
    "PUT /api/topics/{topic_id}": {
        "topic": ("GET /topics/{topic_id}.json", "id"),
        "delete": ("DELETE /api/topics/{topic_id}", "id"),
    },
    "GET /speakers.json": {
        "speaker": ("GET /speakers/{slug}.json", "items/0/speaker/slug"),
        "charts": ("GET /speakers/{slug}/charts.json", "items/0/speaker/slug"),
    },
    "GET /jobs.json": {name: (to, f"items/0/{place}") for name, (to, place) in _JOB.items()},
    "GET /jobs/{uid}.json": _JOB,
    "POST /api/articles": {
        "job": ("GET /jobs/{uid}.json", "jobs/0/uid"),
        "batch": ("GET /batches/{uid}.json", "batch"),
        "cancel": ("POST /api/jobs/{uid}/cancel", "jobs/0/uid"),
    },
    "POST /api/jobs/{uid}/cancel": {"retry": ("POST /api/jobs/{uid}/retry", "uid")},
    "GET /api/corrections": {name: (to, f"items/0/{place}") for name, (to, place) in _CORRECTION.items()},
    "POST /api/corrections": _CORRECTION,
}


def links(method: str, path: str) -> Json:
    """The links of what *method* answers at *path*, as OpenAPI has them."""
    found: Json = {}
    for name, (operation, place) in LEADS.get(f"{method} {path}", {}).items():
        other_method, _, other = operation.partition(" ")
        takes = other.partition("{")[2].partition("}")[0]
        given = {takes: f"$response.body#/{place}"}
        if "topic" in takes and other_method != "GET":
            given["If-Match"] = "*"
        found[name] = {"operationId": operation_id(other_method, other), "parameters": given}
    if found.get("quote", {}).get("parameters", {}).get("quote_id") == "$response.body#/items/0/id":
        said = {"action": "confirm", "quote": "$response.body#/items/0/id"}
        found["confirm"] = {"operationId": operation_id("POST", "/api/corrections"), "requestBody": said}
    return found


def operation_id(method: str, path: str) -> str:
    """What an operation is called: its method and the words of its path."""
    words = "".join(char if char.isalnum() or char == "_" else " " for char in path).split()
    return "_".join((method.lower(), *words))
