"""Who a transcript's label, or a name set beside a quotation, stands for: the full name where the text gives it."""

from __future__ import annotations

import re
from collections import Counter

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.cast import Cast, body_name
from app.nlp.cues import BODY_NOUNS, TITLES
from app.nlp.names import NAME_WORD, ROLES, mixed_case, names_a_rubric, plain_label
from app.nlp.scene import Scene

if not Doc.has_extension("head"):
    Doc.set_extension("head", default="")

_NO_NAMES = STOP_WORDS | {"said", "added", "asked", "wrote", "says", "adds", "interview"}
_BARE = re.compile(r"^(?:\*\*|__)?(?P<name>[^(\[,:*]+?)(?:\*\*|__)?\s*(?:[(\[,:*]|$)")
_CAPITALS = re.compile(rf"{NAME_WORD}(?: (?:{NAME_WORD}|of(?= )|de|van|von|del|al|bin)){{0,6}}")
_ASKED = frozenset(("a", "answer", "interviewee"))
_ASKING = frozenset(("q", "question", "interviewer"))
_INTERVIEW = re.compile(
    r"\b(?i:interview(?:ed)?(?: with| of)?|q\s?&\s?a with|(?:spoke|speaks|talks|talked) (?:to|with)|questions to|"
    r"conversation with|sat down with|caught up with|asked)\s"
    rf"(?:[\w’'-]+\s){{0,6}}?(?P<name>{NAME_WORD}(?: {NAME_WORD})+)"
)
_OPENING = 2_000
"""Code points from the start of the text in which an interview says who is asked."""
_LONGEST = 5
_ABBREVIATION = 4
"""Letters of an abbreviation at most: HANAK is a surname in capitals, NATO is not."""


class Labels:
    """Resolves names that the layout gives, with the *cast* and with the names that stand in the text."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self.text = scene.text
        self.cast = cast
        self._fuller: dict[str, Counter[tuple[str, ...]]] = {}
        self._offices: dict[str, Counter[tuple[str, ...]]] = {}
        self.places: dict[str, TextSpan] = {}
        for text in (scene.doc._.head, self.text):
            for found in _CAPITALS.finditer(text):
                name = self._note(found.group().split(), text[found.end() : found.end() + 60])
                if text is self.text and name and (at := text.find(name, found.start(), found.end())) >= 0:
                    self.places.setdefault(name, TextSpan(at, at + len(name)))

    def _note(self, words: list[str], after: str) -> str:
        """Remember a run of capitalised words, and give the name in it: by surname, and by offices beside it."""
        if "of" in words:
            words = words[: words.index("of")]
        plain = [word.strip(".").casefold() for word in words]
        start = next((i for i, word in enumerate(plain) if word not in ROLES | _NO_NAMES), len(words))
        name = tuple(_clean(word) for word in words[start:])
        if 2 <= len(name) <= _LONGEST and not names_a_rubric(" ".join(name)):
            fuller = tuple(map(mixed_case, name))
            self._fuller.setdefault(fuller[-1].casefold(), Counter())[fuller] += 1
        if name:
            behind = re.match(r",? (?:the |an? )?(?P<office>[\w-]+)(?: \w+)?[,.:)]| \((?P<aside>[\w-]+)\)", after)
            offices = {*plain[:start], *(behind.groups(default="") if behind else ())}
            for office in offices - {"the", "", "and"}:
                if office.casefold() in ROLES:
                    self._offices.setdefault(office.casefold(), Counter())[name] += 1
        return " ".join(name)

    def resolve(self, label: str) -> tuple[Speaker, str]:
        """The speaker whom *label* names, and how it is reached: a sentence, or nothing."""
        found = _BARE.match(label)
        shown = found.group("name").strip() if found else label.strip()
        shown = shown.rstrip(".") if len(shown) <= len("Q1.") else shown
        plain = plain_label(shown, titles=True)
        if plain in _ASKED or plain in _ASKING:
            return self._interview(shown, asked=plain in _ASKED)
        words = _without_titles(shown)
        if words:
            return self._person(shown, words, titled=len(words) < len(shown.split()))
        for role in reversed(plain.split()):
            holders = {self._full(name) for name in self._offices.get(role, ())}
            if len(holders) == 1:
                (name,) = holders
                return Speaker(name, SpeakerKind.PERSON), f"“{shown}” is {name}, whom the text calls so."
        return Speaker(shown, SpeakerKind.UNRESOLVED), f"The text does not say who “{shown}” is."

    def _person(self, shown: str, words: tuple[str, ...], *, titled: bool) -> tuple[Speaker, str]:
        written = " ".join(map(mixed_case, words))
        body = self.cast.bodies.get(body_name(" ".join(words)).casefold()) or self.cast.bodies.get(written.casefold())
        full = self._full(words)
        if len(full.split()) > len(words):
            return Speaker(full, SpeakerKind.PERSON), f"“{shown}” stands for {full}."
        shouted = body is not None and body.name.isupper() and len(body.name) > _ABBREVIATION
        if not (titled or shouted) and (body is not None or any(word.casefold() in BODY_NOUNS for word in words)):
            return (body.speaker if body else Speaker(written, SpeakerKind.ORGANISATION)), ""
        return Speaker(full, SpeakerKind.PERSON), ""

    def _full(self, words: tuple[str, ...]) -> str:
        """The fullest name in the text that ends in the same word and holds all of *words*."""
        wanted = {word.casefold() for word in words}
        member = self.cast.find_person(tuple(map(mixed_case, words)))
        if member is not None and len(member.name.split()) > len(words):
            return member.name
        counts: Counter[tuple[str, ...]] = self._fuller.get(words[-1].casefold(), Counter())
        found = [name for name in counts if wanted <= {word.casefold() for word in name}]
        firsts = {name[0] for name in found}
        if not found or (len(words) == 1 and len(firsts) > 1 and not _one_person(found)):
            return " ".join(map(mixed_case, words))
        best: tuple[str, ...] = max(found, key=lambda name: (counts[name], len(name)))
        return " ".join(best)

    def _interview(self, shown: str, *, asked: bool) -> tuple[Speaker, str]:
        found = _INTERVIEW.finditer(self.text, 0, _OPENING) if asked else ()
        names = {self._full(words) for one in found if (words := _without_titles(one.group("name")))}
        if len(names) == 1:
            (name,) = names
            return Speaker(name, SpeakerKind.PERSON), f"“{shown}” is {name}, whom the opening names as the one asked."
        return Speaker(shown, SpeakerKind.UNRESOLVED), f"The text does not say who “{shown}” is."


def _one_person(names: list[tuple[str, ...]]) -> bool:
    """Whether all of *names* are forms of the longest of them."""
    longest = set(sorted(names, key=len)[-1])
    return all(set(name) <= longest for name in names)


def _without_titles(name: str) -> tuple[str, ...]:
    words = [_clean(word) for word in name.split()]
    while words and (words[0].strip(".").casefold() in ROLES or words[0].casefold() in ("the", "of", "for")):
        words = words[1:]
    if words and all(word.strip(".").casefold() in TITLES for word in words):
        return ()
    return tuple(words)


def _clean(word: str) -> str:
    if re.fullmatch(r"[^\W\d_]{3,}\.", word) and word.rstrip(".").casefold() not in ROLES:
        word = word[:-1]
    return re.sub(r"[’']s$|[’',;:]+$", "", word)
