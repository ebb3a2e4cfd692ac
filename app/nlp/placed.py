"""Quotations whose place says who speaks: a name beside them, marks reopened after them, a twin in the text."""

from __future__ import annotations

import re

from app.domain import AttributionKind
from app.nlp.linking import Link, find_link
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_SENTENCE = re.compile(r"[^.!?…]+")
_WORD = re.compile(r"\w+")
_TWIN_WORDS = 4
"""Words that the first sentence of a pull quote has at least; fewer may be the same by chance."""


def named_record(scene: Scene, number: int, last: AttributionRecord | None) -> AttributionRecord | None:
    """The record of quotation *number* where its layout names who speaks: *last* if that has the same name."""
    stretch = scene.doc._.quotations[number]
    if stretch.by is None:
        return None
    first, end = scene.token_at(stretch.by.start), scene.token_at(stretch.by.end - 1) + 1
    if last is not None and last.source == (first, end):
        last.quotes.append(number)
        return last
    return AttributionRecord(
        cue=None,
        source=(first, end),
        head=next((i for i in range(end - 1, first, -1) if scene.doc[i].pos_ == "PROPN"), first),
        content=[],
        quotes=[number],
        kind=AttributionKind.DIRECT,
        rule="label" if stretch.by.start < stretch.span.start else "byline",
    )


def link_of(scene: Scene, number: int) -> Link | None:
    """The cue of quotation *number*, or, where it has none and is reopened in the next paragraphs, theirs."""
    quote = scene.quotes[number]
    stretch = scene.doc._.quotations[number]
    link = find_link(scene, quote)
    if not stretch.opened:
        return link if link is not None and link.rule == "after" else None
    if link is not None or stretch.closed or _goes_on(scene, number):
        return link
    for later in range(number + 1, len(scene.quotes)):
        if not _goes_on(scene, later):
            break
        found = find_link(scene, scene.quotes[later])
        if found is not None:
            return Link(found.cue, found.rule)
    return None


def _goes_on(scene: Scene, number: int) -> bool:
    """Whether quotation *number* reopens, at its paragraph's start, one that the paragraph before left open."""
    if number == 0 or scene.doc._.quotations[number - 1].closed:
        return False
    quote, before = scene.quotes[number], scene.quotes[number - 1]
    place = scene.paragraph_index(quote.start)
    return place == scene.paragraph_index(before.start) + 1 and quote.start <= scene.paragraphs[place].start + 1


class Twins:
    """The pull quotes of a text: paragraphs that repeat a sentence of a quotation elsewhere."""

    def __init__(self, scene: Scene) -> None:
        self.alone = _alone(scene)
        self._sentences: dict[str, int] = {}
        for number, stretch in enumerate(scene.doc._.quotations):
            if not self.alone[number]:
                for sentence in _SENTENCE.findall(stretch.span.of(scene.text)):
                    if key := _key(sentence):
                        self._sentences.setdefault(key, number)
        self._text = scene.text
        self._stretches = scene.doc._.quotations

    def twin(self, number: int) -> int | None:
        """The quotation in running text that *number*, a paragraph by itself, repeats."""
        if not self.alone[number]:
            return None
        first = _SENTENCE.search(self._stretches[number].span.of(self._text))
        return self._sentences.get(_key(first.group())) if first else None


def _alone(scene: Scene) -> list[bool]:
    """For each quotation, whether it is all that its paragraph holds."""
    found = []
    for quote, stretch in zip(scene.quotes, scene.doc._.quotations, strict=True):
        paragraph = scene.paragraph(quote.start)
        edges = (paragraph.start_char, stretch.span.start), (stretch.span.end, paragraph.end_char)
        found.append(stretch.by is None and not any(map(str.isalnum, "".join(scene.text[a:b] for a, b in edges))))
    return found


def _key(sentence: str) -> str:
    words = _WORD.findall(sentence.casefold())
    return " ".join(words) if len(words) >= _TWIN_WORDS else ""


def repeated(number: int, leader: AttributionRecord) -> AttributionRecord:
    """A record for the pull quote *number*, which repeats words of *leader*."""
    return AttributionRecord(
        cue=None,
        source=None,
        head=None,
        content=[],
        quotes=[number],
        kind=AttributionKind.DIRECT,
        rule="pull quote",
        follows=leader,
    )
