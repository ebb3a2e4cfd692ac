"""What every page gets, and the page for what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import Topic
from app.web.visitor import ALONE, Visitor

Links = tuple[tuple[str, str], ...]
"""Words and addresses of ours."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every page's frame needs.

    Attributes:
        topics: all topics in order.
        labels: a topic's label by its id.
        revision: changes with every change of the library.
        style: the address of the style sheet.
        version: the version of the program.
        corrections: the number of the last correction, which whoever sees the page has seen.
        visitor: who sees the page.
    """

    topics: tuple[Topic, ...]
    labels: dict[str, str]
    revision: int
    style: str
    version: str
    corrections: int = 0
    visitor: Visitor = ALONE


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What a person sees where a page could not be made: what happened, and where to go on.

    Attributes:
        again: whether the page is to load itself anew, once. A browser keeps an owner's cookie to itself where another
            site leads to us, but not where our own page does.
    """

    site: Site
    status: int
    heading: str
    message: str
    links: Links = ()
    again: bool = False
