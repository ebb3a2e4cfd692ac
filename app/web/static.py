"""Static files over HTTP: compressed as the browser likes, and kept for ever under their versioned address."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from app.errors import NotFound
from app.present import plotly_bundle
from app.present.assets import PLOTLY, PLOTLY_STYLE, STYLE, Asset, media_type
from app.web.access import Role, open_to
from app.web.deps import Desk, DeskDep, encoding_of, frame

router = APIRouter()
READ = ["GET", "HEAD"]
FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=0, must-revalidate"


@router.api_route("/static/{name:path}", methods=READ)
@open_to(Role.ANYONE)
def static_file(request: Request, desk: DeskDep, name: str, v: str = "") -> Response:
    """A file of the static folder, the style sheet, or plotly.js."""
    encoding = encoding_of(request)
    if name == PLOTLY:
        return _plotly(desk, encoding, v)
    asset = _asset(desk, name)
    encoding = encoding if asset.compressible(encoding) else "identity"
    headers = _headers(encoding, current=v == _version(desk, asset))
    headers["etag"] = f'"{asset.version}-{encoding}"'
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(asset.encoded(encoding), headers=headers, media_type=asset.media_type)


@router.api_route("/favicon.ico", methods=READ)
@open_to(Role.ANYONE)
def favicon(desk: DeskDep) -> Response:
    """Where browsers look that do not read the page's link."""
    return RedirectResponse(desk.assets.url("favicon.svg"), 308)


@router.api_route("/robots.txt", methods=READ)
@open_to(Role.ANYONE)
def robots() -> Response:
    """Whatever may be read may be read by programs; what is shared says itself that it is not to be listed."""
    return PlainTextResponse("User-agent: *\nAllow: /\n")


def _asset(desk: Desk, name: str) -> Asset:
    if name == PLOTLY_STYLE:
        return desk.assets.plotly_style
    if name == STYLE:
        site = desk.site or frame(desk.assets)
        return desk.assets.style(site.topics)
    if name not in desk.assets.files:
        raise NotFound(f"There is no file “{name}”.")
    return desk.assets.files[name]


def _version(desk: Desk, asset: Asset) -> str:
    return desk.assets.bundle.version if asset.name == PLOTLY_STYLE else asset.version


def _plotly(desk: Desk, encoding: str, v: str) -> Response:
    bundle = desk.assets.bundle
    headers = _headers(encoding, current=v == bundle.version)
    kind = media_type(PLOTLY)
    if encoding == "identity":
        return FileResponse(bundle.path, headers=headers, media_type=kind)
    return Response(plotly_bundle.compressed(bundle, encoding), headers=headers, media_type=kind)


def _headers(encoding: str, *, current: bool) -> dict[str, str]:
    headers = {"cache-control": FOR_EVER if current else BRIEFLY, "vary": "accept-encoding"}
    if encoding != "identity":
        headers["content-encoding"] = encoding
    return headers
