"""How many requests are worked on at once; the others wait for their turn, in the order in which they came."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.rates import Kind, kinds_of

PAGES, FILES = 24, 6
"""Pages, and files that are made while they are sent. Each holds a connection to the database while it waits for a
thread, several times. Were there more of them than connections (:data:`app.store.sqlite.CONNECTIONS`), those who hold
one would wait for the threads of those who wait for one."""

NEVER_WAITING = ("/static/", "/jobs/events")
"""What holds no connection, or none for long."""


class AtOnce:
    """Let so many requests in at once.

    Args:
        app: what works on them.
        pages, files: how many of each kind.
    """

    def __init__(self, app: ASGIApp, pages: int = PAGES, files: int = FILES) -> None:
        self.app = app
        self._pages, self._files = anyio.CapacityLimiter(pages), anyio.CapacityLimiter(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait for a turn, and pass the request on."""
        if scope["type"] != "http" or scope["path"].startswith(NEVER_WAITING):
            await self.app(scope, receive, send)
            return
        made = Kind.EXPORT in kinds_of(scope["method"], scope["path"])
        async with self._files if made else self._pages:
            await self.app(scope, receive, send)
