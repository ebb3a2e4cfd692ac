"""Quotations without a cue of their own: whom they go on from, or what led to them."""

from __future__ import annotations

from spacy.tokens import Span, Token

from app.domain import AttributionKind
from app.nlp.cues import INDIRECT
from app.nlp.linking import Link, is_cue, is_whole
from app.nlp.records import AttributionRecord, make_record
from app.nlp.scene import Scene
from app.nlp.sources import find_source

GESTURE = "gesture"
"""The rule for words behind what somebody did."""
_ENDS = ".!?…—–-"
_BETWEEN = 2
"""Sentence ends that may stand between two quotations of one speaker."""


def continuation(
    scene: Scene, records: list[AttributionRecord], number: int, last: AttributionRecord | None
) -> AttributionRecord | None:
    """The record that quotation *number* goes on with: in the same paragraph, or reopened in the next one."""
    if last is None:
        return _introduced(scene, records, number) or _after_report(scene, records, number)
    quote, before = scene.quotes[number], scene.quotes[last.quotes[-1]]
    paragraph, previous = scene.paragraph_index(quote.start), scene.paragraph_index(before.start)
    if paragraph == previous:
        if is_whole(scene, quote) and _goes_on(scene, before, quote):
            last.quotes.append(number)
            return last
        return None
    if not _alone(scene, quote):
        return _after_report(scene, records, number)
    if introduced := _introduced(scene, records, number):
        return introduced
    stretch = scene.doc._.quotations[last.quotes[-1]]
    if paragraph == previous + 1 and not stretch.closed:
        last.quotes.append(number)
        return last
    if paragraph - previous <= 2:
        return _follow(records, number, last)
    return None


def _goes_on(scene: Scene, before: Span, quote: Span) -> bool:
    """Whether little but who-said-it stands between two quotations of a paragraph."""
    between = scene.doc[before.end : quote.start]
    return sum(token.text in (".", "!", "?") for token in between) <= _BETWEEN


def _alone(scene: Scene, quote: Span) -> bool:
    """Whether the paragraph of *quote* has no words outside quotation marks, or opens with it as a sentence."""
    paragraph = scene.paragraph(quote.start)
    outside = [token for token in paragraph if token.is_alpha and scene.quote_of[token.i] < 0]
    opens = is_whole(scene, quote) and quote.start <= paragraph.start + 1
    return not outside or (opens and quote[-1].text[-1] in _ENDS)


def _introduced(scene: Scene, records: list[AttributionRecord], number: int) -> AttributionRecord | None:
    """A quotation under a paragraph that ends in a colon (``Corey adds:``)."""
    place = scene.paragraph_index(scene.quotes[number].start)
    if place == 0:
        return None
    intro = scene.paragraphs[place - 1]
    tokens = [token for token in intro if not token.is_space]
    if not tokens or tokens[-1].text != ":":
        return None
    for token in reversed(tokens):
        source = find_source(scene, token) if token.pos_ == "VERB" and scene.free(token) else None
        if source is not None:
            record = make_record(scene, Link(token, "introduced"), source)
            record.quotes.append(number)
            records.append(record)
            return record
    return None


def _after_report(scene: Scene, records: list[AttributionRecord], number: int) -> AttributionRecord | None:
    """A whole quotation after a sentence that reports the same speaker: ``…, Schiff said. "The other factor …"``."""
    quote = scene.quotes[number]
    if not is_whole(scene, quote) or quote.start - 1 <= scene.paragraph(quote.start).start:
        return None
    first, last = scene.sentence(quote.start - 2)
    if first < scene.paragraph(quote.start).start:
        return None
    for token in reversed(scene.doc[first:last]):
        if is_cue(scene, token, INDIRECT) and token.dep_ not in ("relcl", "acl"):
            source = find_source(scene, token)
            if source is not None:
                record = make_record(scene, Link(token, "sentence before"), source)
                record.cue = None
                record.quotes.append(number)
                records.append(record)
                return record
    return _after_gesture(scene, records, number, scene.doc[first:last].root)


def _after_gesture(
    scene: Scene, records: list[AttributionRecord], number: int, verb: Token
) -> AttributionRecord | None:
    """A whole quotation that ends its paragraph after what a person did: ``Ferris shook his head. "Not a chance."``."""
    quote = scene.quotes[number]
    stretch = scene.doc._.quotations[number]
    paragraph = scene.paragraph(quote.start)
    behind = scene.text[stretch.span.end : paragraph.end_char]
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and scene.free(child)), None)
    person = subject is not None and (subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she"))
    if not person or subject is None or not stretch.closed or any(map(str.isalnum, behind)):
        return None
    record = make_record(scene, Link(verb, GESTURE), subject)
    record.cue = None
    record.quotes.append(number)
    records.append(record)
    return record


def _follow(records: list[AttributionRecord], number: int, last: AttributionRecord) -> AttributionRecord:
    """A record that goes on from the first of its run, so that a reason names one quotation however long the run."""
    record = AttributionRecord(
        cue=None,
        source=None,
        head=None,
        content=[],
        quotes=[number],
        kind=AttributionKind.DIRECT,
        rule="continued",
        follows=last.follows or last,
    )
    records.append(record)
    return record
