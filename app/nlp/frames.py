"""The constructions by which a cue takes what is attributed: "said that …", "urged them to …", "his call for …".

A frame is named after what stands where: ``that`` ``bare`` ``wh`` for clauses, ``to`` and ``ing`` for verbs without a
subject, ``object``, a preposition; ``passive`` goes before where the cue is in the passive, ``N`` and ``A`` where it is
a noun or an adjective.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_AROUND = frozenset(("around", "passive around", "passive subject"))
_ASIDE = frozenset(("aside", "as aside"))
_WH = frozenset(("WP", "WDT", "WRB", "WP$"))
_WITH_OBJECT = frozenset(("as", "for", "to", "of", "over", "into", "against", "about"))
"""Prepositions whose phrase behind an object is part of what is attributed more often than not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cue: the name of its *frame*, and the *tops* of what it would attribute."""

    frame: str
    tops: tuple[Token, ...]

    @property
    def around(self) -> bool:
        """Whether the cue stands between the tops, each of which is a piece: "gas *seems* to be dear"."""
        return self.frame in _AROUND

    @property
    def aside(self) -> bool:
        """Whether the cue hangs from the top and is set off from it: "gas, *he said*, is dear"."""
        return self.frame in _ASIDE


def readings(cue: Token) -> Iterator[Reading]:
    """Each way in which *cue* could take a content."""
    if cue.pos_ in ("VERB", "AUX"):
        yield from _of_verb(cue)
    elif cue.pos_ == "NOUN":
        yield from _of_noun(cue)
    elif cue.pos_ == "ADJ":
        yield from _of_adjective(cue)


def _of_verb(verb: Token) -> Iterator[Reading]:
    children = [child for child in verb.children if not child.is_punct]
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in children)
    prefix = "passive " if passive else ""
    after = [child for child in children if child.i > verb.i]
    objects = [child for child in after if child.dep_ == "dobj"]
    for child in children:
        if child.dep_ == "ccomp":
            yield Reading(prefix + _clause(child, verb), (child,))
    for child in after:
        for reading in _complement(child, after, objects):
            yield Reading(prefix + reading.frame, reading.tops)
    yield from _subject_too(verb, children, passive)
    yield from _aside(verb)


def _clause(clause: Token, verb: Token) -> str:
    if clause.i < verb.i:
        return "before"
    if not any(child.dep_ in _SUBJECTS for child in clause.children):
        return "no subject"
    if _has_to(clause):
        return "object to"
    if clause.tag_ in ("VB", "VBG") and not any(child.dep_ == "aux" for child in clause.children):
        return "small"
    if any(child.dep_ == "mark" for child in clause.lefts):
        return "that"
    if any(token.tag_ in _WH for token in clause.doc[clause.left_edge.i : clause.i + 1][:6]):
        return "wh"
    return "bare"


def _complement(child: Token, after: list[Token], objects: list[Token]) -> Iterator[Reading]:
    if child.dep_ == "xcomp":
        if _has_to(child):
            yield Reading("object to", (*objects, child)) if objects else Reading("to", (child,))
        elif child.tag_ == "VBG":
            yield Reading("ing", (child,))
        else:
            yield Reading("state", (*objects, child))
    elif child.dep_ in ("oprd", "acomp", "attr"):
        yield Reading("object state" if objects else "state", (*objects, child))
    elif child.dep_ == "dobj":
        tail = [one for one in after if one.i > child.i and one.dep_ == "prep" and one.lower_ in _WITH_OBJECT]
        yield Reading("object", (child, *tail))
    elif child.dep_ == "prep":
        for inner in child.children:
            if inner.dep_ in ("pobj", "pcomp"):
                name = child.lower_ + (" ing" if inner.dep_ == "pcomp" else "")
                yield Reading(f"object {name}" if objects else name, (*objects, inner) if objects else (inner,))
    elif child.dep_ == "advcl":
        yield Reading("to be" if _has_to(child) else "adverbial", (child,))


def _subject_too(verb: Token, children: list[Token], passive: bool) -> Iterator[Reading]:
    """What is attributed runs around the cue: "gas *seems* to be dear", "the plan *was praised* by all"."""
    subject = next((child for child in children if child.dep_ in ("nsubj", "nsubjpass") and child.i < verb.i), None)
    if subject is None:
        return
    rest = next((one for one in children if one.i > verb.i and one.dep_ in ("xcomp", "oprd", "acomp", "ccomp")), None)
    if rest is not None:
        yield Reading("passive around" if passive else "around", (subject, rest))
    if passive:
        tail = [one for one in children if one.i > verb.i and one.dep_ == "prep" and one.lower_ in ("as", "for")]
        yield Reading("passive subject", (subject, *tail))


def _aside(verb: Token) -> Iterator[Reading]:
    if verb.dep_ in ("parataxis", "intj") and any(child.dep_ == "nsubj" for child in verb.children):
        yield Reading("aside", (verb.head,))
    elif verb.dep_ == "advcl" and any(child.lower_ == "as" for child in verb.lefts):
        yield Reading("as aside", (verb.head,))
    elif verb.dep_ == "relcl" and any(child.dep_ == "dobj" and child.tag_ in _WH for child in verb.lefts):
        yield Reading("relative", (verb.head,))
    elif verb.dep_ == "acl" and verb.tag_ == "VBN":
        yield Reading("participle", (verb.head,))


def _of_noun(noun: Token) -> Iterator[Reading]:
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl", "ccomp") and child.pos_ in ("VERB", "AUX"):
            if _has_to(child):
                yield Reading("N to", (child,))
            elif any(one.lower_ == "that" and one.dep_ in ("mark", "dobj", "nsubj") for one in child.lefts):
                yield Reading("N that" if child.dep_ != "relcl" else "N relative", (child,))
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield Reading(f"N {child.lower_}", (inner,))


def _of_adjective(adjective: Token) -> Iterator[Reading]:
    for child in adjective.rights:
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            yield Reading("A to" if _has_to(child) else "A that", (child,))
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield Reading(f"A {child.lower_}", (inner,))


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)
