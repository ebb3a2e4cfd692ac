"""All corrections of an article applied to what the machine says of it: the same whatever was done before.

A correction speaks of the quote that stands where its anchor finds its words. The machine's quote there is that quote.
Where the machine finds one with other edges instead, by half of the same words, it is taken for that quote, with the
edges that the person saw. Where it finds none, the quote is made anew from what was kept of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain import Action, AttributionKind, TextSpan
from app.store.anchors import find_again
from app.store.belongings import Rows
from app.store.correction_words import Known, Page, Word
from app.store.corrections import anchor_of
from app.store.drafts import Draft, Quoted, draft_of, only_known
from app.store.effects import affect
from app.store.making import make, remembered
from app.store.quote_ids import is_id_of, placed_id
from app.store.reshaping import drop, move

ALIKE = 0.5
"""From which share of the words of both on two quotes are the same one with other edges."""

Groups = dict[TextSpan, list[Word]]
"""Corrections in order by their quote: by the edges that it had for the first of them that holds."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An article as it is with its corrections.

    Attributes:
        draft: what is left and what was made.
        words: all corrections, with their places.
        groups: those that have a place.
        subjects: the quote that the corrections of each group speak of, also a rejected one.
        moved: for each address that a quote had or could have, the one that it has.
        rejected: the quotes that are none.
        doubled: those of *subjects* that had the words of another, of which people spoke last.
    """

    draft: Draft
    words: tuple[Word, ...]
    groups: Groups
    subjects: dict[TextSpan, Quoted]
    moved: dict[str, str]
    rejected: tuple[Quoted, ...]
    doubled: tuple[Quoted, ...]

    def extras(self) -> list[tuple[Quoted, list[int]]]:
        """The quotes that the machine does not find and whose topics it judges, with their corrections."""
        return [
            (quote, [word.number for word in self.groups[root]])
            for root, quote in self.subjects.items()
            if quote.made and not quote.rejected and "topics" not in quote.touched
        ]


def apply(text: str, rows: Rows, words: Iterable[Word], known: Known) -> Applied:
    """What *rows*, the machine's of *text*, become by *words*."""
    draft = draft_of(rows)
    page = Page(text, draft, known)
    only_known(draft, known.topics)
    found = tuple(_found(text, word) for word in words)
    groups = _groups(found)
    subjects = _subjects(page, {root: some for root, some in groups.items() if any(one.in_force for one in some)})
    spoken = {word.number: subjects[root] for root, some in groups.items() if root in subjects for word in some}
    for word in found:
        if word.in_force and word.number in spoken:
            affect(page, spoken[word.number], word)
    rejected = tuple(quote for quote in draft.quotes if quote.rejected)
    drop(draft, rejected)
    doubles = _doubles(draft, subjects)
    drop(draft, doubles)
    doubled = tuple(quote for quote in doubles if quote in subjects.values())
    for quote in draft.quotes:
        quote.uid = quote.root_uid if quote.span == quote.root else placed_id(text, quote.span)
    return Applied(draft, found, groups, subjects, _moved(text, draft, groups, subjects), rejected, doubled)


def _found(text: str, word: Word) -> Word:
    to = anchor_of(word.value["to"]) if word.action is Action.EDGES else None
    return replace(word, span=find_again(text, word.anchor), to=find_again(text, to) if to else None)


def _groups(words: Iterable[Word]) -> Groups:
    by_subject: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        if word.placed:
            by_subject[word.subject].append(word)
    groups: Groups = defaultdict(list)
    for some in by_subject.values():
        first = next((word for word in some if word.in_force), some[0])
        if first.span is not None:
            groups[first.span] += some
    return {root: sorted(some, key=lambda word: word.number) for root, some in groups.items()}


def subject_of(applied: Applied, quote: Quoted) -> int | None:
    """By which number the corrections of *quote* go together; ``None`` where this is the first one.

    Those of a quote with other edges, which the machine does not find any more, are of the same.
    """
    there = {one.machine[0] for one in applied.draft.quotes if one.machine is not None and one is not quote}
    near = [(likeness(root, quote.root), some[0].subject) for root, some in applied.groups.items() if root not in there]
    share, subject = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return subject if share >= ALIKE else None


