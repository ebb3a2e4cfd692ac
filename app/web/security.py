"""What guards the pages: headers on every answer, and no change at the wish of another site or of endless length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAVED_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of what is to be saved: should a browser show it all the same, nothing in it runs, and it is of no site of ours."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Other sites are not told that anybody reads here. "no-referrer" would make browsers send "Origin: null" from our
    # own forms, which the guard of changes could not tell from another site's.
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "x-dns-prefetch-control": "off",  # else the sites of all articles on a page are looked up
}
OF_PAGES = frozenset({"permissions-policy", "cross-origin-opener-policy", "x-dns-prefetch-control"})
"""What says something only of a page: a seventh of the bytes of a small file."""

YEAR = 31_536_000


def headers_of(settings: Settings) -> Mapping[str, str]:
    """What every answer of a server with *settings* carries, if it does not say otherwise itself."""
    found = dict(HEADERS)
    if settings.secure:
        found["strict-transport-security"] = f"max-age={YEAR}"  # other names below this one may be somebody else's
    if settings.share:
        # Not by robots.txt: what may not be read cannot say that it is not to be listed.
        found["x-robots-tag"] = "noindex, nofollow, noarchive"
    return found


class SecurityHeaders:
    """Put :func:`headers_of` on every answer that does not set them itself.

    What is saved as a file gets :data:`SAVED_POLICY`. Of a server that is shared, no cache keeps what only some may
    see, but for the browser's own, which asks each time.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers, self.shared = headers_of(settings), settings.share

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        trusted = trustworthy(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-disposition", "").startswith("attachment"):
                    headers["content-security-policy"] = SAVED_POLICY
                policy = headers.get("content-security-policy", POLICY)
                page = headers.get("content-type", "").startswith("text/html")
                for name, value in self.headers.items():
                    if name in OF_PAGES and not page:
                        continue
                    if name == "cross-origin-opener-policy" and not trusted:
                        continue
                    # The older header cannot name the sites that a policy of a page's own lets frame it.
                    if name != "x-frame-options" or "frame-ancestors 'none'" in policy:
                        headers.setdefault(name, value)
                if self.shared:
                    headers["cache-control"] = kept_private(headers.get("cache-control", ""))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def trustworthy(scope: Scope) -> bool:
    """Whether a browser takes us at our word there: by https, or on its own machine.

    Elsewhere it ignores the opener policy, and complains of it.

    Source:
        W3C, Secure Contexts, section 3.1.
    """
    if scope.get("scheme") == "https":
        return True
    host = Headers(scope=scope).get("host", "").rpartition(":")[0] or Headers(scope=scope).get("host", "")
    return host in {"localhost", "127.0.0.1", "[::1]"}


def kept_private(said: str) -> str:
    """What becomes of the ``Cache-Control`` *said* where only some may see the answer.

    A browser may keep what its address fixes, such as a chart of one revision: it has seen it already.

    Source:
        RFC 9111, section 3.5: a cookie alone does not keep shared caches from storing.
    """
    if "public" in said or "private" in said or "no-store" in said:
        return said
    return "private, no-cache" if said else "no-store"


READING = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 1_000_000
"""Bytes of a form, a file of topics or a topic in JSON."""

LARGEST_UPLOAD = 20_000_000
"""Bytes of documents that are sent at once."""

UPLOADS = frozenset({"/add/text", "/add/files", "/api/articles"})
"""Where documents are sent to."""

DRAINED, DRAIN_SECONDS = 200_000_000, 10.0
"""Bytes, and for how long, what is too large is still received and thrown away: a browser that cannot send all of it
would show an error of its own instead of our answer."""

PATIENCE_SECONDS, SLOWEST = 30.0, 2_000
"""How long a body may take before anything of it has come, and the bytes a second that win it more time."""

ELSEWHERE = "This change was asked for by another site, and nothing was changed. Open the page here and do it again."
CUT = "What was sent ended before its end, and nothing was taken in. Send it again."
SLOW = "What was sent came too slowly, and nothing was taken in. Send it again from a better connection."
Answer = Callable[[Request, int, str], Response]


class _RefusedError(Exception):
    """A request that is not passed on, with the status and the sentence of its answer."""

    def __init__(self, status: int, message: str, unread: bool = False) -> None:
        super().__init__(message)
        self.status, self.message, self.unread = status, message, unread


class ChangeGuard:
    """Refuse what another site sent (403), what is too large (413), too slow (408), or was cut off on the way (400).

    A browser says where a request comes from, in ``Sec-Fetch-Site`` or in ``Origin``; a program that says neither is
    no browser that somebody could have misled. What is let through has its body read already, and whole.

    Args:
        app: what is guarded.
        answer: makes the answer of a status and a sentence.
        largest: bytes that a body may have.
        largest_upload: bytes that it may have where documents are sent to.
        public: the public address, if it has one.
    """

    def __init__(
        self,
        app: ASGIApp,
        answer: Answer,
        largest: int = LARGEST_BODY,
        largest_upload: int = LARGEST_UPLOAD,
        public: str = "",
    ) -> None:
        self.app, self.answer, self.public = app, answer, public
        self.largest, self.largest_upload = largest, largest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what only reads, and what may change something."""
        if scope["type"] != "http" or scope["method"] in READING:
            await self.app(scope, receive, send)
            return
        try:
            if from_elsewhere(Headers(scope=scope), self.public):
                raise _RefusedError(403, ELSEWHERE, unread=True)
            body = await read_body(scope, receive, self.largest_upload if scope["path"] in UPLOADS else self.largest)
        except _RefusedError as refused:
            await self._refuse(refused, scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)

    async def _refuse(self, refused: _RefusedError, scope: Scope, receive: Receive, send: Send) -> None:
        response = self.answer(Request(scope), refused.status, refused.message)
        await refuse(response, scope, receive, send, unread=refused.unread)


async def refuse(response: Response, scope: Scope, receive: Receive, send: Send, *, unread: bool = True) -> None:
    """Answer at once, and only then end the answer: when the rest of the body has come in, or has not for long.

    Args:
        response: the answer.
        scope, receive, send: the request that is refused.
        unread: whether some of its body may still come.
    """
    if scope["method"] in READING:
        await response(scope, receive, send)
        return
    response.headers["connection"] = "close"
    if not unread:
        await response(scope, receive, send)
        return
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def from_elsewhere(headers: Headers, public: str = "") -> bool:
    """Whether a browser says that another site than ours sent the request with these *headers*.

    A proxy may ask for us by another name than the browser did: then it is the *public* address that it came from.

    Source:
        Fetch Metadata Request Headers (W3C), and the way of OWASP's cheat sheet on forged requests.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    if origin is None or (public and origin.lower() == public):
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


async def read_body(scope: Scope, receive: Receive, largest: int) -> bytes:
    """The whole body of a request, counted as it comes in.

    Raises:
        _RefusedError: it has more than *largest* bytes, fewer than it says, or comes too slowly.
    """
    said = Headers(scope=scope).get("content-length", "")
    announced = int(said) if said.isascii() and said.isdecimal() else None
    too_large = f"This is too large: {largest // 1_000_000} MB is allowed at most. Nothing was changed."
    if announced is not None and announced > largest:
        raise _RefusedError(413, too_large, unread=True)
    body, begun = bytearray(), anyio.current_time()
    while True:
        message: Message = {"type": "late"}
        with anyio.CancelScope(deadline=begun + PATIENCE_SECONDS + len(body) / SLOWEST):
            message = await receive()
        if message["type"] == "late":
            raise _RefusedError(408, SLOW)
        if message["type"] != "http.request":
            raise _RefusedError(400, CUT)
        body += message.get("body", b"")
        if len(body) > largest:
            raise _RefusedError(413, too_large, unread=message.get("more_body", False))
        if not message.get("more_body", False):
            break
    if announced is not None and announced != len(body):
        raise _RefusedError(400, CUT)
    return bytes(body)


async def _drain(receive: Receive) -> None:
    """Receive what is left of a body and throw it away."""
    thrown = 0
    with anyio.move_on_after(DRAIN_SECONDS):
        while thrown < DRAINED:
            message = await receive()
            thrown += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                return


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
