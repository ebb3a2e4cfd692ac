"""An article with as many quotes as one asks for: by many speakers, on all topics, of every kind, in paragraphs."""

from __future__ import annotations

from app.domain import OTHER, Analysis, Article, AttributionKind
from tests.factories import Said, make_analysis, person, say

KINDS = (AttributionKind.DIRECT, AttributionKind.DIRECT, AttributionKind.MIXED, AttributionKind.INDIRECT)
SUBJECTS = ("energy", "nato", "ukraine", "us", OTHER)
SURNAMES = (
    "Adler Brandt Costa Dorn Engel Farkas Grant Holm Ivanov Janssen Keller Lind Moreau Novak Orlov Petrov".split()
)
GIVEN = "Anna Boris Clara David Elena Farid Grace Henry".split()


def long_article(quotes: int = 500, speakers: int = 40, title: str = "A long day of talks") -> tuple[Article, Analysis]:
    """An article of about 30 words a quote; every text of another title is another."""
    names = [f"{GIVEN[n % len(GIVEN)]} {SURNAMES[n % len(SURNAMES)]} {n}" for n in range(speakers)]
    lines = [title] + [_line(number, names[_speaker(number, speakers)]) for number in range(quotes)]
    text = "\n".join(" ".join(lines[at : at + 2]) if at else lines[0] for at in (0, *range(1, len(lines), 2)))
    said = [_said(text, number, names[_speaker(number, speakers)]) for number in range(quotes)]
    return Article(title, text, publisher="The Example"), make_analysis(text, *said)


def _speaker(number: int, speakers: int) -> int:
    return number * number % speakers


def _words(number: int) -> str:
    return f"the pipeline of year {number} will carry gas to the alliance before winter ends in the hills"


def _line(number: int, name: str) -> str:
    filler = f"Delegates went in and out of hall {number} all afternoon, and nobody would say what came next."
    if KINDS[number % 4] is AttributionKind.INDIRECT:
        return f"{filler} {name} warned them that {_words(number)}."
    return f"{filler} “Now {_words(number)},” {name} said."


def _said(text: str, number: int, name: str) -> Said:
    kind = KINDS[number % 4]
    spoken = _words(number) if kind is AttributionKind.INDIRECT else f"Now {_words(number)}"
    topics = (SUBJECTS[number % 5], SUBJECTS[(number + 1) % 5]) if number % 7 == 0 else (SUBJECTS[number % 5],)
    return say(text, spoken, speaker=person(name), topics=topics, kind=kind)
