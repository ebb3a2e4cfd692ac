"""Who asks: what they may do, and how much of the library was shared with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain import Part, Role

Given = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks for a page.

    Attributes:
        role: what they may do.
        part: how much of the library they may see.
        given: which part: the parameters of a filter, ``quote`` or ``article``.
        share: the number of the link that they came by; the owner and who came by none has 0.
        name: what the audit log calls them.
        home: the page that was shared with them.
        framed: whether they see one page, in a frame on another site, and nothing that it leads to.
        sharing: whether this server lets others in at all.
    """

    role: Role
    part: Part = Part.LIBRARY
    given: Given = ()
    share: int = 0
    name: str = ""
    home: str = "/"
    framed: bool = False
    sharing: bool = True

    @property
    def owner(self) -> bool:
        """Whether everything is theirs."""
        return self.role is Role.OWNER

    @property
    def whole(self) -> bool:
        """Whether they may see the whole library."""
        return self.part is Part.LIBRARY and self.role > Role.ANYONE

    @property
    def articles(self) -> bool:
        """Whether they may see articles, and not only quotes."""
        return self.whole or self.part is Part.ARTICLE

    @property
    def corrects(self) -> bool:
        """Whether they may correct whatever they see."""
        return self.whole and self.role >= Role.CORRECTOR

    @property
    def fixed(self) -> frozenset[str]:
        """The parameters of a filter that they cannot change."""
        return frozenset(name for name, _ in self.given)

    @property
    def sees(self) -> tuple[Role, Part, Given, str, bool, bool]:
        """What tells the pages that they get from those of others."""
        return self.role, self.part, self.given, self.home, self.framed, self.sharing


OWNER = Visitor(Role.OWNER, name="owner")
ALONE = Visitor(Role.OWNER, name="owner", sharing=False)
"""The owner where nobody else can come."""

NOBODY = Visitor(Role.ANYONE)


def given_of(query: Mapping[str, str]) -> Given:
    """*query* as a visitor has it."""
    return tuple(sorted(query.items()))
