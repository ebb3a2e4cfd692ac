"""Quote rows to the figures that a reader sees: stretches of one attribution that stand together are one figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from app.domain import AttributionKind, SpeakerKind, TextSpan
from app.present.evidence import evidence_marks, why
from app.present.marking import Mark, Segment, segments
from app.present.theme import topic_class
from app.store.rows import ArticleRef, Excerpt, QuoteRow, SpeakerRow

KIND_WORDS = {
    AttributionKind.DIRECT: "all of it in quotation marks",
    AttributionKind.MIXED: "partly in quotation marks, partly reported",
    AttributionKind.INDIRECT: "reported, not quoted",
}

OPENING, CLOSING = "“\"‘'«„‹「『《", "”\"’'»“›」』》.!?,"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One listed quote of a figure: its id and the first words of it."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class QuoteFigure:
    """Quotes of one attribution shown once: its clause with each listed stretch and the words that decided marked.

    ``tone`` is the CSS class of its first topic's colours, ``confidence`` how sure the attribution is, ``why`` has
    each topic's reasons in words, ``corrected`` what of it is a person's word.
    """

    clause: tuple[Segment, ...]
    stretches: tuple[Stretch, ...]
    speaker: SpeakerRow | None
    source: str
    cue: str
    kind: AttributionKind
    topics: tuple[str, ...]
    article: ArticleRef
    tone: str
    confidence: float | None = None
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()

    @property
    def kind_words(self) -> str:
        """What the kind means, for a person."""
        return KIND_WORDS[self.kind]


def first_words(text: str, limit: int = 28) -> str:
    """The beginning of *text*, cut between words, at most *limit* characters and an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit + 1].rpartition(" ")[0] or text[:limit]
    return cut.rstrip(" ,;:.–-") + "…"


def words_at(excerpt: Excerpt, spans: Iterable[TextSpan]) -> str:
    """The words of *spans* as far as they lie in *excerpt*, pieces joined by an ellipsis."""
    start = excerpt.span.start
    pieces = (excerpt.text[max(0, span.start - start) : max(0, span.end - start)] for span in spans)
    return " … ".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def quote_figures(quotes: Sequence[QuoteRow]) -> tuple[QuoteFigure, ...]:
    """The figures of *quotes* in their order; only neighbours of one attribution are put together."""
    grouped = groupby(quotes, key=lambda quote: (quote.article.slug, quote.attribution.id))
    return tuple(_figure(tuple(rows)) for _, rows in grouped)


def _figure(rows: tuple[QuoteRow, ...]) -> QuoteFigure:
    first = rows[0]
    topics = tuple(dict.fromkeys(topic for row in rows for topic in row.topics))
    marks = [Mark(row.span, "said") for row in rows]
    marks += dict.fromkeys(mark for row in rows for mark in evidence_marks(row.evidence, toned=True))
    clause = shown_clause(first)
    return QuoteFigure(
        clause=segments(clause.text, marks, offset=clause.span.start),
        stretches=tuple(Stretch(row.id, first_words(row.text)) for row in rows),
        speaker=first.speaker,
        source=words_at(first.clause, first.attribution.source),
        cue=words_at(first.clause, first.attribution.cue),
        kind=first.kind,
        topics=topics,
        article=first.article,
        tone=topic_class(topics[0]) if topics else "",
        confidence=first.attribution.confidence,
        why=why(rows),
        corrected=tuple(dict.fromkeys(one for row in rows for one in row.corrected)),
    )


def shown_clause(row: QuoteRow) -> Excerpt:
    """The clause of *row* with the quotation marks and the full stop that touch it in its sentence.

    A clause runs from its first to its last word, so that marks at its edges would be torn off.
    """
    clause, sentence = row.clause.span, row.sentence
    if not sentence.span.contains(clause):
        return row.clause
    begin, end = clause.start - sentence.span.start, clause.end - sentence.span.start
    while begin and sentence.text[begin - 1] in OPENING:
        begin -= 1
    while end < len(sentence.text) and sentence.text[end] in CLOSING:
        end += 1
    span = TextSpan(sentence.span.start + begin, sentence.span.start + end)
    return Excerpt(span, sentence.text[begin:end])


NOBODY, NOT_LOOKED_FOR = "Nobody named", "Speaker not looked for"


def full_name(speaker: SpeakerRow | None) -> str:
    """A speaker's name, the members of a group joined as in a sentence; who is not named is called so."""
    if speaker is None:
        return NOBODY
    if len(speaker.members) > 1 and speaker.name == "; ".join(speaker.members):
        return f"{', '.join(speaker.members[:-1])} and {speaker.members[-1]}"
    return speaker.name


def speaker_name(speaker: SpeakerRow | None, source: str, language: str | None = None) -> str:
    """Whom to show as the speaker: the name, else the source's own words, else that nobody is named.

    In an article whose *language* the pipeline does not read, that nobody was looked for.
    """
    if speaker is None and language is not None:
        return NOT_LOOKED_FOR
    return f"“{source}”" if speaker is None and source else full_name(speaker)


def speaker_note(speaker: SpeakerRow | None) -> str:
    """What to add to a speaker's name: its kind in a word, and that it could not be resolved."""
    if speaker is None or speaker.kind is SpeakerKind.UNRESOLVED:
        return "as the text has it"
    return speaker.kind.value


def passage(row: QuoteRow) -> tuple[Segment, ...]:
    """The sentence before, the quote's own and the one after; quote, source, cue and evidence marked."""
    tone = topic_class(row.topics[0]) if row.topics else ""
    marks = [
        Mark(row.span, "told" if row.kind is AttributionKind.INDIRECT else "said", tone),
        *(Mark(span, "source") for span in row.attribution.source),
        *(Mark(span, "cue") for span in row.attribution.cue),
        *evidence_marks(row.evidence),
    ]
    pieces: list[Segment] = []
    for excerpt in (row.before, row.sentence, row.after):
        if excerpt is not None:
            space = (Segment(" "),) if pieces else ()
            pieces += (*space, *segments(excerpt.text, marks, offset=excerpt.span.start))
    return tuple(pieces)
