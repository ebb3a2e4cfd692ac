"""What a pronoun or "both leaders" may stand for: who was named, who spoke, which groups were met so far."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Span, Token

from app.domain import Speaker, SpeakerKind
from app.nlp.cast import Cast
from app.nlp.scene import Scene

_BACK = 4
"""Sentences that "it" may reach back, its own among them."""

Found = tuple[Speaker, str] | None
"""A speaker, and what makes it the one, as words that can follow its name."""

PLURAL = frozenset(("NNS", "NNPS"))
_LISTED = 3
"""People that make a list; two are left to the parser."""
_GAP = 8
_GAP_POS = frozenset(("PROPN", "ADJ", "NOUN", "PUNCT", "CCONJ", "PART", "DET"))
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
        self.lists = listed_people(scene, cast)
        self._list_starts = [start for start, _, _ in self.lists]
        self.groups = [*self._named_groups(), *((start, one) for start, _, one in self.lists)]

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

    def list_at(self, head: Token) -> Speaker | None:
        """The people listed by name ("A, B and C") whose list *head* opens or ends, if a verb follows the list."""
        place = bisect_right(self._list_starts, head.i) - 1
        if place < 0:
            return None
        _, end, group = self.lists[place]
        follows = self.doc[end] if head.i < end < len(self.doc) else None
        return group if follows is not None and follows.pos_ in ("VERB", "AUX") else None

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


def listed_people(scene: Scene, cast: Cast) -> list[tuple[int, int, Speaker]]:
    """Three or more people listed in narration ("A, the president B and C"), whatever the parser made of it.

    Each is the first and one-past-last token of the list, and the group.
    """
    lists: list[tuple[int, int, Speaker]] = []
    run: list[tuple[int, int, str]] = []
    ended = False
    for start, end, name in _named(scene, cast):
        gap = scene.doc[run[-1][1] : start] if run else None
        if gap is None or ended or not _is_gap(gap):
            _keep(lists, run, ended=ended)
            run, ended = [], False
        elif any(token.lower_ == "and" for token in gap):
            ended = True
        run.append((start, end, name))
    _keep(lists, run, ended=ended)
    return lists


def _named(scene: Scene, cast: Cast) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, member in sorted(cast.by_token.items()):
        if member.kind is not SpeakerKind.PERSON or not scene.free(scene.doc[i]):
            continue
        if found and found[-1][1] == i and found[-1][2] == member.name:
            found[-1] = (found[-1][0], i + 1, member.name)
        else:
            found.append((i, i + 1, member.name))
    return found


def _is_gap(gap: Span) -> bool:
    joins = any(token.text == "," or token.lower_ == "and" for token in gap)
    return joins and len(gap) <= _GAP and all(token.pos_ in _GAP_POS for token in gap)


def _keep(lists: list[tuple[int, int, Speaker]], run: list[tuple[int, int, str]], *, ended: bool) -> None:
    names = tuple(dict.fromkeys(name for _, _, name in run))
    if ended and len(names) >= _LISTED:
        lists.append((run[0][0], run[-1][1], Speaker("; ".join(names), SpeakerKind.GROUP, names)))
