"""Resolves the head of a source to the speaker it means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind
from app.nlp.antecedents import PLURAL, Antecedents, Found, joined
from app.nlp.cast import Cast, body_name, name_words
from app.nlp.cues import BODY_NOUNS, COLLECTIVES, DOCUMENT_NOUNS, PLURAL_GROUP_NOUNS, TITLES
from app.nlp.firstperson import FirstPerson
from app.nlp.labels import Labels
from app.nlp.offices import holder_of
from app.nlp.scene import Scene

_TELLING = frozenset(("joint", "common", "final", "closing", "draft"))
"""What tells a document from others of its kind."""
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "their", "its"))


class Resolver:
    """Resolves the sources of one text in their order. What it cannot name keeps the words as they stand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = Cast(scene)
        self.antecedents = Antecedents(scene, self.cast)
        self.issuers = FirstPerson(scene)
        self.documents = self._documents()

    def resolve(self, head: Token, words: str) -> tuple[Speaker, str]:
        """The speaker that the source *words* with their *head* mean, and how it is reached: a sentence, or nothing."""
        if self.issuers.means(head) and (found := self.issuers.taken(head, words)):
            return found
        together = [head, *joined(head)]
        listed = self.antecedents.list_at(head)
        if listed is not None and len(listed.members) > len(together):
            return listed, f"In full: {names_in_words(listed.members)}."
        if len(together) > 1:
            return self._group(together, words)
        if head.pos_ == "PRON":
            return self._pronoun(head, words)
        person = self.cast.person_of(head)
        if person is not None:
            return person.speaker, _how(words, person.name)
        if head.pos_ == "PROPN" and head.lower_ not in TITLES:
            return self._body(head, words)
        return self._description(head, words)

    @cached_property
    def labels(self) -> Labels:
        """What resolves the names that a layout gives; most texts have none."""
        return Labels(self.scene, self.cast)

    def _body(self, head: Token, words: str) -> tuple[Speaker, str]:
        member = self.cast.by_token.get(head.i)
        if member is not None:
            return member.speaker, _how(words, member.name)
        name = body_name(self._noun_phrase(head))
        known = self.cast.bodies.get(name.casefold())
        if known is not None:
            return known.speaker, ""
        if any(word.lower() in BODY_NOUNS for word in name.split()):
            return Speaker(name, SpeakerKind.ORGANISATION), ""
        return Speaker(" ".join(name_words(name)) or name, SpeakerKind.PERSON), ""

    def _noun_phrase(self, head: Token) -> str:
        left = [child.left_edge.i for child in head.lefts if child.dep_ in ("compound", "amod", "nmod", "poss", "flat")]
        start = min([*left, head.i])
        return self.doc[start : head.i + 1].text

    def _pronoun(self, head: Token, words: str) -> tuple[Speaker, str]:
        word = head.lower_
        found: Found = None
        if word in ("he", "she"):
            found = self.antecedents.single(head, female=word == "she")
        elif word in ("they", "both", "their"):
            found = self.antecedents.group(head.i) or self._crowd(head)
        elif word in ("it", "who", "which", "that"):
            found = self.antecedents.body(head)
        if found is None:
            return Speaker(head.text, SpeakerKind.UNRESOLVED), f"The article does not say who “{words}” is."
        return _taken(words, found)

    def _crowd(self, head: Token) -> Found:
        noun = self.antecedents.plural(head)
        if noun is None:
            return self.antecedents.crowd()
        if self.issuers.means(noun) and (found := self.issuers.taken(noun, noun.text)):
            return found
        return self._description(noun, noun.text)[0], "the subject just before"

    def _description(self, head: Token, source: str) -> tuple[Speaker, str]:
        """A common noun: a document, a body, a person met before under that office, or the words as they stand."""
        words = self._noun_phrase(head)
        lemma = head.lemma_.casefold()
        definite = any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.lefts) or _is_bare(head)
        if lemma in DOCUMENT_NOUNS:
            return self._document(head, lemma, words, source)
        if head.tag_ in PLURAL:
            return self._plural_description(head, words, source)
        if lemma in COLLECTIVES and definite and (group := self.antecedents.group(head.i)):
            return _taken(source, group)
        if lemma in BODY_NOUNS:
            return Speaker(body_name(words), SpeakerKind.ORGANISATION), ""
        if definite and (member := holder_of(self.cast, head, words)):
            return _taken(source, (member.speaker, "whom the article calls so"))
        kind = SpeakerKind.PERSON if head.tag_ == "NN" else SpeakerKind.UNRESOLVED
        name = _without_article(words)
        return Speaker(name, kind), f"The article gives no name for “{name}”."

    def _document(self, head: Token, lemma: str, words: str, source: str) -> tuple[Speaker, str]:
        """A document under the fuller name it was introduced by: "the statement" is the joint statement before it."""
        own = body_name(words)
        known = self.documents.get(lemma)
        if len(own.split()) == 1 and known is not None and known[0] < head.i:
            return Speaker(known[1], SpeakerKind.DOCUMENT), f"“{source}” is the {known[1]} named before."
        return Speaker(own, SpeakerKind.DOCUMENT), ""

    def _documents(self) -> dict[str, tuple[int, str]]:
        """The first mention of each kind of document that tells it from others ("a joint statement")."""
        found: dict[str, tuple[int, str]] = {}
        for token in self.doc:
            lemma = token.lemma_.casefold()
            if token.pos_ == "NOUN" and lemma in DOCUMENT_NOUNS and lemma not in found and self.scene.free(token):
                before = token.nbor(-1) if token.i else token
                if before.dep_ in ("amod", "compound") and before.lower_ in _TELLING:
                    found[lemma] = (token.i, f"{before.text} {token.text}")
        return found

    def _plural_description(self, head: Token, words: str, source: str) -> tuple[Speaker, str]:
        if self.issuers.principals(head) and (found := self.issuers.taken(head, source)):
            return found
        pointing = any(child.lower_ in ("both", "the", "two", "these") for child in head.lefts)
        if pointing and head.lemma_.casefold() in PLURAL_GROUP_NOUNS and (group := self.antecedents.group(head.i)):
            return _taken(source, group)
        return Speaker(_without_article(words), SpeakerKind.GROUP), ""

    def _group(self, heads: list[Token], words: str) -> tuple[Speaker, str]:
        members = [self._one(token).name for token in heads]
        names = tuple(dict.fromkeys(members))
        if len(names) == 1:
            return Speaker(names[0], SpeakerKind.GROUP), ""
        group = Speaker("; ".join(names), SpeakerKind.GROUP, names)
        return group, "" if all(name in words for name in names) else f"In full: {names_in_words(names)}."

    def _one(self, token: Token) -> Speaker:
        """The speaker that one of several joined names means."""
        person = self.cast.person_of(token)
        if person is not None:
            return person.speaker
        if token.pos_ == "PROPN":
            return self._body(token, token.text)[0]
        return Speaker(_without_article(self._noun_phrase(token)), SpeakerKind.UNRESOLVED)


def _is_bare(head: Token) -> bool:
    """An office behind the adjective of a country without an article: "Brazilian leader noted"."""
    return (
        head.tag_ == "NN"
        and any(child.ent_type_ in ("NORP", "GPE") for child in head.lefts)
        and not any(child.dep_ == "det" for child in head.lefts)
    )


def _how(words: str, name: str) -> str:
    return "" if name in words else f"“{words}” stands for {name}."


def _taken(words: str, found: tuple[Speaker, str]) -> tuple[Speaker, str]:
    speaker, why = found
    return speaker, f"“{words}” is taken for {names_in_words(speaker.members or (speaker.name,))}, {why}."


def names_in_words(names: Sequence[str]) -> str:
    """*names* as prose lists them: ``Xi, Putin and Modi``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an", "some", "this", "these", "those") else words
