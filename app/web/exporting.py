"""``/search.csv`` and the like: all quotes of a list as a file, under the same filter and in the same order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.errors import NotFound
from app.present.exports.about import About
from app.present.exports.formats import FORMATS
from app.store.attributions import each_quote
from app.store.cube.choosing import choose
from app.store.filters import AttributionFilter
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.deps import Reading, ReadingDep
from app.web.filtering import FilterDep, View, ViewDep
from app.web.streams import MadeAsSent

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/search.{ending}", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(None, 400, 404, 413, kinds=tuple(one.media_type for one in FORMATS.values()), tagged=False)
def quotes_file(now: ReadingDep, ending: str, filters: FilterDep, view: ViewDep) -> Response:
    """All quotes that a filter lets through, as a file."""
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
    """The file of the kind *ending* with all quotes that *chosen* lets through.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
        TooManyError: there are more than the file has room for.
    """
    kind, count = FORMATS[ending], len(choose(now.conn, chosen))
    kind.check_room(count)
    about = About.of(chosen, view.order, count, now.site.labels)

    def pieces(conn: Connection) -> Iterator[bytes]:
        return kind.write(about, each_quote(conn, chosen, view.order))

    return sent(now, f"{about.file_name}.{ending}", kind.media_type, pieces)


def sent(now: Reading, name: str, media_type: str, pieces: Callable[[Connection], Iterator[bytes]]) -> Response:
    """A file called *name* to be saved, sent as *pieces* makes it; nothing is made where only the head is asked for."""

    def all_of_it() -> Generator[bytes, None, None]:
        # A connection of its own, since the one of the request is given back before the last piece is sent.
        with now.desk.engine.connect() as conn:
            yield from pieces(conn)

    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    if now.request.method == "HEAD":
        return Response(headers=headers, media_type=media_type)
    return MadeAsSent(all_of_it(), headers=headers, media_type=media_type)
