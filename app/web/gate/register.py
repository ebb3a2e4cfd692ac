"""All routes with what they declare, found by method and path, as the router finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
        self.entries = tuple(_entry(route) for route in _leaves(routes))

    def find(self, method: str, path: str) -> Found | None:
        """The route that answers *method* at *path*; ``None`` where none does."""
        for entry in self.entries:
            if method in entry.methods:
                matched = entry.expression.match(path)
                if matched:
                    return Found(entry, matched.groupdict())
        return None


def _leaves(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """The routes themselves; FastAPI keeps each room's behind one of its own."""
    for route in routes:
        inner: Any = getattr(route, "original_router", None)
        if isinstance(route, Route):
            yield route
        elif inner is not None:
            yield from _leaves(inner.routes)
        else:
            raise TypeError(f"nobody can tell who may use the route {route!r}")


def _entry(route: Route) -> Entry:
    access = access_of(route.endpoint)
    return Entry(frozenset(route.methods or ()), route.path, route.path_regex, access or OWNERS, access is not None)
