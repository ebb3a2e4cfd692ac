"""``/embed/…``: small pages for frames on other sites, and ``/embed``, which gives the code for it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.errors import NotFound
from app.present.frames import WIDTH, frame_code
from app.store import audit
from app.store.shares import NewShare, make_share
from app.web import embedded
from app.web.access import Part, Role, open_to
from app.web.addresses import absolute, client_of, shared
from app.web.compare_pages import CommonDep, WithDep
from app.web.contexts import EmbedCodePage, EmbedGonePage
from app.web.contexts.embed import Framed
from app.web.deps import Reading, ReadingDep, fresh_page, page_response
from app.web.filtering import FilterDep, ViewDep
from app.web.forms import FormDep
from app.web.framing import framed
from app.web.gate.deciding import FRAME_TOKEN
from app.web.speaker_pages import SpeakerFilterDep
from app.web.time_pages import TimeViewDep

router = APIRouter()
READ = ["GET", "HEAD"]
QUOTE, CHART, LIST = (f"pages/embed_{name}.html" for name in ("quote", "chart", "list"))
FRAMED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"


@router.api_route("/embed", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
def code(now: ReadingDep, of: str) -> Response:
    """The code that shows what stands at the address ``?of=`` within another page, and who may do so."""
    page = _page_of(now, of)
    source = absolute(now.request, page.source)
    return _code(now, page, "" if now.site.visitor.sharing else source)


@router.post("/embed")
@open_to(Role.OWNER, changes=False)
def make_code(now: ReadingDep, form: FormDep) -> Response:
    """The code with a token for what it shows, since others cannot see it without; the token is shown this once."""
    page = _page_of(now, form.text("of"))
    wanted = NewShare(Role.READER, Part.LIBRARY, {}, page.source, f"In a frame: {page.title}", framed=True)
    with now.desk.engine.begin() as conn:
        uid, token = make_share(conn, wanted)
        audit.note(conn, now.site.visitor.name, "shared", f"link {uid}: {wanted.title}", client_of(now.request))
    mark = "&" if "?" in page.source else "?"
    answer = _code(now, page, shared(now.request, f"{page.source}{mark}{FRAME_TOKEN}={token}"))
    answer.headers["cache-control"] = "no-store"
    return answer


def _page_of(now: Reading, of: str) -> Framed:
    path, _, query = of.partition("?")
    return framed(now, path, query)


def _code(now: Reading, page: Framed, source: str) -> Response:
    """The page with the code for *source*; without one, with the way to make it."""
    html = frame_code(source, page.title, WIDTH, page.height) if source else ""
    sites = now.desk.settings.embed_sites
    shown = EmbedCodePage(now.site, page.title, page.view, page.source, html, sites)
    return fresh_page(now, "pages/embed_code.html", shown)


@router.api_route("/embed/quotes/{quote_id}", methods=READ)
@open_to(Role.READER, Part.QUOTE)
def quote(now: ReadingDep, quote_id: str) -> Response:
    """One quote with its speaker, source and topics."""
    return _framed(now, QUOTE, embedded.quote, quote_id)


@router.api_route("/embed/search", methods=READ)
@open_to(Role.READER, Part.LIST)
def search(now: ReadingDep, filters: FilterDep, view: ViewDep) -> Response:
    """The first quotes of a list."""
    return _framed(now, LIST, embedded.search, filters, view.order)


@router.api_route("/embed/board", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
def board(now: ReadingDep) -> Response:
    """The board's chart."""
    return _framed(now, CHART, embedded.board)


@router.api_route("/embed/topics/{topic_id}", methods=READ)
@open_to(Role.READER, Part.LIST)
def topic(now: ReadingDep, filters: FilterDep) -> Response:
    """A topic's chart."""
    return _framed(now, CHART, embedded.topic, filters)


@router.api_route("/embed/articles/{slug}", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
def article(now: ReadingDep, slug: str, chart: str = "") -> Response:
    """One of an article's charts."""
    return _framed(now, CHART, embedded.article, slug, chart)


@router.api_route("/embed/speakers/{slug}", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
def speaker(now: ReadingDep, filters: SpeakerFilterDep, chart: str = "") -> Response:
    """One of a speaker's charts."""
    return _framed(now, CHART, embedded.speaker, filters, chart)


@router.api_route("/embed/time", methods=READ)
@open_to(Role.READER, Part.LIST)
def time(now: ReadingDep, filters: FilterDep, how: TimeViewDep) -> Response:
    """The chart of quotes over time."""
    return _framed(now, CHART, embedded.time, filters, how)


@router.api_route("/embed/compare", methods=READ)
@open_to(Role.READER, Part.LIBRARY)
def compare(now: ReadingDep, filters: CommonDep, given: WithDep, by: str = "") -> Response:
    """The chart of a comparison."""
    return _framed(now, CHART, embedded.compare, tuple(given), filters, by)


def _framed(now: Reading, template: str, build: Any, *args: Any) -> Response:
    """The page, or that it is gone, with the headers that let the sites of the settings show it, and no others."""
    try:
        answer = page_response(now, template, build, *args)
    except NotFound as gone:
        answer = fresh_page(now, "pages/embed_gone.html", EmbedGonePage(now.site, str(gone)), gone.status)
    sites = now.desk.settings.embed_sites
    allowed = " ".join(sites) or "'none'"
    answer.headers["content-security-policy"] = f"{FRAMED_POLICY}; frame-ancestors {allowed}"
    if sites:
        answer.headers["cross-origin-resource-policy"] = "cross-origin"
    return answer