def _subjects(page: Page, groups: Groups) -> dict[TextSpan, Quoted]:
    claimed: dict[TextSpan, Quoted] = {}
    free = list(page.draft.quotes)

    def claim(root: TextSpan, quote: Quoted) -> None:
        free.remove(quote)
        claimed[root] = quote

    for root, words in groups.items():
        uids = {word.quote_uid for word in words}
        same = sorted((one for one in free if one.span == root), key=lambda one: one.uid not in uids)
        if same:
            claim(root, same[0])
    for root in [one for one in groups if one not in claimed]:
        to = [word.to for word in groups[root] if word.in_force and word.to is not None]
        near = next((one for one in free if one.span in to), None) or _likest(free, root, groups[root])
        if near is not None:
            claim(root, near)
            _settle(page, near, root, groups[root])
        elif (maker := _maker(groups[root])) is not None:
            claimed[root] = make(page, maker, root, _root_uid(page, root, groups[root]))
    for quote in claimed.values():
        quote.base = quote.base or remembered(page.text, quote)
    return {root: claimed[root] for root in groups if root in claimed}


def _likest(free: Sequence[Quoted], root: TextSpan, words: Sequence[Word]) -> Quoted | None:
    """What the machine finds in marks is not what it found without, whatever they have in common."""
    marked = {word.kind != AttributionKind.INDIRECT for word in words}
    alike = (one for one in free if (one.kind != AttributionKind.INDIRECT) in marked)
    shares = [(likeness(one.span, root), one) for one in alike]
    share, quote = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return quote if share >= ALIKE else None


def likeness(one: TextSpan, other: TextSpan) -> float:
    """The share of what two spans cover that both do."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0


def _settle(page: Page, quote: Quoted, root: TextSpan, words: Sequence[Word]) -> None:
    """Give a quote that the machine finds with other edges those that the person saw."""
    uid = _root_uid(page, root, words)
    move(page, quote, root)
    quote.root, quote.root_uid = root, uid


def _maker(words: Sequence[Word]) -> Word | None:
    """The correction by which a quote is made that the machine does not find; none where that is as was asked."""
    holding = [word for word in words if word.in_force]
    added = [word for word in holding if word.action is Action.ADD]
    if added:
        return added[0]
    return next((one for one in holding if one.action is not Action.REJECT and "added" not in one.snapshot), None)


def _root_uid(page: Page, root: TextSpan, words: Sequence[Word]) -> str:
    """The address that the quote had by its words where it still is one of them, and of no other quote."""
    taken = {quote.root_uid for quote in page.draft.quotes}
    before = [str(word.snapshot["uid"]) for word in words if word.snapshot.get("uid")]
    fitting = (uid for uid in before if uid not in taken and is_id_of(page.text, root, uid))
    return next(fitting, None) or placed_id(page.text, root)


def _doubles(draft: Draft, subjects: dict[TextSpan, Quoted]) -> list[Quoted]:
    """Of quotes with the same edges, all but the one that a person spoke of last."""
    spoken = {id(quote) for quote in subjects.values()}
    by_span: defaultdict[TextSpan, list[Quoted]] = defaultdict(list)
    for quote in draft.quotes:
        by_span[quote.span].append(quote)
    found = []
    for same in by_span.values():
        theirs = [quote for quote in same if id(quote) in spoken]
        if len(same) > 1 and theirs:
            last = max(theirs, key=lambda quote: quote.number)
            found += [quote for quote in same if quote is not last]
    return found


def _moved(text: str, draft: Draft, groups: Groups, subjects: dict[TextSpan, Quoted]) -> dict[str, str]:
    live = {quote.uid for quote in draft.quotes}
    by_root = {quote.root: quote for quote in draft.quotes if not quote.rejected}
    moved: dict[str, str] = {}
    for root, words in groups.items():
        quote = subjects.get(root) or by_root.get(root)
        if quote is None or quote.uid not in live:
            continue
        had = {quote.root_uid, placed_id(text, root), *(word.quote_uid for word in words)}
        had |= {placed_id(text, word.to) for word in words if word.to is not None}
        moved |= dict.fromkeys(had - live, quote.uid)
    return moved
