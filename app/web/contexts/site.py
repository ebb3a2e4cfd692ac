"""What every page gets, and the page for what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import Topic

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
    """

    topics: tuple[Topic, ...]
    labels: dict[str, str]
    revision: int
    style: str
    version: str
    corrections: int = 0


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What a person sees where a page could not be made: what happened, and where to go on."""

    site: Site
    status: int
    heading: str
    message: str
    links: Links = ()
