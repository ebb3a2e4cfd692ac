"""``/corrections``: all that people said, undone and said again; and ``/speakers/{slug}/merge``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from app.errors import AppError
from app.present.correction_words import correction_words
from app.present.templates import address
from app.store import stats
from app.store.correction_lists import State, Wanted, correctors, list_corrections
from app.store.corrections import correction
from app.store.filters import AttributionFilter
from app.store.rows import SpeakerRow
from app.store.speaker_names import LONGEST_NAME, speakers_named
from app.store.speakers import speaker_by_slug
from app.web import correcting
from app.web.access import Role, open_to
from app.web.contexts import CorrectionsPage, MergePage
from app.web.contexts.corrections import Narrowing
from app.web.correction_pages import address_now
from app.web.deps import Reading, ReadingDep, fresh_page, see
from app.web.forms import FormDep
from app.web.offering import offered
from app.web.signing import cleaned, keep_name, known_name, signature

router = APIRouter()
READ = ["GET", "HEAD"]
PATH, MERGE = "/corrections", "pages/speaker_merge.html"
ON_A_PAGE, MOST_UNPLACED = 30, 15
STATE_WORDS = {State.IN_FORCE: "In force", State.UNDONE: "Undone", State.UNPLACED: "Not to be placed"}


class NoSuchStateError(AppError):
    """A state of corrections that there is not."""

    status = 400


def wanted(article: str = "", by: str = "", state: str = "") -> Wanted:
    """Which corrections the address asks for.

    Raises:
        NoSuchStateError: there is no such state.
    """
    if state and state not in tuple(State):
        raise NoSuchStateError(f"There is no state “{state[:40]}” of corrections: it is one of {', '.join(State)}.")
    return Wanted(article or None, by or None, State(state) if state else None)


WantedDep = Annotated[Wanted, Depends(wanted)]


@router.api_route(PATH, methods=READ)
@open_to(Role.READER)
def corrections(now: ReadingDep, asked: WantedDep, after: str | None = None, done: int | None = None) -> Response:
    """The corrections, the last first; those that cannot be placed before all others."""
    return fresh_page(now, "pages/corrections.html", list_page(now, asked, after, done))


@router.post(PATH + "/{number}/undo")
@open_to(Role.CORRECTOR)
def undo(now: ReadingDep, number: int, form: FormDep) -> Response:
    """Take a correction back."""
    from app.ingest.correcting import undo as take_back  # noqa: PLC0415 - what judges topics

    take_back(now.desk.engine, now.desk.settings, number, by=signature(now.request, None))
    return _back(now, number, form.text("then"))


@router.post(PATH + "/{number}/redo")
@open_to(Role.CORRECTOR)
def redo(now: ReadingDep, number: int, form: FormDep) -> Response:
    """Let a correction hold again that was undone."""
    from app.ingest.correcting import redo as say_again  # noqa: PLC0415

    say_again(now.desk.engine, now.desk.settings, number, by=signature(now.request, None))
    return _back(now, number, form.text("then"))


def _back(now: Reading, number: int, then: str) -> Response:
    """To the quote where it was asked from there and still is one, else to the list."""
    there = address_now(now, then) if then else None
    return see(f"/quotes/{there}") if there else see(PATH, done=str(number))


def list_page(now: Reading, asked: Wanted, after: str | None, done: int | None = None) -> CorrectionsPage:
    """The context of ``/corrections``."""
    page = list_corrections(now.conn, asked, limit=ON_A_PAGE, after=after)
    whole = after is None and asked == Wanted()
    unplaced = list_corrections(now.conn, Wanted(state=State.UNPLACED), limit=MOST_UNPLACED).items if whole else ()
    narrowed = asked != Wanted()
    return CorrectionsPage(
        site=now.site,
        unplaced=unplaced,
        corrections=page,
        states=tuple(
            Narrowing(words, url(asked, state=state.value), asked.state is state)
            for state, words in STATE_WORDS.items()
        ),
        people=tuple(
            Narrowing(f"{name} {number}", url(asked, by=name), asked.by == name)
            for name, number in correctors(now.conn)
        ),
        article=asked.article,
        whole_url=PATH if narrowed else None,
        next_url=url(asked, after=page.next) if page.next else None,
        first_url=url(asked) if after is not None else None,
        done=_done(now, done),
    )


def url(asked: Wanted, **changed: str) -> str:
    """The address of the list with what was *asked*, and what is *changed* of it."""
    given = {"article": asked.article, "by": asked.by, "state": asked.state.value if asked.state else None}
    return address(PATH, **{**given, **changed})


def _done(now: Reading, number: int | None) -> str:
    if number is None or not 0 < number < 1_000_000_000:
        return ""
    one = correction(now.conn, number)
    what = "holds again" if one.in_force else "is undone"
    return f"Correction {one.number} {what}: “{correction_words(one, now.site.labels)}”."


@router.api_route("/speakers/{slug}/merge", methods=READ)
@open_to(Role.CORRECTOR)
def ask_to_merge(now: ReadingDep, slug: str) -> Response:
    """Who this speaker is, too."""
    speaker = speaker_by_slug(now.conn, slug)
    typed = {"into": "", "note": "", "by": known_name(now.request)}
    return fresh_page(now, MERGE, merge_page(now, speaker, typed, {}))


@router.post("/speakers/{slug}/merge")
@open_to(Role.CORRECTOR)
def merge(now: ReadingDep, slug: str, form: FormDep) -> Response:
    """Let all that a speaker says be said by another."""
    from app.ingest.correcting import merge_speakers  # noqa: PLC0415

    speaker = speaker_by_slug(now.conn, slug)
    by = form.text("by") if "by" in form.fields else known_name(now.request)
    typed = {"into": form.text("into"), "note": form.text("note"), "by": by}
    errors, into, several = _other(now, speaker, typed, form.text("which"))
    if errors or into is None:
        return fresh_page(now, MERGE, merge_page(now, speaker, typed, errors, several), 422)
    said_by = signature(now.request, form.text("by") if "by" in form.fields else None)
    made = merge_speakers(now.desk.engine, now.desk.settings, speaker.slug, into.slug, by=said_by, note=typed["note"])
    return keep_name(now.request, see(PATH, done=str(made.number)), form.fields.get("by"))


def _other(
    now: Reading, speaker: SpeakerRow, typed: Mapping[str, str], which: str
) -> tuple[dict[str, str], SpeakerRow | None, tuple[SpeakerRow, ...]]:
    """What is wrong, or whom the typed name means; where it means several, these."""
    errors, name = correcting.signed_wrong(typed), cleaned(typed["into"])
    if len(name) > LONGEST_NAME:
        return {**errors, "into": f"This is too long for a name: {LONGEST_NAME} characters at most."}, None, ()
    known = tuple(one for one in speakers_named(now.conn, name) if one.slug != speaker.slug)
    chosen = [one for one in known if one.slug == which] or list(known)
    if not name:
        errors["into"] = "Write the name of the other speaker."
    elif not known:
        errors["into"] = "No other speaker of the library has this name. Write it as the list of speakers has it."
    elif len(chosen) > 1:
        errors["into"] = "There are several of this name: choose which."
    return errors, chosen[0] if len(chosen) == 1 and not errors else None, known if len(known) > 1 else ()


def merge_page(
    now: Reading,
    speaker: SpeakerRow,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    several: tuple[SpeakerRow, ...] = (),
) -> MergePage:
    """The context of ``/speakers/{slug}/merge``."""
    counts = stats.speaker_counts(now.conn, AttributionFilter(speaker=speaker.slug))
    quotes = sum(row.quotes + row.indirect for row in counts)
    others = tuple(one for one in offered(now.conn) if one.slug != speaker.slug)
    return MergePage(now.site, speaker, quotes, typed, errors, others, several)
