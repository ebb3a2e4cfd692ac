"""Transcripts: which paragraphs are somebody's turn to speak, by the labels that open them.

``WALLACE: …``, ``Q: …``, ``Rosa Lind (Host): …``, a label on a line of its own. A label is believed when the text
bears it out: it comes again, it names a person whom the text names elsewhere, it answers another one in the first
person. So "Energy: …", "NOTE: …" and "WASHINGTON: …" are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain import TextSpan
from app.nlp.names import NAME_WORD, PARTICLE, ROLES, VERBS_FIRST, names_a_rubric, plain_label
from app.nlp.stretch import Stretch, trimmed

_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s*(?:[-–—]\s*)?"
_LABEL = re.compile(
    rf"[“\"„«]?(?:{_TIME})?(?:\*\*|__)?"
    rf"(?P<name>{NAME_WORD}(?:\s+(?:{NAME_WORD}|{PARTICLE})){{0,6}}|[QA]\d?)"
    rf"(?:\s*[\[(][^\])\n:]{{1,50}}[\])])?(?:,\s[^:\n“”\"?!]{{1,70}})?"
    rf"(?:\s*[\[(]\d{{1,2}}:\d\d(?::\d\d)?[\])])?(?:\*\*|__)?:(?:\*\*|__)?(?=\s|$)"
)
_INITIAL = re.compile(r"(?:\*\*)?(?P<name>[QA])(?:\.(?:\*\*)?(?=\s)|(?:\*\*)?(?=\s{2,}\S))")
_STAGE = re.compile(r"[“\"]?[\[(][^\])]*[\])]\.?[”\"]?")
_PERSONAL = re.compile(r"\b(?:I|me|my|you|your|we|our|us)\b|\bI['’]|\?", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:I|my|me|you|your)\b|\?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BESIDE = 2
"""Code points between a first name, or a title with its full stop, and the surname."""
_MARKS = "“”\"„«»‘'"
SHORTEST_TURN = 8
"""Words: a shorter turn ("Yes, Chris.") is small talk, and not listed."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that may open a turn: its place, its label, where its words start, and its first character."""

    place: int
    label: TextSpan
    name: str
    words: int
    opens: str

    @property
    def key(self) -> str:
        """What every label of one speaker has in common: the surname, or the role."""
        return plain_label(self.name).rsplit(" ", 1)[-1]

    @property
    def loud(self) -> bool:
        return self.name.isupper()

    @property
    def marked(self) -> bool:
        """Whether a quotation mark opens the paragraph before the label: the whole conversation is quoted."""
        return self.opens in _MARKS


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns of a text.

    Attributes:
        stretches: what is said, one a paragraph, with the label as ``by``.
        paragraphs: the places of the paragraphs that belong to turns, short ones and stage directions too.
        labelled: the label by the place of the paragraph whose words stand in quotation marks behind it.
    """

    stretches: tuple[Stretch, ...] = ()
    paragraphs: frozenset[int] = frozenset()
    labelled: dict[int, TextSpan] = field(default_factory=dict)


def transcript(
    text: str, spans: Sequence[TextSpan], headings: frozenset[int], shortest: int = SHORTEST_TURN
) -> Transcript:
    """The turns of *text*, whose paragraphs are *spans*; *headings* are the places of those that look like one.

    Args:
        shortest: words of a turn that is listed.
    """
    candidates = [one for place, span in enumerate(spans) if (one := _candidate(text, span, place))]
    believed = _believed(text, spans, candidates, headings)
    if not believed:
        return Transcript()
    return _Reader(text, spans, headings, shortest).read(believed)


def _candidate(text: str, span: TextSpan, place: int) -> _Candidate | None:
    found = _LABEL.match(text, span.start, span.end) or _INITIAL.match(text, span.start, span.end)
    if found is None:
        return None
    quoted = text[found.end() : found.end() + 2].strip()[:1] in tuple(_MARKS)
    if quoted and found.group("name").partition(" ")[0] in VERBS_FIRST:
        return None  # Said Ellis: "…"
    end = found.end("name") if len(found.group("name")) <= len("Q1") else found.end()
    while text[end - 1] in ":*_ ":
        end -= 1
    return _Candidate(place, TextSpan(found.start("name"), end), found.group("name"), found.end(), text[span.start])


def _believed(
    text: str, spans: Sequence[TextSpan], candidates: list[_Candidate], headings: frozenset[int]
) -> list[_Candidate]:
    """The candidates that the text bears out."""
    if not candidates:
        return []
    times = Counter(one.key for one in candidates)
    loud = {one.key for one in candidates if one.loud}
    persons = {one.key: _personal(text, spans, one) for one in candidates}
    again = {key for key, count in times.items() if count > 1}
    witnesses = _Witnesses(text, candidates)
    dialogue = len(times) > 1 and (bool(again & loud) or len(again) > 1 or all(persons.values()))
    kept = []
    for one in candidates:
        headline = one.place == 0 and 0 in headings and times[one.key] == 1
        if headline and not (one.loud or _office(one)):
            continue
        common = witnesses.common(one)
        if names_a_rubric(one.name):
            good = one.loud and dialogue and witnesses.names(one)
        elif _office(one) or witnesses.names(one):
            good = one.loud or not common
        elif one.loud:
            good = dialogue and (one.key in again or persons[one.key])
        else:
            good = dialogue and not common and (one.key in again or persons[one.key])
        if good and (persons[one.key] or dialogue):
            kept.append(one)
    return kept


def _office(one: _Candidate) -> bool:
    """Whether the label is or has an office or a part in a conversation: THE PRESIDENT, Q, Senator Doe."""
    words = plain_label(one.name, titles=True).split()
    return any(word in ROLES for word in words) or one.key in ("q", "a")


def _personal(text: str, spans: Sequence[TextSpan], one: _Candidate) -> bool:
    """Whether the words behind the label are spoken: "I", "you", a question; of a loud one "we" will do."""
    pattern = _PERSONAL if one.loud else _SINGULAR
    place = one.place
    if one.words >= spans[place].end and place + 1 < len(spans):
        place += 1
        return pattern.search(text, spans[place].start, spans[place].end) is not None
    return pattern.search(text, one.words, spans[place].end) is not None


class _Witnesses:
    """What the rest of the text says of the labels' words."""

    def __init__(self, text: str, candidates: Sequence[_Candidate]) -> None:
        keys = {one.key for one in candidates if len(one.key) > 1}
        self.lower: set[str] = set()
        self.fuller: set[str] = set()
        if not keys:
            return
        labels = {start for one in candidates for start in range(one.label.start, one.label.end)}
        before, end = "", 0
        for found in _WORD.finditer(text):
            word = found.group()
            if word.casefold() in keys and found.start() not in labels:
                if word.islower():
                    self.lower.add(word)
                elif before[:1].isupper() and found.start() - end <= _BESIDE and not names_a_rubric(before):
                    self.fuller.add(word.casefold())
            before, end = word, found.end()

    def common(self, one: _Candidate) -> bool:
        """Whether the label's last word is a word of everyday use here."""
        return one.key in self.lower

    def names(self, one: _Candidate) -> bool:
        """Whether somebody is called by the label's last word elsewhere, with a first name or a title before it."""
        return one.key in self.fuller


