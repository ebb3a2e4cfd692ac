"""Paragraphs that a JSON record has of itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain import ParagraphKind
from app.errors import IngestError
from app.text.given import Given
from app.text.json_record import read_json

TEXT = "One two three"


def read(paragraphs: Any) -> list[tuple[str, ParagraphKind]]:
    data = json.dumps({"text": TEXT, "paragraphs": paragraphs}).encode()
    document = read_json(data, Given("a.json"), max_characters=1_000)
    return [(one.span.of(TEXT), one.kind) for one in document.paragraphs]


def test_they_are_taken_as_they_are() -> None:
    given = [{"start": 0, "end": 3, "kind": "heading"}, {"start": 4, "end": 13, "kind": "list"}]
    assert read(given) == [("One", ParagraphKind.HEADING), ("two three", ParagraphKind.LIST)]


@pytest.mark.parametrize("other", [None, [], ["One", "two three"], [{"start": 0}], "One", 7])
def test_paragraphs_of_another_make_are_left_to_the_text(other: Any) -> None:
    assert read(other) == [(TEXT, ParagraphKind.BODY)]


@pytest.mark.parametrize(
    "wrong",
    [
        [{"start": 0, "end": 99, "kind": "body"}],
        [{"start": 4, "end": 7, "kind": "body"}, {"start": 0, "end": 3, "kind": "body"}],
        [{"start": 3, "end": 3, "kind": "body"}],
        [{"start": "0", "end": 3, "kind": "body"}],
        [{"start": True, "end": 3, "kind": "body"}],
        [{"start": 0, "end": 3, "kind": "poem"}],
    ],
)
def test_what_is_none_is_told(wrong: Any) -> None:
    with pytest.raises(IngestError, match="one behind the other"):
        read(wrong)
