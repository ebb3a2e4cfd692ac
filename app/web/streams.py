"""Answers that are made while they are sent, and give back what they hold when nobody takes them to their end."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class MadeAsSent(StreamingResponse):
    """What *pieces* yields. Starlette alone would leave them, and their connection, to the collector of garbage."""

    def __init__(self, pieces: Generator[bytes, None, None], **options: Any) -> None:
        super().__init__(pieces, **options)
        self.pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them, and close them however that ended."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self.pieces.close)
