"""The ``speakers`` component: whom a source means, and how that was found out."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from app.domain import Speaker, SpeakerKind
from app.nlp.cast import Cast, Member, body_name, name_words
from app.nlp.cues import DOCUMENT_NOUNS, OFFICES, PLURAL_GROUP_NOUNS
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_PLURAL = frozenset(("NNS", "NNPS"))
_BODIES = frozenset(
    ["ministry", "government", "administration", "department", "agency", "office", "party", "committee", "council", "company", "army", "military", "police", "court", "parliament", "embassy", "union", "commission", "bank", "group", "presidency", "firm", "organisation", "organization", "alliance", "service", "campaign", "team", "authority", "regime", "bloc", "house", "network", "force", "coalition", "newspaper"]
)
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "their", "its"))


@Language.factory(
    "speakers",
    assigns=["doc._.attributions"],
    requires=["doc._.attributions", "doc.ents", "token.dep", "token.pos"],
)
def make_speakers(nlp: Language, name: str) -> Speakers:
    """Build the component; it needs ``attributions``, the parser and the entity recogniser before it."""
    return Speakers(name)


class Speakers:
    """Fills ``speaker`` and ``reason`` of every record on ``doc._.attributions``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its speakers."""
        records: tuple[AttributionRecord, ...] = doc._.attributions
        if records:
            resolver = Resolver(Scene.of(doc))
            for record in records:
                resolver.settle(record, records)
        return doc


class Resolver:
    """Resolves sources in the order of the text, remembering who spoke and which groups were named."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.doc = scene.doc
        self.cast = Cast(scene)
        self.spoke: list[tuple[int, Speaker]] = []
        self.groups = self._named_groups()

    def settle(self, record: AttributionRecord, records: tuple[AttributionRecord, ...]) -> None:
        """Give *record* its speaker and the reason for it."""
        if record.follows is not None:
            leader = records[record.follows]
            record.speaker = leader.speaker
            record.reason = "It goes on from the quotation before it" + (
                f": {leader.reason}" if leader.reason else "."
            )
            return
        cue = self.doc[record.cue[0] : record.cue[1]].text if record.cue else ":"
        if record.head is None:
            record.reason = f"“{cue}” introduces it, but the text does not say who speaks."
            return
        head = self.doc[record.head]
        record.speaker, why = self.resolve(head)
        source = self.doc[record.source[0] : record.source[1]].text if record.source else head.text
        record.reason = f"{_RULES[record.rule].format(cue=cue)} by “{' '.join(source.split())}”{why}."
        self.spoke.append((head.i, record.speaker))

    def resolve(self, head: Token) -> tuple[Speaker, str]:
        """The speaker that *head*'s noun phrase means, and the way to it as the end of a sentence."""
        together = [head, *_conjuncts(head)]
        if len(together) > 1:
            return self._group(together)
        if head.pos_ == "PRON":
            return self._pronoun(head)
        person = self._person(head)
        if person is not None:
            return _as_speaker(person), _how(head.text, person.name)
        if head.pos_ == "PROPN":
            return self._body(head)
        return self._description(head)

    def _person(self, head: Token) -> Member | None:
        for token in (
            head,
            *(child for child in head.children if child.dep_ in ("appos", "compound", "flat")),
        ):
            if token.dep_ == "compound" and head.pos_ != "PROPN":
                continue
            member = self.cast.person_at(token)
            if member is not None and not (token is not head and self._is_possessor(token)):
                return member
        if head.dep_ == "appos" and (member := self.cast.person_at(head.head)):
            return member
        return None

    @staticmethod
    def _is_possessor(token: Token) -> bool:
        return any(child.dep_ == "case" for child in token.children)

    def _body(self, head: Token) -> tuple[Speaker, str]:
        member = self.cast.by_token.get(head.i)
        if member is not None:
            return _as_speaker(member), _how(head.text, member.name)
        name = body_name(self._noun_phrase(head))
        known = self.cast.bodies.get(name.casefold())
        if known is not None:
            return _as_speaker(known), ""
        kind = (
            SpeakerKind.ORGANISATION
            if any(word.lower() in _BODIES for word in name.split())
            else SpeakerKind.PERSON
        )
        if kind is SpeakerKind.PERSON:
            name = " ".join(name_words(name)) or name
        return Speaker(name, kind), ""

    def _noun_phrase(self, head: Token) -> str:
        left = [
            child.left_edge.i
            for child in head.lefts
            if child.dep_ in ("compound", "amod", "nmod", "poss", "flat")
        ]
        start = min([*left, head.i])
        return self.doc[start : head.i + 1].text

    def _pronoun(self, head: Token) -> tuple[Speaker, str]:
        word = head.lower_
        found: Speaker | None = None
        if word in ("he", "she"):
            found = self._single(head, female=word == "she")
        elif word in ("they", "both", "we", "their"):
            found = self._latest_group(head.i) or self._latest_plural(head)
        elif word in ("it", "who", "which", "that"):
            found = self._latest_body(head)
        if found is None:
            return Speaker(head.text, SpeakerKind.UNRESOLVED), ", which the text does not resolve"
        return found, f" → {found.name}"

    def _single(self, head: Token, *, female: bool) -> Speaker | None:
        """Who "he" or "she" is: the subject before it in the sentence or the one before, else who spoke last."""
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ in ("nsubj", "nsubjpass") and self.scene.free(token):
                    member = self._person(token)
                    if member is not None and member.female in (None, female):
                        member.female = female
                        return _as_speaker(member)
        for place, speaker in reversed(self.spoke):
            if place < head.i and speaker.kind is SpeakerKind.PERSON and self._may_be(speaker, female):
                return speaker
        member = self.cast.latest_person(head.i, female=female)
        return _as_speaker(member) if member else None

    def _may_be(self, speaker: Speaker, female: bool) -> bool:
        member = self.cast.find_person(tuple(speaker.name.split()))
        return member is None or member.female in (None, female)

    def _sentence_before(self, first: int) -> tuple[int, int]:
        if first == 0:
            return 0, 0
        return self.scene.sentence(first - 1)

    def _latest_group(self, before: int) -> Speaker | None:
        spoken = [(place, one) for place, one in self.spoke if one.kind is SpeakerKind.GROUP and one.members]
        earlier = [(place, one) for place, one in (*self.groups, *spoken) if place < before]
        return max(earlier, key=lambda pair: pair[0])[1] if earlier else None

    def _latest_plural(self, head: Token) -> Speaker | None:
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ == "nsubj" and token.tag_ in _PLURAL and self.scene.free(token):
                    return self._description(token)[0]
        return next((one for place, one in reversed(self.spoke) if one.kind is SpeakerKind.GROUP), None)

    def _latest_body(self, head: Token) -> Speaker | None:
        first = self.scene.sentence(head.i)[0]
        for start, end in ((first, head.i), self._sentence_before(first)):
            for i in range(start, end):
                token = self.doc[i]
                if token.dep_ in ("nsubj", "nsubjpass") and self.scene.free(token) and token.pos_ != "PRON":
                    member = self.cast.by_token.get(i)
                    if member is not None and member.kind is SpeakerKind.ORGANISATION:
                        return _as_speaker(member)
        wanted = (SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT)
        return next((one for place, one in reversed(self.spoke) if one.kind in wanted), None)

    def _description(self, head: Token) -> tuple[Speaker, str]:
        """A common noun: a document, a body, a person met before under that office, or the words as they stand."""
        words = self._noun_phrase(head)
        lemma = head.lemma_.casefold()
        definite = any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.lefts)
        if lemma in DOCUMENT_NOUNS:
            return Speaker(body_name(words), SpeakerKind.DOCUMENT), ""
        if head.tag_ in _PLURAL:
            return self._plural_description(head, words, lemma)
        if lemma in _BODIES:
            return Speaker(body_name(words), SpeakerKind.ORGANISATION), ""
        if definite and (member := self._by_office(head)):
            return _as_speaker(member), f" → {member.name}, called so before"
        kind = SpeakerKind.PERSON if head.tag_ == "NN" else SpeakerKind.UNRESOLVED
        return Speaker(_without_article(words), kind), ", whom the text does not name"

    def _plural_description(self, head: Token, words: str, lemma: str) -> tuple[Speaker, str]:
        pointing = any(child.lower_ in ("both", "the", "two", "these") for child in head.lefts)
        if pointing and lemma in PLURAL_GROUP_NOUNS and (group := self._latest_group(head.i)):
            return group, f" → {group.name}"
        return Speaker(_without_article(words), SpeakerKind.GROUP), ""

    def _by_office(self, head: Token) -> Member | None:
        modifiers = {
            child.lemma_.casefold()
            for child in head.lefts
            if child.dep_ in ("compound", "amod", "nmod", "poss")
        }
        phrase = self._noun_phrase(head).casefold().removeprefix("the ").strip()
        tail = f"{head.lemma_.casefold()} of {next((t.lower_ for t in head.subtree if t.dep_ == 'pobj'), '')}"
        wanted = {head.lemma_.casefold()}
        for office, others in OFFICES.items():
            if {office, *others} & {phrase, tail, head.lemma_.casefold()}:
                wanted |= {
                    word for term in (office, *others) for word in term.split() if word not in ("of", "state")
                }
        best: tuple[tuple[int, int], Member] | None = None
        for member in self.cast.people.values():
            if not wanted & set(member.descriptions):
                continue
            near = max((mention for mention in member.mentions if mention < head.i), default=-1)
            score = (len(modifiers & set(member.descriptions)), near)
            if near >= 0 and (best is None or score > best[0]):
                best = (score, member)
        return best[1] if best else None

    def _group(self, heads: list[Token]) -> tuple[Speaker, str]:
        members = [self.resolve_one(token).name for token in heads]
        names = tuple(dict.fromkeys(members))
        if len(names) == 1:
            return Speaker(names[0], SpeakerKind.GROUP), ""
        group = Speaker("; ".join(names), SpeakerKind.GROUP, names)
        return group, f" → {group.name}"

    def resolve_one(self, token: Token) -> Speaker:
        """The speaker that one of several joined names means."""
        person = self._person(token)
        if person is not None:
            return _as_speaker(person)
        return (
            self._body(token)[0]
            if token.pos_ == "PROPN"
            else Speaker(_without_article(self._noun_phrase(token)), SpeakerKind.UNRESOLVED)
        )

    def _named_groups(self) -> list[tuple[int, Speaker]]:
        """Two or more people named together ("Xi and Putin"), wherever narration does so."""
        found = []
        for token in self.doc:
            if token.pos_ != "PROPN" or token.dep_ == "conj" or not self.scene.free(token):
                continue
            people = [self.cast.person_at(one) for one in (token, *_conjuncts(token))]
            names = tuple(dict.fromkeys(person.name for person in people if person))
            if len(names) > 1:
                found.append((token.i, Speaker("; ".join(names), SpeakerKind.GROUP, names)))
        return found


_RULES = {
    "after": "“{cue}” follows the quotation and is said",
    "before": "“{cue}” leads to the quotation and is said",
    "colon": "A colon hands over to the quotation, after words",
    "parse": "“{cue}” governs the quoted words and is said",
    "governing verb": "“{cue}” stands above the quoted words and is done",
    "introduced": "“{cue}” in the paragraph before introduces it and is said",
    "clause": "“{cue}” reports the clause and is said",
    "according to": "“{cue}” credits the clause, which is given",
}


def _conjuncts(head: Token) -> list[Token]:
    if head.dep_ == "appos":
        return []
    return [token for token in head.conjuncts if token.i > head.i and token.pos_ in ("PROPN", "NOUN")]


def _as_speaker(member: Member) -> Speaker:
    return Speaker(member.name, member.kind)


def _how(words: str, name: str) -> str:
    return "" if words == name or (name.endswith(words) and " " not in name) else f" → {name}"


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return (
        rest if rest and first.casefold() in ("the", "a", "an", "some", "this", "these", "those") else words
    )
