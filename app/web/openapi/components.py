"""The types of :mod:`app.web.shapes` as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, get_origin

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import is_typeddict

Json = dict[str, Any]
AT = "#/components/schemas/{model}"


class Named(GenerateJsonSchema):
    """Schemas by the names of their types: ``Listing.Quote`` of ``Listing[Quote]``. Their fields need no titles."""

    def normalize_name(self, name: str) -> str:
        """*name* as a component may be called."""
        return re.sub(r"\W+", ".", name).strip(".")

    def typed_dict_schema(self, schema: Any) -> Json:
        """The schema of a TypedDict; fields that it has from another are described as there."""
        made = super().typed_dict_schema(schema)
        for base in getattr(schema["cls"], "__orig_bases__", ()):
            above = _fields(get_origin(base) or base) if is_typeddict(get_origin(base) or base) else {}
            for name, field in made["properties"].items():
                if "description" in above.get(name, {}):
                    field.setdefault("description", above[name]["description"])
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a title would say the field's name again."""
        return False


@cache
def _fields(base: Any) -> Json:
    _, found = schemas([base])
    fields: Json = found[base.__name__]["properties"]
    return fields


def schemas(shapes: Sequence[Any]) -> tuple[list[Json], Json]:
    """The schema of each of *shapes*, and all that these refer to, by name."""
    # As one type, since options cannot be given with a TypedDict alone.
    together: Any = tuple[tuple(shapes)]  # type: ignore[misc]
    adapter: TypeAdapter[Any] = TypeAdapter(together, config=ConfigDict(use_attribute_docstrings=True))
    made = adapter.json_schema(ref_template=AT, schema_generator=Named)
    found: Json = {name: _plain(one) for name, one in sorted(made["$defs"].items())}
    return [_plain(one) for one in made["prefixItems"]], found


def _plain(schema: Any) -> Any:
    """*schema* with each text in one line, without titles of types."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _plain(value) for name, value in schema.items() if not (name == "title" and isinstance(value, str))}
    if isinstance(found.get("description"), str):
        found["description"] = one_line(found["description"])
    return found


def one_line(text: str) -> str:
    """*text* without line ends and without the marks of code, which a reader of the document has no use for."""
    return " ".join(text.replace("``", "").split())
