"""``…/charts.svg``, ``.csv`` and ``.table.json``: each chart as a drawing and as its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from app.present.drawn.svg import drawing, style_source, svg
from app.present.exports.chart_files import as_csv, as_json, file_name, stamp
from app.present.exports.chart_numbers import numbers_of
from app.present.exports.endings import CHART_FILES
from app.web import charted
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.charted import Charted
from app.web.compare_pages import CommonDep, WithDep
from app.web.deps import Reading, ReadingDep
from app.web.exporting import kind_of
from app.web.filtering import FilterDep
from app.web.speaker_pages import SpeakerFilterDep
from app.web.time_pages import TimeViewDep

router = APIRouter()
READ = ["GET", "HEAD"]


KINDS = tuple(media_type for _, media_type in CHART_FILES.values())


@router.api_route("/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
@answers(None, 404, kinds=KINDS, tagged=False)
def board(now: ReadingDep, ending: str, chart: str = "") -> Response:
    """The board's chart as a file."""
    return _file(now, charted.of_board(now.conn), chart, ending)


@router.api_route("/topics/{topic_id}/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(None, 400, 404, kinds=KINDS, tagged=False)
def topic(now: ReadingDep, ending: str, filters: FilterDep, chart: str = "") -> Response:
    """A topic's chart as a file."""
    return _file(now, charted.of_topic(now.conn, now.site, filters), chart, ending)


@router.api_route("/articles/{slug}/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
@answers(None, 404, kinds=KINDS, tagged=False)
def article(now: ReadingDep, slug: str, ending: str, chart: str = "") -> Response:
    """A chart of an article as a file; “chart” says which."""
    return _file(now, charted.of_article(now.conn, slug), chart, ending)


@router.api_route("/speakers/{slug}/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
@answers(None, 400, 404, kinds=KINDS, tagged=False)
def speaker(now: ReadingDep, ending: str, filters: SpeakerFilterDep, chart: str = "") -> Response:
    """A chart of a speaker as a file."""
    return _file(now, charted.of_speaker(now.conn, now.site, filters), chart, ending)


@router.api_route("/time/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(None, 400, 404, kinds=KINDS, tagged=False)
def time(now: ReadingDep, ending: str, filters: FilterDep, how: TimeViewDep, chart: str = "") -> Response:
    """The chart of quotes over time as a file."""
    return _file(now, charted.of_time(now.conn, now.site, filters, how), chart, ending)


@router.api_route("/compare/charts.{ending}", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
@answers(None, 400, 404, kinds=KINDS, tagged=False)
def compare(
    now: ReadingDep, ending: str, filters: CommonDep, given: WithDep, by: str = "", chart: str = ""
) -> Response:
    """The chart of a comparison as a file."""
    return _file(now, charted.of_compare(now.conn, now.site, given, filters, by), chart, ending)


def _file(now: Reading, charts: Sequence[Charted], key: str, ending: str) -> Response:
    """The file of the chart with *key*, called after its title, its filter and its day.

    Raises:
        NotFound: there is no such chart, or no such file.
    """
    found, about = charted.one_of(charts, key), charted.one_of(charts, key).about
    ending = kind_of(CHART_FILES, ending)
    name = f"{file_name(about)}.{ending.rpartition('.')[2]}"
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-cache"}
    if ending == "svg":
        drawn = drawing(found.chart, now.site.topics, stamp(about))
        body = svg(now.desk.templates, drawn)
        # Opened by itself it is a page, and its own policy would take its colours by night away.
        source = style_source(drawn)
        headers["content-security-policy"] = f"default-src 'none'; style-src {source}; frame-ancestors 'none'"
    elif ending == "csv":
        body = as_csv(numbers_of(found.chart), about)
        headers["content-disposition"] = f'attachment; filename="{name}"'
    else:
        body = as_json(numbers_of(found.chart), about)
    return Response(body, headers=headers, media_type=CHART_FILES[ending][1])
