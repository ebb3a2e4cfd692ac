"""Token patterns of spaCy's ``Matcher``, held to those that are quick and match something in particular."""

from __future__ import annotations

import json
import re
from typing import Any

from app.codebook.limits import LONGEST_WORD

TEXTS = ("ORTH", "TEXT", "LOWER", "LEMMA", "ENT_TYPE", "POS")
FLAGS = ("IS_TITLE", "IS_UPPER", "LIKE_NUM")
KEYS = (*TEXTS, *FLAGS, "OP")
TELLING = frozenset(TEXTS) - {"POS"}
"""What says enough of a token to keep a pattern from matching everywhere."""

MOST_TOKENS = 12
MOST_REPEATS = 10
MOST_OPTIONAL = 10
"""Tokens that a pattern may match or leave out. The matcher takes twice as long for each, measured with spaCy 3.8:
0.04 s for 200 tokens at 10, 10 s at 18."""

_MOST_CHOICES = 200
_REPEATS = re.compile(r"\{(\d{1,4})(?:,(\d{1,4}))?\}")


def canonical(pattern: Any) -> str:
    """*pattern*, a list of tables each of which describes a token, as JSON in its shortest form.

    Raises:
        ValueError: it cannot be used; the message, without a full stop, says why and what to write instead.
    """
    if not isinstance(pattern, list) or not pattern or not all(isinstance(token, dict) for token in pattern):
        raise ValueError('a pattern is a list of tables, one a token, such as [{LEMMA = "gas"}, {LOWER = "price"}]')
    if len(pattern) > MOST_TOKENS:
        raise ValueError(f"it has {len(pattern)} tokens, and {MOST_TOKENS} are allowed at most")
    for token in pattern:
        _check(token)
    _check_quick(pattern)
    if not any(_says_something(token) for token in pattern):
        raise ValueError(
            f"it matches everything; at least one token must be there and have a word for "
            f"{', '.join(key for key in TEXTS if key in TELLING)}"
        )
    return json.dumps(pattern, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check(token: dict[str, Any]) -> None:
    for key, value in token.items():
        if key == "REGEX":
            raise ValueError(_no_regex())
        if key not in KEYS:
            raise ValueError(f"it has the unknown key “{key}”; known are {', '.join(KEYS)}")
        if key == "OP":
            _range(value)
        elif key in FLAGS and not isinstance(value, bool):
            raise ValueError(f"{key} is true or false")
        elif key in TEXTS:
            _check_text(key, value)


def _check_text(key: str, value: Any) -> None:
    if isinstance(value, dict) and "REGEX" in value:
        raise ValueError(_no_regex())
    if isinstance(value, dict) and not _is_choice(value):
        raise ValueError(f"{key} takes a word in quotes, {{IN = […]}} or {{NOT_IN = […]}}")
    words = next(iter(value.values())) if isinstance(value, dict) else [value]
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ValueError(f"{key} takes a word in quotes, or a list of them in IN or NOT_IN, none of them empty")
    if len(words) > _MOST_CHOICES or any(len(word) > LONGEST_WORD for word in words):
        raise ValueError(
            f"{key} has too much to choose from; {_MOST_CHOICES} words of {LONGEST_WORD} characters are allowed at most"
        )
    if key == "LOWER" and (capital := next((word for word in words if word != word.lower()), None)):
        raise ValueError(f"LOWER is compared in lower case, so “{capital}” never matches; write “{capital.lower()}”")


def _is_choice(value: dict[str, Any]) -> bool:
    return len(value) == 1 and isinstance(value.get("IN", value.get("NOT_IN")), list)


def _range(op: Any) -> tuple[int, int]:
    """How often a token with *op* may come, from and to.

    Raises:
        ValueError: *op* is unknown or has no end.
    """
    if op in ("!", "?"):
        return (1, 1) if op == "!" else (0, 1)
    found = _REPEATS.fullmatch(op) if isinstance(op, str) else None
    if found is None:
        raise ValueError(
            f"OP “{op}” cannot be used: OP is !, ?, {{n}} or {{n,m}}. What has no end, such as *, + and {{n,}}, can "
            f"take exponential time; write {{0,5}} for * and {{1,5}} for +"
        )
    first, last = int(found[1]), int(found[2] or found[1])
    if not (first <= last and 1 <= last <= MOST_REPEATS):
        raise ValueError(f"OP “{op}” cannot be used: it repeats from 0 or more to {MOST_REPEATS} times at most")
    return first, last


def _check_quick(pattern: list[dict[str, Any]]) -> None:
    ranges = [_range(token["OP"]) for token in pattern if "OP" in token]
    optional = sum(last - first for first, last in ranges)
    if optional > MOST_OPTIONAL:
        raise ValueError(
            f"it leaves {optional} tokens open by ? and {{n,m}}, which can take exponential time; leave "
            f"{MOST_OPTIONAL} open at most, or write several patterns"
        )


def _says_something(token: dict[str, Any]) -> bool:
    op = token.get("OP", "{1}")
    if op == "!" or _range(op)[0] == 0:
        return False
    return any(key in TELLING and not (isinstance(value, dict) and "NOT_IN" in value) for key, value in token.items())


def _no_regex() -> str:
    return "REGEX can take exponential time and is not allowed; list the words, as in {LOWER = {IN = [“gas”, “oil”]}}"
