"""A filter in an address, narrowed to what was shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from app.errors import QueryError
from app.store.search import parse
from app.web.dates import days_of

Pairs = list[tuple[str, str]]
IN_PATH = {"topic_id": "topic", "field": ""}
"""What a path names of a filter. A page of all values of a field would tell of those outside, if that is fixed."""


def narrowed(query: str, named: Mapping[str, str], given: Mapping[str, str]) -> str | None:
    """*query* with what is *given*, at a path that names *named*; ``None`` where it asks for something else."""
    asked = [(name, value.strip()) for name, value in parse_qsl(query, keep_blank_values=True)]
    if named.get("field") in given:
        return None
    in_path = {field: named[name] for name, field in IN_PATH.items() if name in named}
    kept: Pairs = [(name, value) for name, value in asked if name not in given]
    for name, value in given.items():
        if name in in_path:
            if in_path[name] != value or any(one not in ("", value) for one in _values(asked, name)):
                return None
            continue
        narrower = _narrower(name, value, list(dict.fromkeys(one for one in _values(asked, name) if one)))
        if narrower is None:
            return None
        kept.append((name, narrower))
    return urlencode(kept)


def _values(asked: Pairs, name: str) -> Iterable[str]:
    return (value for one, value in asked if one == name)


def _narrower(name: str, given: str, asked: list[str]) -> str | None:
    if not asked or asked == [given]:
        return given
    if len(asked) > 1 or name not in ("from", "to", "q"):
        return None
    if name == "q":
        return _both(given, asked[0])
    days = days_of(asked[0])
    if days is None:
        return asked[0]  # what is no date is refused by whoever reads it
    return max(given, str(days[0])) if name == "from" else min(given, str(days[1]))


def _both(given: str, asked: str) -> str:
    """A query for what both find.

    What was asked for stands in its own form, which means the same wherever it stands: as it was typed, it could begin
    with OR.
    """
    shared = parse(given)
    try:
        typed = parse(asked)
    except QueryError:
        return asked  # nobody can look for it, and the page says why
    has_all = (
        set(shared.wanted) <= set(typed.wanted)
        and set(shared.unwanted) <= set(typed.unwanted)
        and set(shared.topics) <= set(typed.topics)
        and set(shared.other_topics) <= set(typed.other_topics)
    )
    return asked if has_all else f"{shared} {typed}"
