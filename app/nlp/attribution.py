"""The ``attributions`` component: who is given as the source of which words, and by which cue."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from app.domain import AttributionKind, TextSpan
from app.nlp.content import content_of, kind_of
from app.nlp.indirect import indirect_records
from app.nlp.keys import ATTRIBUTIONS_KEY, CONTENT, CUE, CUES_KEY, SOURCE
from app.nlp.linking import Link, find_link, governing_verb, is_whole
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene
from app.nlp.sources import find_source, source_range

_TITLE_WORDS = 2


@Language.factory(
    "attributions",
    assigns=["doc.spans", "doc._.attributions"],
    requires=["doc.spans", "token.dep", "token.pos", "token.lemma"],
    default_config={"cues_key": CUES_KEY, "spans_key": ATTRIBUTIONS_KEY, "indirect": True},
)
def make_attributions(
    nlp: Language, name: str, cues_key: str, spans_key: str, indirect: bool
) -> Attributions:
    """Build the component; it needs the parser, the lemmatizer and ``quotations`` before it."""
    return Attributions(name, cues_key=cues_key, spans_key=spans_key, indirect=indirect)


class Attributions:
    """Links quotations, and clauses that are reported without marks, to their cues and sources.

    ``doc._.attributions`` holds an :class:`~app.nlp.records.AttributionRecord` each, in the order of the text;
    ``doc.spans[spans_key]`` the same as spans labelled ``SOURCE``, ``CUE`` and ``CONTENT``, one ``id_`` a record.
    """

    def __init__(self, name: str, *, cues_key: str, spans_key: str, indirect: bool) -> None:
        self.name = name
        self.cues_key = cues_key
        self.spans_key = spans_key
        self.indirect = indirect

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its attributions."""
        scene = Scene.of(doc)
        records = _quoted_records(scene)
        if self.indirect:
            taken = {record.cue[0] for record in records if record.cue}
            records += indirect_records(scene, taken)
        _sort(records)
        doc._.attributions = tuple(records)
        doc.spans[self.cues_key] = [Span(doc, *record.cue, label=CUE) for record in records if record.cue]
        doc.spans[self.spans_key] = [
            span for number, one in enumerate(records) for span in _spans(doc, one, number)
        ]
        return doc


def _sort(records: list[AttributionRecord]) -> None:
    """Into the order of the text, with ``follows`` still pointing at the same record."""
    leaders = {id(record): records[record.follows] for record in records if record.follows is not None}
    records.sort(key=lambda record: (record.content[0].start, record.content[0].end))
    places = {id(record): place for place, record in enumerate(records)}
    for record in records:
        if id(record) in leaders:
            record.follows = places[id(leaders[id(record)])]


def _quoted_records(scene: Scene) -> list[AttributionRecord]:
    records: list[AttributionRecord] = []
    by_cue: dict[int, AttributionRecord] = {}
    last: AttributionRecord | None = None
    for number, quote in enumerate(scene.quotes):
        link = find_link(scene, quote)
        source = find_source(scene, link.cue) if link else None
        if link is not None and (source is not None or link.rule in ("after", "before")):
            record = by_cue.get(link.cue.i)
            if record is None:
                record = _record(scene, link, source)
                by_cue[link.cue.i] = record
                records.append(record)
            _add_piece(scene, record, number, link)
        else:
            continued = _continued(scene, records, number, last)
            if continued is None:
                continued = _by_governing_verb(scene, number, by_cue)
                if continued is None:
                    continue
                if continued not in records:
                    records.append(continued)
            record = continued
        last = record
    for record in records:
        _finish(scene, record)
    return records


def _record(scene: Scene, link: Link, source: Token | None) -> AttributionRecord:
    colon = link.cue.is_punct
    cue = None if colon else (link.cue.i, link.cue.i + 1)
    return AttributionRecord(
        cue=cue,
        source=source_range(scene, source, link.cue) if source is not None else None,
        head=source.i if source is not None else None,
        content=[],
        quotes=[],
        kind=AttributionKind.DIRECT,
        rule=link.rule,
    )


def _add_piece(scene: Scene, record: AttributionRecord, number: int, link: Link) -> None:
    record.quotes.append(number)
    if link.under is not None:
        record.pieces.append(content_of(scene, record, link.under))


