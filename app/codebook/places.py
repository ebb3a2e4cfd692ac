"""Where things stand in a code book: the lines that an error names."""

from __future__ import annotations

import re

Place = tuple[int, str | None, int | None]
"""A topic and, where they matter, its field and an entry of the field's list; numbers count from 0."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<line>\n)|(?P<sign>[=,])|(?P<bare>[^\s\[\]{}=,\"'#]+)",
    re.DOTALL,
)


def line_of(text: str, topic: int, field: str | None = None, item: int | None = None) -> int | None:
    """The line of *text*, from 1, where an entry stands, or its field, or else its topic.

    Args:
        text: valid TOML with ``[[topic]]`` tables.
        topic: which of them, from 0.
        field: a key of it.
        item: which entry of the key's list, from 0.
    """
    places = _Scanner(text).places()
    wanted = ((topic, field, item), (topic, field, None), (topic, None, None))
    return next((places[place] for place in wanted if place in places), None)


class _Scanner:
    """Reads the tokens of TOML, knowing only headers, keys and how deep brackets stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Place, int] = {}
        self._topic = -1
        self._field: str | None = None
        self._item = 0
        self._depth = 0
        self._waiting = True
        self._in_value = False

    def places(self) -> dict[Place, int]:
        """The line of every topic, field and entry."""
        line = 1
        for token in _TOKEN.finditer(self._text):
            self._take(token, line)
            line += token.group().count("\n")
        return self._found

    def _take(self, token: re.Match[str], line: int) -> None:
        kind = token.lastgroup
        if kind == "line":
            self._in_value = self._in_value and self._depth > 0
        elif kind == "open":
            self._open(token, line)
        elif kind == "close":
            self._depth = max(0, self._depth - 1)
        elif kind == "sign":
            self._sign(token.group())
        elif kind in {"text", "bare"}:
            self._word(token.group().strip("\"'"), line)

    def _open(self, token: re.Match[str], line: int) -> None:
        if not self._in_value and self._depth == 0:
            self._header(token, line)
        else:
            self._entry(line)
        self._depth += 1

    def _header(self, token: re.Match[str], line: int) -> None:
        self._field = None
        if self._text.startswith("[[", token.start()):
            self._topic += 1
            self._found[self._topic, None, None] = line

    def _sign(self, sign: str) -> None:
        if sign == "=" and not self._in_value:
            self._in_value, self._item, self._waiting = True, 0, True
        elif sign == "," and self._depth == 1:
            self._item, self._waiting = self._item + 1, True

    def _word(self, word: str, line: int) -> None:
        if self._in_value:
            self._entry(line)
        elif self._depth == 0:
            self._field = word.partition(".")[0]
            self._found.setdefault((self._topic, self._field, None), line)
        elif self._depth == 1 and self._topic >= 0:  # the header of a table inside the topic
            self._found.setdefault((self._topic, word.rpartition(".")[2], None), line)

    def _entry(self, line: int) -> None:
        if self._in_value and self._depth == 1 and self._waiting:
            self._found[self._topic, self._field, self._item] = line
            self._waiting = False
