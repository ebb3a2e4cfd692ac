"""Feeds that are looked at while this serves: added, looked at now, removed."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from app.errors import Conflict, IngestError
from app.present.numbers import plural
from app.store import feeds as store
from app.store import meta
from app.store.feeds import FeedRow
from app.web import queueing, schemas
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.contexts import FeedsPage
from app.web.deps import DeskDep, Reading, ReadingDep, fresh_page, json_response, see
from app.web.forms import FormDep
from app.web.shapes import jobs as shapes

router = APIRouter()
api = APIRouter()
READ = ["GET", "HEAD"]
PAGE = "pages/feeds.html"
PACES = {15: "15 minutes", 30: "30 minutes", 60: "hour", 180: "3 hours", 720: "12 hours", 1_440: "day"}
USUAL = 30


@router.api_route("/feeds", methods=READ)
@open_to(Role.OWNER)
def feeds(now: ReadingDep, added: int | None = None, looked: int | None = None, new: int = 0) -> Response:
    """The feeds, and what was just done with one of them."""
    rows = store.list_feeds(now.conn)
    names = {row.id: row.title for row in rows}
    told = ""
    if added in names:
        told = f"“{names[added]}” is looked at from now on; its newest entries are being read."
    elif looked in names and not any(row.id == looked and row.error for row in rows):
        told = f"“{names[looked]}” has {plural(new, 'new entry', 'new entries')}."
    return fresh_page(now, PAGE, _page(now, told=told))


@api.api_route("/feeds.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.Feeds)
def feeds_json(now: ReadingDep) -> Response:
    """The feeds that are looked at while this serves."""
    told: shapes.Feeds = {**schemas.whole(map(_json, store.list_feeds(now.conn)))}
    return json_response(now, told)


@router.post("/feeds")
@open_to(Role.OWNER)
def add(now: ReadingDep, form: FormDep) -> Response:
    """Look at a feed from now on; it is looked at once before this answers."""
    from app.ingest.feeds import add_feed  # noqa: PLC0415 - what fetches

    typed = {"url": form.text("url").strip(), "every": form.text("every")}
    every = form.number("every") or USUAL
    if not typed["url"]:
        return fresh_page(now, PAGE, _page(now, typed, {"url": "Write the address of a feed first."}), 422)
    now.conn.rollback()  # which may take many seconds: hold nothing of the library meanwhile
    try:
        row = add_feed(now.desk.engine, typed["url"], every=every if every in PACES else USUAL)
    except (IngestError, Conflict) as error:
        return fresh_page(now, PAGE, _page(now, typed, {"url": str(error)}), error.status)
    queueing.ring(now.desk)
    return see("/feeds", added=str(row.id))


@router.post("/feeds/{feed_id}/poll")
@open_to(Role.OWNER)
def poll(desk: DeskDep, feed_id: int) -> Response:
    """Look at a feed now."""
    from app.ingest.feeds import poll_feed  # noqa: PLC0415

    found = poll_feed(desk.engine, feed_id)
    queueing.ring(desk)
    return see("/feeds", looked=str(feed_id), new=str(found.queued))


@router.post("/feeds/{feed_id}/remove")
@open_to(Role.OWNER)
def remove(desk: DeskDep, feed_id: int) -> Response:
    """Look at a feed no more; what came from it stays."""
    with desk.engine.begin() as conn:
        meta.lock(conn)
        store.remove_feed(conn, feed_id)
    return see("/feeds")


def _page(
    now: Reading, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None, told: str = ""
) -> FeedsPage:
    paces = tuple((str(minutes), f"every {words}") for minutes, words in PACES.items())
    return FeedsPage(now.site, store.list_feeds(now.conn), typed or {"every": str(USUAL)}, errors or {}, paces, told)


def _json(row: FeedRow) -> shapes.Feed:
    return {
        "id": row.id,
        "url": row.url,
        "title": row.title,
        "every": row.every,
        "error": row.error,
        "entries": row.entries,
        "added": row.added.isoformat(),
        "due": row.due.isoformat(),
        "checked": row.checked.isoformat() if row.checked else None,
    }
