"""What guards the pages: headers on every answer, and no change at the wish of another site or of endless length."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


class SecurityHeaders:
    """Put :data:`HEADERS` on every answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


READING = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 1_000_000
"""Bytes of a form, a file or a topic in JSON."""

ELSEWHERE = "This change was asked for by another site, and nothing was changed. Open the page here and do it again."
TOO_LARGE = f"This is too large: {LARGEST_BODY // 1_000_000} MB is allowed at most. Nothing was changed."
Answer = Callable[[Request, int, str], Response]


class ChangeGuard:
    """Refuse a request that changes something when another site sent it (403) or when it is too large (413).

    A browser says where a request comes from, in ``Sec-Fetch-Site`` or in ``Origin``; a program that says neither is
    no browser that somebody could have misled. What is let through has its body read already.

    Args:
        app: what is guarded.
        answer: makes the answer of a status and a sentence.
        largest: bytes that a body may have.
    """

    def __init__(self, app: ASGIApp, answer: Answer, largest: int = LARGEST_BODY) -> None:
        self.app = app
        self.answer = answer
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what only reads, and what may change something."""
        if scope["type"] != "http" or scope["method"] in READING:
            await self.app(scope, receive, send)
            return
        body: bytes | None = None
        if from_elsewhere(Headers(scope=scope)):
            refusal = (403, ELSEWHERE)
        else:
            refusal = (413, TOO_LARGE)
            body = await read_body(scope, receive, self.largest)
        if body is None:
            response = self.answer(Request(scope), *refusal)
            response.headers["connection"] = "close"
            await response(scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


def from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site than ours sent the request with these *headers*.

    Source:
        Fetch Metadata Request Headers (W3C), and the way of OWASP's cheat sheet on forged requests.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


async def read_body(scope: Scope, receive: Receive, largest: int) -> bytes | None:
    """The body of a request, or ``None`` where it has more than *largest* bytes or its sender went away."""
    said = Headers(scope=scope).get("content-length", "")
    if said.isdecimal() and int(said) > largest:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > largest:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """What hands out *body* once, and then whatever comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
