"""The unusual kinds of quotation, as texts with what should be found in them: ``tests/nlp/cases/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import Analysis, AttributionKind
from app.nlp.methods import Method
from app.nlp.pipeline import Analyser
from app.text.paragraphs import split_paragraphs

CASES = Path(__file__).parent / "cases"

pytestmark = pytest.mark.model


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            reason = case.get("xfail")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks)


@pytest.fixture(scope="module", params=list(Method))
def analyser(request: pytest.FixtureRequest) -> Analyser:
    return Analyser(request.param)


def found(analysis: Analysis, text: str) -> Iterator[dict[str, Any]]:
    """The quotations of *text* in the words of a case."""
    for quote in analysis.quotes:
        speaker = analysis.attributions[quote.attribution].speaker
        yield {
            "words": quote.span.of(text),
            "speaker": speaker and speaker.name,
            "kind": str(speaker.kind) if speaker else None,
            "of": quote.attribution,
            "indirect": quote.kind is AttributionKind.INDIRECT,
        }


def shown(quotes: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(quote["words"], quote["speaker"]) for quote in quotes]


@pytest.mark.parametrize("case", list(cases()))
def test_each_quotation_is_found_with_its_speaker_and_nothing_else_is(analyser: Analyser, case: dict[str, Any]) -> None:
    text = case["text"].strip()
    everything = list(found(analyser.analyse(text, split_paragraphs(text)), text))
    quotes = [one for one in everything if not one["indirect"]]
    assert shown(quotes) == [(one["words"], one.get("speaker")) for one in case["quotes"]]
    together: dict[int, set[int]] = {}
    for expected, one in zip(case["quotes"], quotes, strict=True):
        assert expected.get("kind", one["kind"]) == one["kind"]
        if "of" in expected:
            together.setdefault(expected["of"], set()).add(one["of"])
    assert all(len(attributions) == 1 for attributions in together.values()), "pieces of one attribution"
    for expected in case.get("indirect", ()):
        (one,) = [
            one for one in everything if one["indirect"] and one["words"].removeprefix("that ") == expected["words"]
        ]
        assert one["speaker"] == expected["speaker"]
        assert expected.get("kind", one["kind"]) == one["kind"]


def test_there_are_at_least_44_cases_and_few_that_fail() -> None:
    every = list(cases())
    assert len(every) >= 44
    assert sum(bool(case.marks) for case in every) <= len(every) // 10
