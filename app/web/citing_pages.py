"""``/quotes/{id}.bib``, ``.ris`` and ``.csl.json``: a quote's article for reference managers."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.present.citing.item import Json, csl_item
from app.present.citing.managers import bibtex, ris
from app.store.articles import article_row
from app.store.attributions import quote_by_id
from app.store.corrections import current_id
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.deps import Reading, ReadingDep, attached

router = APIRouter()
READ = ["GET", "HEAD"]
BIBTEX = "application/x-bibtex; charset=utf-8"
RIS = "application/x-research-info-systems; charset=utf-8"
CSL = "application/vnd.citationstyles.csl+json"
CslItem = dict[str, Any]
"""As the schema of CSL-JSON has it, of which we use a part."""


@router.api_route("/quotes/{quote_id}.bib", methods=READ)
@open_to(Role.READER, Part.QUOTE)
@answers(None, 404, kinds=(BIBTEX,))
def as_bibtex(now: ReadingDep, quote_id: str) -> Response:
    """The article of a quote as BibTeX, with the quote as its note."""
    item = _item(now, quote_id)
    return _file(now, bibtex(item), BIBTEX, f"{item['id']}.bib")


@router.api_route("/quotes/{quote_id}.ris", methods=READ)
@open_to(Role.READER, Part.QUOTE)
@answers(None, 404, kinds=(RIS,))
def as_ris(now: ReadingDep, quote_id: str) -> Response:
    """The article of a quote as RIS, with the quote as its note."""
    item = _item(now, quote_id)
    return _file(now, ris(item), RIS, f"{item['id']}.ris")


@router.api_route("/quotes/{quote_id}.csl.json", methods=READ)
@open_to(Role.READER, Part.QUOTE)
@answers(list[CslItem], 404, kinds=(CSL,))
def as_csl(now: ReadingDep, quote_id: str) -> Response:
    """The article of a quote as a list of one item of CSL-JSON, with the quote as its note."""
    item = _item(now, quote_id)
    written = json.dumps([item], ensure_ascii=False, indent=1)
    return _file(now, written, CSL, f"{item['id']}.csl.json")


def _item(now: Reading, quote_id: str) -> Json:
    quote = quote_by_id(now.conn, current_id(now.conn, quote_id))
    return csl_item(article_row(now.conn, quote.article.slug), quote)


def _file(now: Reading, text: str, media_type: str, name: str) -> Response:
    return attached(now.request, text.encode(), media_type, name)
