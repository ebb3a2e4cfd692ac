"""The cast of an article: everybody and every body that is named in it, by the fullest form of the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from app.domain import Speaker, SpeakerKind
from app.nlp.cues import TITLES
from app.nlp.scene import Scene

_ORGANISATIONS = frozenset(("ORG", "GPE", "NORP", "LOC", "FAC"))
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_PARTICLES = frozenset("von van der den de da di do dos del della du la le al el bin ibn ben ter zu".split())
_VERBS_FIRST = frozenset(("Said", "Added", "Asked", "Wrote", "Says", "Adds"))
_AROUND = '.,;:()[]“”"‘'
ALIASES = {
    "us": "United States",
    "u.s.": "United States",
    "usa": "United States",
    "united states": "United States",
    "united states of america": "United States",
    "america": "United States",
    "uk": "United Kingdom",
    "u.k.": "United Kingdom",
    "united kingdom": "United Kingdom",
    "eu": "European Union",
    "e.u.": "European Union",
    "european union": "European Union",
    "un": "United Nations",
    "u.n.": "United Nations",
    "united nations": "United Nations",
}
"""Names that are one body however they are written."""


@dataclass(slots=True)
class Member:
    """Somebody named in the article: the fullest name, the kind, and the words they are described by."""

    name: str
    kind: SpeakerKind
    mentions: list[int] = field(default_factory=list)
    descriptions: Counter[str] = field(default_factory=Counter)
    female: bool | None = None

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
        names = [(span, words) for span in _people(scene) if (words := name_words(span.text))]
        for _, words in sorted(names, key=lambda pair: -len(pair[1])):
            self._join(words)
        for span, words in names:
            member = self._join(words)
            member.mentions.append(span.start)
            for token in span:
                self.by_token[token.i] = member
            _describe(member, span)
        self.bodies = self._bodies()

    def _join(self, words: tuple[str, ...]) -> Member:
        return self.find_person(words) or self.people.setdefault(words, Member(" ".join(words), SpeakerKind.PERSON))

    def find_person(self, words: tuple[str, ...]) -> Member | None:
        """The person called *words*: the same name, a fuller one with the same surname, or one that has the word."""
        if words in self.people:
            return self.people[words]
        fuller = [known for known in self.people if len(known) > len(words) and set(words) <= set(known)]
        same_surname = [known for known in fuller if known[-1] == words[-1]]
        best = (same_surname or fuller)[:1]
        return self.people[best[0]] if best else None

    def _bodies(self) -> dict[str, Member]:
        bodies: dict[str, Member] = {}
        for span in self.scene.doc.ents:
            if span.label_ not in _ORGANISATIONS or span.start in self.by_token or "\n" in span.text:
                continue
            name = body_name(span.text)
            member = bodies.setdefault(name.casefold(), Member(name, SpeakerKind.ORGANISATION))
            member.mentions.append(span.start)
            for token in span:
                self.by_token.setdefault(token.i, member)
        return bodies

    def person_at(self, token: Token) -> Member | None:
        """The person that *token* names, by its own mention or by a name it shares with one."""
        member = self.by_token.get(token.i)
        if member is not None and member.kind is SpeakerKind.PERSON:
            return member
        if token.pos_ == "PROPN":
            return self.find_person((_POSSESSIVE.sub("", token.text),))
        return None

    def person_of(self, head: Token) -> Member | None:
        """The person that *head* names, or a name in apposition to it ("the foreign secretary, Liz Truss")."""
        for token in (
            head,
            *(child for child in head.children if child.dep_ in ("appos", "compound", "flat")),
        ):
            if token.dep_ == "compound" and head.pos_ != "PROPN":
                continue
            member = self.person_at(token)
            if member is not None and not (token is not head and _is_possessor(token)):
                return member
        if head.dep_ == "appos" and (member := self.person_at(head.head)):
            return member
        return None

    def latest_person(self, before: int, *, female: bool | None = None) -> Member | None:
        """The person named last before token *before* who is not known to be of the other gender."""
        best: tuple[int, Member] | None = None
        for member in self.people.values():
            if female is not None and member.female is not None and member.female is not female:
                continue
            place = max((mention for mention in member.mentions if mention < before), default=-1)
            if place >= 0 and (best is None or place > best[0]):
                best = (place, member)
        return best[1] if best else None


def name_words(text: str) -> tuple[str, ...]:
    """The words of a person's name without titles and possessives; empty where nothing is left."""
    words = [_POSSESSIVE.sub("", word).strip(_AROUND) for word in text.split()]
    words = [f"{word}." if len(word) == 1 and f"{word}." in text else word for word in words]
    words = [word for word in words if word and not word.isdigit()]
    while words and _no_name(words[0]):
        words = words[1:]
    return tuple(words)


