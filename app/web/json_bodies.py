"""JSON that programs send, held to what can be kept."""

from __future__ import annotations

import json
from typing import Any


def read_json(body: bytes) -> Any:
    """The value in *body*.

    Raises:
        ValueError: it is no JSON, is nested too deeply, or has half a character (a lone surrogate), which JSON can
            write and no database takes.
    """
    try:
        value = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += (*one, *one.values())
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and not one.isascii():
            one.encode()
    return value
