"""Whole addresses of our pages. They never come from the Host header, which whoever asks can write."""

from __future__ import annotations

from fastapi import Request

from app.settings import Settings
from app.web.gate.hosts import HERE, own_addresses

EVERYWHERE = (None, "", "0.0.0.0", "::")  # noqa: S104 - the names of it, not a socket # nosec B104


def absolute(request: Request, path: str) -> str:
    """*path* as whoever sent *request* reaches it: by the public address, or the one on which the request came in."""
    base: str | None = request.app.state.desk.settings.base_url
    host, port = request.scope.get("server") or ("127.0.0.1", None)
    return (base or origin(host, port)) + path


def shared(request: Request, path: str) -> str:
    """*path* as others reach it: by the public address, or by this machine's on the network."""
    port = (request.scope.get("server") or ("", None))[1]
    return network_origins(request.app.state.desk.settings, port)[0] + path


def network_origins(settings: Settings, port: int | None) -> list[str]:
    """Where others reach a server that listens on *port*, the likeliest first; never empty."""
    if settings.base_url:
        return [settings.base_url]
    hosts = own_addresses() if settings.share and settings.host in EVERYWHERE else [settings.host or HERE[1]]
    return [origin(host, port) for host in hosts or [HERE[1]]]


def origin(host: str, port: int | None) -> str:
    """The address of a server."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}" + (f":{port}" if port not in (None, 80) else "")


def client_of(request: Request) -> str:
    """The address that *request* came from, for the audit log."""
    return str((request.scope.get("client") or ("",))[0])
