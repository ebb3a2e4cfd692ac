"""What each correction does to the quote that it speaks of."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import OTHER, Action, Scope
from app.store.correction_words import Page, Word
from app.store.drafts import Quoted, Said, tagged_anew
from app.store.making import PERSON
from app.store.reshaping import move


def affect(page: Page, quote: Quoted, word: Word) -> None:
    """Let *word* be true of *quote*."""
    _EFFECTS[word.action](page, quote, word)


def give_speaker(page: Page, said: Said, speaker: int | None, word: Word) -> None:
    """Let *speaker* say all of *said*, because a person says so."""
    said.speaker = speaker
    said.chain = []
    said.row |= {"rule": PERSON, "reason": word.reason, "confidence": None}
    for quote in said.quotes:
        _touch(quote, word, "speaker")


def _speaker(page: Page, quote: Quoted, word: Word) -> None:
    given = word.value["speaker"]
    speaker = None if given is None else int(given["id"])
    machine = (word.value.get("machine") or {}).get("id")
    if word.value.get("scope") == Scope.ARTICLE and machine is not None:
        same = page.known.one(machine)
        for said in page.draft.said:
            if said is not quote.said and said.machine is not None and page.known.one(said.machine) == same:
                give_speaker(page, said, speaker, word)
    give_speaker(page, quote.said, speaker, word)


def _topics(page: Page, quote: Quoted, word: Word) -> None:
    known = [one for one in word.value["topics"] if one in page.known.topics and one != OTHER]
    quote.topics = known or [OTHER]
    quote.evidence = [one for one in quote.evidence if one["topic_id"] in known]
    _touch(quote, word, "topics")
    tagged_anew(quote.said)


def _kind(page: Page, quote: Quoted, word: Word) -> None:
    quote.said.row["kind"] = word.value["kind"]
    for one in quote.said.quotes:
        one.kind = word.value["kind"]
        _touch(one, word, "kind")


def _edges(page: Page, quote: Quoted, word: Word) -> None:
    if word.to is not None:
        move(page, quote, word.to)
        _touch(quote, word, "edges")


def _reject(page: Page, quote: Quoted, word: Word) -> None:
    quote.rejected = max(quote.rejected, word.number)


def _confirm(page: Page, quote: Quoted, word: Word) -> None:
    """What was confirmed holds even where the machine says something else by now."""
    speaker, said = word.value["speaker"], quote.said
    confirmed = None if speaker is None else int(speaker["id"])
    if page.known.one(said.speaker) != page.known.one(confirmed):
        said.speaker, said.chain = confirmed, []
        said.row |= {"rule": PERSON, "reason": word.reason}
    said.row["confidence"] = None
    if quote.kind != word.value["kind"]:
        said.row["kind"] = quote.kind = word.value["kind"]
    known = [one for one in word.value["topics"] if one in page.known.topics] or [OTHER]
    if set(known) != set(quote.topics):
        quote.topics = known
        quote.evidence = [one for one in quote.evidence if one["topic_id"] in known]
        tagged_anew(said)
    _touch(quote, word, "confirmed")
    quote.touched |= dict.fromkeys(("speaker", "topics", "kind", "edges"), word.number)


def _add(page: Page, quote: Quoted, word: Word) -> None:
    """Of one that the machine finds by now too, the person's word holds all the same."""
    before = set(quote.marks)
    _kind(page, quote, word)
    _speaker(page, quote, word)
    if word.value["topics"] is not None:
        _topics(page, quote, word)
    quote.touched |= dict.fromkeys(("edges", "added"), word.number)
    quote.marks = before | ({"added"} if word.value["topics"] is None else {"added", "topics"})


def _touch(quote: Quoted, word: Word, *fields: str) -> None:
    quote.touched |= dict.fromkeys(fields, word.number)
    quote.marks |= set(fields)


_EFFECTS: dict[Action, Callable[[Page, Quoted, Word], None]] = {
    Action.SPEAKER: _speaker,
    Action.TOPICS: _topics,
    Action.KIND: _kind,
    Action.EDGES: _edges,
    Action.REJECT: _reject,
    Action.CONFIRM: _confirm,
    Action.ADD: _add,
}
