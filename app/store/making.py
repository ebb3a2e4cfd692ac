"""Quotes that the machine does not find, made from what a person said or had seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain import OTHER, Action, TextSpan
from app.store.correction_words import Page, Word
from app.store.cutting import sentences_around
from app.store.drafts import Quoted, Said, ends, tagged_anew
from app.store.reshaping import widen

PERSON = "person"
"""The rule of what a person says."""


def make(page: Page, word: Word, span: TextSpan, uid: str) -> Quoted:
    """A quote of an attribution of its own that the machine does not find: the one that a person added, or had seen."""
    kept, added = word.snapshot, word.action is Action.ADD
    kind = word.value["kind"] if added else kept["kind"]
    whole, before, after = sentences_around(page.text, span, page.paragraphs)
    position = max((one.row["position"] for one in page.draft.said), default=-1) + 1
    row = {"position": position, "kind": kind, "rule": PERSON, "reason": word.reason, "confidence": None}
    row |= {"merged_from": None} | ends("clause", span) | ends("sentence", whole)
    said = Said(row | ends("before", before) | ends("after", after), speaker=kept.get("speaker"))
    said.machine = said.speaker
    for role in ("source", "cue"):
        said.spans[role] = list(_still_there(page.text, span, kept.get(role, ())))
    said.spans["content"] = [span]
    evidence = list(_evidence_there(page.text, span, kept.get("evidence", ())))
    topics = [one for one in kept.get("topics", ()) if one in page.known.topics] or [OTHER]
    evidence = [one for one in evidence if one["topic_id"] in topics]
    base = {"added": word.number} if added else dict(kept)
    quote = Quoted(said, uid, span, kind, topics, evidence, span, uid, base=base, made=word.number)
    said.quotes.append(quote)
    page.draft.said.append(said)
    widen(page, said)
    tagged_anew(said)
    return quote


def remembered(text: str, quote: Quoted) -> dict[str, Any]:
    """What is kept of a quote of the machine's, so that :func:`make` can make it again; places count from its root."""
    start = quote.root.start

    def parts(role: str) -> list[list[Any]]:
        return [[one.start - start, one.of(text)] for one in quote.said.spans[role]]

    return {
        "uid": quote.root_uid,
        "kind": quote.kind,
        "speaker": quote.said.machine,
        "topics": list(quote.topics),
        "source": parts("source"),
        "cue": parts("cue"),
        "evidence": [evidence_kept(text, start, one) for one in quote.evidence],
    }


def evidence_kept(text: str, start: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence *row* with its places counted from *start*, and its words."""
    kept = {**row, "start": row["start"] - start, "end": row["end"] - start, "words": text[row["start"] : row["end"]]}
    if row["refers_start"] is not None:
        kept |= {"refers_start": row["refers_start"] - start, "refers_end": row["refers_end"] - start}
    return kept


def _still_there(text: str, span: TextSpan, kept: Any) -> Iterator[TextSpan]:
    for offset, words in kept:
        start = span.start + offset
        if start >= 0 and text[start : start + len(words)] == words:
            yield TextSpan(start, start + len(words))


def _evidence_there(text: str, span: TextSpan, kept: Any) -> Iterator[dict[str, Any]]:
    for one in kept:
        row = {name: value for name, value in one.items() if name != "words"}
        for name in ("start", "end", "refers_start", "refers_end"):
            row[name] = None if row[name] is None else row[name] + span.start
        refers = row["term"] if row["refers_start"] is not None else None
        there = row["start"] >= 0 and text[row["start"] : row["end"]] == one["words"]
        if refers is not None:
            there = there and row["refers_start"] >= 0 and text[row["refers_start"] : row["refers_end"]] == refers
        if there:
            yield row
