"""Who may do what at an address: each route declares it beside its methods, and :mod:`app.web.gate` holds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TypeVar

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
_DECLARED = "__access__"


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    ANYONE = 0
    """Who has shown nothing: the way in, what browsers need for the locked page, and health."""
    READER = 1
    CORRECTOR = 2
    OWNER = 3


class Part(Enum):
    """Of what in the library a route tells, and so how much of it must have been shared with whoever asks."""

    LIBRARY = "library"
    """Of all of it, or of more than one quote, list or article can tell."""
    LIST = "list"
    """Of the quotes that the filter in the address leaves, and of nothing else; a share narrows that filter."""
    QUOTE = "quote"
    """Of the quote ``quote_id`` in the path and its surroundings."""
    ARTICLE = "article"
    """Of the article ``slug`` in the path and its quotes."""


@dataclass(frozen=True, slots=True)
class Access:
    """The least *role* that a route asks for, and the *part* of the library that it tells of."""

    role: Role
    part: Part = Part.LIBRARY


def open_to(role: Role, part: Part = Part.LIBRARY) -> Callable[[Endpoint], Endpoint]:
    """Declare who may use the route below, which must stand between it and its ``router.api_route``."""

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, Access(role, part))
        return endpoint

    return declared


def access_of(endpoint: Callable[..., object]) -> Access | None:
    """What *endpoint* declares; ``None`` where it was forgotten."""
    return getattr(endpoint, _DECLARED, None)
