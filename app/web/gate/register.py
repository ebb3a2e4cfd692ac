"""All routes with what they declare, found by method and path, as the router finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from app.web.access import Access, Role, access_of

OWNERS = Access(Role.OWNER)
"""What a route is held to that declares nothing; a test finds it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A route: its methods, its path as it is written and as an expression, and who may use it."""

    methods: frozenset[str]
    path: str
    expression: re.Pattern[str]
    access: Access
    declared: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The route of a request, and what its path names."""

    entry: Entry
    named: Mapping[str, str]


class Register:
    """The routes of an application, in the order in which the router tries them."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.entries = tuple(_entry(route) for route in routes)

    def find(self, method: str, path: str) -> Found | None:
        """The route that answers *method* at *path*; ``None`` where none does."""
        for entry in self.entries:
            if method in entry.methods:
                matched = entry.expression.match(path)
                if matched:
                    return Found(entry, matched.groupdict())
        return None


def _entry(route: BaseRoute) -> Entry:
    if not isinstance(route, Route):
        raise TypeError(f"nobody can tell who may use {route!r}")
    access = access_of(route.endpoint)
    return Entry(frozenset(route.methods or ()), route.path, route.path_regex, access or OWNERS, access is not None)
