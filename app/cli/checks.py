"""What ``communique doctor`` looks at: one function a part, each with a finding or more."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import URL, Engine, make_url

from app.errors import AppError
from app.settings import Settings, default_database

PROBE = 'The minister said that "prices will fall".\n'
SHOWN_VERSIONS = ("spacy", "plotly", "fastapi", "sqlalchemy")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is wrong."""

    name: str
    state: str
    good: bool = True
    mend: str = ""


def versions() -> Iterator[Finding]:
    """The program, its Python, and the libraries whose version changes what it says."""
    libraries = ", ".join(f"{name} {version(name)}" for name in SHOWN_VERSIONS)
    yield Finding("versions", f"Python {platform.python_version()}, {libraries}")


def library(settings: Settings) -> Iterator[Finding]:
    """Whether the database opens and is ours. It is looked at, never made and never migrated."""
    try:
        address = make_url(settings.database_url)
        if address.get_backend_name() == "sqlite" and address.database and not Path(address.database).exists():
            yield _no_library_yet(Path(address.database))
        else:
            yield _opened(settings.database_url, address)
    except AppError as error:
        yield Finding("library", str(error), good=False, mend="Name another with --database.")


def _no_library_yet(path: Path) -> Finding:
    chosen = str(path) != default_database()
    if chosen and not path.parent.is_dir():
        mend = f"Make the folder {path.parent}, or name another place with --database."
        return Finding("library", f"the folder of {path} does not exist", good=False, mend=mend)
    folder = next(parent for parent in path.parents if parent.exists())
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Finding("library", f"{path} is not there yet; `communique serve` makes it")
    mend = f"Make {folder} writable, or name another place with --database."
    return Finding("library", f"{path} cannot be made: {folder} may not be written", good=False, mend=mend)


def _opened(url: str, address: URL) -> Finding:
    from app.store.engine import open_engine

    engine = open_engine(url)
    try:
        return Finding("library", f"{_shown(address)}: {_contents(engine)}")
    finally:
        engine.dispose()


def _shown(address: URL) -> str:
    return address.database or "" if address.get_backend_name() == "sqlite" else address.render_as_string()


def _contents(engine: Engine) -> str:
    from app.store.schema_version import HEAD, schema_version
    from app.store.stats import library_counts

    with engine.connect() as conn:
        current = schema_version(conn)
        if current is None:
            return "empty; `communique serve` fills it"
        if current != HEAD:
            return f"of an older version ({current}); it is brought up to date when it is next opened"
        counts = library_counts(conn)
        return f"articles {counts.articles:,}, quotes {counts.quotes:,}, speakers {counts.speakers:,}"


def model(settings: Settings) -> Iterator[Finding]:
    """Whether the language model loads and finds the one quotation of a sentence made for it."""
    from app.codebook import read_codebook
    from app.nlp.pipeline import Analyser
    from app.resources import resource_dir
    from app.text.paragraphs import split_paragraphs

    try:
        analyser = Analyser(settings.pipeline, read_codebook(resource_dir("seeds") / "topics.toml"))
        found = [quote.span.of(PROBE) for quote in analyser.analyse(PROBE, split_paragraphs(PROBE)).quotes]
    except AppError as error:
        yield Finding("model", str(error), good=False)
        return
    if any("prices will fall" in words for words in found):
        yield Finding("model", analyser.fingerprint)
    else:
        mend = "Name an English pipeline with a parser, or install communique again."
        yield Finding("model", f"{analyser.fingerprint} missed a plain quotation", good=False, mend=mend)


def charts() -> Iterator[Finding]:
    """Which plotly.js the pages will load."""
    from app.present.plotly_bundle import BASIC, find
    from app.resources import resource_dir

    try:
        bundle = find(resource_dir("static") / "vendor")
    except FileNotFoundError as error:
        yield Finding("charts", f"{error}.", good=False, mend="Run `pip install --force-reinstall communique`.")
        return
    size = f"{bundle.path.stat().st_size / 1e6:.1f} MB"
    if bundle.path.name == BASIC:
        yield Finding("charts", f"plotly.js {bundle.version}, {size}")
    else:
        npm = "run `communique assets`" if shutil.which("npm") else "with npm installed, run `communique assets`"
        yield Finding("charts", f"plotly.js {bundle.version}, {size}; for the smaller one {npm}")
