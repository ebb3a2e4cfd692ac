"""Which articles a change of topics can reach: those in which a word of the change may stand, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain import Topic

_LISTS = ("terms", "names", "entities", "excluded", "mentions", "voices")
CUT_UP = re.compile(
    "(?:ai|are|ca|can|could|dare|did|does|do|go|gon|got|had|has|have|he|hell|how|i|ill|is|it|let|may|might|must|need"
    "|not|ought|sha|she|shell|should|that|there|these|they|this|those|was|we|well|were|what|when|where|who|why|wo"
    "|would|y|you)(?:n|not|nt|na|ta|ve|d|ll|re|s|m|ma|a|all)*"
)
"""Words of which the tokenizer may make two, as of "cannot"; a test holds this against its rules."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A phrase is a set of words in small letters, which all stand where the phrase does.

    ``everything`` is whether no article can be ruled out.
    """

    phrases: frozenset[frozenset[str]]
    everything: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the change can reach no article at all."""
        return not (self.phrases or self.everything)

    def reaches(self, text: str, tokens: str) -> bool:
        """Whether the change may give another topic to anything in *text* with the packed *tokens*."""
        if self.everything or not self.phrases:
            return self.everything
        words = f"{text}\n{tokens}".casefold()
        return any(all(word in words for word in phrase) for phrase in self.phrases)


def reach(before: Sequence[Topic], after: Sequence[Topic]) -> Reach:
    """What the change of the topics *before* into those *after* can reach.

    A phrase counts where its tokens stand, all as written or all as lemmas. So a word of it made of letters alone,
    which is one token, stands in the text or among the lemmas wherever the phrase does. Phrases without such a
    word and patterns may stand anywhere. Labels, colours and the order of topics decide nothing.
    """
    old, new = ({topic.id: topic for topic in topics} for topics in (before, after))
    pairs = [(old.get(name), new.get(name)) for name in {*old, *new}]
    phrases = {_words(phrase) for pair in pairs for phrase in _changed(*pair)}
    patterns = any(_list(one, "patterns") != _list(other, "patterns") for one, other in pairs)
    return Reach(frozenset(phrases), everything=patterns or frozenset() in phrases)


def _list(topic: Topic | None, name: str) -> frozenset[str]:
    words: Iterable[str] = getattr(topic, name) if topic else ()
    return frozenset(words)


def _changed(before: Topic | None, after: Topic | None) -> Iterator[str]:
    for name in _LISTS:
        for phrase in _list(before, name) ^ _list(after, name):
            yield phrase.partition(":")[2] if name == "entities" else phrase


def _words(phrase: str) -> frozenset[str]:
    found = (word.casefold() for word in phrase.split() if word.isalpha())
    return frozenset(word for word in found if not CUT_UP.fullmatch(word))
