"""Whether a corrected article is what the machine says of it and people say, and no more."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from app.domain import OTHER
from app.errors import StoreError
from app.store.applying import Applied, apply
from app.store.belongings import TABLES, unpack_rows
from app.store.correction_schema import corrections, machine_analyses
from app.store.correction_words import Known, word_of
from app.store.drafts import MARKS
from app.store.quote_ids import text_hash
from app.store.schema import quote_topics, quotes
from app.store.troubles import Kind, Troubles, trouble
from app.store.whole import Whole


def check_corrections(whole: Whole, known: Known) -> Troubles:
    """What is wrong with the corrections of an article, given what is *known* of the library.

    Against a text that is damaged nothing can be said of them, and nothing must be mended.
    """
    row, kept = whole.article, whole.one(machine_analyses)
    if text_hash(row.text) != row.text_hash:
        return
    if kept is None:
        if whole.of(corrections):
            yield trouble(Kind.MACHINE, row.slug, f"What the machine says of “{row.slug}” is not kept.", row.id)
        return
    try:
        rows = unpack_rows(kept.rows)
    except StoreError:
        rows = {}
    if not set(TABLES) <= set(rows):
        yield trouble(Kind.MACHINE, row.slug, f"What the machine says of “{row.slug}” is damaged.", row.id)
        return
    words = [word_of(one) for one in sorted(whole.of(corrections), key=lambda one: one.number)]
    applied = apply(row.text, rows, words, known)
    flags = {one.number: one.placed for one in whole.of(corrections)}
    for word in applied.words:
        if flags[word.number] is not word.placed and row.deleted is None:
            said = "stands" if word.placed else "does not stand"
            what = f"What correction {word.number} speaks of {said} in “{row.slug}”, but is said to be otherwise."
            yield trouble(Kind.CORRECTION, row.slug, what, row.id)
    if row.deleted is None and _as_stored(whole) != _as_said(applied):
        what = f"“{row.slug}” does not hold what the machine and {len(words):,} corrections say of it."
        yield trouble(Kind.CORRECTION, row.slug, what, row.id)


def _as_stored(whole: Whole) -> list[Any]:
    tagged = defaultdict(set)
    for one in whole.of(quote_topics):
        tagged[one.quote_id].add(one.topic_id)
    return sorted(
        (one.start, one.end, one.uid, one.kind, one.corrected, sorted(tagged[one.id])) for one in whole.of(quotes)
    )


def _as_said(applied: Applied) -> list[Any]:
    return sorted(
        (
            one.span.start,
            one.span.end,
            one.uid,
            one.kind,
            " ".join(mark for mark in MARKS if mark in one.marks),
            sorted(set(one.topics or [OTHER])),
        )
        for one in applied.draft.quotes
    )
