"""``/search.csv`` and the like: all quotes of a list as a file, under the same filter and in the same order."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from sqlalchemy import Engine

from app.errors import AppError, NotFound
from app.present.exports.about import About
from app.present.exports.formats import FORMATS, Format
from app.store.attributions import each_quote
from app.store.cube.choosing import choose
from app.store.filters import AttributionFilter
from app.web.deps import Reading, ReadingDep
from app.web.filtering import FilterDep, View, ViewDep

router = APIRouter()
READ = ["GET", "HEAD"]


class TooManyError(AppError):
    """More quotes than a file of this kind has room for."""

    status = 413


@router.api_route("/search.{ending}", methods=READ)
def quotes_file(now: ReadingDep, ending: str, filters: FilterDep, view: ViewDep) -> Response:
    """The quotes as the kind of file that *ending* says."""
    return export(now, filters, view, kind_of(FORMATS, ending))


def kind_of(kinds: Collection[str], ending: str) -> str:
    """*ending*, where it is one of *kinds*.

    Raises:
        NotFound: it is not.
    """
    if ending not in kinds:
        raise NotFound(f"There is no such file. Its name can end with {', '.join(kinds)} or json.")
    return ending


def export(now: Reading, chosen: AttributionFilter, view: View, ending: str) -> Response:
    """The file of the kind *ending* with all quotes that *chosen* lets through, sent as it is made.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
        TooManyError: there are more than the file has room for.
    """
    kind, count = FORMATS[ending], len(choose(now.conn, chosen))
    if kind.most is not None and count > kind.most:
        told = f"These are {count:,} quotes, and {kind.words} has room for {kind.most:,}. Take CSV, or set a filter."
        raise TooManyError(told)
    about = About.of(chosen, view.order, count, now.site.labels)
    headers = {
        "content-disposition": f'attachment; filename="{about.file_name}.{ending}"',
        "cache-control": "no-cache",
    }
    pieces = () if now.request.method == "HEAD" else _pieces(now.desk.engine, kind, about, chosen, view.order)
    return StreamingResponse(pieces, headers=headers, media_type=kind.media_type)


def _pieces(engine: Engine, kind: Format, about: About, chosen: AttributionFilter, order: str) -> Iterator[bytes]:
    # A connection of its own, since the one of the request is given back before the last piece is sent.
    with engine.connect() as conn:
        yield from kind.write(about, each_quote(conn, chosen, order))
