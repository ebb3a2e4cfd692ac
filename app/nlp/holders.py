"""Whose words or attitude a cue reports, be it a verb, a noun ("*his* call for") or an adjective ("*she* is sure")."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from app.nlp.scene import Scene
from app.nlp.sources import find_source, source_range

_RELATIVE = frozenset(("WP", "WDT"))
_NO_SOURCE = frozenset(("around", "passive around"))
_BORROWS = frozenset(("conj", "xcomp", "pcomp", "prep", "advcl", "acomp", "dobj", "pobj", "attr"))
_UNDER = frozenset(("dobj", "pobj", "prep", "attr", "conj", "oprd"))
_OF_WHOM = frozenset(("by", "from", "among"))
_VERBAL = frozenset(("VERB", "AUX"))
_REACH = 6


@dataclass(frozen=True, slots=True)
class Holder:
    """The head word by which a source is resolved, and the words that name it in this sentence."""

    head: Token | None = None
    source: tuple[int, int] | None = None


def holder_of(scene: Scene, cue: Token, frame: str) -> Holder:
    """Whose words or attitude *cue* reports when it is read in *frame*; nobody's where the sentence does not say."""
    if frame in _NO_SOURCE:
        return Holder()
    if frame.startswith("N "):
        head = _of_noun(scene, cue)
    elif frame.startswith("A "):
        head = _of_predicate(scene, cue)
    else:
        head = find_source(scene, cue)
    if head is None:
        return Holder()
    return Holder(head, named(scene, head, cue))


def named(scene: Scene, head: Token, cue: Token) -> tuple[int, int]:
    """The words that name *head* as the source of *cue*: the relative pronoun that stands for it, or its phrase."""
    relative = _relative(cue, head)
    if relative is not None:
        return relative.i, relative.i + 1
    start, end = source_range(scene, head, cue)
    return start, end - 1 if end - 1 > head.i and scene.doc[end - 1].dep_ == "case" else end


def _relative(cue: Token, head: Token) -> Token | None:
    verb, hops = cue, 0
    while verb.dep_ in _BORROWS and hops < _REACH:
        verb, hops = verb.head, hops + 1
    if verb.dep_ != "relcl" or verb.head.i != head.i:
        return None
    return next((one for one in verb.lefts if one.dep_ in ("nsubj", "nsubjpass") and one.tag_ in _RELATIVE), None)


def _of_noun(scene: Scene, noun: Token) -> Token | None:
    """Whose it is by name ("*her* hope", "fear *among voters*"), or who does with it what the verb above says."""
    owners = [child for child in noun.lefts if child.dep_ == "poss"]
    by = [one for one in noun.rights if one.dep_ == "agent" or (one.dep_ == "prep" and one.lower_ in _OF_WHOM)]
    owners += [inner for child in by for inner in child.rights if inner.dep_ == "pobj"]
    if owner := next(filter(scene.free, owners), None):
        return owner
    head, hops = noun, 0
    while head.dep_ in _UNDER and hops < _REACH:
        head, hops = head.head, hops + 1
    return find_source(scene, head) if head.pos_ in _VERBAL else None


def _of_predicate(scene: Scene, adjective: Token) -> Token | None:
    if adjective.dep_ == "amod":
        return adjective.head
    above = adjective.head
    return find_source(scene, above if above.pos_ in _VERBAL else adjective)
