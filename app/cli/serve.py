"""``communique serve``: the dashboard on this machine."""

from __future__ import annotations

import errno
import gc
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.invitation import host_to_listen_on, invitation
from app.cli.proxies import forwarding
from app.cli.staff import Staff, staffed
from app.cli.terms import DatabaseOption, PipelineOption, WorkersOption, say

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from uvicorn import Server

    from app.settings import Settings

HostOption = Annotated[
    str | None,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help="Listen on this address; otherwise 127.0.0.1, for this machine alone, or with --share all it has.",
        show_default=False,
    ),
]
PortOption = Annotated[
    int | None,
    typer.Option(
        "--port",
        metavar="NUMBER",
        min=0,
        max=65535,
        help="Its port; otherwise 8000. 0 takes a free one.",
        show_default=False,
    ),
]
EmbedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--embed-site",
        metavar="ORIGIN",
        help="A site that may show quotes and charts in frames, such as https://news.example; name several one by one. "
        "Otherwise COMMUNIQUE_EMBED_SITES, otherwise none.",
        show_default=False,
    ),
]
OpenOption = Annotated[
    bool | None,
    typer.Option(
        "--open/--no-open",
        help="Open a browser, or not. By default one is opened at a terminal with a screen.",
        show_default=False,
    ),
]

ShareOption = Annotated[
    bool | None,
    typer.Option(
        "--share",
        help="Let others in, each by a share link that you send them; the pages are locked for everybody else.",
        show_default=False,
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="With --share: the public address, such as https://quotes.example.org, behind a proxy or a tunnel.",
        show_default=False,
    ),
]


def serve(
    host: HostOption = None,
    port: PortOption = None,
    share: ShareOption = None,
    base_url: BaseUrlOption = None,
    database: DatabaseOption = None,
    open_browser: OpenOption = None,
    workers: WorkersOption = None,
    pipeline: PipelineOption = None,
    embed_site: EmbedOption = None,
) -> None:
    """Serve the dashboard, and print its address once it answers. Ctrl-C ends it.

    A new library starts with the seed article; that takes some seconds, once. While it serves, it reads what is
    queued and looks at the feeds; what it has not read when it ends, it goes on with when it starts again.

    \b
    communique serve
    communique serve --port 8080 --database ~/summits.sqlite
    communique serve --share
    communique serve --share --host 127.0.0.1 --base-url https://quotes.example.org
    """
    from app.settings import load_settings

    settings = load_settings(
        host=host,
        port=port,
        share=share,
        base_url=base_url,
        database_url=database,
        workers=workers,
        pipeline=pipeline,
        embed_sites=embed_site or None,
    )
    where = host_to_listen_on(settings)
    with listen(where, settings.port) as sock:
        engine = _ready_library(settings)
        address, told = address_of(where, sock), ""
        if settings.share:
            address, told = invitation(settings, engine, address)
        with staffed(settings, engine) as staff:
            server = _server(settings, engine, staff, _announcement(address, told, open_browser))
            server.run(sockets=[sock])


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to *host* and *port*, not yet listening.

    Raises:
        AppError: the port is taken or not ours to take, or the host is no address of this machine.
    """
    from app.errors import AppError

    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise AppError(f"The address {host!r} is not known here; choose another with --host.") from error
    # Named, since asyncio sends small answers at once only on what says that it is TCP: else each takes 40 ms more.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option lets two programs share one port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(where)
    except OSError as error:
        sock.close()
        raise AppError(_why_not(error, host, port)) from error
    return sock


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; choose another, such as --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is not yours to take; choose one above 1023 with --port."
    return f"The address {host!r} cannot be listened on: {error.strerror}; choose another with --host."


def address_of(host: str, sock: socket.socket) -> str:
    """The address to open in a browser on this machine; *sock* tells the port that was really taken."""
    port = sock.getsockname()[1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - the other way round # nosec B104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _server(settings: Settings, engine: Engine, staff: Staff, announce: Callable[[], None]) -> Server:
    gc.disable()  # what is loaded comes to stay: looking for garbage in it takes a tenth of the time
    try:
        import uvicorn

        from app.web.application import create_app
        from app.web.connections import allow_more_files, server_options

        allow_more_files()
        app = create_app(settings, engine, workforce=staff.workforce)
        gc.freeze()
    finally:
        gc.enable()

    class StaffedServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                announce()
                staff.start()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.state.desk.closing.set()  # what is sent without end comes to its end
            await super().shutdown(sockets)
            staff.close()  # here, since a signal that ends the server ends the process as soon as it has

    return StaffedServer(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            server_header=False,
            **forwarding(settings),
            **server_options(),
            ws="none",
            timeout_graceful_shutdown=3,
        )
    )


def _ready_library(settings: Settings) -> Engine:
    """The library, opened; a new one gets the seed articles first."""
    from app.ingest.library import SEEDED, open_library
    from app.store import meta
    from app.store.engine import writable

    engine = open_library(settings)
    with engine.connect() as conn:
        seeded = meta.get(conn, SEEDED)
    if not seeded and writable(engine):
        from app.ingest.seeding import seed_library

        say("A new library: reading the seed article, which takes some seconds, once …")
        for outcome in seed_library(settings):
            say(f"{outcome.path.name}: {outcome.message}")
    return engine


def _announcement(address: str, told: str, open_browser: bool | None) -> Callable[[], None]:
    """What is done once the server answers: print its address, and open a browser where one is wanted.

    What is *told* besides goes to the person alone.
    """

    def announce() -> None:
        if told:
            say(told)
        try:
            print(address, flush=True)
        except BrokenPipeError:  # who read it has gone, such as `head -1`; those at the address have not
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if open_browser if open_browser is not None else has_screen():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    return announce


def has_screen() -> bool:
    """Whether a person sits before this program: a terminal, and a screen that a browser can open on."""
    if not sys.stdout.isatty() or "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in {"darwin", "win32"} or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