def _no_name(word: str) -> bool:
    plain = word.casefold().rstrip(".")
    return plain in TITLES or (word.islower() and plain not in _PARTICLES)


def body_name(text: str) -> str:
    """An organisation's or a country's name without article and possessive, under its common alias."""
    name = _POSSESSIVE.sub("", " ".join(text.split()))
    name = re.sub(r"^(?:the|The)\s+", "", name)
    return ALIASES.get(name.casefold(), name)


def _people(scene: Scene) -> list[Span]:
    """The PERSON entities of narration and quotes alike, each cut at line ends and lower-case tails."""
    found = []
    for span in scene.doc.ents:
        if span.label_ != "PERSON" or scene.in_heading[span.start]:
            continue
        end = next(
            (token.i for token in span if token.is_space or (token.is_punct and "-" not in token.text)),
            span.end,
        )
        end = _name_end(scene, span.start, end)
        while end > span.start and (scene.doc[end - 1].tag_ == "POS" or not scene.doc[end - 1].text[:1].isupper()):
            end -= 1
        start = span.start + _opens_with_verb(scene, span.start, end)
        if end > start:
            found.append(Span(scene.doc, _name_start(scene, start, end), end, label="PERSON"))
    return found + _missed(scene, found)


def _opens_with_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether the "name" is a verb and a name, as in ``Said Ellis: "…"``; Said is a first name too, elsewhere."""
    doc = scene.doc
    first = start == scene.paragraph(start).start or doc[start].is_sent_start or doc[start - 1].is_quote
    return (
        bool(first) and end > start + 1 and doc[start].text in _VERBS_FIRST and doc[end - 1 : end + 1].text[-1] in ":,"
    )


def _name_end(scene: Scene, start: int, end: int) -> int:
    """Where the name really ends: the entity recogniser takes "Ursula von der" for one and "Leyen" for another."""
    doc, after = scene.doc, end
    while after < len(doc) and doc[after].lower_ in _PARTICLES and doc[after].is_lower:
        after += 1
    if after == start or after >= len(doc) or doc[after - 1].lower_ not in _PARTICLES or not doc[after - 1].is_lower:
        return end
    return after + 1 if doc[after].is_title else end


def _name_start(scene: Scene, start: int, end: int) -> int:
    """Where the name really starts: the entity recogniser drops first names behind a title it does not know."""
    while start > 0 and not scene.doc[start].is_sent_start:
        before = scene.doc[start - 1]
        named = before.pos_ == "PROPN" and before.is_title and not before.ent_type_
        particle = before.lower_ in _PARTICLES
        if not (named or particle) or before.lower_ in TITLES or not start <= before.head.i < end:
            break
        start -= 1
    return start


def _missed(scene: Scene, found: list[Span]) -> list[Span]:
    """Fuller names that the entity recogniser passed over or took for an organisation: "PM Narendra Modi"."""
    surnames = {words[0] for span in found if len(words := name_words(span.text)) == 1}
    taken = {token.i for span in found for token in span}
    missed = []
    for token in scene.doc:
        if token.text not in surnames or token.i in taken or token.i == 0:
            continue
        first = token.nbor(-1)
        if first.pos_ == "PROPN" and first.is_title and first.dep_ == "compound" and first.lower_ not in TITLES:
            missed.append(Span(scene.doc, first.i, token.i + 1, label="PERSON"))
    return missed


def _describe(member: Member, span: Span) -> None:
    """Note the office or trade that stands before the name or in apposition to it."""
    doc: Doc = span.doc
    head = span.root
    words = [doc[i] for i in range(max(span.start - 7, 0), span.start)]
    for token in reversed(words):
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PART") or token.is_punct:
            break
        if token.lower_ in ("mr", "mr.", "sir", "king", "prince", "lord"):
            member.female = False
        elif token.lower_ in ("mrs", "mrs.", "ms", "ms.", "queen", "princess", "lady", "dame"):
            member.female = True
        member.descriptions[token.lemma_.casefold()] += 1
    appositions = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        appositions.append(head.head)
    for noun in appositions:
        for token in (noun, *noun.lefts):
            if token.pos_ in ("NOUN", "PROPN", "ADJ") and token.i not in range(span.start, span.end):
                member.descriptions[token.lemma_.casefold()] += 1


def _is_possessor(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)
