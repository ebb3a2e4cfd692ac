"""Making, changing and deleting topics, and taking the last change back. Every form works without a script."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from app.errors import Conflict
from app.store.topic_revisions import current_revision
from app.web import editing, keeping
from app.web.access import Role, open_to
from app.web.contexts import TopicEditPage
from app.web.deps import Reading, ReadingDep, fresh_page, reading_at, see
from app.web.drafts import Checked, Draft, blank, draft_from, draft_of, new_id, read_draft
from app.web.forms import Form, FormDep

router = APIRouter()
READ = ["GET", "HEAD"]
FORM, FRAGMENT = "pages/topic_edit.html", "fragments/preview.html"
NO_TERMS: list[str] = []
LONGEST_KEY = 200
NOWHERE = -1
"""The revision of a form that says none: it is never that of the topics."""

IN_BETWEEN = "Somebody else changed the topics in between, and nothing was changed now. Look again, and decide then."


@router.api_route("/topics/new", methods=READ)
@open_to(Role.OWNER)
def new(now: ReadingDep, label: str = "", term: Annotated[list[str], Query()] = NO_TERMS) -> Response:
    """The form of a new topic, with what its address may know of it."""
    return fresh_page(now, FORM, editing.edit_page(now, None, blank(label, term)))


@router.post("/topics/new")
@open_to(Role.OWNER)
def make(now: ReadingDep, form: FormDep, preview: str = "") -> Response:
    """Save a new topic, or show what it would do."""
    return _taken(now, form, None, preview=bool(preview))


@router.post("/topics/new/preview")
@open_to(Role.OWNER, changes=False)
def preview_new(now: ReadingDep, form: FormDep) -> Response:
    """What a new topic would do, as a piece of a page."""
    return _fragment(now, _checked(now, draft_from(form), None))


@router.api_route("/topics/suggestions", methods=READ)
@open_to(Role.OWNER)
def suggestions(now: ReadingDep) -> Response:
    """What the quotes that no topic fits speak of."""
    return fresh_page(now, "pages/topic_suggestions.html", editing.suggestions_page(now))


@router.post("/topics/suggestions")
@open_to(Role.OWNER)
def put_away(now: ReadingDep, form: FormDep) -> Response:
    """Dismiss a suggestion, or show it again."""
    for name, again in (("dismiss", False), ("restore", True)):
        if key := form.text(name):
            keeping.put_away(now.desk, key[:LONGEST_KEY], again=again)
    return see("/topics/suggestions")


@router.api_route("/topics/history", methods=READ)
@open_to(Role.READER)
def history(now: ReadingDep) -> Response:
    """Every change of the topics."""
    return fresh_page(now, "pages/topic_history.html", editing.history_page(now))


@router.post("/topics/undo")
@open_to(Role.OWNER)
def undo(now: ReadingDep, form: FormDep) -> Response:
    """Take the last change back, if it still is the last."""
    if based_on(form) != current_revision(now.conn):
        raise Conflict(IN_BETWEEN)
    keeping.undo(now.desk)
    return see("/topics/history")


@router.api_route("/topics/{topic_id}/edit", methods=READ)
@open_to(Role.OWNER)
def edit(now: ReadingDep, topic_id: str, saved: int | None = None, skipped: int = 0) -> Response:
    """The form of a topic."""
    topic = editing.editable(now, topic_id)
    page = editing.edit_page(now, topic, draft_of(topic))
    return fresh_page(now, FORM, replace(page, saved=saved, skipped=skipped))


@router.post("/topics/{topic_id}/edit")
@open_to(Role.OWNER)
def change(now: ReadingDep, topic_id: str, form: FormDep, preview: str = "") -> Response:
    """Save a topic, or show what it would do."""
    return _taken(now, form, topic_id, preview=bool(preview))


@router.post("/topics/{topic_id}/preview")
@open_to(Role.OWNER, changes=False)
def preview_one(now: ReadingDep, topic_id: str, form: FormDep) -> Response:
    """What a changed topic would do, as a piece of a page."""
    return _fragment(now, _checked(now, draft_from(form), topic_id))


@router.api_route("/topics/{topic_id}/delete", methods=READ)
@open_to(Role.OWNER)
def ask_to_delete(now: ReadingDep, topic_id: str) -> Response:
    """How many quotes would lose the topic."""
    return fresh_page(now, "pages/topic_delete.html", editing.delete_page(now, editing.editable(now, topic_id)))


@router.post("/topics/{topic_id}/delete")
@open_to(Role.OWNER)
def delete(now: ReadingDep, topic_id: str, form: FormDep) -> Response:
    """Delete a topic; its quotes stay."""
    topic = editing.editable(now, topic_id)
    rest = [one for one in now.site.topics if one.id != topic.id]
    keeping.save(now.desk, rest, based_on=based_on(form), note=f"Deleted “{topic.label}”.")
    return see("/topics/history")


def based_on(form: Form) -> int:
    """The revision that *form* was made on; one that says none was made on no topics that there are."""
    given = form.number("revision")
    return NOWHERE if given is None else given


def _checked(now: Reading, draft: Draft, topic_id: str | None) -> Checked:
    others = [topic for topic in now.site.topics if topic.id != topic_id]
    found = read_draft(draft, topic_id or new_id(draft["label"], {topic.id for topic in others}))
    label = found.topic.label.casefold()
    if "label" not in found.errors and any(topic.label.casefold() == label for topic in others):
        taken = f"There is a topic “{found.topic.label}” already: choose another label."
        return replace(found, errors={**found.errors, "label": taken})
    return found


def _fragment(now: Reading, checked: Checked) -> Response:
    body = now.desk.templates.get_template(FRAGMENT).render(preview=editing.preview(now, checked))
    return HTMLResponse(body, headers={"cache-control": "no-store"})


def _taken(now: Reading, form: Form, topic_id: str | None, *, preview: bool) -> Response:
    """The page again with a preview or with what is wrong, or the way to the saved topic."""
    draft, number = draft_from(form), based_on(form)
    known = None if topic_id is None else editing.found(now, topic_id)
    if topic_id is not None and known is None and number == current_revision(now.conn):
        editing.editable(now, topic_id)
    checked = _checked(now, draft, topic_id)
    page = replace(
        editing.edit_page(now, known, draft, number),
        action=editing.action(topic_id),
        entries=editing.entries(draft, checked),
    )
    if preview:
        return fresh_page(now, FORM, replace(page, preview=editing.preview(now, checked)))
    if checked.errors:
        return fresh_page(now, FORM, page, 422)
    return _saved(now, page, checked)


def _saved(now: Reading, page: TopicEditPage, checked: Checked) -> Response:
    topic = checked.topic
    note = f"Changed “{topic.label}”." if page.topic_id else f"Made “{topic.label}”."
    try:
        saved = keeping.save(now.desk, keeping.put_in(now.site.topics, topic), based_on=page.revision, note=note)
    except Conflict:
        with now.desk.engine.connect() as conn:  # this request may still see the library as it was before
            after = reading_at(now.desk, now.request, conn)
            theirs = editing.conflict(after, topic, page.revision)
            again = replace(page, site=after.site, conflict=theirs, revision=current_revision(conn))
            return fresh_page(after, FORM, again, 409)
    skipped = str(saved.skipped) if saved.skipped else None
    return see(f"/topics/{topic.id}/edit", saved=str(saved.revision), skipped=skipped)
