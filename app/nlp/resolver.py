"""Resolves the head of a source to the speaker it means."""

from __future__ import annotations

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind
from app.nlp.antecedents import PLURAL, Antecedents, joined
from app.nlp.cast import Cast, Member, body_name, name_words
from app.nlp.cues import BODY_NOUNS, COLLECTIVES, DOCUMENT_NOUNS, OFFICES, PLURAL_GROUP_NOUNS, TITLES
from app.nlp.scene import Scene

_DEFINITE = frozenset(("the", "this", "that", "his", "her", "their", "its"))


class Resolver:
    """Resolves the sources of one text in their order. What it cannot name keeps the words as they stand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = Cast(scene)
        self.antecedents = Antecedents(scene, self.cast)

    def resolve(self, head: Token) -> tuple[Speaker, str]:
        """The speaker that *head*'s noun phrase means, and the way to it as the end of a sentence."""
        together = [head, *joined(head)]
        if len(together) > 1:
            return self._group(together)
        if head.pos_ == "PRON":
            return self._pronoun(head)
        person = self.cast.person_of(head)
        if person is not None:
            return person.speaker, _how(head.text, person.name)
        if head.pos_ == "PROPN" and head.lower_ not in TITLES:
            return self._body(head)
        return self._description(head)

    def _body(self, head: Token) -> tuple[Speaker, str]:
        member = self.cast.by_token.get(head.i)
        if member is not None:
            return member.speaker, _how(head.text, member.name)
        name = body_name(self._noun_phrase(head))
        known = self.cast.bodies.get(name.casefold())
        if known is not None:
            return known.speaker, ""
        kind = (
            SpeakerKind.ORGANISATION if any(word.lower() in BODY_NOUNS for word in name.split()) else SpeakerKind.PERSON
        )
        if kind is SpeakerKind.PERSON:
            name = " ".join(name_words(name)) or name
        return Speaker(name, kind), ""

    def _noun_phrase(self, head: Token) -> str:
        left = [child.left_edge.i for child in head.lefts if child.dep_ in ("compound", "amod", "nmod", "poss", "flat")]
        start = min([*left, head.i])
        return self.doc[start : head.i + 1].text

    def _pronoun(self, head: Token) -> tuple[Speaker, str]:
        word = head.lower_
        found: Speaker | None = None
        if word in ("he", "she"):
            found = self.antecedents.single(head, female=word == "she")
        elif word in ("they", "both", "we", "their"):
            found = self.antecedents.group(head.i) or self._crowd(head)
        elif word in ("it", "who", "which", "that"):
            found = self.antecedents.body(head)
        if found is None:
            return Speaker(head.text, SpeakerKind.UNRESOLVED), ", which the text does not resolve"
        return found, f" → {found.name}"

    def _crowd(self, head: Token) -> Speaker | None:
        noun = self.antecedents.plural(head)
        return self._description(noun)[0] if noun is not None else self.antecedents.crowd()

    def _description(self, head: Token) -> tuple[Speaker, str]:
        """A common noun: a document, a body, a person met before under that office, or the words as they stand."""
        words = self._noun_phrase(head)
        lemma = head.lemma_.casefold()
        definite = any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.lefts)
        if lemma in DOCUMENT_NOUNS:
            return Speaker(body_name(words), SpeakerKind.DOCUMENT), ""
        if head.tag_ in PLURAL:
            return self._plural_description(head, words, lemma)
        if lemma in COLLECTIVES and definite and (group := self.antecedents.group(head.i)):
            return group, f" → {group.name}"
        if lemma in BODY_NOUNS:
            return Speaker(body_name(words), SpeakerKind.ORGANISATION), ""
        if definite and (member := self._by_office(head)):
            return member.speaker, f" → {member.name}, whom the text calls so"
        kind = SpeakerKind.PERSON if head.tag_ == "NN" else SpeakerKind.UNRESOLVED
        return Speaker(_without_article(words), kind), ", whom the text does not name"

    def _plural_description(self, head: Token, words: str, lemma: str) -> tuple[Speaker, str]:
        pointing = any(child.lower_ in ("both", "the", "two", "these") for child in head.lefts)
        if pointing and lemma in PLURAL_GROUP_NOUNS and (group := self.antecedents.group(head.i)):
            return group, f" → {group.name}"
        return Speaker(_without_article(words), SpeakerKind.GROUP), ""

    def _by_office(self, head: Token) -> Member | None:
        modifiers = {
            child.lemma_.casefold() for child in head.lefts if child.dep_ in ("compound", "amod", "nmod", "poss")
        }
        phrase = self._noun_phrase(head).casefold().removeprefix("the ").strip()
        tail = f"{head.lemma_.casefold()} of {next((t.lower_ for t in head.subtree if t.dep_ == 'pobj'), '')}"
        wanted = {head.lemma_.casefold()}
        for office, others in OFFICES.items():
            if {office, *others} & {phrase, tail, head.lemma_.casefold()}:
                wanted |= {word for term in (office, *others) for word in term.split() if word not in ("of", "state")}
        best: tuple[tuple[int, int], Member] | None = None
        for member in self.cast.people.values():
            if not wanted & set(member.descriptions):
                continue
            near = max((mention for mention in member.mentions if mention < head.i), default=-min(member.mentions))
            score = (len(modifiers & set(member.descriptions)), near)
            if best is None or score > best[0]:
                best = (score, member)
        return best[1] if best else None

    def _group(self, heads: list[Token]) -> tuple[Speaker, str]:
        members = [self._one(token).name for token in heads]
        names = tuple(dict.fromkeys(members))
        if len(names) == 1:
            return Speaker(names[0], SpeakerKind.GROUP), ""
        group = Speaker("; ".join(names), SpeakerKind.GROUP, names)
        return group, f" → {group.name}"

    def _one(self, token: Token) -> Speaker:
        """The speaker that one of several joined names means."""
        person = self.cast.person_of(token)
        if person is not None:
            return person.speaker
        return (
            self._body(token)[0]
            if token.pos_ == "PROPN"
            else Speaker(_without_article(self._noun_phrase(token)), SpeakerKind.UNRESOLVED)
        )


def _how(words: str, name: str) -> str:
    return "" if words == name or (name.endswith(words) and " " not in name) else f" → {name}"


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an", "some", "this", "these", "those") else words
