"""What an article must hold after corrections, told plainly: the oracle of the test that mixes everything."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.domain import Article, AttributionKind, Speaker, SpeakerKind, TextSpan
from tests.factories import make_analysis, person, read, say

SLUG = "many-words"
KINDS = ("direct", "mixed", "indirect")
NAMES = ("Ada Alm", "Bo Berg", "Cem Cay")
FULL, SHORT = "full", "short"
NEVER = -1


@dataclass(frozen=True)
class Found:
    """How the machine finds a quote."""

    edges: str
    speaker: str | None
    kind: str


@dataclass
class Said:
    """A correction, and what was kept with it: kind, speaker and topics by the machine, or that it was added."""

    number: int
    item: int
    action: str
    payload: Any
    root: str
    kept: tuple[str, str | None, tuple[str, ...]] | None
    holds: bool = True


@dataclass
class Item:
    """A sentence that may be quoted: whether it is in the text, and how the machine finds it, if it does."""

    there: bool = True
    found: Found | None = None


@dataclass(frozen=True)
class Row:
    """A quote as it must be; ``machine`` is the speaker by which an article-wide correction knows it."""

    words: str
    speaker: str | None
    topics: tuple[str, ...]
    kind: str
    marks: frozenset[str] = frozenset()
    machine: str | None = None
    made: bool = False
    topics_said: bool = False


@dataclass
class Model:
    """The article, all corrections, and the words that the topics go by."""

    items: list[Item]
    terms: dict[str, str] = field(default_factory=lambda: {"energy": "alpha"})
    said: list[Said] = field(default_factory=list)
    merged: list[tuple[str, str, int, bool]] = field(default_factory=list)
    fillers: list[str] = field(default_factory=lambda: ["It rained."])
    curly: bool = True

    def words(self, item: int, edges: str = FULL) -> str:
        """The words of an item with these edges."""
        mark = "’" if self.curly else "'"
        term = ("alpha", "beta", "gamma")[item % 3]
        full = f"Item{item} we can{mark}t go on with {term} in case {item} now"
        cuts = {SHORT: full[: -len(" now")], "later": full[full.index("we") :], "longer": f"{full},” someone{item}"}
        return cuts.get(edges, full)

    @property
    def text(self) -> str:
        """The text of the article."""
        lines = [f"“{self.words(n)},” someone{n} said." for n, one in enumerate(self.items) if one.there]
        return "\n".join([self.fillers[0], *lines, *self.fillers[1:]])

    def judged(self, words: str) -> tuple[str, ...]:
        """The topics of some words."""
        return tuple(topic for topic, term in self.terms.items() if term in words) or ("other",)

    def analysis(self) -> Any:
        """What the machine says of the text."""
        text = self.text
        there = [(n, one.found) for n, one in enumerate(self.items) if one.there and one.found]
        found = [(self.words(n, how.edges), how) for n, how in there]
        parts = [
            say(
                text,
                words,
                speaker=person(how.speaker) if how.speaker else None,
                topics=self.judged(words),
                kind=AttributionKind(how.kind),
                evidence=[(topic, self.terms[topic]) for topic in self.judged(words) if topic in self.terms],
            )
            for words, how in found
        ]
        return read(text, make_analysis(text, *parts))

    def one(self, name: str | None) -> str | None:
        """Who speaks in place of *name*."""
        into: dict[str, str] = {}

        def last(key: str) -> str:
            while key in into:
                key = into[key]
            return key

        for first, other, _, holds in self.merged:
            if holds and last(first) != last(other):
                into[last(first)] = last(other)
        return None if name is None else last(name)

    def holding(self, item: int) -> list[Said]:
        """The corrections of an item that hold."""
        return [one for one in self.said if one.item == item and one.holds]

    def begun(self, item: int) -> Row | None:
        """An item's quote before the effects of corrections; none where it is no quote."""
        one, words = self.items[item], self.holding(item)
        if not one.there:
            return None
        if one.found is not None:
            own = self.words(item, one.found.edges)
            edges = words[0].root if words else one.found.edges
            how = one.found
            return Row(self.words(item, edges), how.speaker, self.judged(own), how.kind, machine=how.speaker)
        added = [said for said in words if said.action == "add"]
        if added:
            kept = added[0].kept or ("", None, ())
            return Row(self.words(item, words[0].root), None, kept[2], added[0].payload[0], made=True)
        for said in words:
            if said.action != "reject" and said.kept is not None:
                kind, speaker, topics = said.kept
                return Row(self.words(item, words[0].root), speaker, topics, kind, machine=speaker, made=True)
        return None

    def rows(self) -> dict[int, Row]:
        """Every quote as it must be, by item."""
        rows = {n: row for n in range(len(self.items)) if (row := self.begun(n)) is not None}
        for said in (one for one in self.said if one.holds and one.item in rows):
            for item in self.reached(said, rows):
                rows[item] = self.affected(rows[item], said)
        rejected = {one.item for one in self.said if one.holds and one.action == "reject"}
        return {item: row for item, row in rows.items() if item not in rejected}

    def reached(self, said: Said, rows: dict[int, Row]) -> list[int]:
        """The items of which a correction speaks."""
        if said.action != "speaker" or said.payload[1] is None:
            return [said.item]
        same = self.one(said.payload[1])
        return sorted({said.item, *(n for n, row in rows.items() if row.machine and self.one(row.machine) == same)})

    def affected(self, row: Row, said: Said) -> Row:
        """*row* once what was said is true of it."""
        action, value = said.action, said.payload
        if action == "speaker":
            return replace(row, speaker=value[0], marks=row.marks | {"speaker"})
        if action == "topics":
            return replace(row, topics=value, marks=row.marks | {"topics"}, topics_said=True)
        if action == "kind":
            return replace(row, kind=value, marks=row.marks | {"kind"})
        if action == "edges":
            return replace(row, words=self.words(said.item, value), marks=row.marks | {"edges"})
        if action == "confirm":
            confirmed = row.marks | {"confirmed"}
            speaker = row.speaker if self.one(row.speaker) == self.one(value[0]) else value[0]
            return replace(row, speaker=speaker, topics=value[1], kind=value[2], marks=confirmed, topics_said=True)
        if action == "add":
            row = replace(row, kind=value[0], speaker=value[1], marks=row.marks | {"added"})
            more = row.marks | {"topics"}
            return row if value[2] is None else replace(row, topics=value[2], topics_said=True, marks=more)
        return row

    def keep(self, item: int) -> tuple[str, str | None, tuple[str, ...]] | None:
        """What is kept with a new correction of an item that is a quote."""
        one = self.items[item]
        if one.found is not None:
            return one.found.kind, one.found.speaker, self.judged(self.words(item, one.found.edges))
        words = self.holding(item)
        if any(said.action == "add" for said in words):
            return None
        return next(said.kept for said in words if said.action != "reject" and said.kept is not None)

    def root(self, item: int) -> str:
        """The edges that an item has for its first correction that holds, or for the machine."""
        words = self.holding(item)
        found = self.items[item].found
        return words[0].root if words else (found.edges if found else FULL)

    def retag(self) -> None:
        """Judge the quotes anew that the machine does not find, as far as nobody said what they are on."""
        for item, row in self.rows().items():
            if row.made and not row.topics_said:
                topics = self.judged(row.words)
                for said in (one for one in self.said if one.item == item):
                    kind, speaker, _ = said.kept or ("", None, ())
                    if said.kept is not None:
                        said.kept = (kind, speaker, topics)


def article(model: Model) -> Article:
    """The article of *model*."""
    return Article("Many words", model.text)


def speaker_of(name: str) -> Speaker:
    """A person of this name."""
    return Speaker(name, SpeakerKind.PERSON)


def place(model: Model, item: int, edges: str) -> TextSpan:
    """Where an item stands with these edges."""
    words = model.words(item, edges)
    start = model.text.index(words)
    return TextSpan(start, start + len(words))
