"""Why a quote has its topics, in words: what decided, by which rule, and where the article had named it before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain import Paragraph, TextSpan, TopicEvidence
from app.present.marking import Mark, Segment, segments
from app.present.sureness import of_ten
from app.present.theme import topic_class
from app.store.rows import Excerpt, QuoteRow

RULE_WORDS = {
    "quote": "in the quote itself",
    "clause": "in the clause that the quote completes",
    "context": "in whom or what it is said of",
    "mention": "in an earlier mention that the quote refers to",
    "voice": "in how the article introduces who speaks",
}
AROUND = 90
"""Characters shown on either side of an earlier naming, at most."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a quote has *topic*: ``words`` is a sentence's worth, ``sure`` how often such a finding is right."""

    topic: str
    words: str
    sure: str


@dataclass(frozen=True, slots=True)
class Naming:
    """An earlier naming that the sentences around the quote do not show: its words in theirs, and where it stands."""

    topic: str
    pieces: tuple[Segment, ...]
    where: str


def reasons(row: QuoteRow, paragraphs: Sequence[Paragraph] = ()) -> tuple[Reason, ...]:
    """The evidence of *row* in words; what decided by the same rule and in the same place is said together.

    Args:
        row: the quote; its evidence may come from any version of the program.
        paragraphs: those of its article, to say how far back a naming is; without them it is "earlier".
    """
    return _together(((one, row) for one in outermost(row.evidence)), paragraphs)


def why(rows: Iterable[QuoteRow], *, back: bool = False) -> dict[str, tuple[str, ...]]:
    """For each topic of *rows*, what decided, in words and each once; nothing for a topic without evidence.

    With *back* only what refers to an earlier place, which the marks in the text do not tell by themselves.
    """
    given = ((one, row) for row in rows for one in outermost(row.evidence) if one.refers is not None or not back)
    found: dict[str, dict[str, None]] = {}
    for reason in _together(given):
        found.setdefault(reason.topic, {})[reason.words] = None
    return {topic: tuple(words) for topic, words in found.items()}


def _together(
    given: Iterable[tuple[TopicEvidence, QuoteRow]], paragraphs: Sequence[Paragraph] = ()
) -> tuple[Reason, ...]:
    terms: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for one, row in given:
        key = (one.topic, *_frame(one, row, paragraphs), of_ten(one.score))
        terms.setdefault(key, {})[f"“{_plain(one.term)}”"] = None
    return tuple(
        Reason(topic, f"{opening}{', '.join(words)}{ending}", sure)
        for (topic, opening, ending, sure), words in terms.items()
    )


def evidence_marks(evidence: Iterable[TopicEvidence], *, toned: bool = False) -> list[Mark]:
    """The places that decided, as marks: ``evidence`` for the words, ``naming`` for what they refer to.

    With *toned* each has the colours of its topic; else those of whatever it stands in.
    """
    marks = []
    for one in outermost(evidence):
        tone = topic_class(one.topic) if toned else ""
        marks.append(Mark(one.span, "evidence", tone))
        if one.refers is not None:
            marks.append(Mark(one.refers, "naming", tone))
    return list(dict.fromkeys(marks))


def outermost(evidence: Iterable[TopicEvidence]) -> list[TopicEvidence]:
    """*evidence* without what stands inside other evidence of its topic and rule: "alliance" in "Atlantic alliance"."""
    given = list(evidence)

    def within(one: TopicEvidence, other: TopicEvidence) -> bool:
        alike = (one.topic, one.rule) == (other.topic, other.rule) and _place(one) != _place(other)
        return alike and _place(other).contains(_place(one)) and (one.refers is None) == (other.refers is None)

    return [one for one in given if not any(within(one, other) for other in given)]


def _place(one: TopicEvidence) -> TextSpan:
    return one.span if one.refers is None else one.refers


def namings(row: QuoteRow, text: str, paragraphs: Sequence[Paragraph]) -> tuple[Naming, ...]:
    """The namings that *row* refers to and that stand outside the sentences shown with it, each with its words."""
    found = []
    for one in outermost(row.evidence):
        if one.refers is None or any(part.span.contains(one.refers) for part in _shown(row)):
            continue
        around = _around(one.refers, text, paragraphs)
        pieces = segments(around.of(text), [Mark(one.refers, "naming")], offset=around.start)
        found.append(Naming(one.topic, pieces, _where(one.refers, row, paragraphs)))
    return tuple(dict.fromkeys(found))


def _frame(one: TopicEvidence, row: QuoteRow, paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """What is said before the term of *one* and what behind it."""
    if one.refers is None:
        return "", f" {RULE_WORDS.get(one.rule, f'({one.rule})')}"
    said = _plain(_at(one.span, row) or one.term)
    if one.rule == "voice":
        acts = any(cue.contains(one.span) for cue in row.attribution.cue)
        verb = "is what somebody does" if acts else "is said by somebody"
        return f"“{said}” {verb} whom the article introduces as ", ""
    return f"“{said}” → ", f", named {_where(one.refers, row, paragraphs)}"


def _shown(row: QuoteRow) -> list[Excerpt]:
    return [part for part in (row.sentence, row.clause, row.before, row.after) if part is not None]


def _at(span: TextSpan, row: QuoteRow) -> str:
    for part in _shown(row):
        if part.span.contains(span):
            return part.text[span.start - part.span.start : span.end - part.span.start]
    return ""


def _plain(words: str) -> str:
    return " ".join(words.split())


def _where(naming: TextSpan, row: QuoteRow, paragraphs: Sequence[Paragraph]) -> str:
    if row.sentence.span.contains(naming):
        return "in the same sentence"
    if row.before is not None and row.before.span.contains(naming):
        return "one sentence before"
    starts = [paragraph.span.start for paragraph in paragraphs]
    back = bisect_right(starts, row.span.start) - bisect_right(starts, naming.start)
    if not paragraphs or back < 0:
        return "earlier in the article" if naming.start < row.span.start else "elsewhere in the article"
    return ("earlier in the same paragraph", "one paragraph before")[back] if back < 2 else f"{back} paragraphs before"


def _around(naming: TextSpan, text: str, paragraphs: Sequence[Paragraph]) -> TextSpan:
    """*naming* with the words about it, cut between words and never across paragraphs."""
    home = next((one.span for one in paragraphs if one.span.contains(naming)), TextSpan(0, len(text)))
    start, end = max(home.start, naming.start - AROUND), min(home.end, naming.end + AROUND)
    if start > home.start:
        start = text.find(" ", start, naming.start) + 1 or naming.start
    if end < home.end:
        end = max(text.rfind(" ", naming.end, end), naming.end)
    return TextSpan(start, end)
