"""Articles composed at random for speed: sentences as the news has them, every one with other words."""

from __future__ import annotations

import random

_FIRST = (
    "Anna Boris Clara David Elena Farid Grace Henry Irina Jonas Karim Laura Marta Nikolai Olga Pedro Rosa Samir".split()
)
_LAST = (
    "Adler Brandt Costa Dorn Engel Farkas Grant Holm Ivanov Janssen Keller Lind Moreau Novak Orlov Petrov Quist".split()
)
_OFFICE = (
    "prime minister; foreign minister; energy minister; president; spokeswoman; ambassador; chancellor; envoy"
).split("; ")
_PLACE = (
    "Norland Sudovia Westmark Ostria Calder Brisa Tarvos Lumen Halden Corvia Meridia Valdora Kestria Pellan".split()
)
_NOUN = (
    "pipeline treaty summit border grain tariff budget harbour election currency satellite railway refinery "
    "missile ceasefire sanction loan drought vaccine reactor corridor embassy garrison ferry tanker quota "
    "auction cabinet senate strike subsidy wheat copper uranium battery turbine glacier fishery visa court "
    "charter audit merger canal airport hospital school bridge factory mine forest river desert island "
    "province village army navy fleet convoy patrol radar "
).split()
_ADJECTIVE = (
    "new joint regional lasting costly secret public northern southern urgent gradual broad narrow bitter cautious "
    "historic annual foreign domestic military civil private seasonal fragile steady rapid quiet open hidden modest"
).split()
_VERB = (
    "delay extend fund sign review reject expand protect inspect suspend restore double limit defend support".split()
)
_DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TEMPLATES = (
    "“We will {v} the {a} {n} before the {n2} of {p},” {first} {last}, the {o} of {p2}, said on {d}.",
    "The {a} {n} in {p} was to {v} the {n2}, according to two officials who asked not to be named.",
    "{last} told reporters that the {n} would {v} every {a} {n2} between {p} and {p2}.",
    "“It is a {a} {n},” she added. “Nobody can {v} a {n2} without {p}.”",
    "On {d} the {o} of {p} called the {n} “{a} and {a2}” and asked the parliament to {v} the {n2}.",
    "Critics say that the {n} has cost {p} more than its {a} {n2}, and that few will {v} it.",
    "The two sides agreed to {v} the {n} by the end of the year, while the {a} {n2} stays with {p2}.",
    "In {p}, where the {n} began, thousands gathered near the {a} {n2} to hear {first} {last} speak.",
    "Asked about the {n}, the {o} said: “We {v} what we can, and the {a} {n2} is not for sale.”",
    "{p} and {p2} have not shared a {a} {n} since the {n2} of the last decade.",
)


def compose(number: int, words: int = 700) -> str:
    """Article *number*, of about so many *words* and at most one sentence more; each number has its own."""
    rng = random.Random(number)
    issue = f"{_pick(rng, _ADJECTIVE)} {_pick(rng, _NOUN)}"
    title = f"{_pick(rng, _PLACE)} and {_pick(rng, _PLACE)} meet over the {issue} {number}"
    paragraphs, count = [title], len(title.split())
    while count < words:
        sentences = [_sentence(rng) for _ in range(rng.randint(1, 3))]
        paragraphs.append(" ".join(sentences))
        count += sum(len(one.split()) for one in sentences)
    return "\n".join(paragraphs) + "\n"


def _sentence(rng: random.Random) -> str:
    return _pick(rng, _TEMPLATES).format(
        v=_pick(rng, _VERB),
        a=_pick(rng, _ADJECTIVE),
        a2=_pick(rng, _ADJECTIVE),
        n=_pick(rng, _NOUN),
        n2=_pick(rng, _NOUN),
        p=_pick(rng, _PLACE),
        p2=_pick(rng, _PLACE),
        first=_pick(rng, _FIRST),
        last=_pick(rng, _LAST),
        o=_pick(rng, _OFFICE),
        d=_pick(rng, _DAY),
    )


def _pick(rng: random.Random, some: tuple[str, ...] | list[str]) -> str:
    return some[rng.randrange(len(some))]
