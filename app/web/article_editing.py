"""An article edited, deleted and brought back, read again, and its original. Every form works without a script."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from app.errors import Conflict, NotFound
from app.store import deleting
from app.store.originals import original
from app.store.provenance import source_of
from app.web import article_drafts, library, queueing
from app.web.access import Part, Role, open_to
from app.web.article_drafts import LABELS, SPEAKER, Stored
from app.web.contexts import ArticleDeletePage, ArticleEditPage, DeletedPage, SpeakerField
from app.web.deps import Desk, Reading, ReadingDep, fresh_page, reading_at, see
from app.web.forms import FormDep

router = APIRouter()
READ = ["GET", "HEAD"]
FORM = "pages/article_edit.html"


@router.api_route("/articles/deleted", methods=READ)
@open_to(Role.OWNER)
def deleted(now: ReadingDep) -> Response:
    """What can be brought back."""
    return fresh_page(now, "pages/articles_deleted.html", DeletedPage(now.site, deleting.list_deleted(now.conn)))


@router.api_route("/articles/{slug}/edit", methods=READ)
@open_to(Role.OWNER)
def edit(now: ReadingDep, slug: str, saved: str = "") -> Response:
    """The form of an article."""
    library.article(now.conn, slug)
    page = edit_page(now, slug, article_drafts.stored(now.conn, slug))
    return fresh_page(now, FORM, replace(page, saved=bool(saved)))


@router.post("/articles/{slug}/edit")
@open_to(Role.OWNER)
def change(now: ReadingDep, slug: str, form: FormDep) -> Response:
    """Save an article's fields, unless somebody else was quicker."""
    library.article(now.conn, slug)
    before = article_drafts.stored(now.conn, slug)
    typed = {name: form.text(name) if name in form.fields else value for name, value in before.typed.items()}
    checked = article_drafts.check(typed, before)
    if checked.errors:
        page = edit_page(now, slug, before)
        again = replace(page, typed=typed, errors=checked.errors, fingerprint=form.text("fingerprint"))
        return fresh_page(now, FORM, again, 422)
    try:
        article_drafts.save(now.desk, slug, checked, form.text("fingerprint"))
    except Conflict:
        with now.desk.engine.connect() as conn:  # this request may still see the library as it was before
            after = reading_at(now.desk, now.request, conn)
            theirs = article_drafts.stored(conn, slug)
            both = article_drafts.differences(theirs, typed)
            page = replace(edit_page(after, slug, theirs), typed=typed, conflict=both)
            return fresh_page(after, FORM, page, 409)
    return see(f"/articles/{slug}/edit", saved="yes")


def edit_page(now: Reading, slug: str, stored: Stored) -> ArticleEditPage:
    """The form with what is saved in its fields."""
    return ArticleEditPage(
        site=now.site,
        slug=slug,
        name=stored.fields.title,
        typed=stored.typed,
        errors={},
        labels=stored.labels,
        set_by_hand=tuple(label for name, label in LABELS.items() if name in stored.edited),
        speakers=tuple(SpeakerField(SPEAKER + one, name) for one, name in stored.speakers.items()),
        more_speakers=stored.speaking - len(stored.speakers),
        fingerprint=stored.fingerprint,
    )


@router.api_route("/articles/{slug}/delete", methods=READ)
@open_to(Role.OWNER)
def ask_to_delete(now: ReadingDep, slug: str) -> Response:
    """What would go."""
    row = library.article(now.conn, slug).row
    page = ArticleDeletePage(now.site, row, deleting.KEPT.days)
    return fresh_page(now, "pages/article_delete.html", page)


@router.post("/articles/{slug}/delete")
@open_to(Role.OWNER)
def delete(now: ReadingDep, slug: str) -> Response:
    """Delete an article; it can be brought back."""
    take_away(now.desk, slug)
    return see("/articles/deleted")


@router.post("/articles/{slug}/restore")
@open_to(Role.OWNER)
def restore(now: ReadingDep, slug: str) -> Response:
    """Bring an article back."""
    bring_back(now.desk, slug)
    return see(f"/articles/{slug}")


@router.post("/articles/{slug}/again")
@open_to(Role.OWNER)
def read_again(now: ReadingDep, slug: str, repair: str = "") -> Response:
    """Read an article again, from its original where there is one; with *repair*, mend its mojibake."""
    row = library.article(now.conn, slug).row
    how = {"repair": True} if repair else {}
    if not repair and source_of(now.conn, slug, pieces=False) is not None:
        how = {"reread": True}
    return see(f"/jobs/{queueing.again(now.desk, slug, row.title, **how)}", then="article")


@router.api_route("/articles/{slug}/original", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
def download(now: ReadingDep, slug: str) -> Response:
    """The document as it was given, byte for byte, to be saved and never to be shown as a page of ours."""
    library.article(now.conn, slug)
    source = source_of(now.conn, slug, pieces=False)
    if source is None:
        raise NotFound("The original of this article is not kept: an older version took it in, or it had none.")
    headers = {"content-disposition": library.disposition(source, slug), "cache-control": "no-cache"}
    return Response(original(now.conn, source.original), headers=headers, media_type="application/octet-stream")


def take_away(desk: Desk, slug: str) -> deleting.DeletedRow:
    """Delete the article *slug*.

    Raises:
        NotFound: there is no such article.
    """
    with desk.engine.begin() as conn:
        return deleting.delete_article(conn, slug)


def bring_back(desk: Desk, slug: str) -> bool:
    """Bring the article *slug* back; whether it is read again, since the topics are other ones now.

    Raises:
        NotFound: no article of this address was deleted.
    """
    with desk.engine.begin() as conn:
        stale = deleting.restore_article(conn, slug)
        title = library.article(conn, slug).row.title
    if stale:
        queueing.again(desk, slug, title)
    return stale
