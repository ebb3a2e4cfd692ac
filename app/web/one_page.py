"""``/search.html``: all quotes of a list as one file of HTML, under the same filter and in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.present.exports.about import About
from app.present.standalone.kind import ENDING, MEDIA_TYPE, check_room
from app.store.cube.choosing import choose
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.deps import ReadingDep
from app.web.exporting import READ, sent
from app.web.filtering import FilterDep, ViewDep

router = APIRouter()


@router.api_route(f"/search.{ENDING}", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(None, 400, 404, 413, kinds=(MEDIA_TYPE,), tagged=False)
def one_page(now: ReadingDep, filters: FilterDep, view: ViewDep) -> Response:
    """The quotes of a filter as one file of HTML that opens from disk."""
    from app.present.standalone.page import write  # noqa: PLC0415 - few ask for it
    from app.present.standalone.shell import Workshop  # noqa: PLC0415

    count = len(choose(now.conn, filters))
    check_room(count)
    about = About.of(filters, view.order, count, now.site.labels)
    workshop, topics = Workshop(now.desk.templates, now.desk.assets), now.site.topics

    def pieces(conn: Connection) -> Iterator[bytes]:
        return write(conn, workshop, about, filters, view.order, topics)

    return sent(now, f"{about.file_name}.{ENDING}", MEDIA_TYPE, pieces)
