"""Whom a common noun means that speaks: a document, a body, somebody met before under that name, or nobody named."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.antecedents import PLURAL, Antecedents
from app.nlp.cast import Cast, body_name
from app.nlp.cues import BODY_NOUNS, COLLECTIVES, DOCUMENT_NOUNS, PLURAL_GROUP_NOUNS
from app.nlp.genders import female_by_word
from app.nlp.offices import holder_of
from app.nlp.person_nouns import ANYBODY, EPITHETS, SEVERAL_PEOPLE, is_age
from app.nlp.reached import Reached, taken
from app.nlp.scene import Scene

_TELLING = frozenset(("joint", "common", "final", "closing", "draft"))
"""What tells a document from others of its kind."""
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "their", "its"))
_PAPERS = DOCUMENT_NOUNS | {"ruling", "verdict"}
_MANY = COLLECTIVES | {"both": 2}
_ANOTHER = frozenset(("another", "second"))
_MODIFIERS = ("compound", "amod", "nmod", "poss", "flat")
_COMPLEMENT = 6
"""Words of "for the ministry" behind "a spokesman" at most."""


class _Unnamed(NamedTuple):
    speaker: Speaker
    span: TextSpan


class Callings:
    """Resolves common nouns in the order of the text."""

    def __init__(self, scene: Scene, cast: Cast, antecedents: Antecedents) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = cast
        self.antecedents = antecedents
        self._papers = self._documents()
        self._unnamed: dict[str, _Unnamed] = {}
        self._fuller: dict[tuple[str, bool], _Unnamed] = {}

    def resolve(self, head: Token, source: str) -> Reached:
        """The speaker that *head*, shown as *source*, means; the words as they stand where nobody is named so."""
        words = self.noun_phrase(head)
        lemma = head.lemma_.casefold()
        definite = any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.lefts) or _is_bare(head)
        if lemma in _PAPERS:
            return self._document(head, lemma, words, source)
        if head.tag_ in PLURAL:
            return self._plural(head, words, source)
        many = COLLECTIVES.get(lemma)
        if many and definite and (group := self.antecedents.group(head.i, size=many)):
            return taken(source, group)
        if lemma in BODY_NOUNS:
            return self.body(head)
        if definite and (member := holder_of(self.cast, head, words)):
            called = min(
                (member.introduced[word] for word in (lemma, *words.casefold().split()) if word in member.introduced),
                default=None,
            )
            return taken(source, Reached(member.speaker, "whom the article calls so", self.cast.trail(member, called)))
        return (self._known(head, lemma, source) if definite else None) or self._nameless(head, lemma, words)

    def body(self, head: Token) -> Reached:
        """The body that *head*, a noun for one, means, with whose it is: the foreign ministry of Sudovia."""
        name = body_name(self.noun_phrase(head) + self._complement(head))
        return self._in_full(head, Speaker(name, SpeakerKind.ORGANISATION))

    def noun_phrase(self, head: Token) -> str:
        """*head* with what stands before it and tells of it."""
        if is_age(head):
            return without_article(self.doc[head.left_edge.i : head.i + 1].text)
        wanted = (*_MODIFIERS, "nummod") if head.lower_ == "percent" else _MODIFIERS
        left = [child.left_edge.i for child in head.lefts if child.dep_ in wanted]
        start = min([*left, head.i])
        words = self.doc[start : head.i + 1].text
        which = self.doc[start - 1].lower_ if start else ""
        return f"{which} {words}" if which in _ANOTHER else words

    def _known(self, head: Token, lemma: str, source: str) -> Reached | None:
        """Whom "the official" goes on about: somebody left unnamed before, or just named."""
        if self._is_epithet(head, lemma):
            found = self.antecedents.subject(head, female=female_by_word(lemma))
            return taken(source, found) if found else None
        if any(child.dep_ in _MODIFIERS for child in head.lefts) and not is_age(head):
            return None
        if (one := self._unnamed.get(lemma)) is not None:
            return taken(source, Reached(one.speaker, "whom the article names no better", (one.span,)))
        if lemma in ANYBODY or is_age(head):
            found = self.antecedents.nearest(head, female=female_by_word(lemma))
            return taken(source, found) if found else None
        return None

    def _is_epithet(self, head: Token, lemma: str) -> bool:
        """Whether *head* is a second name of whoever the text is about, and no first name of anybody in it."""
        if lemma not in EPITHETS or lemma in self.cast.described:
            return False
        before = [child for child in head.lefts if child.dep_ in _MODIFIERS]
        return any(child.lower_ == "the" for child in head.lefts) and any(
            child.text[:1].isupper() or is_age(child) for child in before
        )

    def _nameless(self, head: Token, lemma: str, words: str) -> Reached:
        name = without_article(words) + self._complement(head)
        speaker = Speaker(name, SpeakerKind.UNRESOLVED)
        self._unnamed[lemma] = _Unnamed(speaker, self.scene.characters(head.left_edge.i, head.i + 1))
        return Reached(speaker, f"The article gives no name for “{name}”.")

    def _complement(self, head: Token) -> str:
        """What follows *head* and tells which: of the Coastal Union, for the ministry."""
        behind = next((child for child in head.rights if child.dep_ == "prep" and child.i == head.i + 1), None)
        for_whom = behind is not None and behind.lower_ == "for" and head.lower_.startswith("spokes")
        if behind is None or not (for_whom or behind.lower_ == "of") or behind.right_edge.i - head.i > _COMPLEMENT:
            return ""
        return " " + self.doc[behind.i : behind.right_edge.i + 1].text

    def _in_full(self, head: Token, speaker: Speaker) -> Reached:
        """*speaker*, whom *head* calls so; of a bare "the ministry" the one that a fuller phrase has named before."""
        lemma = head.lemma_.casefold()
        known = self._fuller.get((lemma, head.tag_ in PLURAL))
        if len(speaker.name.split()) > 1:
            self._fuller[lemma, head.tag_ in PLURAL] = _Unnamed(speaker, self.scene.characters(*_phrase(head)))
        elif known is not None and any(child.lower_ in _DEFINITE for child in head.lefts):
            return Reached(known.speaker, f"“{head.text}” is the {known.speaker.name} named before.", (known.span,))
        return Reached(speaker)

    def _document(self, head: Token, lemma: str, words: str, source: str) -> Reached:
        """A document under the fuller name it was introduced by: "the statement" is the joint statement before it."""
        own = body_name(words)
        known = self._papers.get(lemma)
        if len(own.split()) == 1 and known is not None and known < head.i:
            name = self.doc[known - 1 : known + 1].text
            via = (self.scene.characters(known - 1, known + 1),)
            return Reached(Speaker(name, SpeakerKind.DOCUMENT), f"“{source}” is the {name} named before.", via)
        return Reached(Speaker(own, SpeakerKind.DOCUMENT))

    def _documents(self) -> dict[str, int]:
        """The first mention of each kind of document that tells it from others ("a joint statement")."""
        found: dict[str, int] = {}
        for token in self.doc:
            lemma = token.lemma_.casefold()
            if token.pos_ == "NOUN" and lemma in _PAPERS and lemma not in found and self.scene.free(token):
                before = token.nbor(-1) if token.i else token
                if before.dep_ in ("amod", "compound") and before.lower_ in _TELLING:
                    found[lemma] = token.i
        return found

    def _plural(self, head: Token, words: str, source: str) -> Reached:
        pointing = any(child.lower_ in ("both", "the", "two", "these") for child in head.lefts)
        lemma = head.lemma_.casefold()
        if pointing and lemma in PLURAL_GROUP_NOUNS:
            many = next((_MANY[child.lower_] for child in head.lefts if child.lower_ in _MANY), None)
            group = self.antecedents.group(head.i, people=lemma in SEVERAL_PEOPLE, size=many)
            if group is not None:
                return taken(source, group)
        return self._in_full(head, Speaker(without_article(words) + self._complement(head), SpeakerKind.GROUP))


def without_article(words: str) -> str:
    """*words* without the article or the pointing word that they begin with."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an", "some", "this", "these", "those") else words


def _phrase(head: Token) -> tuple[int, int]:
    return head.left_edge.i, head.right_edge.i + 1


def _is_bare(head: Token) -> bool:
    """An office behind the adjective of a country without an article: "Brazilian leader noted"."""
    return (
        head.tag_ == "NN"
        and any(child.ent_type_ in ("NORP", "GPE") for child in head.lefts)
        and not any(child.dep_ == "det" for child in head.lefts)
    )
