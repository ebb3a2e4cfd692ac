"""The ``quotations`` component: what stands between quotation marks, as ``doc.spans["quotations"]``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.domain import ParagraphKind, TextSpan
from app.nlp.bylines import with_bylines
from app.nlp.headlines import headline_stretches
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY, QUOTATIONS_KEY
from app.nlp.layout import lines
from app.nlp.marks import stretches
from app.nlp.packing import carried
from app.nlp.stretch import Stretch
from app.nlp.turns import SHORTEST_TURN, Transcript, transcript

carried("quotations", Stretch)


@Language.factory(
    "quotations",
    assigns=["doc.spans", "doc._.quotations"],
    default_config={
        "paragraphs_key": PARAGRAPHS_KEY,
        "headings_key": HEADINGS_KEY,
        "spans_key": QUOTATIONS_KEY,
        "layouts": True,
        "shortest_turn": SHORTEST_TURN,
    },
)
def make_quotations(
    nlp: Language, name: str, paragraphs_key: str, headings_key: str, spans_key: str, layouts: bool, shortest_turn: int
) -> Quotations:
    """Build the component; it needs no other."""
    return Quotations(
        name,
        paragraphs_key=paragraphs_key,
        headings_key=headings_key,
        spans_key=spans_key,
        layouts=layouts,
        shortest_turn=shortest_turn,
    )


class Quotations:
    """Pairs the marks of a text, and reads its layout where this names who speaks.

    ``doc._.quotations`` holds a :class:`~app.nlp.stretch.Stretch` each, exact to the character, and
    ``doc.spans[spans_key]`` the tokens each reaches, in the same order. Headings are passed over, but for a headline
    that itself names whom it quotes. With *layouts*, the turns of a transcript are quotations though they have no
    marks; their paragraphs are labelled so.
    """

    def __init__(
        self,
        name: str,
        *,
        paragraphs_key: str = PARAGRAPHS_KEY,
        headings_key: str = HEADINGS_KEY,
        spans_key: str = QUOTATIONS_KEY,
        layouts: bool = True,
        shortest_turn: int = SHORTEST_TURN,
    ) -> None:
        self.name = name
        self.paragraphs_key = paragraphs_key
        self.headings_key = headings_key
        self.spans_key = spans_key
        self.layouts = layouts
        self.shortest_turn = shortest_turn

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its quotations."""
        text = doc.text
        paragraphs = list(doc.spans[self.paragraphs_key] if self.paragraphs_key in doc.spans else lines(doc))
        found = tuple(one for one in self._found(doc, text, paragraphs) if one.span.of(text).strip())
        doc._.quotations = found
        doc.spans[self.spans_key] = token_spans(doc, found)
        return doc

    def _found(self, doc: Doc, text: str, paragraphs: list[Span]) -> list[Stretch]:
        spans = [TextSpan(span.start_char, span.end_char) for span in paragraphs]
        headings = frozenset(place for place, span in enumerate(paragraphs) if span.label_ == ParagraphKind.HEADING)
        if not self.layouts:
            return list(stretches(text, [span for place, span in enumerate(spans) if place not in headings]))
        script = transcript(text, spans, headings, self.shortest_turn)
        self._label(doc, paragraphs, script)
        apart = (headings | script.paragraphs) - script.labelled.keys()
        prose = [span for place, span in enumerate(spans) if place not in apart]
        marked = with_bylines(text, spans, list(stretches(text, prose)), script.labelled)
        titles = [spans[place] for place in sorted(headings & apart - script.paragraphs)]
        return sorted((*script.stretches, *marked, *headline_stretches(text, titles)), key=lambda one: one.span)

    def _label(self, doc: Doc, paragraphs: list[Span], script: Transcript) -> None:
        """Mark the paragraphs of turns as such, and take them from the headings that short ones looked like."""
        turns = {paragraphs[place].start for place in script.paragraphs | script.labelled.keys()}
        if not turns and not any(span.label_ == ParagraphKind.TURN for span in paragraphs):
            return
        doc.spans[self.paragraphs_key] = [_labelled(span, turn=span.start in turns) for span in paragraphs]
        if self.headings_key in doc.spans:
            kept = [span for span in doc.spans[self.headings_key] if span.start not in turns]
            doc.spans[self.headings_key] = kept


def _labelled(paragraph: Span, *, turn: bool) -> Span:
    """*paragraph* as the transcript knows it: a turn, or, where it was only taken for one, body."""
    kind = ParagraphKind.BODY if paragraph.label_ == ParagraphKind.TURN else paragraph.label_
    return Span(paragraph.doc, paragraph.start, paragraph.end, label=ParagraphKind.TURN if turn else kind)


def token_spans(doc: Doc, found: tuple[Stretch, ...]) -> list[Span]:
    """The tokens that each stretch reaches, wholly or in part; never empty."""
    starts = [token.idx for token in doc]
    spans = []
    for stretch in found:
        first = bisect_right(starts, stretch.span.start) - 1
        if starts[first] + len(doc[first]) <= stretch.span.start:
            first += 1
        last = max(bisect_left(starts, stretch.span.end), first + 1)
        spans.append(Span(doc, first, last, label="QUOTATION"))
    return spans
