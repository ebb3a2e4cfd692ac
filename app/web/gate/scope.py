"""What of the library a visitor may see: whether a route that was found is within it, and under which filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import Part, Role
from app.errors import NotFound
from app.present.filter_query import filter_of
from app.store.corrections import current_id
from app.store.known import quote_among
from app.web.gate.narrowing import narrowed
from app.web.gate.register import Found
from app.web.visitor import Visitor

LISTS = frozenset({Part.LIST, Part.ARTICLE})
"""The parts of which a filter tells the quotes."""

Holds = Callable[[Visitor, str], bool]
"""Whether a quote with an id is among what a visitor may see."""


@dataclass(frozen=True, slots=True)
class Within:
    """That a visitor may see what was asked for, under *query* in place of the one in the address."""

    query: str


def within(visitor: Visitor, found: Found, query: str, holds: Holds) -> Within | None:
    """Whether what *found* tells of is shared with *visitor*; what their role allows is asked elsewhere."""
    part, named, given = found.entry.access.part, found.named, dict(visitor.given)
    if visitor.part is Part.LIBRARY or found.entry.access.role is Role.ANYONE:
        return Within(query)
    if part is Part.LIST and visitor.part in LISTS:
        inside = narrowed(query, named, given)
        return None if inside is None else Within(inside)
    if part is Part.ARTICLE and visitor.part is Part.ARTICLE:
        return Within(query) if named.get("slug") == given["article"] else None
    if part is Part.QUOTE and holds(visitor, named.get("quote_id", "")):
        return Within(query)
    return None


def holds_quote(conn: Connection) -> Holds:
    """Tells by the library which quotes a visitor may see."""

    def holds(visitor: Visitor, quote_id: str) -> bool:
        try:
            current = current_id(conn, quote_id)
            if visitor.part is Part.QUOTE:
                return current == current_id(conn, dict(visitor.given)["quote"])
        except NotFound:
            return False
        return quote_among(conn, current, filter_of(dict(visitor.given)))

    return holds


def any_quote(visitor: Visitor, quote_id: str) -> bool:
    """In place of :func:`holds_quote` for the links of a page that was made for *visitor*: it names no other quotes."""
    return visitor.part is not Part.QUOTE or quote_id == dict(visitor.given)["quote"]
