"""What a document declares in its own name: "We condemn these attacks", "The Parties are committed to peace"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from app.domain import AttributionKind
from app.nlp.content import clipped
from app.nlp.firstperson import FirstPerson
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene
from app.nlp.sources import source_range

_EVENTS = frozenset(
    """
    meet gather convene hold come go arrive visit sit begin start have do make take see witness experience attend host
    sign live know
    """.split()
)
"""Verbs of what the issuers did or lived through rather than declare."""
_VERBAL = frozenset(("VERB", "AUX"))
_STATES = frozenset(("acomp", "attr", "oprd"))
_FEWEST_WORDS = 3

DECLARATION = "declaration"
"""The rule's name."""


def declaration_records(scene: Scene, taken: set[int]) -> list[AttributionRecord]:
    """A record for each clause in which the issuers of a document declare something, by a verb not in *taken*."""
    document = FirstPerson(scene)
    if document.speaker is None:
        return []
    return [
        record
        for token in scene.doc
        if token.dep_ in ("nsubj", "nsubjpass") and (document.means(token) or document.principals(token))
        if scene.free(token)
        for record in _declared(scene, token, taken)
    ]


def _declared(scene: Scene, subject: Token, taken: set[int]) -> Iterator[AttributionRecord]:
    """The clauses of the verb that *subject* belongs to, and of those joined to it without a subject of their own."""
    verb = subject.head
    if verb.dep_ not in ("ROOT", "conj", "ccomp") or verb.i < subject.i or verb.pos_ not in _VERBAL:
        return
    if verb.dep_ == "ccomp" and verb.head.i in taken:  # reported by a verb before it already
        return
    joined = [one for one in verb.conjuncts if one.i > verb.i and one.pos_ in _VERBAL and not _has_subject(one)]
    verbs = [verb, *joined]
    for one, following in zip(verbs, [*joined, None], strict=True):
        cue = next((child for child in one.children if child.dep_ in _STATES), one) if one.lemma_ == "be" else one
        if {one.i, cue.i} & taken or one.lemma_ in _EVENTS or cue.lemma_ == "be":
            continue
        last = scene.sentence(one.i)[1]
        end = min(last, following.left_edge.i if following is not None else one.right_edge.i + 1)
        while end > cue.i + 1 and (scene.doc[end - 1].dep_ == "cc" or scene.doc[end - 1].is_punct):
            end -= 1
        yield from _record(scene, subject, cue, end)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _record(scene: Scene, subject: Token, cue: Token, end: int) -> Iterator[AttributionRecord]:
    words = scene.doc[cue.i + 1 : end]
    if sum(token.is_alpha for token in words) < _FEWEST_WORDS or not all(scene.free(token) for token in words):
        return
    yield AttributionRecord(
        cue=(cue.i, cue.i + 1),
        source=source_range(scene, subject, cue),
        head=subject.i,
        content=[clipped(scene, cue.i + 1, end)],
        quotes=[],
        kind=AttributionKind.INDIRECT,
        rule=DECLARATION,
    )