class _Reader:
    """Cuts believed labels and what follows them into stretches."""

    def __init__(self, text: str, spans: Sequence[TextSpan], headings: frozenset[int], shortest: int) -> None:
        self.text = text
        self.spans = spans
        self.headings = headings
        self.shortest = shortest

    def read(self, labels: list[_Candidate]) -> Transcript:
        stretches: list[Stretch] = []
        taken: set[int] = set()
        quoted: dict[int, TextSpan] = {}
        surnames = {one.key for one in labels}
        mostly = 2 * (len(labels) + sum(map(self._stage, self.spans))) >= len(self.spans)
        for one, following in zip(labels, [*labels[1:], None], strict=True):
            end = following.place if following is not None else len(self.spans)
            pieces = [TextSpan(one.words, self.spans[one.place].end)]
            pieces += self._going_on(one, end, surnames, bounded=following is not None, mostly=mostly)
            taken.update(range(one.place, one.place + len(pieces)))
            pieces = [trimmed(self.text, piece.start, piece.end) for piece in pieces if not self._stage(piece)]
            if one.marked:
                pieces = [self._unmarked(piece) for piece in pieces]
            if pieces and pieces[0].of(self.text)[:1] in _MARKS and len(pieces) == 1:
                taken.discard(one.place)
                quoted[one.place] = one.label
            elif sum(len(piece.of(self.text).split()) for piece in pieces) >= self.shortest:
                stretches += [Stretch(piece, by=one.label) for piece in pieces if piece.start < piece.end]
        return Transcript(tuple(stretches), frozenset(taken), quoted)

    def _unmarked(self, piece: TextSpan) -> TextSpan:
        start, end = piece.start, piece.end
        while start < end and self.text[start] in _MARKS:
            start += 1
        while end > start and self.text[end - 1] in _MARKS:
            end -= 1
        return TextSpan(start, end)

    def _going_on(
        self, one: _Candidate, end: int, surnames: set[str], *, bounded: bool, mostly: bool
    ) -> list[TextSpan]:
        """The paragraphs after a label that still are its speaker's."""
        found = []
        own_line = one.words >= self.spans[one.place].end
        for place in range(one.place + 1, end):
            span = self.spans[place]
            personal = _PERSONAL.search(self.text, span.start, span.end) is not None
            told = span.of(self.text).endswith(":") or place in self.headings
            told = told or (not personal and self._names(span, surnames))
            first = own_line and place == one.place + 1
            if not first and not self._stage(span) and (told or not (bounded or (mostly and personal))):
                break
            found.append(span)
        return found

    def _names(self, span: TextSpan, surnames: set[str]) -> bool:
        words = _WORD.finditer(self.text, span.start, span.end)
        return any(found.group()[:1].isupper() and found.group().casefold() in surnames for found in words)

    def _stage(self, span: TextSpan) -> bool:
        """Whether the paragraph is a stage direction: "(Applause)", "[CROSSTALK]"."""
        return _STAGE.fullmatch(self.text, span.start, span.end) is not None