def _continued(
    scene: Scene, records: list[AttributionRecord], number: int, last: AttributionRecord | None
) -> AttributionRecord | None:
    """The record that quotation *number* goes on with: in the same paragraph, or reopened in the next one."""
    if last is None or not last.quotes:
        return _introduced(scene, records, number)
    quote, before = scene.quotes[number], scene.quotes[last.quotes[-1]]
    paragraph, previous = scene.paragraph_index(quote.start), scene.paragraph_index(before.start)
    if paragraph == previous:
        if is_whole(scene, quote) and _goes_on(scene, before, quote):
            last.quotes.append(number)
            return last
        return None
    if not _alone(scene, quote):
        return None
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
    """Whether nothing but who-said-it, one sentence at most, stands between two quotations of a paragraph."""
    between = scene.doc[before.end : quote.start]
    return sum(token.text in (".", "!", "?") for token in between) <= 1


def _alone(scene: Scene, quote: Span) -> bool:
    """Whether the paragraph of *quote* has no words outside quotation marks, or opens with it."""
    paragraph = scene.paragraph(quote.start)
    outside = [token for token in paragraph if token.is_alpha and scene.quote_of[token.i] < 0]
    return not outside or (is_whole(scene, quote) and quote.start <= paragraph.start + 1)


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
            record = _record(scene, Link(token, "introduced"), source)
            record.quotes.append(number)
            records.append(record)
            return record
    return None


def _follow(records: list[AttributionRecord], number: int, last: AttributionRecord) -> AttributionRecord:
    record = AttributionRecord(
        cue=None,
        source=None,
        head=None,
        content=[],
        quotes=[number],
        kind=AttributionKind.DIRECT,
        rule="continued",
        follows=records.index(last),
    )
    records.append(record)
    return record


def _by_governing_verb(
    scene: Scene, number: int, by_cue: dict[int, AttributionRecord]
) -> AttributionRecord | None:
    """A fragment without a verb of speech: given to who does what the verb above it says, unless it is a title."""
    quote = scene.quotes[number]
    if _looks_like_title(quote):
        return None
    verb = governing_verb(scene, quote)
    source = find_source(scene, verb) if verb is not None else None
    if verb is None or source is None:
        return None
    record = by_cue.get(verb.i)
    if record is None:
        record = _record(scene, Link(verb, "governing verb"), source)
        by_cue[verb.i] = record
    record.quotes.append(number)
    return record


def _looks_like_title(quote: Span) -> bool:
    """Names of works, people and things: every word of weight is capitalised."""
    words = [token for token in quote if token.is_alpha]
    weighty = [token for token in words if not token.is_stop or token.is_title]
    capitals = sum(token.text[0].isupper() for token in weighty)
    return bool(weighty) and capitals == len(weighty) and (len(weighty) >= _TITLE_WORDS or len(words) == 1)


def _finish(scene: Scene, record: AttributionRecord) -> None:
    """Settle *record*'s content and kind, once all its quotations are known."""
    quoted = [scene.doc._.quotations[number].span for number in record.quotes]
    spans = sorted({*quoted, *record.pieces})
    record.content = _without(scene, record, _united(spans))
    record.kind = kind_of(scene.doc.text, record.content, quoted)
    if record.kind is AttributionKind.DIRECT:
        record.content = quoted


def _united(spans: list[TextSpan]) -> list[TextSpan]:
    """Overlapping spans run together."""
    joined: list[TextSpan] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = TextSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _without(scene: Scene, record: AttributionRecord, spans: list[TextSpan]) -> list[TextSpan]:
    """*spans* with the record's own source and cue cut out of them."""
    edges = [part for part in (record.source, record.cue) if part]
    for start, end in edges:
        part = scene.doc[start:end]
        cut: list[TextSpan] = []
        for span in spans:
            if part.start_char >= span.end or part.end_char <= span.start:
                cut.append(span)
                continue
            halves = ((span.start, part.start_char), (part.end_char, span.end))
            cut += [_bare(scene.doc.text, first, last) for first, last in halves if first < last]
        spans = [span for span in cut if any(map(str.isalnum, span.of(scene.doc.text)))]
    return spans


_EDGE = re.compile(r"[\s,;:]+")


def _bare(text: str, start: int, end: int) -> TextSpan:
    """The span without blanks and commas at its ends."""
    while start < end and _EDGE.match(text[start]):
        start += 1
    while end > start and _EDGE.match(text[end - 1]):
        end -= 1
    return TextSpan(start, end)


def _spans(doc: Doc, record: AttributionRecord, number: int) -> list[Span]:
    found = [
        Span(doc, *part, label=label, span_id=str(number))
        for part, label in ((record.source, SOURCE), (record.cue, CUE))
        if part
    ]
    for piece in record.content:
        span = doc.char_span(
            piece.start, piece.end, label=CONTENT, span_id=str(number), alignment_mode="expand"
        )
        if span is not None:
            found.append(span)
    return found
