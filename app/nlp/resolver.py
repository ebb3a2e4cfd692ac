"""Resolves the head of a source to the speaker it means."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.aliases import aliases
from app.nlp.antecedents import MET, Antecedents, Found
from app.nlp.callings import Callings, without_article
from app.nlp.cast import Cast, body_name
from app.nlp.cues import BODY_NOUNS, TITLES
from app.nlp.firstperson import FirstPerson
from app.nlp.labels import Labels
from app.nlp.lists import group_of, joined
from app.nlp.names import name_words
from app.nlp.reached import Reached, names_in_words, taken
from app.nlp.scene import Scene

_FRONT = 3_000
"""Code points from the start of a text in which its title and opening lie."""


class Resolver:
    """Resolves the sources of one text in their order. What it cannot name keeps the words as they stand.

    *one_body* lists a country under one name where its capital or its government speaks.
    """

    def __init__(self, scene: Scene, *, one_body: bool = True) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.one_body = one_body
        self.cast = Cast(scene)
        self.antecedents = Antecedents(scene, self.cast)
        self.callings = Callings(scene, self.cast, self.antecedents)
        self.issuers = FirstPerson(scene)

    def resolve(self, head: Token, words: str) -> Reached:
        """The speaker that the source *words* with their *head* mean, and how and by which mentions it is reached."""
        return self._under_one_name(self._resolve(head, words))

    def resolve_label(self, label: str) -> Reached:
        """The same of the words by which a layout names somebody."""
        speaker, how = self.labels.resolve(label)
        place = self.labels.places.get(speaker.name)
        member = self.cast.people.get(tuple(speaker.name.split()))
        via = (place,) if place else self.cast.trail(member) if member else ()
        return self._under_one_name(Reached(speaker, how, via))

    def resolve_issuers(self) -> Reached:
        """Those who issued the document, where nobody else can be meant."""
        speaker = self.issuers.speaker or Speaker("", SpeakerKind.UNRESOLVED)
        how = f"That is whoever issued the document: {speaker.name}, by its title or opening."
        return self._under_one_name(Reached(speaker, how, self._front(speaker)))

    def _resolve(self, head: Token, words: str) -> Reached:
        if self.issuers.means(head) and (found := self._issued(head, words)):
            return found
        if side := self.issuers.one_side(head):
            how = f"“{words}” is {side}, of those who issued the document by its title or opening."
            return Reached(Speaker(side, SpeakerKind.ORGANISATION), how, self.cast.named_in_full((side,)))
        together = [head, *joined(head)]
        listed = self.antecedents.list_at(head)
        if listed is not None and len(listed.members) > len(together):
            via = self.cast.named_in_full(listed.members)
            return Reached(listed, f"In full: {names_in_words(listed.members)}.", via)
        if len(together) > 1:
            return self._group(together, words)
        if head.pos_ == "PRON":
            return self._pronoun(head, words)
        person = self.cast.person_of(head)
        if person is not None:
            return Reached(person.speaker, _how(words, person.name), self.cast.trail(person))
        if head.pos_ == "PROPN" and head.lower_ not in TITLES:
            return self._body(head, words)
        if self.issuers.principals(head) and (found := self._issued(head, words)):
            return found
        return self.callings.resolve(head, words)

    @cached_property
    def labels(self) -> Labels:
        """What resolves the names that a layout gives; most texts have none."""
        return Labels(self.scene, self.cast)

    def _body(self, head: Token, words: str) -> Reached:
        if head.lower_ in BODY_NOUNS:
            return self.callings.body(head)
        member = self.cast.by_token.get(head.i)
        if member is not None:
            return Reached(member.speaker, _how(words, member.name), self.cast.trail(member))
        name = body_name(self.callings.noun_phrase(head))
        known = self.cast.bodies.get(name.casefold())
        if known is not None:
            return Reached(known.speaker, "", self.cast.trail(known))
        if aliases().knows(name) or any(word.lower() in BODY_NOUNS for word in name.split()):
            return Reached(Speaker(name, SpeakerKind.ORGANISATION))
        return Reached(Speaker(" ".join(name_words(name)) or name, SpeakerKind.PERSON))

    def _pronoun(self, head: Token, words: str) -> Reached:
        word = head.lower_
        found: Found = None
        if word in ("he", "she"):
            found = self.antecedents.single(head, female=word == "she")
        elif word in ("they", "both", "their"):
            found = self.antecedents.group(head.i)
            if found is None or (found.how == MET and self.antecedents.plural(head) is not None):
                found = self._crowd(head)
        elif word in ("it", "who", "which", "that"):
            found = self.antecedents.body(head)
        if found is None:
            return Reached(Speaker(head.text, SpeakerKind.UNRESOLVED), f"The article does not say who “{words}” is.")
        return taken(words, found)

    def _crowd(self, head: Token) -> Found:
        noun = self.antecedents.plural(head)
        if noun is None:
            return self.antecedents.crowd()
        if self.issuers.means(noun) and (found := self._issued(noun, noun.text)):
            return found
        subject = self.callings.resolve(noun, noun.text)
        return Reached(
            subject.speaker, "the subject just before", (self.scene.characters(noun.i, noun.i + 1), *subject.via)
        )

    def _issued(self, head: Token, words: str) -> Found:
        """The issuers, with where the front of this text names them, if this is its front."""
        found = self.issuers.taken(head, words)
        return Reached(*found, self._front(found[0])) if found else None

    def _front(self, speaker: Speaker) -> tuple[TextSpan, ...]:
        if self.doc._.head:
            return ()
        names = speaker.members or (speaker.name,)
        starts = ((self.scene.text.find(name, 0, _FRONT), name) for name in names)
        return tuple(TextSpan(start, start + len(name)) for start, name in starts if start >= 0)

    def _group(self, heads: list[Token], words: str) -> Reached:
        members = [self._one(token).name for token in heads]
        names = tuple(dict.fromkeys(members))
        if len(names) == 1:
            return Reached(Speaker(names[0], SpeakerKind.GROUP))
        how = "" if all(name in words for name in names) else f"In full: {names_in_words(names)}."
        return Reached(group_of(names), how, self.cast.named_in_full(names))

    def _one(self, token: Token) -> Speaker:
        """The speaker that one of several joined names means."""
        person = self.cast.person_of(token)
        if person is not None:
            return person.speaker
        if token.pos_ == "PROPN":
            return self._body(token, token.text).speaker
        return Speaker(without_article(self.callings.noun_phrase(token)), SpeakerKind.UNRESOLVED)

    def _under_one_name(self, found: Reached) -> Reached:
        """*found* under the name that its country or body is listed by."""
        speaker = found.speaker
        names = speaker.members or (speaker.name,)
        if not self.one_body or speaker.kind in (SpeakerKind.DOCUMENT, SpeakerKind.UNRESOLVED):
            return found
        listed = tuple(dict.fromkeys(map(self._listed, names)))
        if listed == names:
            return found
        kind = speaker.kind if speaker.members and len(listed) > 1 else SpeakerKind.ORGANISATION
        made = group_of(listed) if len(listed) > 1 else Speaker(listed[0], kind)
        known = (self.cast.bodies.get(name.casefold()) for name in listed)
        via = tuple(self.scene.characters(*one.full) for one in known if one is not None and one.full)
        return Reached(made, f"{found.how} Listed as {names_in_words(listed)}.".strip(), via)

    def _listed(self, name: str) -> str:
        if tuple(name.split()) in self.cast.people:
            return name
        return aliases().speaker(name, self.scene.text)


def _how(words: str, name: str) -> str:
    return "" if name in words else f"“{words}” stands for {name}."
