"""What a route for programs takes and answers: declared beside it, and told by :mod:`app.web.openapi`.

Nothing is made of it before somebody asks for the description, so that the start of the service does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
JSON = "application/json"
_DECLARED = "__answers__"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a route answers.

    Attributes:
        shape: the type of the JSON; ``None`` for what is no JSON.
        others: the statuses that can come besides those that every route of its method can have.
        status: the statuses of success.
        kinds: the media types of success.
        tagged: whether what is read has an ETag, so that 304 can come.
        takes: the type of the JSON that is sent, and the other media types that may be.
        asks: parameters that are read by hand, and so are not seen in the function.
        told: the types of errors that tell more than others, by their statuses.
    """

    shape: Any
    others: tuple[int, ...]
    status: tuple[int, ...]
    kinds: tuple[str, ...]
    tagged: bool
    takes: Any
    takes_kinds: tuple[str, ...]
    asks: tuple[str, ...]
    told: dict[int, Any]


def answers(
    shape: Any,
    *others: int,
    status: tuple[int, ...] = (200,),
    kinds: tuple[str, ...] = (JSON,),
    tagged: bool = True,
    takes: Any = None,
    takes_kinds: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
    told: dict[int, Any] | None = None,
) -> Callable[[Endpoint], Endpoint]:
    """Declare what the function below answers, with the attributes of :class:`Answers`."""
    told = told or {}
    found = Answers(shape, (*others, *told), status, kinds, tagged, takes, takes_kinds, asks, told)

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, found)
        return endpoint

    return declared


def answers_of(endpoint: Callable[..., object]) -> Answers | None:
    """What *endpoint* declares; ``None`` where it declares nothing, as pages and forms do."""
    return getattr(endpoint, _DECLARED, None)
