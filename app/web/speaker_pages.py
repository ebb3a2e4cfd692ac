"""``/speakers`` and ``/speakers/{slug}``: the pages, the same as JSON, and their charts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.present.figures import bar_figure, drawn_json
from app.present.templates import address
from app.present.time_figure import time_figure
from app.store.filters import AttributionFilter
from app.store.merging import speaks_instead
from app.store.speaker_lists import Sort
from app.store.speaker_names import LONGEST_NAME
from app.web import speaker, speaker_list
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.api import drawn
from app.web.deps import ReadingDep, json_response, page_response
from app.web.filtering import BadFilter, FilterDep, ViewDep, query_of, short
from app.web.shapes.jobs import Charts
from app.web.shapes.speakers import SpeakerPage, Speakers

router = APIRouter()
READ = ["GET", "HEAD"]


def list_view(request: Request) -> speaker_list.SpeakersView:
    """How the list of speakers is to go.

    Raises:
        BadFilter: there is no such order.
    """
    given = {name: request.query_params.get(name, "").strip() for name in ("sort", "name", "after")}
    path = request.url.path.removesuffix(".json")
    kept = {name: value for name, value in request.query_params.items() if name not in ("sort", "after")}
    if given["sort"] not in ("", *Sort):
        told = f"“{short(given['sort'])}” is no order of speakers. It can be {' or '.join(Sort)}."
        raise BadFilter(told, "sort", (("The speakers with most quotes first", address(path, **kept)),))
    name = "".join(char for char in given["name"] if char.isprintable())[:LONGEST_NAME]
    return speaker_list.SpeakersView(Sort(given["sort"] or Sort.QUOTES), name, given["after"] or None)


ListViewDep = Annotated[speaker_list.SpeakersView, Depends(list_view)]


def speaker_filter(slug: str, chosen: FilterDep, now: ReadingDep) -> AttributionFilter:
    """The filter of a speaker's page, whose address has the speaker, or one that was merged with it.

    Raises:
        BadFilter: another speaker is asked for as well.
    """
    speaker = speaks_instead(now.conn, slug) or slug
    if chosen.speaker not in (None, speaker):
        other = address(f"/speakers/{chosen.speaker}", **query_of(chosen, "speaker"))
        told = "This page is about one speaker alone."
        raise BadFilter(told, "speaker", (("The page of the other speaker", other),))
    return replace(chosen, speaker=speaker)


SpeakerFilterDep = Annotated[AttributionFilter, Depends(speaker_filter)]


@router.api_route("/speakers", methods=READ)
@open_to(Role.READER)
def speakers(now: ReadingDep, filters: FilterDep, view: ListViewDep) -> Response:
    """Who speaks, and on what."""
    return page_response(now, "pages/speakers.html", speaker_list.speakers_page, filters, view)


@router.api_route("/speakers.json", methods=READ)
@open_to(Role.READER)
@answers(Speakers, 400, 404)
def speakers_json(now: ReadingDep, filters: FilterDep, view: ListViewDep) -> Response:
    """A page of the speakers, with how many quotes each has on which topic."""
    page = speaker_list.speakers_page(now.conn, now.site, filters, view)
    return json_response(now, speaker_list.as_json(page, filters))


@router.api_route("/speakers/{slug}.json", methods=READ)
@open_to(Role.READER)
@answers(SpeakerPage, 400, 404)
def one_json(now: ReadingDep, filters: SpeakerFilterDep, view: ViewDep) -> Response:
    """One speaker: on what, when and where it speaks, and a page of its quotes."""
    page = speaker.speaker_page(now.conn, now.site, filters, view)
    return json_response(now, speaker.as_json(page, filters))


@router.api_route("/speakers/{slug}", methods=READ)
@open_to(Role.READER)
def one(now: ReadingDep, slug: str, filters: SpeakerFilterDep, view: ViewDep) -> Response:
    """One speaker: on what, when and where it speaks, and its quotes."""
    if filters.speaker != slug:
        return RedirectResponse(speaker_list.speaker_address(filters.speaker or slug, filters))
    return page_response(now, "pages/speaker.html", speaker.speaker_page, filters, view)


@router.api_route("/speakers/{slug}/charts.json", methods=READ)
@open_to(Role.READER)
@answers(Charts, 400, 404)
def charts(now: ReadingDep, filters: SpeakerFilterDep, v: str = "") -> Response:
    """Both charts of a speaker's page as Plotly figures, under the same filter."""
    speaker.speaker_of(now.conn, filters.speaker or "")
    bars = speaker.topic_chart(now.conn, filters)
    times = speaker.time_chart(now.conn, now.site, filters)
    figures = {bars.key: bar_figure(bars)} if bars.bars else {}
    figures |= {times.key: time_figure(times)} if times.buckets else {}
    return drawn(now, drawn_json(figures), v)
