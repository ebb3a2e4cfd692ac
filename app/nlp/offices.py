"""Who "the president" or "the US ambassador" is: the person whom the article calls so."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from app.nlp.cast import Cast, Member
from app.nlp.cues import OFFICES

_MOST = 60
"""People of one office at most that are told apart by more than being the subject."""
_CHIEFS = frozenset(("chief", "boss", "head"))
_AT_THE_TOP = frozenset(
    """
    president secretary secretary-general director chairman chairwoman chair commissioner commander governor leader head
    chief
    """.split()
)
"""Offices whose holder is the chief of what they are the office of: "the NATO chief"."""
_MODIFIERS = ("compound", "amod", "nmod", "poss")


def holder_of(cast: Cast, head: Token, words: str) -> Member | None:
    """The person described by the office *head*: by most of its modifiers, then the subject of the
    sentence before; nobody where two fit equally well."""
    beside = [child for child in head.lefts if child.dep_ in _MODIFIERS]
    modifiers = {child.lemma_.casefold() for child in beside}
    countries = {child.lemma_.casefold() for child in beside if child.text[:1].isupper() and not child.is_sent_start}
    wanted = _names_of(head, words) | (_AT_THE_TOP if head.lower_ in _CHIEFS and (countries or beside) else frozenset())
    narrow = {child.lemma_.casefold() for child in beside if child.is_lower and child.pos_ != "PRON"}
    subject = _subject_before(cast, head)
    fitting = [one for one in _called(cast, wanted, subject) if _fits(one, wanted, countries, narrow, subject)]
    ranked = sorted(((_rank(one, modifiers, subject), one.mentions[0], one) for one in fitting), key=lambda r: r[:2])
    if len(ranked) > 1 and ranked[-1][0] == ranked[-2][0]:
        return None
    return ranked[-1][2] if ranked else None


def _called(cast: Cast, wanted: set[str], subject: Member | None) -> Iterable[Member]:
    called = [cast.described.get(word, []) for word in sorted(wanted)]
    if sum(map(len, called)) > _MOST:
        return [subject] if subject else []
    return dict.fromkeys(one for people in called for one in people)


def _fits(member: Member, wanted: set[str], places: set[str], narrow: set[str], subject: Member | None) -> bool:
    """Whether the article calls *member* by the office, and by what tells it from others of its kind."""
    described = set(member.descriptions)
    if not wanted & described or (narrow and not narrow & described):
        return False
    return not places or bool(places & described) or member is subject


def _rank(member: Member, modifiers: set[str], subject: Member | None) -> tuple[int, bool]:
    return len(modifiers & set(member.descriptions)), member is subject


def _subject_before(cast: Cast, head: Token) -> Member | None:
    """The person that the sentence so far, or the one before, is about: its subject."""
    first = cast.scene.sentence(head.i)[0]
    before = cast.scene.sentence(first - 1) if first else (0, 0)
    for start, end in ((first, head.i), before):
        for i in range(start, end):
            token = head.doc[i]
            if token.dep_ in ("nsubj", "nsubjpass") and cast.scene.free(token) and (member := cast.person_of(token)):
                return member
    return None


def _names_of(head: Token, words: str) -> set[str]:
    """The words for the office: its noun, and those of the other names it has."""
    lemma = head.lemma_.casefold()
    of = next((token.lower_ for token in head.subtree if token.dep_ == "pobj"), "")
    called = {words.casefold().removeprefix("the ").strip(), f"{lemma} of {of}", lemma}
    found = {lemma}
    for office, others in OFFICES.items():
        if called & {office, *others}:
            found |= {word for term in (office, *others) for word in term.split() if word not in ("of", "state")}
    return found
