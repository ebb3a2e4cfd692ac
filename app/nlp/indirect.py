"""Attributions without quotation marks: "Experts say that …", "…, according to the ministry"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from app.domain import AttributionKind, TextSpan
from app.nlp.content import clipped
from app.nlp.cues import INDIRECT
from app.nlp.linking import is_cue
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene
from app.nlp.sources import find_source, source_range
from app.nlp.stretch import Stretch

_CLAUSES = frozenset(("ccomp",))


def indirect_records(scene: Scene, taken: set[int]) -> list[AttributionRecord]:
    """A record for each clause that a verb of speech, not in *taken*, reports without marks."""
    records: list[AttributionRecord] = []
    for token in scene.doc:
        if token.i in taken:
            continue
        if token.pos_ == "VERB" and is_cue(scene, token, INDIRECT):
            records += _by_verb(scene, token)
        elif token.lower_ == "according" and scene.free(token) and token.i + 1 < len(scene.doc):
            records += _according(scene, token)
    return records


def _by_verb(scene: Scene, cue: Token) -> Iterator[AttributionRecord]:
    clause = next((child for child in cue.children if child.dep_ in _CLAUSES and scene.free(child)), None)
    if clause is None or not any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in clause.children):
        return
    source = find_source(scene, cue)
    if source is None or (source.dep_ == "nsubj" and source.tag_ == "WP"):
        return
    first, last = scene.sentence(cue.i)
    start, end = max(clause.left_edge.i, first), min(clause.right_edge.i + 1, last)
    if clause.i > cue.i:
        start = max(start, cue.i + 1)
    else:
        end = min(end, source.left_edge.i, cue.i)
    yield from _record(scene, cue, (cue.i, cue.i + 1), source, clipped(scene, start, end), "clause")


def _according(scene: Scene, cue: Token) -> Iterator[AttributionRecord]:
    source = find_source(scene, cue)
    if source is None or cue.nbor().lower_ != "to":
        return
    first, last = scene.sentence(cue.i)
    source_end = source_range(scene, source, cue)[1]
    leading = all(not token.is_alpha for token in scene.doc[first : cue.i])
    content = clipped(scene, source_end, last) if leading else clipped(scene, first, cue.i)
    yield from _record(scene, cue, (cue.i, cue.i + 2), source, content, "according to")


def _record(
    scene: Scene, cue: Token, cue_range: tuple[int, int], source: Token, content: TextSpan, rule: str
) -> Iterator[AttributionRecord]:
    words = content.of(scene.text)
    quoted = any(stretch.span.start < content.end and content.start < stretch.span.end for stretch in _near(scene, cue))
    if quoted or not any(map(str.isalpha, words)):
        return
    yield AttributionRecord(
        cue=cue_range,
        source=source_range(scene, source, cue),
        head=source.i,
        content=[content],
        quotes=[],
        kind=AttributionKind.INDIRECT,
        rule=rule,
    )


def _near(scene: Scene, cue: Token) -> list[Stretch]:
    first, last = scene.sentence(cue.i)
    numbers = {scene.quote_of[i] for i in range(first, last)} - {-1}
    return [scene.doc._.quotations[number] for number in numbers]
