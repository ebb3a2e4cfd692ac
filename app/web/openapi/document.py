"""The OpenAPI document of all routes that declare what they answer.

Source:
    OpenAPI Specification 3.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app import __version__
from app.web.answers import JSON, Answers, answers_of
from app.web.openapi import parameters, words
from app.web.openapi.components import one_line, schemas
from app.web.openapi.links import links, operation_id
from app.web.openapi.promise import PROMISE
from app.web.openapi.routes import path_of, routes_of
from app.web.shapes.jobs import Problem

Json = dict[str, Any]
PROBLEM = "application/problem+json"
_TAG = {"ETag": {"description": "Changes with the answer.", "schema": {"type": "string"}}}
_PLACE = {"Location": {"description": "Where to look.", "schema": {"type": "string"}}}
_WAIT = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
_ALLOW = {"Allow": {"description": "The methods.", "schema": {"type": "string"}}}
_HEADERS = {201: _TAG, 202: _PLACE, 304: _TAG, 307: _PLACE, 308: _PLACE, 405: _ALLOW, 429: _WAIT}


def document(app: FastAPI) -> Json:
    """The whole description of *app*."""
    told = [(route, found) for route in routes_of(app) if (found := answers_of(route.endpoint)) is not None]
    shapes = {id(shape): shape for _, found in told for shape in (found.shape, found.takes, *found.told.values())}
    every = [Problem, *(shape for shape in shapes.values() if shape is not None)]
    made, named = schemas(every)
    at = {id(shape): schema for shape, schema in zip(every, made, strict=True)}
    paths: dict[str, Json] = {}
    for route, found in told:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            paths.setdefault(path_of(route), {})[method.lower()] = _operation(route, method, found, at)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.TITLE,
            "version": __version__,
            "summary": "Who said what, on which topic, in which words.",
            "description": words.ABOUT + "\n" + "\n\n".join(f"{name}: {said}" for name, said in PROMISE),
            "license": words.LICENSE,
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "tags": [{"name": name, "description": about} for name, about in words.GROUPS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": named,
            "parameters": parameters.components(),
            "responses": {str(status): _problem(status, at[id(Problem)]) for status in words.STATUS if status >= 400},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": one_line(words.SHOWN)}},
        },
    }


def _operation(route: APIRoute, method: str, found: Answers, at: dict[int, Json]) -> Json:
    path, said = path_of(route), (route.endpoint.__doc__ or "").partition("\n\n")
    names = parameters.asked(route.dependant)
    in_path = re.findall(r"{(\w+)}", path)
    made: Json = {
        "operationId": operation_id(method, path),
        "tags": [words.group_of(path)],
        "summary": one_line(said[0]),
        "description": one_line(said[2]),
        "parameters": parameters.parameters(path, names, found.asks, in_path),
        "requestBody": _body(found, at),
        "responses": _responses(method, path, found, at),
    }
    return {name: value for name, value in made.items() if value}


def _body(found: Answers, at: dict[int, Json]) -> Json:
    content: Json = {JSON: {"schema": at[id(found.takes)]}} if found.takes is not None else {}
    for kind in found.takes_kinds:
        file = {"contentMediaType": "application/octet-stream"}
        many = {"type": "object", "properties": {"file": {"type": "array", "items": file}}, "required": ["file"]}
        content[kind] = {"schema": many if kind.startswith("multipart/") else {}}
    return {"required": True, "content": content} if content else {}


def _responses(method: str, path: str, found: Answers, at: dict[int, Json]) -> Json:
    reads = method == "GET"
    schema = {"schema": at[id(found.shape)]} if found.shape is not None else {}
    made: dict[int, Json] = {}
    for status in found.status:
        tag = _TAG if reads and found.tagged else {}
        headers = {**tag, **_HEADERS.get(status, {})}
        made[status] = {"description": words.STATUS[status], "content": dict.fromkeys(found.kinds, schema)}
        made[status] |= {"headers": headers} if headers else {}
        made[status] |= {"links": leads} if (leads := links(method, path)) else {}
    others: Iterable[int] = (*found.others, *words.EVERY, *(() if reads else words.CHANGES))
    for status in {*others, *([304] if reads and found.tagged else [])}:
        if status in found.told:
            shape = {"schema": at[id(found.told[status])]}
            made[status] = {"description": words.STATUS[status], "content": {PROBLEM: shape}}
        elif status >= 400:
            made[status] = {"$ref": f"#/components/responses/{status}"}
        else:
            made[status] = {"description": words.STATUS[status], "headers": _HEADERS[status]}
    return {str(status): made[status] for status in sorted(made)}


def _problem(status: int, schema: Json) -> Json:
    headers = {"headers": _HEADERS[status]} if status in _HEADERS else {}
    return {"description": words.STATUS[status], **headers, "content": {PROBLEM: {"schema": schema}}}
