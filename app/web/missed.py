"""``/articles/{slug}/add-quote``: a quote that the machine missed, pointed at by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response

from app.domain import OTHER, AttributionKind, TextSpan
from app.store.rows import ArticleText
from app.web import correcting, library
from app.web.access import Part, Role, open_to
from app.web.contexts import AddQuotePage
from app.web.correcting import TOPIC
from app.web.correction_pages import unknown_topics
from app.web.deps import Reading, ReadingDep, fresh_page, see
from app.web.forms import Form, FormDep
from app.web.offering import offered
from app.web.places import LONGEST, find_words, shown_place
from app.web.signing import keep_name, known_name, signature

if TYPE_CHECKING:
    from app.ingest.correcting import Add

router = APIRouter()
READ = ["GET", "HEAD"]
FORM = "pages/add_quote.html"
MARKS = '“”"„«»‹›「」『』《》'
FIELDS = ("words", "speaker", "nobody", "speaker_kind", "kind", "judge", "note")
NOT_IN_TEXT = "These words do not stand in the article. Copy them from its text."
SEVERAL = "These words stand in the article more than once: choose which you mean."


@router.api_route("/articles/{slug}/add-quote", methods=READ)
@open_to(Role.CORRECTOR, Part.ARTICLE)
def ask(
    now: ReadingDep, slug: str, start: int | None = None, end: int | None = None, words: str = "", at: int | None = None
) -> Response:
    """The form, with the words from *start* to *end* of the text, or *words* (of those that recur, the ones *at*)."""
    article = library.article(now.conn, slug)
    inside = start is not None and end is not None and 0 <= start < end <= len(article.text)
    if inside and start is not None and end is not None and end - start <= LONGEST:
        words = article.text[start:end]
        at = start + len(words) - len(words.lstrip())
    typed = dict.fromkeys(FIELDS, "") | {"words": words.strip(), "at": "" if at is None else str(at)}
    typed |= {"kind": _likely(article.text, words, at), "judge": "yes", "topics": "", "by": known_name(now.request)}
    return fresh_page(now, FORM, add_page(now, article, typed, {}))


@router.post("/articles/{slug}/add-quote")
@open_to(Role.CORRECTOR, Part.ARTICLE)
def add(now: ReadingDep, slug: str, form: FormDep) -> Response:
    """Add the quote, and show it."""
    article = library.article(now.conn, slug)
    typed = typed_in(form, now)
    errors, found = checked(now, article, typed, unknown_topics(form, now))
    if errors or found is None:
        return fresh_page(now, FORM, add_page(now, article, typed, errors), 422)
    by = signature(now.request, form.text("by") if "by" in form.fields else None)
    said = correcting.say(now.desk, [found], by=by, note=typed["note"], based_on=None)
    if not said.saved:
        return fresh_page(now, FORM, add_page(now, article, typed, said.errors), said.status)
    made = said.saved[0].quote_id
    return keep_name(now.request, see(f"/quotes/{made}" if made else f"/articles/{slug}"), form.fields.get("by"))


def typed_in(form: Form, now: Reading) -> dict[str, str]:
    """The fields of the form."""
    typed = {name: form.text(name) for name in (*FIELDS, "at")}
    if typed["speaker"].strip() and form.text("was-nobody"):
        typed["nobody"] = ""
    chosen = (topic.id for topic in now.site.topics if form.text(TOPIC + topic.id))
    by = form.text("by") if "by" in form.fields else known_name(now.request)
    return {**typed, "topics": " ".join(chosen), "by": by}


def checked(
    now: Reading, article: ArticleText, typed: Mapping[str, str], unknown: list[str]
) -> tuple[dict[str, str], Add | None]:
    """What is wrong with *typed*, by field; else what it adds."""
    from app.ingest.correcting import Add  # noqa: PLC0415 - what judges topics

    errors = correcting.signed_wrong(typed)
    who = None
    try:
        who = correcting.speaker_of(now.conn, typed)
    except correcting.NoSuchSpeakerError as error:
        errors[error.field] = str(error)
    if typed["kind"] not in tuple(AttributionKind):
        errors["kind"] = "Choose direct, mixed or indirect."
    if unknown:
        errors["topics"] = f"There is no topic “{unknown[0][:40]}” any more. Choose others, and save again."
    span, wrong = meant(article.text, typed)
    if wrong:
        errors = {"words": wrong, **errors}
    if errors or span is None:
        return errors, None
    topics = None if typed["judge"] else tuple(one for one in typed["topics"].split() if one != OTHER)
    words = article.text[span.start : span.end]
    return {}, Add(article.row.slug, span, who, AttributionKind(typed["kind"]), topics, words)


def meant(text: str, typed: Mapping[str, str]) -> tuple[TextSpan | None, str]:
    """Where in *text* the words that were typed are meant to stand, or what is wrong."""
    wrong = correcting.words_wrong(typed["words"])
    if wrong:
        return None, wrong
    spans = find_words(text, typed["words"])
    chosen = [span for span in spans if str(span.start) == typed["at"].strip()]
    if len(spans) == 1 or chosen:
        return (chosen or spans)[0], ""
    return None, SEVERAL if spans else NOT_IN_TEXT


def add_page(now: Reading, article: ArticleText, typed: Mapping[str, str], errors: Mapping[str, str]) -> AddQuotePage:
    """The form, with the places of the words where there are several."""
    spans = find_words(article.text, typed["words"]) if typed["words"] else []
    places = tuple(shown_place(article.text, span) for span in spans) if len(spans) > 1 else ()
    names = offered(now.conn, article.row.slug, whole=now.site.visitor.whole)
    return AddQuotePage(now.site, article.row, typed, errors, names, places)


def _likely(text: str, words: str, at: int | None) -> str:
    """The kind that words have in whose text, or on whose edges, there are quotation marks, and those without."""
    stripped = words.strip()
    if not stripped:
        return AttributionKind.DIRECT.value
    start = text.find(stripped, at or 0)
    end = start + len(stripped)
    edges = text[max(0, start - 1) : start] + text[end : end + 1] + stripped[0] + stripped[-1] if start >= 0 else ""
    if any(mark in MARKS for mark in edges):
        return AttributionKind.DIRECT.value
    return (AttributionKind.MIXED if any(mark in MARKS for mark in stripped) else AttributionKind.INDIRECT).value
