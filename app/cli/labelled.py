"""Labelled articles from files, checked before a pipeline spends minutes on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.errors import IngestError
from app.nlp.scoring.attributions import LabelledArticle, Spans
from app.nlp.scoring.letters import Span
from app.nlp.scoring.stretches import LabelledStretches, Stretch
from app.text.plain import usable_text

Article = LabelledArticle | LabelledStretches


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled articles of one kind, and where they stand."""

    name: str
    articles: tuple[Article, ...]


def read_corpora(path: Path, *, max_characters: int) -> list[Corpus]:
    """What is labelled at *path*: a ``.jsonl`` file, or a folder of such files and of ``gold`` beside ``articles``.

    Raises:
        IngestError: there is nothing labelled, or something in it cannot be used; the message says where.
    """
    if path.is_file():
        return [_lines(path, max_characters)]
    if not path.is_dir():
        raise IngestError(f"There is no file or folder {path}.")
    found = [_lines(file, max_characters) for file in sorted(path.glob("*.jsonl"))]
    folder = path if path.name == "gold" else path / "gold"
    if folder.is_dir():
        found.append(_gold(folder, max_characters))
    if not found:
        raise IngestError(f"{path} holds nothing labelled: no .jsonl file, and no folder “gold”.")
    return found


def _lines(path: Path, max_characters: int) -> Corpus:
    articles = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                articles.append(_article(_Field(_json(line, place := f"{path}, line {number}"), place), max_characters))
    return _corpus(path, articles)


def _article(record: _Field, max_characters: int) -> LabelledArticle:
    text = record.text("text", max_characters)
    return LabelledArticle(
        id=record.name("id"),
        text=text,
        attributions=[
            Spans(one.spans("content", text, needed=True), one.spans("source", text), one.spans("cue", text))
            for one in record.items("attributions", needed=True)
        ],
        ignore=record.spans("ignore", text),
    )


def _gold(folder: Path, max_characters: int) -> Corpus:
    return _corpus(folder, [_stretches(path, max_characters) for path in sorted(folder.glob("*.json"))])


def _stretches(path: Path, max_characters: int) -> LabelledStretches:
    record = _Field(_json(path.read_bytes(), str(path)), str(path))
    labels = record.inside("gold") or record
    if "text" not in record.value:
        beside = path.parent.parent / "articles" / path.name
        if not beside.is_file():
            raise IngestError(f"{path} has no “text”, and there is no {beside} to take it from.")
        record = _Field(_json(beside.read_bytes(), str(beside)), str(beside))
    text = record.text("text", max_characters)
    return LabelledStretches(
        id=labels.name("article"),
        text=text,
        quotes=[one.stretch(text) for one in labels.items("quotes", needed=True)],
        ignore=[one.stretch(text) for one in labels.items("ignore")],
        paragraphs=[one.stretch(text) for one in labels.items("units")],
    )


def _corpus(path: Path, articles: list[Any]) -> Corpus:
    if not articles:
        raise IngestError(f"{path} holds no articles.")
    for one, following in pairwise(sorted(article.id for article in articles)):
        if one == following:
            raise IngestError(f"{path} has the article {one!r} twice.")
    return Corpus(str(path), tuple(articles))


def _json(data: bytes, place: str) -> dict[str, Any]:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or nested too deeply
        raise IngestError(f"{place} is no JSON in UTF-8: {error}.") from error
    if not isinstance(record, dict):
        raise IngestError(f"{place} is not an object with “text” and what is labelled in it.")
    return record


@dataclass(frozen=True, slots=True)
class _Field:
    """An object of the file, which knows its place for the sake of a message."""

    value: dict[str, Any]
    place: str

    def name(self, field: str) -> str:
        found = self.value.get(field)
        if not isinstance(found, str | int) or isinstance(found, bool):
            raise self._wrong(field, "must be given, as a string or a whole number")
        return str(found)

    def text(self, field: str, max_characters: int) -> str:
        found = self.value.get(field)
        if not isinstance(found, str):
            raise self._wrong(field, "must be given, as a string")
        try:
            return usable_text(found, max_characters=max_characters)
        except IngestError as error:
            raise IngestError(f"{self.place}: {error}") from error

    def inside(self, field: str) -> _Field | None:
        found = self.value.get(field)
        return _Field(found, self.place) if isinstance(found, dict) else None

    def items(self, field: str, *, needed: bool = False) -> Iterator[_Field]:
        found = self.value.get(field)
        if found is None and not needed:
            return
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._wrong(field, "must be given, as a list of objects")
        for number, one in enumerate(found, start=1):
            yield _Field(one, f"{self.place}, {field} {number}")

    def spans(self, field: str, text: str, *, needed: bool = False) -> list[Span]:
        found = self.value.get(field)
        if found is None and not needed:
            return []
        if not isinstance(found, list) or (needed and not found):
            raise self._wrong(field, "must be a list of [start, end]")
        for one in found:
            if not isinstance(one, list) or len(one) != 2:
                raise self._wrong(field, "must be a list of [start, end]")
        return [self._span(field, one, text) for one in found]

    def stretch(self, text: str) -> Stretch:
        start, end = self._span("start", [self.value.get("start"), self.value.get("end")], text)
        words = self.value.get("text")
        if words is not None and words != text[start:end]:
            raise self._wrong("text", f"is not what stands at {start} to {end}")
        speaker = self.value.get("speaker")
        if speaker is not None and not isinstance(speaker, str):
            raise self._wrong("speaker", "must be a string")
        return Stretch(start, end, self._words("topics"), speaker, self._words("speaker_alt"))

    def _words(self, field: str) -> tuple[str, ...]:
        found = self.value.get(field) or ()
        if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
            raise self._wrong(field, "must be a list of strings")
        return tuple(found)

    def _span(self, field: str, ends: Iterable[Any], text: str) -> Span:
        start, end = ends
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in (start, end)):
            raise self._wrong(field, "must be offsets in whole numbers")
        if not 0 <= start <= end:
            raise self._wrong(field, f"has a span from {start} to {end}")
        if end > len(text):
            raise self._wrong(field, f"has a span to {end}, past the text's end at {len(text)}")
        return start, end

    def _wrong(self, field: str, how: str) -> IngestError:
        return IngestError(f"{self.place}: “{field}” {how}.")
