"""Who "the president" or "the US ambassador" is: the person whom the article calls so."""

from __future__ import annotations

from spacy.tokens import Token

from app.nlp.cast import Cast, Member
from app.nlp.cues import OFFICES

_MODIFIERS = ("compound", "amod", "nmod", "poss")


def holder_of(cast: Cast, head: Token, words: str) -> Member | None:
    """The person described by the office *head*: by most of its modifiers, and then the one named last before it."""
    wanted = _names_of(head, words)
    beside = [child for child in head.lefts if child.dep_ in _MODIFIERS]
    modifiers = {child.lemma_.casefold() for child in beside}
    countries = {child.lemma_.casefold() for child in beside if child.text[:1].isupper() and not child.is_sent_start}
    best: tuple[tuple[int, int], Member] | None = None
    for member in cast.people.values():
        described = set(member.descriptions)
        if not wanted & described or (countries and not countries & described):
            continue
        near = max((mention for mention in member.mentions if mention < head.i), default=-min(member.mentions))
        score = (len(modifiers & described), near)
        if best is None or score > best[0]:
            best = (score, member)
    return best[1] if best else None


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
