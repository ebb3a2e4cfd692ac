"""A quote corrected in the browser: its speaker, topics, kind and edges; rejected, or said to be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.errors import NotFound
from app.present.templates import address
from app.store import corrections as store
from app.store.attributions import quote_by_id
from app.store.rows import QuoteRow
from app.web import building, correcting
from app.web.access import Part, Role, open_to
from app.web.contexts import CorrectPage
from app.web.correcting import TOPIC, Checked, Said
from app.web.deps import Reading, ReadingDep, fresh_page, reading_at, see
from app.web.forms import Form, FormDep
from app.web.offering import offered
from app.web.signing import keep_name, known_name, signature

router = APIRouter()
READ = ["GET", "HEAD"]
FORM = "pages/correct.html"
BEFORE = "was-"
"""What a hidden field begins with that holds what another held when the form was made."""


@router.api_route("/quotes/{quote_id}/correct", methods=READ)
@open_to(Role.CORRECTOR, Part.QUOTE)
def correct(now: ReadingDep, quote_id: str) -> Response:
    """The form of a quote; an address that it had leads to the one it has."""
    try:
        current = store.current_id(now.conn, quote_id)
    except NotFound:
        if building.rejected(now.conn, now.site, quote_id) is None:
            raise
        return see(f"/quotes/{quote_id}")
    if current != quote_id:
        return RedirectResponse(address(f"/quotes/{current}/correct"), 308)
    row = quote_by_id(now.conn, current)
    before = correcting.stored(row, now.site.topics)
    typed = {**before, "scope": "quote", "note": "", "by": known_name(now.request)}
    return fresh_page(now, FORM, correct_page(now, row, typed, before))


@router.post("/quotes/{quote_id}/correct")
@open_to(Role.CORRECTOR, Part.QUOTE)
def change(now: ReadingDep, quote_id: str, form: FormDep) -> Response:
    """Save what differs from what the form began with, unless somebody else was quicker."""
    try:
        row = quote_by_id(now.conn, store.current_id(now.conn, quote_id))
    except NotFound:
        return _gone(now, quote_id, form)
    before = {name: _before(form, name, value) for name, value in correcting.stored(row, now.site.topics).items()}
    typed = typed_in(form, now, before)
    checked = _asked(now, form, row, typed, before)
    based_on = form.number("based_on")
    if checked.errors:
        page = correct_page(now, row, typed, before, errors=checked.errors, based_on=based_on)
        return fresh_page(now, FORM, page, 422)
    by = signature(now.request, typed.get("by") if "by" in form.fields else None)
    said = correcting.say(now.desk, checked.changes, by=by, note=typed["note"], based_on=based_on)
    if said.conflict or said.errors:
        return _not_all(now, row.id, typed, said, based_on)
    return keep_name(now.request, see(f"/quotes/{row.id}"), form.fields.get("by"))


def _asked(now: Reading, form: Form, row: QuoteRow, typed: Mapping[str, str], before: Mapping[str, str]) -> Checked:
    """What the button that was pressed asks for."""
    from app.ingest.correcting import Confirm, Reject  # noqa: PLC0415 - what judges topics

    wrong = correcting.signed_wrong(typed)
    if form.text("do") == "reject":
        return Checked([Reject(row.id)], wrong)
    if form.text("do") == "confirm":
        return Checked([Confirm(row.id)], wrong)
    return correcting.check(now.conn, row, typed, before, unknown_topics(form, now))


def _gone(now: Reading, quote_id: str, form: Form) -> Response:
    """Who said in between that it is no quote, and what was typed of it.

    Raises:
        NotFound: there never was such a quote.
    """
    page = building.rejected(now.conn, now.site, quote_id)
    if page is None:
        raise NotFound(f"There is no quote “{quote_id[:40]}”.")
    names = (name for name in ("speaker", "words", "note") if form.text(name) != form.text(BEFORE + name))
    unsaved = tuple((correcting.LABELS[name], form.text(name)) for name in names)
    return fresh_page(now, "pages/rejected.html", replace(page, unsaved=unsaved), 409)


def _not_all(now: Reading, quote_id: str, typed: Mapping[str, str], said: Said, based_on: int | None) -> Response:
    """The form again, with what was typed, what is there now, and what stood in the way."""
    with now.desk.engine.connect() as conn:  # this request may still see the library as it was before
        after = reading_at(now.desk, now.request, conn)
        row = quote_by_id(conn, store.current_id(conn, quote_id))
        before = correcting.stored(row, after.site.topics)
        seen = None if said.conflict else based_on  # the page shows it, so that the next may be on it
        page = correct_page(after, row, typed, before, errors=said.errors, based_on=seen, said=said)
        return fresh_page(after, FORM, page, said.status)


def correct_page(
    now: Reading,
    row: QuoteRow,
    typed: Mapping[str, str],
    before: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    based_on: int | None = None,
    said: Said | None = None,
) -> CorrectPage:
    """The form of the quote *row*."""
    return CorrectPage(
        site=now.site,
        quote=row,
        typed=typed,
        before=before,
        errors=errors or {},
        speakers=offered(now.conn, row.article.slug, whole=now.site.visitor.whole),
        based_on=store.latest(now.conn) if based_on is None else based_on,
        conflict=said.conflict if said else None,
        saved=said.saved if said else (),
    )


def _before(form: Form, name: str, stored: str) -> str:
    return form.text(BEFORE + name) if BEFORE + name in form.fields else stored


def typed_in(form: Form, now: Reading, before: Mapping[str, str]) -> dict[str, str]:
    """The fields of the form; a name that is typed where nobody was named says that somebody is."""
    typed = {name: form.text(name) for name in ("speaker", "nobody", "speaker_kind", "scope", "kind", "words", "note")}
    if typed["speaker"].strip() and typed["speaker"] != before["speaker"] and before["nobody"]:
        typed["nobody"] = ""
    chosen = (topic.id for topic in now.site.topics if form.text(TOPIC + topic.id))
    by = form.text("by") if "by" in form.fields else known_name(now.request)
    return {**typed, "topics": " ".join(chosen), "by": by}


def unknown_topics(form: Form, now: Reading) -> list[str]:
    """Topics that the form ticks and the library no longer has."""
    ticked = (name.removeprefix(TOPIC) for name in form.fields if name.startswith(TOPIC))
    return [one for one in ticked if one not in now.site.labels]


def address_now(now: Reading, quote_id: str) -> str | None:
    """The address of the quote that has or had *quote_id*, as the library is now; ``None`` where it is gone."""
    with now.desk.engine.connect() as conn:
        try:
            return store.current_id(conn, quote_id)
        except NotFound:
            return None
