"""A page without what its reader cannot use: by the same gate, links and forms that it would refuse are taken out."""

from __future__ import annotations

from functools import partial
from urllib.parse import urljoin, urlsplit

from app.domain import Role
from app.present.pruning import Verdict, pruned
from app.web.gate.register import Register
from app.web.gate.scope import any_quote, within
from app.web.visitor import Visitor


def without_closed(html: str, path: str, register: Register, visitor: Visitor) -> str:
    """*html*, the page at *path*, as *visitor* may use it; the owner may use all of it."""
    return html if visitor.owner else pruned(html, partial(verdict, path, register, visitor))


def is_open(url: str, register: Register, visitor: Visitor) -> bool:
    """Whether *visitor* may follow a link to *url*, a whole path of ours."""
    return visitor.owner or verdict(url, register, visitor, "GET", url) is Verdict.KEEP


def verdict(path: str, register: Register, visitor: Visitor, method: str, url: str) -> Verdict:
    """What becomes of a link or form to *url* on the page at *path*.

    A way to change something goes whole, and so does one to another part of the site. A way to a thing that was not
    shared leaves its words, since they are its name.
    """
    parts = urlsplit(urljoin(path, url))
    if parts.scheme or parts.netloc or url.startswith("#"):
        return Verdict.KEEP
    found = register.find(method.upper(), parts.path)
    if visitor.framed:
        return Verdict.DROP
    if found is None or visitor.role < found.entry.access.role:
        return Verdict.DROP if visitor.role > Role.ANYONE or found is not None else Verdict.KEEP
    if within(visitor, found, parts.query, any_quote) is not None:
        return Verdict.KEEP
    return Verdict.TEXT if "{" in found.entry.path else Verdict.DROP
