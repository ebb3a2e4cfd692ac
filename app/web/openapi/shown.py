"""The OpenAPI document as its pages show it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.errors import NotFound
from app.present.filter_query import NAMES
from app.present.templates import address
from app.web.contexts import ApiGroupPage, ApiPage, ApiTypePage, Site
from app.web.contexts.api import Answer, Group, Kind, Named, Operation
from app.web.openapi import examples, words
from app.web.openapi.promise import PROMISE

Json = dict[str, Any]
PAGE = "/api"
SIMPLE = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}


def overview(document: Json, site: Site, base: str) -> ApiPage:
    """The context of ``/api``; *base* is where this service is."""
    told = document["components"]["responses"]
    shown = Shown(document, base)
    return ApiPage(
        site=site,
        about=tuple(_plain(one) for one in words.ABOUT.strip().split("\n\n")),
        token=_plain(words.SHOWN),
        groups=shown.groups,
        every=tuple(shown.answer(str(status), told[str(status)]) for status in (*words.EVERY, *words.CHANGES)),
        promise=PROMISE,
        call=f"curl '{base}/search.json?kind=direct'",
    )


def group(document: Json, site: Site, base: str, name: str) -> ApiGroupPage:
    """The context of a group's page.

    Raises:
        NotFound: there is no such group.
    """
    shown = Shown(document, base)
    found = next((one for one in shown.groups if one.name == name), None)
    if found is None:
        raise NotFound(f"There is no group “{name[:40]}” of operations.")
    filters = (document["components"]["parameters"][one] for one in NAMES)
    several = any(one.filtered for one in found.operations)
    others = tuple((one.name, "" if one is found else one.href) for one in shown.groups)
    return ApiGroupPage(site, found, tuple(map(shown.parameter, filters)) if several else (), others)


def one_type(document: Json, site: Site, name: str) -> ApiTypePage:
    """The context of a type's page.

    Raises:
        NotFound: there is no such type.
    """
    schema = document["components"]["schemas"].get(name)
    if schema is None:
        raise NotFound(f"There is no type “{name[:40]}”.")
    needed = schema.get("required", ())
    fields = tuple(
        Named(field, "", kind(value), value.get("description", ""), field in needed)
        for field, value in schema.get("properties", {}).items()
    )
    values = tuple(str(one) for one in schema.get("enum", ()))
    return ApiTypePage(site, name, schema.get("description", ""), fields, values, tuple(_used(document, name)))


def _used(document: Json, name: str) -> Iterator[tuple[str, str]]:
    sought = f'"#/components/schemas/{name}"'
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if sought in json.dumps(operation):
                href = address(PAGE, group=operation["tags"][0]) + f"#{operation['operationId']}"
                yield f"{method.upper()} {path}", href
    for other, schema in document["components"]["schemas"].items():
        if other != name and sought in json.dumps(schema):
            yield other, address(PAGE, type=other)


def _plain(text: str) -> str:
    """*text* without the marks of code, which the document has for readers of Markdown."""
    return " ".join(text.replace("`", "").split())


class Shown:
    """The operations of *document* by group."""

    def __init__(self, document: Json, base: str) -> None:
        self.document, self.base = document, base
        self.groups = tuple(self._groups())

    def _groups(self) -> Iterator[Group]:
        for name, about in words.GROUPS.items():
            found = [
                self._operation(method, path, operation)
                for path, operations in self.document["paths"].items()
                for method, operation in operations.items()
                if operation["tags"] == [name]
            ]
            # What is read before what changes something, lists before what is in them.
            found.sort(key=lambda one: (one.method != "GET", one.path.count("{"), not one.path.endswith(".json")))
            yield Group(name, about, address(PAGE, group=name), tuple(found))

    def _operation(self, method: str, path: str, told: Json) -> Operation:
        given = [self._resolved(one) for one in told.get("parameters", ())]
        common = [one for one in given if one["name"] in NAMES and one is self._common(one["name"])]
        body = told.get("requestBody", {}).get("content", {})
        every = {str(status) for status in words.EVERY}
        return Operation(
            id=told["operationId"],
            method=method.upper(),
            path=path,
            words=told["summary"],
            more=told.get("description", ""),
            parameters=tuple(self.parameter(one) for one in given if one not in common),
            filtered=bool(common),
            takes=tuple((media_type, kind(one["schema"])) for media_type, one in body.items()),
            answers=tuple(
                self.answer(status, self._resolved(one))
                for status, one in told["responses"].items()
                if status not in every
            ),
            call=examples.call(self.base, method.upper(), path, given, body),
        )

    def _common(self, name: str) -> Json:
        found: Json = self.document["components"]["parameters"].get(name, {})
        return found

    def _resolved(self, one: Json) -> Json:
        if "$ref" not in one:
            return one
        _, _, room, name = one["$ref"].split("/")
        found: Json = self.document["components"][room][name]
        return found

    def parameter(self, one: Json) -> Named:
        """A parameter as it is shown."""
        return Named(one["name"], one["in"], kind(one["schema"]), one["description"], one["required"])

    def answer(self, status: str, one: Json) -> Answer:
        """What comes with *status*."""
        content = one.get("content", {})
        schemas = [value["schema"] for value in content.values() if "schema" in value]
        return Answer(status, one["description"], tuple(content), kind(schemas[0]) if schemas else ())


def kind(schema: Json) -> Kind:
    """What *schema* allows, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return ((name, address(PAGE, type=name)),)
    if "anyOf" in schema:
        return tuple(_between(map(kind, schema["anyOf"]), " or "))
    if "enum" in schema:
        return ((" or ".join(str(one) for one in schema["enum"] if one != ""), ""),)
    if schema.get("type") == "array":
        return (("list of ", ""), *kind(schema.get("items", {})))
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return (("object of ", ""), *kind(inner)) if isinstance(inner, dict) else (("object", ""),)
    words_of = SIMPLE.get(schema.get("type", ""), "anything")
    return ((words_of + _limits(schema), ""),)


def _limits(schema: Json) -> str:
    most, least = schema.get("maxLength"), schema.get("minimum")
    return (f", {most} characters at most" if most else "") + (f", {least} at least" if least is not None else "")


def _between(kinds: Iterable[Kind], word: str) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(kinds):
        if number:
            yield word, ""
        yield from one
