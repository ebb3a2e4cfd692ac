"""The application asked within this process: what a browser would get, without a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import anyio
from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def ask(app: ASGIApp, url: str) -> Answer:
    """What *app* answers to GET *url*, a path with its query; whole and not compressed."""
    parts = urlsplit(url)
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"identity")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
    }
    status, headers, pieces, asked = 500, dict[str, str](), list[bytes](), False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await anyio.sleep_forever()  # nobody hangs up before the answer is whole
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await app(scope, receive, send)
    return Answer(status, headers, b"".join(pieces))
