"""``communique backup`` and ``communique restore``: the library in one file, and back, while it is served."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terms import DatabaseOption, say, terminal
from app.errors import AppError

if TYPE_CHECKING:
    from app.store.restoring import Prepared

Progress = Callable[[int, int], None]
Bar = Callable[[str], Progress | None]
STANDARD = Path("-")

TargetArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="Where to: a file, a folder for a file with a dated name in it, or - for standard output."
    ),
]
SourceArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, or - for standard input.")]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Write over a FILE that is there already.")]
NoKeepOption = Annotated[
    bool, typer.Option("--no-keep", help="Do not keep the present library in a dated file beside it.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Bring it back although something in it is wrong.")]


def backup(target: TargetArgument, overwrite: OverwriteOption = False, database: DatabaseOption = None) -> None:
    """Write the library into one file, while it is served and added to.

    The file is whole, checked, and needs nothing beside it; when this fails, it is as it was. It is an SQLite file
    that can be opened as a library anywhere: communique serve --database FILE.

    \b
    communique backup summits-today.sqlite
    communique backup /media/stick/
    communique backup - | ssh archive 'cat > summits.sqlite'
    """
    from app.store.backup import back_up, library_file

    library = library_file(_address(database), "pg_dump --format=custom --file=library.dump DATABASE")
    with bars() as bar:
        if target == STANDARD:
            _to_standard_output(library, bar)
            return
        path = _dated(target, library.stem, ".sqlite") if target.is_dir() else target
        if path.exists() and not overwrite:
            raise AppError(f"{path} is there already; name another file, or add --overwrite.")
        made = back_up(library, path, bar("Copying"))
    say(f"{made.path}: {made.articles:,} articles, {made.quotes:,} quotes, {made.size / 1e6:,.1f} MB.")


def restore(
    source: SourceArgument,
    no_keep: NoKeepOption = False,
    yes: YesOption = False,
    force: ForceOption = False,
    database: DatabaseOption = None,
) -> None:
    """Make the library what it was when FILE was backed up. It may be served meanwhile: pages show it at once.

    FILE is looked through first, and stays as it is. The present library is kept beside itself, under a dated name.
    Killed at any moment, this leaves the present library or the new one, never something between.

    \b
    communique restore summits-today.sqlite
    communique restore summits-today.sqlite --yes --no-keep
    """
    from app.store.backup import library_file
    from app.store.restoring import prepared, replace_library

    library = _ready(library_file(_address(database), "pg_restore --clean --if-exists --dbname=DATABASE library.dump"))
    keep = _dated(library.parent, f"{library.stem}-before", ".sqlite")
    with _given(source) as given, ExitStack() as stack:
        if library.exists() and library.samefile(given):
            raise AppError(f"{given} is the library itself.")
        with bars() as bar:
            new = stack.enter_context(prepared(given, library, bar("Checking")))
        _refuse_wrong(source, new, force=force)
        if not yes:
            fate = "The present one is not kept." if no_keep else f"The present one is kept in {keep}."
            _ask(f"{source} holds {new.articles:,} articles and {new.quotes:,} quotes. {fate}", library)
        with bars() as bar:
            replace_library(library, new.path, None if no_keep else keep, bar("Bringing back"))
    say(f"{library} is what it was in {source}: {new.articles:,} articles, {new.quotes:,} quotes.")
    if keep.exists():
        say(f"What it was before is kept in {keep}.")
    if new.mendable:
        say(f"{new.mendable:,} things in it are to be made anew: run `communique doctor --mend`.")


def _address(database: str | None) -> str:
    from app.settings import load_settings

    return load_settings(database_url=database).database_url


def _dated(folder: Path, stem: str, ending: str) -> Path:
    return folder / f"{stem}-{dt.datetime.now():%Y%m%d-%H%M%S}{ending}"


def _to_standard_output(library: Path, bar: Bar) -> None:
    from app.store.backup import back_up

    if sys.stdout.isatty():
        raise AppError("A backup is no text; send it into a file or another program.")
    with TemporaryDirectory(prefix="communique-") as folder:
        made = back_up(library, Path(folder) / "library.sqlite", bar("Copying"))
        with made.path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
        sys.stdout.buffer.flush()


@contextmanager
def _given(source: Path) -> Iterator[Path]:
    if source != STANDARD:
        if not source.is_file():
            raise AppError(f"There is no file {source}.")
        yield source
        return
    with TemporaryDirectory(prefix="communique-") as folder:
        path = Path(folder) / "standard-input.sqlite"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
        yield path


def _ready(library: Path) -> Path:
    from app.settings import default_database

    if str(library) == default_database():
        library.parent.mkdir(parents=True, exist_ok=True)
    if not library.parent.is_dir():
        raise AppError(f"The folder {library.parent} of the library does not exist; make it or name another.")
    return library.resolve()


def _refuse_wrong(source: Path, new: Prepared, *, force: bool) -> None:
    for problem in new.problems:
        say(problem)
    if new.problems and not force:
        raise AppError(f"{source} is not whole. Bring back another backup, or add --force.")


def _ask(told: str, library: Path) -> None:
    if not sys.stdin.isatty():
        raise AppError("Bringing back a backup replaces the library; add --yes where nobody can be asked.")
    say(told)
    typer.confirm(f"Replace {library}?", abort=True, err=True)


@contextmanager
def bars() -> Iterator[Bar]:
    """Gives bars on standard error by their names, one after the other; none where that is no terminal."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = terminal()
    if not console.is_interactive:
        yield lambda name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as shown:

        def bar(name: str) -> Callable[[int, int], None]:
            task = shown.add_task(name, total=None)
            return lambda done, total: shown.update(task, completed=done, total=total)

        yield bar
