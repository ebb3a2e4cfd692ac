"""What ``communique serve --share`` tells whoever started it: the way in for them, and the addresses for others."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.settings import Settings

ALONE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - asked for by --share, and locked # nosec B104


def host_to_listen_on(settings: Settings) -> str:
    """The address to listen on: that of this machine alone, unless the library is shared.

    Raises:
        AppError: others could come, and nothing would be locked.
    """
    from app.errors import AppError

    if settings.share:
        return settings.host or EVERYWHERE
    if settings.base_url:
        raise AppError("--base-url is for --share: behind a proxy or a tunnel the pages must be locked.")
    host = settings.host or ALONE
    if not only_here(host):
        raise AppError(
            f"On {host} others could come and change everything. "
            "Use --share, which locks the pages and lets in whom you send a link."
        )
    return host


def only_here(host: str) -> bool:
    """Whether *host* is this machine, as only this machine calls it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def invitation(settings: Settings, engine: Engine, address: str) -> tuple[str, str]:
    """The owner's way in at *address*, which works once, and what to tell them besides.

    Raises:
        AppError: the library is read-only, so that no link could be kept.
    """
    from app.errors import AppError
    from app.present.qr import qr_terminal
    from app.store.engine import writable
    from app.web.addresses import network_origins

    if not writable(engine):
        raise AppError("The library is read-only, and share links are kept in it. Serve a copy that can be written.")
    origins = network_origins(settings, urlsplit(address).port)
    lines = [
        "Others reach this server here, each by a share link that you make with “Share” on a page:",
        *(f"  {origin}/" for origin in origins),
        qr_terminal(f"{origins[0]}/"),
        "Your own way in, which works once and within an hour (another: communique share owner):",
    ]
    return owner_link(engine, (settings.base_url or address).rstrip("/")), "\n".join(lines)


def owner_link(engine: Engine, origin: str) -> str:
    """A link to the server at *origin* that makes whoever opens it first an owner."""
    from app.domain import Part, Role
    from app.store import audit
    from app.store.shares import NewShare, make_share

    with engine.begin() as conn:
        wanted = NewShare(Role.OWNER, Part.LIBRARY, {}, "/", "The whole library, as its owner", once=True)
        uid, token = make_share(conn, wanted)
        audit.note(conn, "command line", "let an owner in", f"link {uid}")
    return f"{origin}/s/{token}"
