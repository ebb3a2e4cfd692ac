"""Share links, and the log of who did what."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from app.web.shapes.given import GIVEN
from app.web.shapes.lists import Paged


class Share(TypedDict):
    """A share link; of its token nobody knows any more."""

    id: str
    role: str
    """What whoever comes by it may do: reader or corrector."""
    part: str
    """Of what it tells: library, list, quote or article."""
    given: dict[str, str]
    """Which of these: the filter of a list, the id of a quote, the slug of an article."""
    title: str
    note: str
    framed: bool
    """Whether it is the token of a frame."""
    page: str
    """The page that it opens."""
    uses: int
    made: str | None
    expires: str | None
    revoked: str | None
    last_used: str | None


class Shares(Paged):
    """All share links, the last first."""

    items: list[Share]


class MadeShare(Share):
    """A link that was just made."""

    token: str
    """It is in this answer and nowhere else."""
    link: str
    """The address to give away."""


@with_config(GIVEN)
class GivenShare(TypedDict):
    """A link to be made; without any field it opens the whole library to read for 30 days."""

    of: NotRequired[str]
    """The page that it is made from, such as /topics/energy."""
    what: NotRequired[str]
    """Which of what that page offers."""
    role: NotRequired[str]
    """Reader or corrector."""
    days: NotRequired[Annotated[int, Field(ge=1, le=365)] | None]
    """How long it works; null for without end."""
    note: NotRequired[str]


class Line(TypedDict):
    """A line of the log."""

    number: int
    at: str
    who: str
    did: str
    what: str
    client: str


class Audit(TypedDict):
    """A page of the log, the last first."""

    items: list[Line]
    next: str | None
    """The address of the next page; null where there is none."""
