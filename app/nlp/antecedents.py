"""What a pronoun or "both leaders" may stand for: who was named, who spoke, which groups were met so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.cast import Cast, Member
from app.nlp.genders import female_by_word
from app.nlp.lists import group_of, joined, listed_people, met
from app.nlp.reached import Reached
from app.nlp.scene import Scene

_BACK = 4
"""Sentences that "it" may reach back, its own among them."""
_REACH = 60
"""Earlier speakers that a pronoun may reach back over."""

Found = Reached | None
"""A speaker, with what makes it the one as words that can follow its name."""

PLURAL = frozenset(("NNS", "NNPS"))
_NAMED = "who were last named together"
MET = "who are said to have met"
_SUBJECTS = ("nsubj", "nsubjpass")


class _Spoke(NamedTuple):
    """Somebody who spoke at token *place*, whether it is somebody one calls "he" or "she", and by which mentions."""

    place: int
    speaker: Speaker
    person: bool
    via: tuple[TextSpan, ...]


class Antecedents:
    """Remembers who spoke and which groups were named, in the order of the text.

    A group of named people outranks plural nouns without names; a person in the same sentence or the one before
    outranks whoever spoke last.
    """

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = cast
        self.spoke: list[_Spoke] = []
        self._last: dict[SpeakerKind, _Spoke] = {}
        self._together: _Spoke | None = None
        self.lists = listed_people(scene, cast)
        self._list_starts = [start for start, _, _ in self.lists]
        listed = [(start, end, group, _NAMED) for start, end, group in self.lists]
        self.groups = sorted([*self._named_groups(), *listed], key=lambda one: one[0])

    def remember(self, head: Token, speaker: Speaker, chain: tuple[TextSpan, ...], *, person: bool) -> None:
        """Note that *speaker*, reached by *chain*, spoke by *head*; *person* is whether "he" or "she" may follow."""
        via = chain[1:] if head.pos_ == "PRON" else chain
        self._last[speaker.kind] = spoke = _Spoke(head.i, speaker, person, via)
        self.spoke.append(spoke)
        if speaker.members:
            self._together = spoke

    def single(self, head: Token, *, female: bool) -> Found:
        """Who "he" or "she" is: the subject before it in the sentence or the one before, else who spoke last."""
        if (found := self.subject(head, female=female)) is not None:
            return found
        for one in islice(reversed(self.spoke), _REACH):
            if one.place < head.i and one.person and self._may_be(one.speaker, female):
                return Reached(one.speaker, "who spoke last", one.via)
        latest = self.cast.latest_person(head.i, female=female)
        if latest is None:
            return None
        place, member = latest
        return Reached(member.speaker, "the person named last", self.cast.trail(member, place))

    def subject(self, head: Token, *, female: bool | None) -> Found:
        """The person who is the subject before *head* in its sentence or the one before, if the gender fits."""
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ in _SUBJECTS and self.scene.free(token):
                    member = self.cast.person_of(token)
                    if member is not None and (female is None or member.female in (None, female)):
                        member.female = member.female if female is None else female
                        return Reached(member.speaker, "the subject just before", self.cast.trail(member, i))
        return None

    def nearest(self, head: Token, *, female: bool | None) -> Found:
        """The named person whom "the official" goes on about: the subject before it, or who has just spoken."""
        if (found := self.subject(head, female=female)) is not None:
            return found
        one = self.spoke[-1] if self.spoke else None
        if one is None or one.speaker.kind is not SpeakerKind.PERSON or not self._near(one.place, head.i):
            return None
        fits = female is None or self._may_be(one.speaker, female)
        return Reached(one.speaker, "who spoke last", one.via) if fits else None

    def _near(self, place: int, now: int) -> bool:
        return place < now and self.scene.paragraph_index(now) - self.scene.paragraph_index(place) <= 1

    def _may_be(self, speaker: Speaker, female: bool) -> bool:
        if speaker.kind is not SpeakerKind.PERSON:
            words = (female_by_word(word) for word in speaker.name.split())
            return next((one for one in words if one is not None), female) is female
        member = self.cast.find_person(tuple(speaker.name.split()))
        return member is None or member.female in (None, female)

    def _sentence_before(self, first: int) -> tuple[int, int]:
        if first == 0:
            return 0, 0
        return self.scene.sentence(first - 1)

    def group(self, before: int, *, people: bool = False, size: int | None = None) -> Found:
        """The people last named together, or last speaking together, before token *before*.

        *people* leaves out countries and other bodies that spoke together, *size* groups of more or fewer.
        """
        named = bisect_left(self.groups, before, key=lambda one: one[0]) - 1
        if size is not None:
            nearby = range(named, max(named - _REACH, -1), -1)
            named = next((i for i in nearby if len(self.groups[i][2].members) == size), -1)
        spoken = self._together
        if spoken is not None and (
            (people and not self._has_people(spoken.speaker)) or size not in (None, len(spoken.speaker.members))
        ):
            spoken = None
        if spoken is not None and spoken.place < before and (named < 0 or spoken.place > self.groups[named][0]):
            return Reached(spoken.speaker, _NAMED, spoken.via)
        if named < 0:
            return None
        start, end, group, how = self.groups[named]
        doc = self.scene.doc
        while start and doc[start].pos_ == doc[start - 1].pos_ == "PROPN":  # a name of which the recogniser saw the end
            start -= 1
        mention = self.scene.characters(start, end)
        return Reached(group, how, (mention, *self.cast.named_in_full(group.members)))

    def _has_people(self, group: Speaker) -> bool:
        return any(tuple(name.split()) in self.cast.people for name in group.members)

    def plural(self, head: Token) -> Token | None:
        """The plural noun that is a subject nearest before *head*, in its sentence or the one before."""
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ == "nsubj" and token.tag_ in PLURAL and self.scene.free(token):
                    return token
        return None

    def crowd(self) -> Found:
        """The group that spoke last, named or not."""
        one = self._last.get(SpeakerKind.GROUP)
        return Reached(one.speaker, "who spoke last", one.via) if one else None

    def body(self, head: Token) -> Found:
        """The organisation that is a subject nearest before *head*, else the one that spoke last."""
        end = head.i
        for _ in range(_BACK):
            start = self.scene.sentence(end - 1)[0] if end else 0
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ in _SUBJECTS and self.scene.free(token) and token.pos_ != "PRON":
                    member = self.cast.by_token.get(i)
                    if member is not None and member.kind is SpeakerKind.ORGANISATION:
                        return Reached(member.speaker, "the subject just before", self.cast.trail(member, i))
            end = start
        wanted = (SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT)
        spoke = [self._last[kind] for kind in wanted if kind in self._last]
        one = max(spoke, key=lambda last: last.place, default=None)
        return Reached(one.speaker, "which spoke last", one.via) if one else None

    def list_at(self, head: Token) -> Speaker | None:
        """The people listed by name ("A, B and C") whose list *head* opens or ends, if a verb follows the list."""
        place = bisect_right(self._list_starts, head.i) - 1
        if place < 0:
            return None
        _, end, group = self.lists[place]
        follows = self.doc[end] if head.i < end < len(self.doc) else None
        return group if follows is not None and follows.pos_ in ("VERB", "AUX") else None

    def _person(self, token: Token) -> Member | None:
        """Whom *token* names, or a pronoun there means by what stands before it: "she and Lund", "both he and Lund"."""
        if token.lower_ not in ("he", "she"):
            return self.cast.person_at(token)
        female = token.lower_ == "she"
        subject = self.subject(token, female=female)
        if subject is not None:
            return self.cast.people.get(tuple(subject.speaker.name.split()))
        latest = self.cast.latest_person(token.i, female=female)
        return latest[1] if latest else None

    def _named_groups(self) -> list[tuple[int, int, Speaker, str]]:
        """Two or more people named together ("Xi and Putin", "Xi met Putin"), wherever narration does so."""
        found = []
        for token in self.doc:
            if token.pos_ not in ("PROPN", "PRON") or token.dep_ == "conj" or not self.scene.free(token):
                continue
            beside = joined(token)
            how = MET if not beside else _NAMED
            together = [token, *(beside or met(token))]
            if len(together) == 1:
                continue
            people = [self._person(token), *map(self.cast.person_at, together[1:])]
            names = tuple(dict.fromkeys(person.name for person in people if person))
            if len(names) > 1:
                found.append((token.i, together[-1].i + 1, group_of(names), how))
        return found
