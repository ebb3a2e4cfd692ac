"""What every request passes first: it is sent to a name of ours, and by somebody who may have what they ask for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings
from app.store import audit
from app.store.share_sessions import seen, unseen
from app.store.shares import Share
from app.web.gate.deciding import Admitted, Doorkeeper, Refused
from app.web.gate.hosts import HERE, Hosts, host_of
from app.web.gate.register import Found, Register
from app.web.rates import Kind, Rates, address_of, too_many
from app.web.visitor import ALONE, NOBODY, Visitor

log = logging.getLogger(__name__)
READING = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_OURS = (
    "This server does not answer to the name “{name}”. Open it by the address that it printed when it started; "
    "if it has a public one, start it with --base-url."
)
Answer = Callable[..., Response]
VISITOR = "visitor"
"""Where a request has who asks, in its state."""


class Gate:
    """Lets a request pass, with who asks in its state and the filter of its address narrowed to what they may see.

    Where the server does not share, only this machine can connect, and all is the owner's. Where it does, whoever shows
    nothing gets what is open to anyone, whatever machine they ask from.

    Args:
        app: what is guarded.
        settings: whether the server shares, and its public address.
        register: all routes.
        names: by what names it may be asked for besides those of this machine itself.
        answer: makes the answer of a request, a status and a sentence.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, register: Register, names: Iterable[str], answer: Answer
    ) -> None:
        self.app, self.answer, self.sharing = app, answer, settings.share
        self.register, self.doorkeeper = register, Doorkeeper(settings)
        public = [host_of(settings.base_url.partition("//")[2])] if settings.base_url else []
        self.hosts = Hosts([*HERE, *names, *public])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        state = scope.setdefault("state", {})
        if not self.hosts.knows(scope):
            state[VISITOR] = NOBODY
            told = NOT_OURS.format(name=host_of(request.headers.get("host", ""))[:80])
            await self.answer(request, 421, told)(scope, receive, send)
            return
        found = self.register.find(scope["method"], scope["path"])
        decided = await self._decided(scope, found)
        state[VISITOR] = decided.visitor
        if isinstance(decided, Refused):
            await self._refuse(request, decided)(scope, receive, send)
            return
        scope["query_string"] = decided.query.encode("latin-1")
        await self._passed(scope, receive, send, decided, found)

    async def _decided(self, scope: Scope, found: Found | None) -> Admitted | Refused:
        if not self.sharing:
            return Admitted(ALONE, scope["query_string"].decode("latin-1"))
        if scope["path"].startswith("/static/"):
            return Admitted(NOBODY, scope["query_string"].decode("latin-1"))
        return await run_in_threadpool(self.doorkeeper.decide, _engine(scope), scope, found)

    def _refuse(self, request: Request, refused: Refused) -> Response:
        wait = _rates(request.scope).hit(Kind.GUESS, address_of(request.scope)) if refused.guess else None
        if wait is not None:
            response = self.answer(request, 429, too_many(Kind.GUESS, wait))
            response.headers["retry-after"] = str(wait)
            return response
        again = refused.status == 401 and request.headers.get("sec-fetch-site") == "cross-site"
        response = self.answer(request, refused.status, refused.message, again=again)
        if refused.status == 401:
            response.headers["www-authenticate"] = "Bearer"
        if request.method not in READING:
            response.headers["connection"] = "close"  # its body was not read
        return response

    async def _passed(self, scope: Scope, receive: Receive, send: Send, decided: Admitted, found: Found | None) -> None:
        status = 500

        async def listening(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self.app(scope, receive, listening)
        changes = found is not None and found.entry.access.changes and scope["method"] not in READING
        did = f"{scope['method']} {found.entry.path}" if found is not None and changes and status < 400 else ""
        share = decided.share if decided.share is not None and unseen(decided.share) else None
        if did or share is not None:
            client = (scope.get("client") or ("",))[0]
            await run_in_threadpool(_keep, _engine(scope), decided.visitor, share, did, scope["path"], client)


def _engine(scope: Mapping[str, Any]) -> Engine:
    engine: Engine = scope["app"].state.desk.engine
    return engine


def _rates(scope: Mapping[str, Any]) -> Rates:
    rates: Rates = scope["app"].state.desk.rates
    return rates


def _keep(engine: Engine, visitor: Visitor, share: Share | None, did: str, what: str, client: str) -> None:
    """Keep that *share* was used, and what was done. What cannot be kept takes no answer back that was given."""
    try:
        if did:
            with engine.begin() as conn:
                audit.note(conn, visitor.name, did, what, client)
        if share is not None:
            with engine.begin() as conn:
                seen(conn, share)
    except SQLAlchemyError as error:
        log.warning("what was done could not be kept in the audit log: %s", error)


def visitor_of(request: Request) -> Visitor:
    """Who asks for *request*."""
    visitor: Visitor = getattr(request.state, VISITOR, NOBODY)
    return visitor
