"""The OpenAPI document: it tells of every address for programs, and what is answered is as it tells."""

import json
import tomllib
import types
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import ConfigDict, TypeAdapter
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.core import Engine
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from app.web.answers import answers_of
from app.web.openapi.document import document
from app.web.openapi.links import LEADS
from app.web.openapi.routes import path_of, routes_of

EXAMPLES = 2
"""That are made up for each operation, besides those at the limits of every value; tests.web.hammer asks for longer."""

CONFIG = Path(__file__).with_name("schemathesis.toml")
PLAIN = {"/static/{name:path}", "/favicon.ico", "/robots.txt"}
"""Addresses with a dot that are no data: files of the pages."""


@pytest.fixture
def asked(client: TestClient) -> Engine:
    """The description of a library with the summit, to be asked in this process; nobody reads what is sent to it."""
    rules = tomllib.loads(CONFIG.read_text("utf-8"))
    rules |= {"generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True}, "seed": 1}
    rules |= {"phases": {"stateful": {"max-steps": 4}}, "continue-on-failure": True, "base-url": "http://127.0.0.1/"}
    config = SchemathesisConfig.from_dict(rules)
    described = schemathesis.openapi.from_dict(client.get("/openapi.json").json(), config=config)
    described.app = client.app
    return from_schema(described)


def test_what_is_asked_as_described_or_otherwise_is_answered_as_described(asked: Engine) -> None:
    wrong, answered = [], 0
    for event in asked.execute():
        if isinstance(event, ScenarioFinished):
            for checks in event.recorder.checks.values():
                answered += len(checks)
                wrong += [f"{event.label}: {one.failure_info.failure}" for one in checks if one.failure_info]
        elif isinstance(event, NonFatalError | FatalError):
            wrong.append(str(event))
    assert not wrong, "\n\n".join(wrong[:5])
    assert answered > 1_000


def for_programs(route: APIRoute) -> bool:
    last = route.path.rpartition("/")[2]
    return route.path.startswith("/api/") or ("." in last and route.path not in PLAIN)


def test_every_route_for_programs_says_what_it_answers(client: TestClient) -> None:
    told = {route.path: answers_of(route.endpoint) is not None for route in routes_of(client.app)}  # type: ignore[arg-type]
    forgotten = [
        route.path
        for route in routes_of(client.app)  # type: ignore[arg-type]
        if for_programs(route) and not answers_of(route.endpoint)
    ]
    assert not forgotten, f"declare what these answer by @answers: {forgotten}"
    assert told["/healthz"]


def test_a_link_leads_from_an_operation_to_another(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    known = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert {*LEADS, *(to for leads in LEADS.values() for to, _ in leads.values())} <= known


def test_the_document_is_sent_once(client: TestClient) -> None:
    first = client.get("/openapi.json")
    assert first.headers["content-type"] == "application/json"
    assert first.json()["openapi"] == "3.1.0"
    assert client.get("/openapi.json", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_every_operation_and_parameter_is_described(client: TestClient) -> None:
    made = document(client.app)  # type: ignore[arg-type]
    names: list[str] = []
    for operations in made["paths"].values():
        for operation in operations.values():
            names.append(operation["operationId"])
            assert operation["summary"].endswith(".")
            assert len(operation["tags"]) == 1
    assert len(names) == len(set(names))
    for name, parameter in made["components"]["parameters"].items():
        assert parameter["description"], name
    referred = set(json.dumps(made).split('"#/components/parameters/'))
    assert len(referred) > 1


def test_every_path_is_that_of_a_route(client: TestClient) -> None:
    paths = {path_of(route) for route in routes_of(client.app)}  # type: ignore[arg-type]
    assert set(client.get("/openapi.json").json()["paths"]) <= paths


@pytest.mark.parametrize(("path", "methods"), [("/api/corrections", "GET, HEAD, POST"), ("/search.json", "GET, HEAD")])
def test_a_wrong_method_is_told_the_right_ones(client: TestClient, path: str, methods: str) -> None:
    answer = client.delete(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "2147483648"])
def test_a_number_that_no_correction_can_have_is_not_found(client: TestClient, number: str) -> None:
    assert client.post(f"/api/corrections/{number}/undo").status_code == 404


def test_a_file_that_cannot_be_made_says_so_to_a_program_in_json_and_to_a_person_on_a_page(client: TestClient) -> None:
    person = client.get("/search.csv?topic=nope")
    program = client.get("/search.csv?topic=nope", headers={"accept": "*/*"})
    assert person.headers["content-type"].startswith("text/html")
    assert program.headers["content-type"] == "application/problem+json"
    assert person.status_code == program.status_code == 400


def test_no_answer_has_a_field_that_its_type_has_not(client: TestClient) -> None:
    quote = client.get("/search.json").json()["items"][0]
    taken = {"{slug}": quote["article"]["slug"], "{topic_id}": "energy", "{quote_id}": quote["id"], "{field}": "topic"}
    checked = 0
    for route in routes_of(client.app):  # type: ignore[arg-type]
        found, path = answers_of(route.endpoint), route.path
        if found is None or found.shape is None or "GET" not in (route.methods or ()) or path.startswith("/speakers/"):
            continue
        for name, value in taken.items():
            path = path.replace(name, value)
        if "{" not in path:
            together: Any = types.GenericAlias(tuple, (found.shape,))  # since a TypedDict alone takes no options
            checks: TypeAdapter[Any] = TypeAdapter(together, config=ConfigDict(extra="forbid"))
            checks.validate_python((client.get(path).json(),))
            checked += 1
    assert checked > 15


def test_what_the_source_says_of_a_field_is_in_the_document(client: TestClient) -> None:
    types = client.get("/openapi.json").json()["components"]["schemas"]
    for name, field in (("Quote", "id"), ("QuotePage", "id"), ("GivenCorrection", "scope"), ("Listing.Quote", "next")):
        assert types[name]["properties"][field]["description"].endswith(".")
