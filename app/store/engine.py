"""The one way to the database, and every failure of it as a sentence."""

from __future__ import annotations

from contextlib import ExitStack

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from app.errors import BadValueError, StoreError
from app.store.schema_version import refuse_newer
from app.store.sqlite import CONNECTIONS, READ_ONLY, sqlite_engine

READING_ONLY = "is read-only: it can be looked at, but nothing can be added."


def open_engine(url: str) -> Engine:
    """An engine that has answered once. It raises :class:`StoreError` where the database itself fails.

    Args:
        url: an SQLAlchemy URL of an SQLite file or a PostgreSQL database.

    Raises:
        StoreError: the database cannot be reached or read; the message is one sentence.
        SchemaOutOfDate: a newer version of the program made it.
    """
    address = _parsed(url)
    engine = _engine(address)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        _speak_in_sentences(engine, address)
        refuse_newer(engine)
        stack.pop_all()
    return engine


def writable(engine: Engine) -> bool:
    """Whether the library may be changed, as far as its file tells."""
    return not engine.get_execution_options().get(READ_ONLY, False)


def _parsed(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"“{url}” is neither a path nor an address of a database.") from error
    if address.drivername == "postgres":  # as hosting services write it
        address = address.set(drivername="postgresql")
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"Communiqué keeps its library in SQLite or PostgreSQL, not in {address.drivername}.")
    return address


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() == "sqlite":
            return sqlite_engine(address)
        return create_engine(address, pool_pre_ping=True, pool_size=CONNECTIONS)
    except NoSuchModuleError as error:
        raise StoreError(f"There is no driver called “{address.drivername}”.") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The driver for PostgreSQL is missing ({error.name}); run: pip install 'communique[postgresql]'."
        ) from error


UNUSABLE = "A number or a character in this request is none that the database takes."


def _speak_in_sentences(engine: Engine, address: URL) -> None:
    place = address.database if address.get_backend_name() == "sqlite" else address.render_as_string()

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error = context.original_exception
        dbapi = engine.dialect.loaded_dbapi
        if isinstance(error, dbapi.IntegrityError | dbapi.ProgrammingError):
            return
        if isinstance(error, dbapi.DataError):
            raise BadValueError(UNUSABLE) from error
        if isinstance(error, dbapi.Error):
            raise StoreError(_sentence(f"The database {place}", str(error))) from error


def _sentence(subject: str, problem: str) -> str:
    known = {
        "unable to open": "cannot be opened; see that its folder exists and that you may write there.",
        "not a database": "is not an SQLite database.",
        "readonly": READING_ONLY,
        "read-only transaction": READING_ONLY,
        "locked": "is busy: another program has been writing to it for too long; try again.",
        "malformed": "is damaged; bring back a copy.",
        "disk is full": "cannot grow: the disk is full.",
    }
    for sign, sentence in known.items():
        if sign in problem:
            return f"{subject} {sentence}"
    return f"{subject} cannot be used: {' '.join(problem.split()).rstrip('.')}."
