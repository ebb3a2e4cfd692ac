"""``/oembed``: what a chat or an editor shows of a link to a page of ours (oEmbed 1.0)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.errors import AppError, NotFound
from app.present.frames import WIDTH, frame_code
from app.web.access import Part, Role, open_to
from app.web.addresses import absolute
from app.web.contexts.embed import Framed
from app.web.deps import Reading, ReadingDep, json_response
from app.web.framing import framed

router = APIRouter()
READ = ["GET", "HEAD"]
KEPT_SECONDS = 3_600
PICTURE = (1200, 630)
"""The size of the picture of every preview, ``static/preview.png``."""
Pixels = Annotated[int, Query(ge=1, le=100_000)]


class NoSuchFormatError(AppError):
    """A format that the specification knows and that is not had here."""

    status = 501


@router.api_route("/oembed", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
def oembed(
    now: ReadingDep, url: str, format: str = "json", maxwidth: Pixels = WIDTH, maxheight: Pixels = 100_000
) -> Response:
    """A frame with the quote, chart or list that stands at *url*, no larger than is asked for.

    Raises:
        NotFound: the address is not one of ours, or nothing of it can be shown in a frame.
        NoSuchFormatError: the answer is wanted in another format than JSON.

    Source:
        oEmbed 1.0, sections 2.2 and 2.3.
    """
    if format != "json":
        raise NoSuchFormatError("The answer is to be had as JSON alone: format=json.")
    found = _found(now, url)
    width, height = min(WIDTH, maxwidth), min(found.height, maxheight)
    source = absolute(now.request, found.source)
    more: dict[str, str | int] = {"author_name": found.author} if found.author else {}
    if maxwidth >= PICTURE[0] and maxheight >= PICTURE[1]:
        picture = absolute(now.request, now.desk.assets.url("preview.png"))
        more |= {"thumbnail_url": picture, "thumbnail_width": PICTURE[0], "thumbnail_height": PICTURE[1]}
    return json_response(
        now,
        {
            "version": "1.0",
            "type": "rich",
            "title": found.title,
            "provider_name": "Communiqué",
            "provider_url": absolute(now.request, "/"),
            "cache_age": KEPT_SECONDS,
            "html": frame_code(source, found.title, width, height),
            "width": width,
            "height": height,
            **more,
        },
    )


def _found(now: Reading, url: str) -> Framed:
    """What stands at *url*.

    Raises:
        NotFound: nothing, or nothing of ours.
    """
    ours = absolute(now.request, "/")
    rest = url.partition("#")[0]
    if not f"{rest}/".startswith(ours):
        raise NotFound(f"This is no address of ours: they begin with {ours}")
    path, _, query = rest[len(ours) - 1 :].partition("?")
    try:
        return framed(now, path or "/", query)
    except AppError as error:
        raise NotFound(f"Nothing at this address can be shown within another page: {error}") from error
