"""How a speaker was reached: who it is, what makes it so, and the mentions that led there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain import Speaker, TextSpan


class Reached(NamedTuple):
    """A speaker; *how* is a sentence, or words that can follow its name; *via* are the mentions after the source."""

    speaker: Speaker
    how: str = ""
    via: tuple[TextSpan, ...] = ()


def chain_of(text: str, source: TextSpan, reached: Reached) -> tuple[TextSpan, ...]:
    """The mentions from the *source* as it stands to the one that gives the full name, each once.

    Where a source names its speaker in full, it is all there is.
    """
    names = reached.speaker.members or (reached.speaker.name,)
    chain = [source]
    for span in reached.via:
        if all(name in chain[-1].of(text) for name in names):
            break
        if span not in chain and not source.contains(span):
            chain.append(span)
    return tuple(chain)


def names_in_words(names: Sequence[str]) -> str:
    """*names* as prose lists them: ``Xi, Putin and Modi``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def taken(words: str, found: Reached) -> Reached:
    """*found* with a sentence that says for whom *words* are taken and why."""
    names = names_in_words(found.speaker.members or (found.speaker.name,))
    return Reached(found.speaker, f"“{words}” is taken for {names}, {found.how}.", found.via)
