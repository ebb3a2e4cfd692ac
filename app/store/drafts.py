"""An article's analysis in hand: the rows of :mod:`app.store.belongings` as attributions and their quotes, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain import OTHER, TextSpan
from app.store.belongings import Rows

Row = dict[str, Any]
MARKS = ("speaker", "topics", "kind", "edges", "added", "confirmed")
"""What of a quote can be a person's word, in the order in which it is told."""

_AROUND = ("clause", "sentence", "before", "after")


@dataclass(slots=True, eq=False)
class Said:
    """An attribution: its own columns, its spans by role, and its quotes. ``machine`` is the speaker it came with.

    Speakers are named by row, as before any merging.
    """

    row: Row
    spans: dict[str, list[TextSpan]] = field(default_factory=lambda: defaultdict(list))
    chain: list[TextSpan] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    quotes: list[Quoted] = field(default_factory=list)
    speaker: int | None = None
    machine: int | None = None


@dataclass(slots=True, eq=False)
class Quoted:
    """A quote of an attribution.

    Attributes:
        root: its span before its edges were moved, which tells it from the others.
        root_uid: its address there.
        base: what a later correction keeps of it, so that it can be made anew; empty for one that a person added.
        touched: the number of the last correction of each of :data:`MARKS`.
        by: those of a person's words that hold.
        made: the number of the correction that made it; 0 where the machine found it.
        machine: its span, kind and topics before any correction.
    """

    said: Said
    uid: str
    span: TextSpan
    kind: str
    topics: list[str]
    evidence: list[Row]
    root: TextSpan
    root_uid: str
    base: Row = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    made: int = 0
    rejected: int = 0
    machine: tuple[TextSpan, str, tuple[str, ...]] | None = None

    @property
    def number(self) -> int:
        """Of the last correction that says anything of it."""
        return max((*self.touched.values(), self.rejected), default=0)


@dataclass(slots=True, eq=False)
class Draft:
    """The attributions of an article in order, and the rows of its paragraphs and readings as they are."""

    said: list[Said]
    others: Rows

    @property
    def quotes(self) -> list[Quoted]:
        """All quotes, by attribution."""
        return [quote for said in self.said for quote in said.quotes]


def draft_of(rows: Rows) -> Draft:
    """The analysis in *rows*, all of it the machine's."""
    said = {row["id"]: _said(row) for row in rows["attributions"]}
    for row in _in_order(rows["attribution_spans"]):
        said[row["attribution_id"]].spans[row["role"]].append(TextSpan(row["start"], row["end"]))
    for row in _in_order(rows["mentions"]):
        said[row["attribution_id"]].chain.append(TextSpan(row["start"], row["end"]))
    for row in _in_order(rows["attribution_topics"]):
        said[row["attribution_id"]].topics.append(row["topic_id"])
    quotes = {row["id"]: _quoted(row, said[row["attribution_id"]]) for row in rows["quotes"]}
    for row in _in_order(rows["quote_topics"]):
        quotes[row["quote_id"]].topics.append(row["topic_id"])
    for row in _in_order(rows["evidence"]):
        owner = said[row["attribution_id"]] if row["quote_id"] is None else quotes[row["quote_id"]]
        owner.evidence.append(_without(row, "id", "attribution_id", "quote_id", "position"))
    for quote in quotes.values():
        quote.machine = (quote.span, quote.kind, tuple(quote.topics))
    others = {name: rows[name] for name in ("paragraphs", "paragraph_topics", "readings")}
    return Draft(sorted(said.values(), key=lambda one: one.row["position"]), others)


