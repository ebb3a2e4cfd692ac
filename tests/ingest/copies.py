"""Made-up stories, what agencies and newspapers do with them, and what other newspapers write of the same event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def _story(name: str) -> str:
    return (Path(__file__).parent / "stories" / f"{name}.txt").read_text("utf-8").strip()


SUMMIT, SUMMIT_ELSEWHERE, SUMMIT_IN_GERMAN = _story("summit"), _story("summit-elsewhere"), _story("summit-german")
TRADE, TRADE_ELSEWHERE = _story("trade"), _story("trade-elsewhere")
CORRECTED = "She said the first of the cables would be in service by the autumn of 2029."
CORRECTION = "She said that both cables would be in service by the spring of 2030."


def syndicated(text: str, keep: int) -> str:
    """A newspaper's copy: its own headline, byline and last line, and the first *keep* paragraphs."""
    first, *rest = text.splitlines()[:keep]
    place, _, words = first.partition(" — ")
    return "\n".join(
        [
            "What the deal means, and who pays for it",
            "From our correspondents and agencies",
            f"{place.split()[0].title()}. {words}",
            *rest,
            "This story was shortened by our desk.",
        ]
    )


def updated(text: str) -> str:
    """The agency's second version: two paragraphs more, one in the middle and one at the end."""
    lines = text.splitlines()
    middle = (
        "In a first reaction the European Commission said that it would study the text “with great interest” and that "
        "part of the costs might be borne by the common budget, if parliament agreed to it before the summer."
    )
    end = (
        "Some three hundred demonstrators gathered in front of the building. They carried banners against higher "
        "prices; the police took the names of twelve people, none of whom was held for longer than an hour."
    )
    return "\n".join([*lines[:4], middle, *lines[4:], end])


def restyled(text: str) -> str:
    """The same with straight marks, other blanks and its paragraphs run together by two."""
    plain = text.translate(str.maketrans("“”’—", '""\'-'))
    lines = plain.split("\n")
    return "\n\n".join("  ".join(lines[at : at + 2]) for at in range(0, len(lines), 2))


def edited(text: str) -> str:
    """A sub-editor's copy: a word here and there in every paragraph."""
    for before, after in (
        (" agreed ", " decided "),
        (" said", " stated"),
        (" more", " a lot more"),
        (" after ", " following "),
        (" will ", " shall "),
        (" first ", " very first "),
    ):
        text = text.replace(before, after)
    return text


def brief(text: str) -> str:
    """The first two paragraphs alone."""
    return "\n".join(text.splitlines()[:2])


def near_copies() -> Iterator[tuple[str, str, str]]:
    """What must be recognised: its name, and the two texts."""
    for name, text in (("summit", SUMMIT), ("trade", TRADE)):
        count = len(text.splitlines())
        yield f"{name}, syndicated whole", text, syndicated(text, count)
        yield f"{name}, syndicated, a third cut", text, syndicated(text, count * 2 // 3)
        yield f"{name}, syndicated, half cut", text, syndicated(text, count // 2)
        yield f"{name}, updated", text, updated(text)
        yield f"{name}, updated and then cut", syndicated(text, count * 2 // 3), updated(text)
        yield f"{name}, restyled", text, restyled(text)
        yield f"{name}, edited", text, edited(text)
    yield "summit, corrected", SUMMIT, SUMMIT.replace(CORRECTED, CORRECTION)


def other_texts() -> Iterator[tuple[str, str, str]]:
    """What must not be taken for versions: its name, and the two texts."""
    yield "summit, another newspaper", SUMMIT, SUMMIT_ELSEWHERE
    yield "trade, another newspaper", TRADE, TRADE_ELSEWHERE
    yield "summit, translated", SUMMIT, SUMMIT_IN_GERMAN
    yield "two events", SUMMIT, TRADE
    yield "summit, a brief of it", SUMMIT, brief(SUMMIT)
    yield "trade, a brief of it", TRADE, brief(TRADE)
