"""Quotations whose place says who speaks: a name beside them, marks reopened after them, a twin in the text."""

from __future__ import annotations

import re

from app.domain import AttributionKind
from app.nlp.linking import Link, find_link
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_WORD = re.compile(r"\w+")
_TWIN_WORDS = 4
"""Words at either end of a pull quote that stand in the text too; fewer may be the same by chance."""


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
    """Whether quotation *number* reopens one that was left open: in its paragraph, or at the start of the next."""
    if number == 0 or scene.doc._.quotations[number - 1].closed:
        return False
    quote, before = scene.quotes[number], scene.quotes[number - 1]
    place = scene.paragraph_index(quote.start)
    if place == scene.paragraph_index(before.start):
        return True
    return place == scene.paragraph_index(before.start) + 1 and quote.start <= scene.paragraphs[place].start + 1


class Twins:
    """The pull quotes of a text: paragraphs that repeat words of a quotation elsewhere."""

    def __init__(self, scene: Scene) -> None:
        self.alone = _alone(scene)
        self._words: list[tuple[str, ...]] = []
        self._met: dict[tuple[str, ...], int] = {}
        if not any(self.alone) or all(self.alone):
            self.alone = [False] * len(self.alone)
            return
        for number, stretch in enumerate(scene.doc._.quotations):
            words = tuple(_WORD.findall(stretch.span.of(scene.text).casefold()))
            self._words.append(words)
            if not self.alone[number]:
                for i in range(len(words) - _TWIN_WORDS + 1):
                    self._met.setdefault(words[i : i + _TWIN_WORDS], number)

    def twin(self, number: int) -> int | None:
        """The quotation in running text that *number*, a paragraph by itself, repeats."""
        if not self.alone[number]:
            return None
        words = self._words[number]
        found = self._met.get(words[:_TWIN_WORDS])
        return found if found is not None and words[-_TWIN_WORDS:] in self._met else None


def _alone(scene: Scene) -> list[bool]:
    """For each quotation, whether it is all that its paragraph holds."""
    found = []
    for quote, stretch in zip(scene.quotes, scene.doc._.quotations, strict=True):
        paragraph = scene.paragraph(quote.start)
        edges = (paragraph.start_char, stretch.span.start), (stretch.span.end, paragraph.end_char)
        found.append(stretch.by is None and not any(map(str.isalnum, "".join(scene.text[a:b] for a, b in edges))))
    return found


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
