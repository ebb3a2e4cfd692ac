"""What a pronoun or "both leaders" may stand for: who was named, who spoke, which groups were met so far."""

from __future__ import annotations

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind
from app.nlp.cast import Cast
from app.nlp.scene import Scene

_BACK = 4
"""Sentences that "it" may reach back, its own among them."""

Found = tuple[Speaker, str] | None
"""A speaker, and what makes it the one, as words that can follow its name."""

PLURAL = frozenset(("NNS", "NNPS"))
_SUBJECTS = ("nsubj", "nsubjpass")


class Antecedents:
    """Remembers who spoke and which groups were named, in the order of the text.

    A group of named people outranks plural nouns without names; a person in the same sentence or the one before
    outranks whoever spoke last.
    """

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = cast
        self.spoke: list[tuple[int, Speaker]] = []
        self.groups = self._named_groups()

    def remember(self, place: int, speaker: Speaker) -> None:
        """Note that *speaker* spoke at token *place*."""
        self.spoke.append((place, speaker))

    def single(self, head: Token, *, female: bool) -> Found:
        """Who "he" or "she" is: the subject before it in the sentence or the one before, else who spoke last."""
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ in _SUBJECTS and self.scene.free(token):
                    member = self.cast.person_of(token)
                    if member is not None and member.female in (None, female):
                        member.female = female
                        return member.speaker, "the subject just before"
        for place, speaker in reversed(self.spoke):
            if place < head.i and speaker.kind is SpeakerKind.PERSON and self._may_be(speaker, female):
                return speaker, "who spoke last"
        member = self.cast.latest_person(head.i, female=female)
        return (member.speaker, "the person named last") if member else None

    def _may_be(self, speaker: Speaker, female: bool) -> bool:
        member = self.cast.find_person(tuple(speaker.name.split()))
        return member is None or member.female in (None, female)

    def _sentence_before(self, first: int) -> tuple[int, int]:
        if first == 0:
            return 0, 0
        return self.scene.sentence(first - 1)

    def group(self, before: int) -> Found:
        """The people last named together, or last speaking together, before token *before*."""
        spoken = [(place, one) for place, one in self.spoke if one.kind is SpeakerKind.GROUP and one.members]
        earlier = [(place, one) for place, one in (*self.groups, *spoken) if place < before]
        if not earlier:
            return None
        return max(earlier, key=lambda pair: pair[0])[1], "who were last named together"

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
        spoke = (one for _, one in reversed(self.spoke) if one.kind is SpeakerKind.GROUP)
        return next(((one, "who spoke last") for one in spoke), None)

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
                        return member.speaker, "the subject just before"
            end = start
        wanted = (SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT)
        spoke = (one for _, one in reversed(self.spoke) if one.kind in wanted)
        return next(((one, "which spoke last") for one in spoke), None)

    def _named_groups(self) -> list[tuple[int, Speaker]]:
        """Two or more people named together ("Xi and Putin"), wherever narration does so."""
        found = []
        for token in self.doc:
            if token.pos_ != "PROPN" or token.dep_ == "conj" or not self.scene.free(token):
                continue
            people = [self.cast.person_at(one) for one in (token, *joined(token))]
            names = tuple(dict.fromkeys(person.name for person in people if person))
            if len(names) > 1:
                found.append((token.i, Speaker("; ".join(names), SpeakerKind.GROUP, names)))
        return found


def joined(head: Token) -> list[Token]:
    """The names and nouns that are joined to *head* by "and" and stand after it."""
    if head.dep_ == "appos":
        return []
    return [token for token in head.conjuncts if token.i > head.i and token.pos_ in ("PROPN", "NOUN")]
