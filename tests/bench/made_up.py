"""Articles made up at random: sentences with quotes, the words spread by Zipf's law, with all that is known of them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.domain import OTHER, Reading, TextSpan, Tokens

QUOTES_EACH = 25
PARAGRAPH = 3
"""Sentences in a paragraph, the last of them without a quote."""
SPEAKERS_PER_QUOTE = 0.08
CAST = 7
"""Speakers of one article."""
TERMS = {
    "energy": ("pipeline", "electricity", "crude", "renewable", "uranium", "refinery"),
    "nato": ("eastern flank", "collective defence", "NATO", "Article 5"),
    "ukraine": ("Ukraine", "Kyiv", "Crimea", "grain corridor"),
    "us": ("Washington", "White House", "Pentagon"),
}
KINDS, KIND_SHARES = ("direct", "mixed", "indirect"), (60, 15, 25)
CUES = ("said", "insisted", "told reporters", "warned", "announced", "argued")
SMALL_WORDS = "the a of and to in that is for it with as on be at by this not are from but or an they which".split()
SYLLABLES = [first + vowel for first in "b d f g h j k l m n p r s t v z br st tr".split() for vowel in "aeiou"]
WORDS = 20_000
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(slots=True)
class Said:
    """A quote with its attribution; speakers are numbers from 1."""

    speaker: int | None
    kind: str
    source: TextSpan | None
    cue: TextSpan
    content: TextSpan
    clause: TextSpan
    sentence: TextSpan
    topics: tuple[str, ...]
    evidence: tuple[tuple[str, TextSpan, str], ...]
    chain: tuple[TextSpan, ...]
    confidence: float
    before: TextSpan | None = None
    after: TextSpan | None = None

    @property
    def reading(self) -> Reading:
        """What its topics are judged by: its own words."""
        return Reading(own=(self.content,))


@dataclass(slots=True)
class Made:
    """An article; a paragraph is where it begins and ends, and its topics."""

    title: str
    publisher: str
    text: str
    paragraphs: list[tuple[int, int, tuple[str, ...]]]
    said: list[Said]

    @property
    def tokens(self) -> Tokens:
        """Words and marks."""
        words = list(_WORD.finditer(self.text))
        lemmas = tuple(word.group().lower() for word in words)
        starts, ends = tuple(word.start() for word in words), tuple(word.end() for word in words)
        return Tokens(starts, ends, lemmas, ("NOUN",) * len(words))


class MadeUp:
    """Makes the articles of a library of *quotes*, the same ones for the same *seed*."""

    def __init__(self, quotes: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = [*SMALL_WORDS, *(_word(number) for number in range(WORDS - len(SMALL_WORDS)))]
        self._word_shares = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        speakers = max(CAST, int(quotes * SPEAKERS_PER_QUOTE))
        self._speakers = range(1, speakers + 1)
        self._speaker_shares = list(accumulate(1 / (rank + 3) ** 0.8 for rank in range(speakers)))

    @staticmethod
    def speaker(number: int) -> str:
        """The name of a speaker, another for each number."""
        first, last = divmod(number * 7919, 361)
        return f"{_word(last).capitalize()} {_word(first + 361).capitalize()}"

    def article(self, number: int) -> Made:
        """The article *number*; to be called in order."""
        chance = self._chance
        cast = chance.choices(self._speakers, cum_weights=self._speaker_shares, k=CAST)
        writing = Writing(self._some(5).capitalize(), f"The {_word(number % 40 + 50).capitalize()} Post")
        quotes = 0
        while quotes < QUOTES_EACH:
            first, said = writing.length, len(writing.said)
            sentences: list[TextSpan] = []
            for place in range(PARAGRAPH):
                if place < PARAGRAPH - 1 and quotes < QUOTES_EACH:
                    self._quote(writing, chance.choice(cast), cast)
                    quotes += 1
                else:
                    writing.put(f"{self._some(14).capitalize()}.")
                sentences.append(TextSpan(first if not sentences else sentences[-1].end + 1, writing.length))
                writing.put(" " if place < PARAGRAPH - 1 else "\n")
            writing.end_paragraph(first, sentences, writing.said[said:])
        return writing.made()

    def _quote(self, writing: Writing, speaker: int, cast: Sequence[int]) -> None:
        chance = self._chance
        named = chance.random() > 0.05
        name = self.speaker(speaker) if named else "It"
        [kind] = chance.choices(KINDS, KIND_SHARES)
        topics = self._topics()
        words, terms = self._about(topics)
        cue = chance.choice(CUES)
        marks = ("“", "”") if kind != "indirect" else ("", "")
        start = writing.length
        if kind == "direct":
            content = writing.put(f"{marks[0]}{words},{marks[1]} ", words)
            source = writing.put(f"{name} ", name)
            said = writing.put(f"{cue}.", cue)
        else:
            source = writing.put(f"{name} ", name)
            said = writing.put(f"{cue} that ", cue)
            content = writing.put(f"{marks[0]}{words}{marks[1]}.", words)
        found = tuple((topic, TextSpan(content.start + at, content.start + at + len(t)), t) for topic, at, t in terms)
        clause = TextSpan(min(content.start, source.start), max(content.end, said.end))
        chain = (source, writing.named[speaker]) if named and speaker in writing.named else ()
        if named:
            writing.named.setdefault(speaker, source)
        writing.said.append(
            Said(
                speaker if named else None,
                kind,
                source if named else None,
                said,
                content,
                clause,
                TextSpan(start, writing.length),
                topics,
                found,
                chain,
                round(chance.uniform(0.5, 1), 3),
            )
        )

    def _topics(self) -> tuple[str, ...]:
        drawn = self._chance.random()
        if drawn < 0.35:
            return (OTHER,)
        return tuple(self._chance.sample(tuple(TERMS), 1 if drawn < 0.85 else 2))

    def _about(self, topics: Sequence[str]) -> tuple[str, list[tuple[str, int, str]]]:
        words, terms = self._some(self._chance.randint(5, 20)), []
        for topic in topics:
            if topic != OTHER:
                term = self._chance.choice(TERMS[topic])
                terms.append((topic, len(words) + 1, term))
                words += f" {term}"
        return words, terms

    def _some(self, count: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._word_shares, k=count))


class Writing:
    """An article while it is written."""

    def __init__(self, title: str, publisher: str) -> None:
        self.title, self.publisher = title, publisher
        self.pieces: list[str] = []
        self.length = 0
        self.paragraphs: list[tuple[int, int, tuple[str, ...]]] = []
        self.said: list[Said] = []
        self.named: dict[int, TextSpan] = {}

    def put(self, piece: str, words: str | None = None) -> TextSpan:
        """Where *words* of *piece* now stand; all of it where none are named."""
        start = self.length + (0 if words is None else piece.index(words))
        self.pieces.append(piece)
        self.length += len(piece)
        return TextSpan(start, start + len(piece if words is None else words))

    def end_paragraph(self, first: int, sentences: Sequence[TextSpan], said: Sequence[Said]) -> None:
        """Say what stands around the quotes of the paragraph that has just been written."""
        places = {span.start: index for index, span in enumerate(sentences)}
        for one in said:
            place = places[one.sentence.start]
            one.before = sentences[place - 1] if place else None
            one.after = sentences[place + 1] if place + 1 < len(sentences) else None
        topics = dict.fromkeys(topic for one in said for topic in one.topics if topic != OTHER)
        self.paragraphs.append((first, sentences[-1].end, tuple(topics)))

    def made(self) -> Made:
        """All of it."""
        return Made(self.title, self.publisher, "".join(self.pieces), self.paragraphs, self.said)


def _word(number: int) -> str:
    word, number = SYLLABLES[number % len(SYLLABLES)], number // len(SYLLABLES)
    while True:
        word += SYLLABLES[number % len(SYLLABLES)]
        number //= len(SYLLABLES)
        if not number:
            return word
