"""The cast of an article: everybody and every body that is named in it, by the fullest form of the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.aliases import aliases
from app.nlp.descriptions import described
from app.nlp.genders import female_by_name, female_by_word
from app.nlp.names import POSSESSIVE, is_initial, name_words, surname
from app.nlp.people import named_people
from app.nlp.scene import Scene

_ORGANISATIONS = frozenset(("ORG", "GPE", "NORP", "LOC", "FAC"))
_STRONG = frozenset("mr mrs ms miss sir lord lady king queen prince princess dame".split())
"""Titles that tell a woman from a man whatever the given name."""
_EPITHET = 3
"""Words of a name at least that may start with one that is none."""
_REACH = 60
"""Mentions of people that a pronoun reaches back over at most, which keeps thousands of pronouns cheap."""


@dataclass(slots=True, eq=False)
class Member:
    """Somebody named in the article: the fullest name, the kind, and the words they are described by.

    ``full`` is the first mention by that name, by token, if there is one; ``introduced`` says for each description at
    which token the mention starts that first gave it.
    """

    name: str
    kind: SpeakerKind
    mentions: list[int] = field(default_factory=list)
    descriptions: Counter[str] = field(default_factory=Counter)
    introduced: dict[str, int] = field(default_factory=dict)
    female: bool | None = None
    full: tuple[int, int] | None = None

    @property
    def speaker(self) -> Speaker:
        """The member as a speaker."""
        return Speaker(self.name, self.kind)


class Cast:
    """The members of an article's cast, found by any form of their name."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.people: dict[tuple[str, ...], Member] = {}
        self.by_token: dict[int, Member] = {}
        self.ranges: dict[int, tuple[int, int]] = {}
        self.described: dict[str, list[Member]] = {}
        self._having: dict[str, list[tuple[str, ...]]] = {}
        self._known: dict[tuple[tuple[str, ...], bool | None], Member | None] = {}
        names = _without_epithets([(one, words) for one in named_people(scene) if (words := name_words(one.text))])
        for words in sorted({words: None for _, words in names}, key=lambda one: (-len(one), is_initial(one[0]))):
            self._join(words)
        for span, words in names:
            self._mention(span, words)
        starts = sorted({span.start for span, _ in names})
        self._places = [(start, self.by_token[start]) for start in starts]
        self.bodies = self._bodies()

    def _join(self, words: tuple[str, ...]) -> None:
        if self._find(words) is None:
            self.people[words] = Member(" ".join(words), SpeakerKind.PERSON, female=female_by_name(words))
            for word in dict.fromkeys(words):
                self._having.setdefault(word, []).append(words)

    def _mention(self, span: Span, words: tuple[str, ...]) -> None:
        called = described(span)
        before = (*called, span[0].lower_)
        titles = [female_by_word(word) for word in before if word.rstrip(".") in _STRONG]
        female = next((one for one in titles if one is not None), None)
        member = self.find_person(words, female) or self.people[words]
        member.mentions.append(span.start)
        if member.full is None and " ".join(words) == member.name:
            member.full = (span.start, span.end)
        for token in span:
            self.by_token[token.i] = member
            self.ranges[token.i] = (span.start, span.end)
        for word in called:
            if word not in member.introduced:
                member.introduced[word] = span.start
                self.described.setdefault(word, []).append(member)
            member.descriptions[word] += 1
            if member.female is None:
                member.female = female_by_word(word)
        if female is not None:
            member.female = female

    def find_person(self, words: tuple[str, ...], female: bool | None = None) -> Member | None:
        """The person called *words*: the same name, a fuller one with the same surname, or one that has the word.

        *female* tells "Mrs. Moss" from "Mr. Moss".
        """
        if (words, female) not in self._known:
            self._known[words, female] = self._find(words, female)
        return self._known[words, female]

    def _find(self, words: tuple[str, ...], female: bool | None = None) -> Member | None:
        if words in self.people and (len(words) > 1 or female is None):
            return self.people[words]
        fuller: Member | None = None
        for known in min((self._having.get(word, []) for word in words), key=len, default=[]):
            if len(known) <= len(words) or not set(words) <= set(known):
                continue
            member = self.people[known]
            if surname(known) == surname(words) and (female is None or member.female in (None, female)):
                return member
            fuller = fuller or member
        return self.people.get(words) or fuller or self._by_initial(words)

    def _by_initial(self, words: tuple[str, ...]) -> Member | None:
        """The one person with that surname whose given name starts as *words* do: "E. Moss" is Emma Moss."""
        if len(words) < 2 or not is_initial(words[0]):
            return None
        family = self._having.get(surname(words), ())[:_REACH]
        fitting = [
            one for one in family if one[0][0] == words[0][0] and surname(one) == surname(words) and len(one) > 1
        ]
        return self.people[fitting[0]] if len(fitting) == 1 else None

    def _bodies(self) -> dict[str, Member]:
        bodies: dict[str, Member] = {}
        for span in self.scene.doc.ents:
            if span.label_ not in _ORGANISATIONS or span.start in self.by_token or "\n" in span.text:
                continue
            name = body_name(span.text)
            member = bodies.setdefault(name.casefold(), Member(name, SpeakerKind.ORGANISATION))
            member.mentions.append(span.start)
            if member.full is None and name in span.text:
                member.full = (span.start, span.end)
            for token in span:
                self.by_token.setdefault(token.i, member)
                self.ranges.setdefault(token.i, (span.start, span.end))
        return bodies

    def person_at(self, token: Token) -> Member | None:
        """The person that *token* names, by its own mention or by a name it shares with one."""
        member = self.by_token.get(token.i)
        if member is not None and member.kind is SpeakerKind.PERSON:
            return member
        if token.pos_ == "PROPN":
            return self.find_person((POSSESSIVE.sub("", token.text),))
        return None

    def person_of(self, head: Token) -> Member | None:
        """The person that *head* names, or a name in apposition to it ("the foreign secretary, Liz Truss")."""
        for token in (
            head,
            *(child for child in head.children if child.dep_ in ("appos", "compound", "flat", "nmod")),
        ):
            if token.dep_ in ("compound", "nmod") and head.pos_ != "PROPN" and not self._set_off(token):
                continue
            member = self.person_at(token)
            if member is not None and not (token is not head and _is_possessor(token)):
                return member
        if head.dep_ == "appos" and (member := self.person_at(head.head)):
            return member
        return None

    def _set_off(self, token: Token) -> bool:
        """Whether a comma follows the name at *token*, which the parser then only took for a part of what follows."""
        end = self.ranges.get(token.i, (0, 0))[1]
        return 0 < end < len(token.doc) and token.doc[end].text == ","

    def latest_person(self, before: int, *, female: bool | None = None) -> tuple[int, Member] | None:
        """The person named last before token *before* who is not known to be of the other gender, and where."""
        end = bisect_left(self._places, before, key=lambda place: place[0])
        for i in range(end - 1, max(end - 1 - _REACH, -1), -1):
            place, member = self._places[i]
            if female is None or member.female in (None, female):
                return place, member
        return None

    def trail(self, member: Member, at: int | None = None) -> tuple[TextSpan, ...]:
        """The mention of *member* at token *at*, if one is there, and the one that gives the full name."""
        ranges = [member.full] if member.full else []
        if at is not None and (self.by_token.get(at) is member or self.scene.doc[at].pos_ == "PROPN"):
            ranges.insert(0, self.ranges.get(at, (at, at + 1)))
        return tuple(dict.fromkeys(self.scene.characters(*one) for one in ranges))

    def named_in_full(self, names: Iterable[str]) -> tuple[TextSpan, ...]:
        """Where the people of these *names* are first named so."""
        members = (self.people.get(tuple(name.split())) for name in names)
        return tuple(self.scene.characters(*one.full) for one in members if one is not None and one.full)


def _without_epithets(names: list[tuple[Span, tuple[str, ...]]]) -> list[tuple[Span, tuple[str, ...]]]:
    """*names* less the words before a given name that the text leaves out elsewhere: "Crooked Ann Moss"."""
    known = {words for _, words in names if female_by_name(words) is not None}
    return [(span, _bare(words, known)) for span, words in names]


def _bare(words: tuple[str, ...], known: set[tuple[str, ...]]) -> tuple[str, ...]:
    if words in known or len(words) < _EPITHET or is_initial(words[0]):
        return words
    return next((words[i:] for i in range(1, len(words) - 1) if words[i:] in known), words)


def body_name(text: str) -> str:
    """An organisation's or a country's name without article and possessive, under its common alias."""
    name = POSSESSIVE.sub("", " ".join(text.split()))
    name = re.sub(r"^(?:the|The)\s+", "", name)
    return aliases().body(name)


def _is_possessor(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)
