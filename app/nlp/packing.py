"""Keeps findings on a ``Doc`` through ``Doc.to_bytes``: a ``DocBin``, and ``nlp.pipe`` with several processes.

spaCy packs ``doc.user_data`` with msgpack, which knows plain values only. An encoder turns our values into mappings
on the way out; :func:`carried` turns them back when they are first read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from spacy.tokens import Doc
from srsly import msgpack_encoders

T = TypeVar("T")
Default = Callable[[Any], Any] | None

TYPE, KEY = "communique", "key"
"""In a packed mapping: the name of the class, and what other mappings of the same ``Doc`` refer to it by."""


def carried(name: str, made: type[T], *, linked: str | None = None) -> None:
    """Register ``doc._.<name>``, a tuple of *made* values, so that it survives being packed.

    Args:
        name: of the extension; without findings it is the empty tuple.
        made: a dataclass of plain values, enumerations and other such dataclasses.
        linked: the field of *made* that holds another of the same values.
    """
    place = f"communique.{name}"

    def read(doc: Doc) -> tuple[T, ...]:
        found: tuple[Any, ...] = doc.user_data.get(place, ())
        if found and isinstance(found[0], dict):  # as msgpack leaves it
            found = doc.user_data[place] = tuple(_linked([_value(made, one) for one in found], found, linked))
        return found

    def write(doc: Doc, found: tuple[T, ...]) -> None:
        doc.user_data[place] = tuple(found)

    Doc.set_extension(name, getter=read, setter=write, force=True)


class NotCarried:
    """Base of what is worked out anew rather than packed or pickled with its ``Doc``: there it is ``None``."""

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


def encode(value: Any, chain: Default = None) -> Any:
    """*value* as msgpack takes it, where it is ours; else what the encoders before this one make of it."""
    if isinstance(value, NotCarried):
        return None
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("app."):
        kept = {field.name: getattr(value, field.name) for field in fields(value)}
        kept = {name: id(one) if type(one) is type(value) else one for name, one in kept.items()}
        return {TYPE: type(value).__name__, KEY: id(value), **kept}
    return value if chain is None else chain(value)


msgpack_encoders.register("communique", func=encode)


def _linked(values: list[T], packed: Iterable[dict[str, Any]], field: str | None) -> list[T]:
    if field is not None:
        by_key = {one[KEY]: value for one, value in zip(packed, values, strict=True)}
        for one, value in zip(packed, values, strict=True):
            setattr(value, field, by_key.get(one[field]))
    return values


@cache
def _types(made: type) -> dict[str, Any]:
    return get_type_hints(made)


def _value(wanted: Any, packed: Any) -> Any:
    """*packed* as a value of the type *wanted*."""
    if packed is None:
        return None
    options = [one for one in get_args(wanted) if one is not type(None)]
    if get_origin(wanted) in (tuple, list):
        items = (_value(options[0], one) for one in packed)
        return tuple(items) if get_origin(wanted) is tuple else list(items)
    if len(options) == 1:  # an optional value
        return _value(options[0], packed)
    if is_dataclass(wanted) and isinstance(packed, dict):
        types = _types(wanted)  # type: ignore[arg-type]  # a class here, not a value
        return wanted(**{name: _value(types[name], one) for name, one in packed.items() if name in types})  # type: ignore[operator]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(packed)
    return packed
