"""The pages of whoever shares, and the one that whoever was sent a link sees first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from app.domain import Role
from app.present.share_targets import Target
from app.store.audit import Line
from app.store.shares import Share
from app.web.contexts.site import Links, Site


@dataclass(frozen=True, slots=True)
class SharePage:
    """``/share``: what of a page to share, with whom, and until when.

    Attributes:
        of: the page.
        targets: what can be shared, the narrowest first.
        typed: what was chosen, by field.
        errors: what is wrong with it, by field.
        roles, terms: the choices, each with its words.
        downloads: the page's quotes as files, where nobody else can come.
    """

    site: Site
    of: str
    targets: tuple[Target, ...]
    typed: Mapping[str, str]
    roles: Links
    terms: Links
    downloads: Links = ()
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What ``/share`` answers: the link, which is shown this once.

    Attributes:
        of: the page that it was made from.
        link: the whole address.
        qr: its code.
        mail: the address that begins a mail with it.
    """

    site: Site
    of: str
    share: Share
    link: str
    qr: Markup
    mail: str


@dataclass(frozen=True, slots=True)
class SharesPage:
    """``/shares``: all links, what became of them, and the addresses of this server.

    Attributes:
        working: those that let somebody in.
        ended: the last of those that do no more.
        origins: where others reach this server.
        told: what was just done.
    """

    site: Site
    working: tuple[Share, ...]
    ended: tuple[Share, ...]
    origins: tuple[str, ...]
    roles: Mapping[Role, str]
    told: str = ""


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """``/s/{token}``: leads on to what was shared. A page of its own, and no redirection.

    A browser that came from another site does not send a cookie that it has just got with the next request of a
    redirection; and what previews links shows this page.

    Attributes:
        title: what was shared.
        to: its address.
    """

    site: Site
    title: str
    role: Role
    to: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """``/audit``: who did what, the last first.

    Attributes:
        next_url: the lines before these.
        first_url: the last ones, where these are others.
    """

    site: Site
    lines: tuple[Line, ...]
    next_url: str | None
    first_url: str | None
