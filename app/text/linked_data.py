"""What a page says of its article in JSON-LD, by the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_ARTICLES = ("Article", "Posting", "Report", "Statement", "LiveBlog")
_PAGES = ("WebPage", "CreativeWork")
_MOST_NODES = 2_000


def article_in(scripts: list[str]) -> dict[str, Any]:
    """The first object among *scripts* that is an article, else one that is a page; empty where there is none."""
    page: dict[str, Any] = {}
    for node in _nodes(scripts):
        kinds = " ".join(strings(node.get("@type")))
        if any(kind in kinds for kind in _ARTICLES):
            return node
        if not page and any(kind in kinds for kind in _PAGES):
            page = node
    return page


def names(value: object) -> list[str]:
    """The names of the people or organisations that *value* stands for."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return [name for one in value[:20] for name in (names(one) if not isinstance(one, list) else [])]
    return [" ".join(value.split())] if isinstance(value, str) and value.strip() else []


def strings(value: object) -> list[str]:
    """*value* where it is a string, or those in it where it is a list."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def _nodes(scripts: list[str]) -> Iterator[dict[str, Any]]:
    waiting: list[object] = []
    for script in reversed(scripts):
        try:
            waiting.append(json.loads(script, strict=False))
        except (ValueError, RecursionError):  # pages are full of broken JSON, and what it says is only a help
            continue
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:_MOST_NODES]))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in node)
