"""What every room's tests share: libraries on SQLite and on PostgreSQL, ready and empty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, create_engine, text

from app.store.engine import open_engine
from app.store.schema_version import ensure_schema
from app.store.topics import sync_topics
from tests import postgres
from tests.factories import TOPICS

settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")

if "PYTEST_XDIST_WORKER" in os.environ:  # each with a thread a core, they would wait for one another
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """The socket's folder of a PostgreSQL that lives as long as the tests. In CI its absence is a failure."""
    try:
        with postgres.cluster() as folder:
            yield folder
    except postgres.MissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}, and in CI the store is tested on it")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite library with schema and topics, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_folder: str) -> str:
    """The name of a PostgreSQL database with schema and topics, to be copied."""
    _administer(postgres_folder, "CREATE DATABASE template_library")
    _prepare(postgres.url(postgres_folder, "template_library"))
    return "template_library"


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that uses it runs once on each."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that has no tables yet."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite"
    else:
        yield from _database(request.getfixturevalue("postgres_folder"), "template0")


@pytest.fixture
def library_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a library with the topics of the factories and no articles."""
    if backend == "sqlite":
        yield _copy(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        template = request.getfixturevalue("postgres_template")
        yield from _database(request.getfixturevalue("postgres_folder"), template)


@pytest.fixture
def engine(library_url: str) -> Iterator[Engine]:
    """A library with the topics of the factories and no articles: once on SQLite, once on PostgreSQL."""
    yield from _opened(library_url)


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """The same on SQLite alone, for rooms above the store."""
    yield from _opened(_copy(sqlite_template, tmp_path))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    """A connection to *engine* in a transaction that is never committed."""
    with engine.connect() as connection:
        yield connection


def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def _copy(template: Path, folder: Path) -> str:
    path = folder / "library.sqlite"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def _prepare(url: str) -> None:
    engine = open_engine(url)
    ensure_schema(engine)
    with engine.begin() as connection:
        sync_topics(connection, TOPICS)
    engine.dispose()


def _database(folder: str, template: str) -> Iterator[str]:
    name = f"library_{next(_numbers)}"
    _administer(folder, f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
    yield postgres.url(folder, name)
    _administer(folder, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(folder: str, statement: str) -> None:
    engine = create_engine(postgres.url(folder, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
