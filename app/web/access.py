"""Who may do what at an address: each route declares it beside its methods, and :mod:`app.web.gate` holds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.domain import Part, Role

__all__ = ["Access", "Part", "Role", "access_of", "open_to"]

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
_DECLARED = "__access__"


@dataclass(frozen=True, slots=True)
class Access:
    """The least *role* that a route asks for, and the *part* of the library that it tells of.

    A route of a list goes by the filter in its address alone, which a share narrows; that of a quote has its
    ``quote_id`` in the path, that of an article its ``slug``. *changes* is whether it is asked to change something.
    """

    role: Role
    part: Part = Part.LIBRARY
    changes: bool = True


def open_to(role: Role, part: Part = Part.LIBRARY, *, changes: bool = True) -> Callable[[Endpoint], Endpoint]:
    """Declare who may use the route below, which must stand between it and its ``router.api_route``."""

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, Access(role, part, changes))
        return endpoint

    return declared


def access_of(endpoint: Callable[..., object]) -> Access | None:
    """What *endpoint* declares; ``None`` where it was forgotten."""
    return getattr(endpoint, _DECLARED, None)
