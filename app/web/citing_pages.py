"""``/quotes/{id}.bib``, ``.ris`` and ``.csl.json``: a quote's article for reference managers."""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import Response

from app.present.citing.item import Json, csl_item
from app.present.citing.managers import bibtex, ris
from app.store.articles import article_row
from app.store.attributions import quote_by_id
from app.store.corrections import current_id
from app.web.access import Part, Role, open_to
from app.web.deps import Reading, ReadingDep

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/quotes/{quote_id}.bib", methods=READ)
@open_to(Role.READER, Part.QUOTE)
def as_bibtex(now: ReadingDep, quote_id: str) -> Response:
    """The article as BibTeX, with the quote as its note."""
    item = _item(now, quote_id)
    return _file(bibtex(item), "application/x-bibtex; charset=utf-8", f"{item['id']}.bib")


@router.api_route("/quotes/{quote_id}.ris", methods=READ)
@open_to(Role.READER, Part.QUOTE)
def as_ris(now: ReadingDep, quote_id: str) -> Response:
    """The article as RIS, with the quote as its note."""
    item = _item(now, quote_id)
    return _file(ris(item), "application/x-research-info-systems; charset=utf-8", f"{item['id']}.ris")


@router.api_route("/quotes/{quote_id}.csl.json", methods=READ)
@open_to(Role.READER, Part.QUOTE)
def as_csl(now: ReadingDep, quote_id: str) -> Response:
    """The article as a list of one item of CSL-JSON, with the quote as its note."""
    item = _item(now, quote_id)
    written = json.dumps([item], ensure_ascii=False, indent=1)
    return _file(written, "application/vnd.citationstyles.csl+json", f"{item['id']}.csl.json")


def _item(now: Reading, quote_id: str) -> Json:
    quote = quote_by_id(now.conn, current_id(now.conn, quote_id))
    return csl_item(article_row(now.conn, quote.article.slug), quote)


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return Response(text, headers=headers, media_type=media_type)