def rows_of(draft: Draft, article_id: int) -> Rows:
    """*draft* as rows again, under row ids of their own."""
    rows: Rows = {name: [] for name in _NAMES}
    rows |= {name: list(some) for name, some in draft.others.items()}
    quote_id = 0
    for key, said in enumerate(draft.said, start=1):
        owner = {"attribution_id": key}
        rows["attributions"].append({**said.row, "id": key, "article_id": article_id, "speaker_id": said.speaker})
        for role, spans in said.spans.items():
            rows["attribution_spans"] += [{**owner, "role": role, **one} for one in _placed(spans)]
        rows["mentions"] += [{**owner, **one} for one in _placed(said.chain)]
        rows["attribution_topics"] += [{**owner, **one} for one in _ranked(said.topics)]
        rows["evidence"] += [{**owner, "quote_id": None, **one} for one in _numbered(said.evidence)]
        for quote in said.quotes:
            quote_id += 1
            rows["quotes"].append({**_quote_row(quote), **owner, "id": quote_id, "article_id": article_id})
            rows["quote_topics"] += [{"quote_id": quote_id, **one} for one in _ranked(quote.topics or [OTHER])]
            rows["evidence"] += [{**owner, "quote_id": quote_id, **one} for one in _numbered(quote.evidence)]
    rows["readings"] = [_readings_of(one, {quote.uid for quote in draft.quotes}) for one in rows["readings"]]
    return rows


_NAMES = (
    "attributions",
    "attribution_spans",
    "mentions",
    "attribution_topics",
    "quotes",
    "quote_topics",
    "evidence",
)


def hull(spans: Iterable[TextSpan]) -> TextSpan:
    """From the first of *spans* to the last."""
    every = list(spans)
    return TextSpan(min(one.start for one in every), max(one.end for one in every))


def around(said: Said, name: str) -> TextSpan | None:
    """The ``clause``, ``sentence``, ``before`` or ``after`` of an attribution."""
    start, end = said.row[f"{name}_start"], said.row[f"{name}_end"]
    return None if start is None else TextSpan(start, end)


def ends(name: str, span: TextSpan | None) -> Row:
    """The two columns of *span*."""
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def tagged_anew(said: Said) -> None:
    """Let an attribution have the topics of its quotes, and of its evidence what speaks for them."""
    topics = [topic for quote in said.quotes for topic in quote.topics if topic != OTHER]
    said.topics = list(dict.fromkeys(topics)) or [OTHER]
    said.evidence = [one for one in said.evidence if one["topic_id"] in said.topics]


def only_known(draft: Draft, topics: Collection[str]) -> None:
    """Take what is not among *topics* away; a quote that has none left is "other"."""
    owners: list[Said | Quoted] = [*draft.said, *draft.quotes]
    for owner in owners:
        owner.topics = [one for one in owner.topics if one in topics] or ([OTHER] if owner.topics else [])
        owner.evidence = [one for one in owner.evidence if one["topic_id"] in topics]
    draft.others["paragraph_topics"] = [one for one in draft.others["paragraph_topics"] if one["topic_id"] in topics]


def _said(row: Row) -> Said:
    named = row.get("merged_from") or row["speaker_id"]
    own = {**_without(row, "id", "article_id", "speaker_id"), "merged_from": None}
    return Said(own, speaker=named, machine=named)


def _quoted(row: Row, said: Said) -> Quoted:
    span = TextSpan(row["start"], row["end"])
    quote = Quoted(said, row["uid"], span, row["kind"], [], [], span, row["uid"])
    said.quotes.append(quote)
    return quote


def _quote_row(quote: Quoted) -> Row:
    shown = [around(quote.said, name) for name in _AROUND]
    window = hull([quote.span, *(one for one in shown if one is not None)])
    return {
        "uid": quote.uid,
        "start": quote.span.start,
        "end": quote.span.end,
        "kind": quote.kind,
        **ends("window", window),
        "corrected": " ".join(mark for mark in MARKS if mark in quote.marks),
    }


def _readings_of(row: Row, uids: Collection[str]) -> Row:
    known = json.loads(row["quotes"])
    kept = {uid: reading for uid, reading in known.items() if uid in uids}
    return {**row, "quotes": json.dumps(kept, ensure_ascii=False, separators=(",", ":"))}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["position"])


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _placed(spans: Sequence[TextSpan]) -> Iterable[Row]:
    return ({"position": n, "start": one.start, "end": one.end} for n, one in enumerate(spans))


def _ranked(topics: Sequence[str]) -> Iterable[Row]:
    return ({"topic_id": topic, "position": n} for n, topic in enumerate(dict.fromkeys(topics)))


def _numbered(evidence: Sequence[Row]) -> Iterable[Row]:
    return ({**one, "position": n} for n, one in enumerate(evidence))
