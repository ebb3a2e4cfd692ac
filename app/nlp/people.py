"""Where people are named: the entity recogniser's PERSON, mended at its edges, and names that it passed over."""

from __future__ import annotations

from spacy.tokens import Span, Token

from app.nlp.cues import BODY_NOUNS, SPEECH, TITLES
from app.nlp.genders import female_by_name
from app.nlp.names import PARTICLES, SUFFIXES, VERBS_FIRST, name_words
from app.nlp.person_nouns import is_person
from app.nlp.scene import Scene

_LONGEST = 4
_INTRODUCES = TITLES - frozenset(
    "general gen justice judge king queen prince princess speaker foreign vice prime".split()
)
"""Titles that a name follows, and hardly ever the rest of a company's or a place's."""


def named_people(scene: Scene) -> list[Span]:
    """The PERSON entities of narration and quotes alike, each cut at line ends and lower-case tails."""
    found = []
    for span in scene.doc.ents:
        if span.label_ != "PERSON" or scene.in_heading[span.start]:
            continue
        end = next(
            (token.i for token in span if token.is_space or (token.is_punct and "-" not in token.text)),
            span.end,
        )
        end = _with_suffix(scene, _name_end(scene, span.start, end))
        while end > span.start and _is_tail(scene, span.start, end):
            end -= 1
        start = span.start + _opens_with_verb(scene, span.start, end)
        if end > start:
            found.append(Span(scene.doc, _name_start(scene, start, end), end, label="PERSON"))
    found += _introduced(scene, found)
    return found + _missed(scene, found)


def _is_tail(scene: Scene, start: int, end: int) -> bool:
    """Whether the last token is no part of the name: a possessive, lower case (but "Ki-moon"), a headline's verb."""
    last = scene.doc[end - 1]
    if last.tag_ == "POS":
        return True
    if not last.text[:1].isupper():
        hyphen = last.nbor(-1) if end - 2 > start else last
        return not (
            hyphen.text == "-" and not hyphen.whitespace_ and not last.is_punct and not hyphen.nbor(-1).whitespace_
        )
    return end - 1 > start and last.text.endswith("s") and last.lower_[:-1] in SPEECH


def _opens_with_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether the "name" is a verb and a name, as in ``Said Ellis: "…"``; Said is a first name too, elsewhere."""
    doc = scene.doc
    first = start == scene.paragraph(start).start or doc[start].is_sent_start or doc[start - 1].is_quote
    return (
        bool(first) and end > start + 1 and doc[start].text in VERBS_FIRST and doc[end - 1 : end + 1].text[-1] in ":,"
    )


def _name_end(scene: Scene, start: int, end: int) -> int:
    """Where the name really ends: the entity recogniser takes "Ursula von der" for one and "Leyen" for another."""
    doc, after = scene.doc, end
    while after < len(doc) and doc[after].lower_ in PARTICLES and doc[after].is_lower:
        after += 1
    if after == start or after >= len(doc) or doc[after - 1].lower_ not in PARTICLES or not doc[after - 1].is_lower:
        return end
    return after + 1 if doc[after].is_title else end


def _with_suffix(scene: Scene, end: int) -> int:
    """*end*, or where the "Jr." behind the name ends; a comma may stand before it."""
    doc = scene.doc
    after = end + (end < len(doc) and doc[end].text == ",")
    return after + 1 if after < len(doc) and doc[after].text.rstrip(".") in SUFFIXES else end


def _name_start(scene: Scene, start: int, end: int) -> int:
    """Where the name really starts: the entity recogniser drops first names behind a title it does not know."""
    while start > 0 and not scene.doc[start].is_sent_start:
        before = scene.doc[start - 1]
        named = before.pos_ == "PROPN" and before.is_title and not before.ent_type_
        particle = before.lower_ in PARTICLES
        if not (named or particle) or before.lower_.rstrip(".") in TITLES or not start <= before.head.i < end:
            break
        start -= 1
    return start


def _introduced(scene: Scene, found: list[Span]) -> list[Span]:
    """Full names that the recogniser missed or took for a body, and that a title or a noun for a person introduces.

    "Chancellor Ida Holt"; "Its spokesman, Dmitry Orlov".
    """
    taken = {token.i for span in found for token in span}
    names = []
    for last in scene.doc:
        if last.pos_ != "PROPN" or last.i in taken or last.dep_ == "compound" or scene.in_heading[last.i]:
            continue
        start = last.i
        while start and _goes_before(scene.doc[start - 1], last) and start - 1 not in taken:
            start -= 1
        if 1 < last.i + 1 - start <= _LONGEST and _is_introduced(last, start):
            names.append(Span(scene.doc, start, last.i + 1, label="PERSON"))
    return names


def _goes_before(token: Token, last: Token) -> bool:
    """Whether *token* can be a given name of the surname *last*."""
    known = token.lower_.rstrip(".") in TITLES or token.lower_ in BODY_NOUNS
    return token.pos_ == "PROPN" and token.is_title and token.head == last and not known


def _is_introduced(last: Token, start: int) -> bool:
    doc = last.doc
    if (
        not last.is_title
        or last.lower_ in BODY_NOUNS
        or any(doc[i].ent_type_ not in ("", "ORG") for i in (start, last.i))
    ):
        return False
    before = doc[start - 1] if start else last
    if before.head == last and before.is_title and before.lower_.rstrip(".") in _INTRODUCES:
        given = " ".join(token.text for token in doc[start : last.i + 1])
        return last.ent_type_ == "" or female_by_name(tuple(given.split())) is not None
    return (
        last.dep_ == "appos"
        and before.text == ","
        and start > 1
        and last.head == doc[start - 2]
        and last.head.tag_ == "NN"
        and is_person(last.head)
    )


def _missed(scene: Scene, found: list[Span]) -> list[Span]:
    """Fuller names that the entity recogniser passed over or took for an organisation: "PM Narendra Modi"."""
    surnames = {words[0] for span in found if len(words := name_words(span.text)) == 1}
    taken = {token.i for span in found for token in span}
    missed = []
    for token in scene.doc:
        if token.text not in surnames or token.i in taken or token.i == 0:
            continue
        first = token.nbor(-1)
        if (
            first.pos_ == "PROPN"
            and first.is_title
            and first.dep_ == "compound"
            and first.lower_.rstrip(".") not in TITLES
        ):
            missed.append(Span(scene.doc, first.i, token.i + 1, label="PERSON"))
    return missed
