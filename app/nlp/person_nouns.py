"""Common nouns for people: which go on about somebody, which are a second name, and which are people at all."""

from __future__ import annotations

from spacy.tokens import Token

from app.nlp.cues import OFFICES
from app.nlp.genders import female_by_word
from app.nlp.names import ROLES

ANYBODY = frozenset(
    """
    official man woman lawmaker politician diplomat candidate nominee veteran native author writer businessman
    businesswoman billionaire lawyer executive star
    """.split()
)
"""By which an article goes on about somebody whom it has just named, without having said that they are one."""
EPITHETS = frozenset(
    """
    businessman businesswoman billionaire millionaire tycoon nominee candidate native veteran mother father actor
    actress star author writer lawmaker politician senator congressman congresswoman governor
    """.split()
)
"""What a second name is made of in newspapers, with a place, a party or an age: "the Norville businessman"."""
SEVERAL_PEOPLE = frozenset("leader president minister counterpart head man".split())
"""Nouns whose plural means people and no countries: "the two ministers"."""
_OTHERS = frozenset("aide source friend expert doctor teacher voter resident".split())
_PEOPLE = ANYBODY | EPITHETS | ROLES | set(OFFICES) | _OTHERS


def is_person(head: Token) -> bool:
    """Whether *head* is a word for a man or a woman, of whom "he" or "she" may go on to speak."""
    lemma = head.lemma_.casefold()
    return lemma in _PEOPLE or is_age(head) or female_by_word(lemma) is not None or lemma.endswith("person")


def is_age(head: Token) -> bool:
    """Whether *head* is somebody's age: "the 45-year-old"."""
    word = head.lower_
    if word == "year":
        return head.i + 2 < len(head.doc) and head.nbor(2).lower_ == "old"
    return word.endswith("-old") or (word == "old" and head.i >= 2 and head.nbor(-2).lower_ == "year")
