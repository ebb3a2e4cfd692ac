"""Attributions without quotation marks: "Experts say that …", "…, according to the ministry", "her call for …"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from spacy.tokens import Span, Token

from app.domain import AttributionKind, TextSpan
from app.nlp.content import clipped
from app.nlp.cues import INDIRECT
from app.nlp.frames import Reading, readings
from app.nlp.holders import Holder, holder_of
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene
from app.nlp.sources import find_source, source_range
from app.nlp.valency import CLAUSES, FRAMES, RANK, frames_of

_JOINED = frozenset(("conj", "advcl"))

Runs = list[tuple[int, int]]
"""Token ranges."""


def indirect_records(
    scene: Scene, records: Iterable[AttributionRecord], *, attitudes: bool = True, nested: bool = False
) -> list[AttributionRecord]:
    """What is reported without marks, outside the contents of *records*.

    Args:
        attitudes: also what people want, fear, support or seem to do; else only clauses of verbs of speech, and
            "according to".
        nested: also reports within *records* and within each other.
    """
    taken = {record.cue[0] for record in records if record.cue}
    found: list[AttributionRecord] = []
    for token in scene.doc:
        if token.i in taken or not scene.free(token):
            continue
        if token.lower_ == "according":
            found += _according(scene, token)
        elif frames := frames_of(token):
            found += _by_frame(scene, token, frames if attitudes else _speech(token, frames))
    return found if nested else _outermost(scene, outside(scene, found, records))


def _speech(cue: Token, frames: frozenset[str]) -> frozenset[str]:
    return frames & CLAUSES if cue.lemma_ in INDIRECT else frozenset()


def _by_frame(scene: Scene, cue: Token, frames: frozenset[str]) -> Iterator[AttributionRecord]:
    possible = [reading for reading in readings(cue) if reading.frame in frames]
    for reading in sorted(possible, key=lambda one: RANK[one.frame]):
        holder = holder_of(scene, cue, reading.frame)
        runs = _runs(scene, cue, reading, holder.source)
        content = [span for start, end in runs if _worded(scene, span := clipped(scene, start, end))]
        if content and not any(scene.quote_of[i] >= 0 for start, end in runs for i in range(start, end)):
            yield _record(_cue_range(cue, reading), holder, content, FRAMES[reading.frame])
            return


def framed(scene: Scene, cue: Token, quote: Span) -> TextSpan | None:
    """The part of the sentence around *quote* that *cue* takes by one of its frames, if it has one that holds it."""
    frames = frames_of(cue)
    possible = [reading for reading in readings(cue) if reading.frame in frames] if frames else []
    for reading in sorted(possible, key=lambda one: RANK[one.frame]):
        if reading.around or reading.aside or reading.tops[0].pos_ == "PRON":  # it called *him* "a liar"
            continue
        for start, end in _runs(scene, cue, reading, holder_of(scene, cue, reading.frame).source):
            if start <= quote.start and quote.end <= end:
                return clipped(scene, start, end)
    return None


def _cue_range(cue: Token, reading: Reading) -> tuple[int, int]:
    """The cue with the preposition that it takes, where that is next: "called for"."""
    ends = cue.i + 1 < len(cue.doc) and cue.nbor().lower_ in reading.frame.split() and cue.nbor().dep_ == "prep"
    return (cue.i, cue.i + 2) if ends else (cue.i, cue.i + 1)


def _runs(scene: Scene, cue: Token, reading: Reading, source: tuple[int, int] | None) -> Runs:
    """What the tops of *reading* cover in the sentence of *cue*, less cue and source."""
    tops = reading.tops
    spread = [(top.left_edge.i, top.right_edge.i + 1, top.i) for top in tops]
    if reading.aside:
        start, end, top = spread[0]
        spread = [(start, cue.left_edge.i, top), (cue.right_edge.i + 1, end, top)]
    elif not reading.around:
        end = min(max(one[1] for one in spread), _next_report(tops[-1]))
        spread = [(min(one[0] for one in spread), end, tops[0].i)]
    first, last = scene.sentence(cue.i)
    parts = [(cue.i, cue.i + 1), *([source] if source else [])]
    runs = [_less(max(start, first), min(end, last), top, parts) for start, end, top in spread]
    return [(start, end) for start, end in runs if start < end]


def _next_report(top: Token) -> int:
    """Where a report begins that is joined to *top* by the parse: "gas is dear, and she *says it will be dearer*"."""
    for child in top.rights:
        if child.dep_ in _JOINED and frames_of(child) & CLAUSES and any(one.dep_ == "ccomp" for one in child.rights):
            start = child.left_edge.i
            while start > top.i + 1 and (top.doc[start - 1].is_punct or top.doc[start - 1].dep_ == "cc"):
                start -= 1
            return start
    return len(top.doc)


def _less(start: int, end: int, top: int, parts: Runs) -> tuple[int, int]:
    """The tokens from *start* to *end* around *top* without *parts* at their ends."""
    for first, last in parts:
        if first < start < last <= end:
            start = last
        elif start <= first < end and (first < top or first == start):
            start = max(start, last)
        elif start <= first < end and first > top:
            end = first
    return start, end


def _according(scene: Scene, cue: Token) -> Iterator[AttributionRecord]:
    source = find_source(scene, cue)
    if source is None or cue.i + 1 >= len(scene.doc) or cue.nbor().lower_ != "to":
        return
    first, last = scene.sentence(cue.i)
    holder = Holder(source, source_range(scene, source, cue))
    leading = all(not token.is_alpha for token in scene.doc[first : cue.i])
    start, end = (source_range(scene, source, cue)[1], last) if leading else (first, cue.i)
    content = clipped(scene, start, end)
    if _worded(scene, content) and all(scene.quote_of[i] < 0 for i in range(start, end)):
        yield _record((cue.i, cue.i + 2), holder, [content], "according to")


def _worded(scene: Scene, span: TextSpan) -> bool:
    return any(map(str.isalnum, span.of(scene.text)))


def _record(cue: tuple[int, int], holder: Holder, content: list[TextSpan], rule: str) -> AttributionRecord:
    return AttributionRecord(
        cue=cue,
        source=holder.source,
        head=holder.head.i if holder.head is not None else None,
        content=content,
        quotes=[],
        kind=AttributionKind.INDIRECT,
        rule=rule,
    )


def outside(
    scene: Scene, found: Iterable[AttributionRecord], others: Iterable[AttributionRecord]
) -> list[AttributionRecord]:
    """Those of *found* whose content touches none of the contents of *others*."""
    edges = [0] * (len(scene.doc) + 1)
    for record in others:
        for span in record.content:
            edges[scene.token_at(span.start)] += 1
            edges[scene.token_at(span.end - 1) + 1] -= 1
    covered = list(accumulate(map(bool, accumulate(edges)), initial=0))
    ends = ((one, scene.token_at(one.content[0].start), scene.token_at(one.content[-1].end - 1)) for one in found)
    return [one for one, first, last in ends if covered[first] == covered[last + 1]]


def _outermost(scene: Scene, found: list[AttributionRecord]) -> list[AttributionRecord]:
    """Of records that overlap each other the outer or the first, and what somebody named says within it."""
    kept: list[AttributionRecord] = []
    reach = -1
    for record in sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end)):
        if record.content[0].start >= reach:
            reach = record.content[-1].end
        elif not _told(scene, record):
            continue
        kept.append(record)
    return kept


def _told(scene: Scene, record: AttributionRecord) -> bool:
    """Whether *record*, which lies within another, is a report by itself: Merrill says *Machado promised …*.

    A pronoun there mostly means the outer speaker again.
    """
    if record.rule != "clause" or record.head is None or record.cue is None:
        return False
    return scene.doc[record.head].pos_ == "PROPN" and scene.doc[record.cue[0]].lemma_ in INDIRECT
