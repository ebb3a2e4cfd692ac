"""Corrections for programs: listed, made, undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.domain import Action, Anchor, AttributionKind, Scope, SpeakerKind, TextSpan
from app.present.correction_words import correction_words
from app.present.templates import address
from app.store import corrections as store
from app.store.articles import article_text
from app.store.attributions import quote_by_id
from app.store.checks import LARGEST_NUMBER
from app.store.corrections import Correction, Disagreement
from app.store.speakers import speaker_by_slug
from app.web import correcting, schemas
from app.web.access import Role, open_to
from app.web.adding import BodyDep, WrongFieldError
from app.web.answers import answers
from app.web.correction_list import PATH, WantedDep, list_page
from app.web.deps import Reading, ReadingDep, json_response
from app.web.missed import meant
from app.web.places import around, nearest
from app.web.problems import problem
from app.web.shapes import changes as shapes
from app.web.shapes.jobs import Disagreed
from app.web.signing import signature
from app.web.uploads import read_object

if TYPE_CHECKING:
    from app.ingest.correcting import Change, Who

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store"}
API = "/api/corrections"
SAID = tuple(action.value for action in Action if action is not Action.MERGE)
KNOWN = frozenset(
    ("quote", "article", "action", "speaker", "scope", "topics", "kind", "words", "start", "end", "by", "note")
) | {"based_on"}
Json = dict[str, Any]


@router.api_route(f"{PATH}.json", methods=READ)
@router.api_route(API, methods=READ)
@open_to(Role.READER)
@answers(shapes.Corrections, 400, 404)
def listed(now: ReadingDep, asked: WantedDep, after: str | None = None) -> Response:
    """The corrections, the last first."""
    page = list_page(now, asked, after)
    shown = schemas.listing(page.corrections, lambda one: as_json(one, now), schemas.in_json(page.next_url))
    told: shapes.Corrections = {**shown, "unplaced": [as_json(one, now) for one in page.unplaced]}
    return json_response(now, told)


@router.post(API)
@open_to(Role.CORRECTOR)
@answers(shapes.MadeCorrection, 404, 422, status=(201,), takes=shapes.GivenCorrection, told={409: Disagreed})
def make(now: ReadingDep, body: BodyDep) -> Response:
    """Make a correction. Where somebody else said something first (409), “other” has what."""
    from app.ingest.correcting import correct  # noqa: PLC0415 - what judges topics

    given = read_fields(body)
    change = change_in(now, given)
    by, note, based_on = signed(now, given)
    try:
        made = correct(now.desk.engine, now.desk.settings, change, by=by, note=note, based_on=based_on)
    except Disagreement as error:
        answer = problem(now.request, error.status, str(error))
        told = {**json.loads(bytes(answer.body)), "other": as_json(error.other, now)}
        return JSONResponse(told, error.status, headers=NOT_KEPT, media_type="application/problem+json")
    return _made(now, made, 201)


@router.post(API + "/{number}/undo")
@open_to(Role.CORRECTOR)
@answers(shapes.MadeCorrection, 404, 409, 422)
def undo(now: ReadingDep, number: int) -> Response:
    """Take a correction back."""
    from app.ingest.correcting import undo as take_back  # noqa: PLC0415

    made = take_back(now.desk.engine, now.desk.settings, number, by=signature(now.request, None))
    return _made(now, made)


@router.post(API + "/{number}/redo")
@open_to(Role.CORRECTOR)
@answers(shapes.MadeCorrection, 404, 409, 422)
def redo(now: ReadingDep, number: int) -> Response:
    """Let a correction hold again that was undone."""
    from app.ingest.correcting import redo as say_again  # noqa: PLC0415

    made = say_again(now.desk.engine, now.desk.settings, number, by=signature(now.request, None))
    return _made(now, made)


def as_json(one: Correction, now: Reading) -> shapes.Correction:
    """A correction; ``words`` says it in a sentence, ``address`` is where its quote is, which may have moved."""
    anchor = one.anchor
    return {
        "number": one.number,
        "action": one.action,
        "words": correction_words(one, now.site.labels),
        "article": one.article_slug,
        "quote": one.quote_id,
        "address": address(f"/quotes/{one.quote_id}") if one.quote_id else None,
        "value": dict(one.value),
        "anchor": _anchor(anchor) if anchor else None,
        "by": one.by,
        "at": one.at.isoformat(),
        "note": one.note,
        "undone": one.undone.isoformat() if one.undone else None,
        "undone_by": one.undone_by,
        "placed": one.placed,
    }


def _anchor(one: Anchor) -> shapes.Anchor:
    return {"exact": one.exact, "prefix": one.prefix, "suffix": one.suffix, "start": one.start, "end": one.end}


def _made(now: Reading, one: Correction, status: int = 200) -> Response:
    with now.desk.engine.connect() as conn:
        told: shapes.MadeCorrection = {**as_json(one, now), "latest": store.latest(conn)}
    return JSONResponse(told, status, headers=NOT_KEPT)


def read_fields(body: bytes) -> Json:
    """The JSON object in *body*, which has no field that a correction has not.

    Raises:
        UploadError: it is none.
        WrongFieldError: it has a field that a correction has not.
    """
    value = read_object(body)
    unknown = {str(name)[:40]: "A correction has no such field." for name in value if name not in KNOWN}
    if unknown:
        raise WrongFieldError(unknown)
    return value


def signed(now: Reading, given: Mapping[str, Any]) -> tuple[str, str, int | None]:
    """Who says it, why, and which correction they had seen.

    Raises:
        WrongFieldError: one of these cannot be used.
    """
    by, note, based_on = given.get("by"), given.get("note", ""), given.get("based_on")
    wrong = {name: "It must be a string." for name in ("by", "note") if not isinstance(given.get(name, ""), str)}
    if based_on is not None and (type(based_on) is not int or not 0 <= based_on <= LARGEST_NUMBER):
        wrong["based_on"] = "It must be the number of a correction."
    wrong = wrong or correcting.signed_wrong({"by": by or "", "note": note})
    if wrong:
        raise WrongFieldError(wrong)
    return signature(now.request, by), note, based_on


def change_in(now: Reading, given: Mapping[str, Any]) -> Change:
    """What *given* says.

    Raises:
        WrongFieldError: a field is missing, or cannot be used.
        NotFound: there is no such quote, article or speaker.
    """
    from app.ingest import correcting as said  # noqa: PLC0415

    action = given.get("action")
    if action not in SAID:
        raise WrongFieldError({"action": f"It must be one of {', '.join(SAID)}."})
    if action == Action.ADD:
        return _added(now, given)
    quote_id = store.current_id(now.conn, _text(given, "quote"))
    if action == Action.SPEAKER:
        scope = given.get("scope", Scope.QUOTE.value)
        if scope not in tuple(Scope):
            raise WrongFieldError({"scope": "It must be quote or article."})
        return said.SetSpeaker(quote_id, _speaker(now, given), Scope(scope))
    if action == Action.TOPICS:
        return said.SetTopics(quote_id, _topics(now, given) or ())
    if action == Action.KIND:
        return said.SetKind(quote_id, _kind(given))
    if action == Action.EDGES:
        return said.SetEdges(quote_id, *_edges(now, given, quote_id))
    return said.Reject(quote_id) if action == Action.REJECT else said.Confirm(quote_id)


def _added(now: Reading, given: Mapping[str, Any]) -> Change:
    from app.ingest.correcting import Add  # noqa: PLC0415

    article = article_text(now.conn, _text(given, "article"))
    words = _text(given, "words") if "words" in given else None
    if words is None:
        span = _span(given, len(article.text))
    else:
        found, wrong = meant(article.text, {"words": words, "at": str(given.get("start", ""))})
        if found is None:
            raise WrongFieldError({"words": wrong})
        span = found
    exact = article.text[span.start : span.end]
    return Add(article.row.slug, span, _speaker(now, given), _kind(given), _topics(now, given), exact)


def _edges(now: Reading, given: Mapping[str, Any], quote_id: str) -> tuple[TextSpan, str]:
    row = quote_by_id(now.conn, quote_id)
    text = article_text(now.conn, row.article.slug).text
    if "words" not in given:
        span = _span(given, len(text))
        return span, text[span.start : span.end]
    words = _text(given, "words")
    wrong = correcting.words_wrong(words)
    found = None if wrong else nearest(around(text, words, row.span), row.span)
    if found is None:
        raise WrongFieldError({"words": wrong or correcting.NOT_THERE})
    return found, text[found.start : found.end]


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise WrongFieldError({name: "It must be given, as a string."})
    return value


def _span(given: Mapping[str, Any], length: int) -> TextSpan:
    start, end = given.get("start"), given.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= length:
        raise WrongFieldError({"start": "Give words, or start and end in code points of the text."})
    return TextSpan(start, end)


def _kind(given: Mapping[str, Any]) -> AttributionKind:
    if given.get("kind") not in tuple(AttributionKind):
        raise WrongFieldError({"kind": "It must be direct, mixed or indirect."})
    return AttributionKind(given["kind"])


def _topics(now: Reading, given: Mapping[str, Any]) -> tuple[str, ...] | None:
    topics = given.get("topics")
    if topics is None and given["action"] == Action.ADD:
        return None
    if not isinstance(topics, list) or not all(isinstance(one, str) for one in topics):
        raise WrongFieldError({"topics": "It must be a list of topics' ids."})
    unknown = [one for one in topics if one not in now.site.labels]
    if unknown:
        raise WrongFieldError({"topics": f"There is no topic “{unknown[0][:40]}”."})
    return tuple(topics)


def _speaker(now: Reading, given: Mapping[str, Any]) -> Who:
    """Nobody for null, a known speaker for a slug, by name and kind for an object."""
    if "speaker" not in given:
        raise WrongFieldError({"speaker": "It must be given: a slug, an object with name and kind, or null."})
    value = given["speaker"]
    if value is None:
        return None
    if isinstance(value, str):
        return speaker_by_slug(now.conn, value).slug
    kinds = ("", *(kind.value for kind in SpeakerKind))
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or value.get("kind", "") not in kinds:
        raise WrongFieldError({"speaker": "It must be a slug, an object with name and kind, or null."})
    try:
        typed = {"speaker": value["name"], "speaker_kind": value.get("kind", ""), "nobody": ""}
        return correcting.speaker_of(now.conn, typed)
    except correcting.NoSuchSpeakerError as error:
        raise WrongFieldError({"speaker": str(error)}) from error
