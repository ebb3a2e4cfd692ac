"""``communique export --static``: a folder of pages for any web host."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.copies import bars
from app.cli.terms import say
from app.cli.topic_printing import counted
from app.errors import AppError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.cli.library import Library
    from app.present.exports.about import About
    from app.store.filters import AttributionFilter
    from app.web.folder.plan import Plan

MARKER = ".communique-pages.json"
"""Lies in each folder that we wrote, so that no other is ever replaced."""


def write_folder(library: Library, conn: Connection, folder: Path, chosen: AttributionFilter) -> None:
    """Write the pages of the quotes that *chosen* lets through into *folder*, which is as it was until all are there.

    Raises:
        AppError: something else lies in *folder*, or it cannot be written.
    """
    from app.present.exports.about import About
    from app.present.templates import labels
    from app.store.cube.choosing import Order, choose
    from app.store.topics import all_topics
    from app.web.application import create_app
    from app.web.folder.writing import write_pages

    folder = folder.absolute()
    _check(folder)
    topics = all_topics(conn)
    about = About.of(chosen, Order.NEWEST, len(choose(conn, chosen)), labels(topics))
    plan = _plan(conn, chosen, about, [topic.id for topic in topics])
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
            made = Path(beside) / "new"
            made.mkdir()
            search = _write_search(conn, made, about, chosen)
            with bars() as bar:
                app = create_app(library.settings, library.engine)
                pages = write_pages(app, plan, made, search=search, progress=bar("Writing"))
            (made / MARKER).write_text(json.dumps(dict(about.lines()), ensure_ascii=False, indent=1), "utf-8")
            _put(made, folder, Path(beside))
    except OSError as error:
        raise AppError(f"{folder} cannot be written: {error.strerror}.") from error
    say(f"{folder}: {counted(pages + search, 'page')} of {counted(about.count, 'quote')}. Open index.html in it.")


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise AppError(f"{folder} is a file; name a folder.")
    if any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise AppError(f"{folder} holds something else, which is not written over; name a new folder or an empty one.")


def _plan(conn: Connection, chosen: AttributionFilter, about: About, known: list[str]) -> Plan:
    from app.store.attributions import each_quote
    from app.store.documents import documents
    from app.store.filters import UNNAMED
    from app.web.folder.plan import part_of, whole

    speakers: dict[str, None] = {}
    topics: dict[str, None] = {}
    if not chosen.given:
        articles = {}
        for article, quotes in documents(conn, chosen):
            articles[article.row.slug] = [quote.id for quote in quotes]
            speakers |= {quote.speaker.slug if quote.speaker else UNNAMED: None for quote in quotes}
        return whole(known, speakers, articles)
    ids = []
    for quote in each_quote(conn, chosen):
        ids.append(quote.id)
        speakers[quote.speaker.slug if quote.speaker else UNNAMED] = None
        topics |= dict.fromkeys(quote.topics)
    return part_of(about.filters, topics, speakers, ids)


def _write_search(conn: Connection, folder: Path, about: About, chosen: AttributionFilter) -> bool:
    """Write the one page that all quotes can be searched in, if they have room there."""
    from app.present.standalone.kind import MOST_QUOTES
    from app.present.standalone.page import write
    from app.present.standalone.shell import Workshop
    from app.store.cube.choosing import Order
    from app.store.topics import all_topics
    from app.web.folder.plan import ONE_PAGE

    if about.count > MOST_QUOTES:
        return False
    with (folder / ONE_PAGE).open("wb") as file:
        file.writelines(write(conn, Workshop.here(), about, chosen, Order.NEWEST, all_topics(conn)))
    return True


def _put(made: Path, folder: Path, beside: Path) -> None:
    """Put *made* in the place of *folder*; what was there goes with *beside*."""
    made.chmod(0o755)
    if folder.exists():
        folder.rename(beside / "old")
    try:
        made.rename(folder)
    except OSError:
        if (beside / "old").exists():
            (beside / "old").rename(folder)
        raise
