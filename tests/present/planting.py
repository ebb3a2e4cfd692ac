"""Texts composed of paragraphs that resemble one another, and changes planted in them."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

STATEMENTS = Path(__file__).parent / "statements"

Found = tuple[str, tuple[int, ...], tuple[int, ...]]
"""A kind of change, the places in the old text and those in the new one."""

OPENINGS = (
    "We reaffirm our commitment to", "We welcome", "We agreed to deepen our cooperation on", "We will strengthen",
    "We are gravely concerned about", "We reiterate our support for", "We call on all states to respect",
    "We underline the importance of", "We will work closely together on", "We condemn in the strongest terms",
)  # fmt: skip
SUBJECTS = (
    "the sovereignty and territorial integrity of {0}", "the security of energy supply in {0}",
    "the fight against organised crime in {0}", "free and fair trade with {0}", "the protection of civilians in {0}",
    "the freedom of the press in {0}", "the {1} programme of the Compact", "the {1} talks with {0}",
    "the mission of the United Nations in {0}", "the recovery of the {1} sector",
)  # fmt: skip
ENDINGS = (
    ", and we will continue to coordinate our positions closely.",
    ", in accordance with international law and the Charter of the United Nations.",
    ", and we urge all parties to refrain from steps that undermine the prospects for peace.",
    ". We will keep the situation under review and return to it at our next meeting.",
    ", including by the exchange of information between our competent authorities.",
    ". We look forward to further progress in this regard.",
)
PLACES = "Ukraine Moldova Georgia Belarus Iran Sudan Libya Haiti Yemen Mali Kosovo Armenia Syria Lebanon".split()
SECTORS = "digital maritime farming hydrogen health space research railway mining fishery textile insurance".split()
SWAPS = {
    "urge": "call on",
    "welcome": "note",
    "reaffirm": "recall",
    "will": "intend to",
    "condemn": "deplore",
    "gravely": "deeply",
    "closely": "constructively",
    "underline": "recognise",
    "all": "both",
    "support": "help",
    "must": "should",
    "agreed": "decided",
    "our": "their",
    "and": "or",
    "the": "a",
}


def paragraphs_of(name: str) -> list[str]:
    """The paragraphs of a composed statement, each with its number."""
    return (STATEMENTS / f"{name}.txt").read_text("utf-8").strip().split("\n\n")


def bare(paragraphs: list[str]) -> list[str]:
    """The same without their numbers."""
    return [re.sub(r"^\d+\. ", "", one) for one in paragraphs]


def planted() -> list[Found]:
    """What ``planted.toml`` says was planted, by places from 0."""
    listed = tomllib.loads((STATEMENTS / "planted.toml").read_text("utf-8"))["planted"]
    return [(one["kind"], _places(one["old"]), _places(one["new"])) for one in listed]


def _places(numbers: list[int]) -> tuple[int, ...]:
    return tuple(number - 1 for number in numbers)


def boilerplate(rng: random.Random, count: int) -> list[str]:
    """*count* paragraphs put together of the same phrases: five each, of which any two of them share two at most."""
    found: list[str] = []
    known: list[set[str]] = []
    while len(found) < count:
        first, second = rng.sample(OPENINGS, 2)
        one, other = rng.sample(SUBJECTS, 2)
        ending = rng.choice(ENDINGS)
        phrases = {first, one, second, other, ending}
        if all(len(phrases & others) <= 2 for others in known):
            known.append(phrases)
            of = [subject.format(rng.choice(PLACES), rng.choice(SECTORS)) for subject in (one, other)]
            found.append(f"{first} {of[0]}. {second} {of[1]}{ending}")
    return found


def swapped(rng: random.Random, paragraph: str, most: int) -> str:
    """*paragraph* with one to *most* of its words put otherwise; it differs by one at least."""
    words = paragraph.split(" ")
    places = [at for at, word in enumerate(words) if word in SWAPS]
    for at in rng.sample(places, min(len(places), rng.randint(1, most))):
        words[at] = SWAPS[words[at]]
    if not places:
        words.insert(rng.randrange(1, len(words)), "duly")
    return " ".join(words)


Reword = Callable[[random.Random, str, int], str]


@dataclass
class Planting:
    """An old text, a new one, and what was planted between them."""

    old: list[str]
    new: list[str]
    found: list[Found] = field(default_factory=list)


def plant(rng: random.Random, pool: list[str], size: int, changes: int, reword: Reword = swapped) -> Planting:
    """A text of *size* paragraphs of *pool* and its successor with *changes* of every kind.

    A paragraph that moves goes past three others that stay, so that it is plain which of them moved. What is dropped
    and what is new never meet in one place: there one cannot tell them from a paragraph wholly reworded.
    """
    some = rng.sample(pool, size + changes)
    old, spare = some[:size], some[size:]
    touched = sorted(rng.sample(range(size), changes))
    kinds = {at: rng.choice(("reworded", "moved", "gone", "new", "both")) for at in touched}
    order: list[tuple[int, str]] = [(at, old[at]) for at in range(size) if kinds.get(at) not in ("moved", "both")]
    found: list[Found] = []
    for at, kind in kinds.items():
        if kind in ("moved", "both"):
            text = reword(rng, old[at], 2) if kind == "both" else old[at]
            stay = [(to, one) for to, (one, _) in enumerate(order) if kinds.get(one, "new") in ("reworded", "new")]
            free = [to for to in range(len(order) + 1) if _far(stay, to, at)]
            order.insert(rng.choice(free), (at, text))
    for place, (at, text) in enumerate(order):
        if kinds.get(at) == "reworded":
            order[place] = at, reword(rng, text, 4)
    order = [one for one in order if kinds.get(one[0]) != "gone" or one[1] != old[one[0]]]
    for at in (at for at, kind in kinds.items() if kind == "new"):
        place = next(place for place, one in enumerate(order) if one[0] == at)
        order.insert(place + 1, (-1, spare.pop()))
    new = [text for _, text in order]
    for place, (at, text) in enumerate(order):
        if at < 0:
            found.append(("new", (), (place,)))
        elif kinds.get(at) in ("moved", "both"):
            found.append(("moved", (at,), (place,)))
        elif text != old[at]:
            found.append(("reworded", (at,), (place,)))
    found += [("gone", (at,), ()) for at, kind in kinds.items() if kind == "gone"]
    return Planting(old, new, found)


def _far(stay: list[tuple[int, int]], to: int, at: int) -> bool:
    """Whether going from *at* to the place *to* leads past three or more that *stay*, each with its place."""
    return sum((place < to) != (one < at) for place, one in stay) >= 3
