"""The ``quotations`` component: what stands between quotation marks, as ``doc.spans["quotations"]``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.domain import ParagraphKind, TextSpan
from app.nlp.keys import PARAGRAPHS_KEY, QUOTATIONS_KEY
from app.nlp.layout import lines
from app.nlp.marks import Stretch, stretches
from app.nlp.packing import carried

carried("quotations", Stretch)


@Language.factory(
    "quotations",
    assigns=["doc.spans", "doc._.quotations"],
    default_config={"paragraphs_key": PARAGRAPHS_KEY, "spans_key": QUOTATIONS_KEY},
)
def make_quotations(nlp: Language, name: str, paragraphs_key: str, spans_key: str) -> Quotations:
    """Build the component; it needs no other."""
    return Quotations(name, paragraphs_key=paragraphs_key, spans_key=spans_key)


class Quotations:
    """Pairs the marks of a text.

    ``doc._.quotations`` holds a :class:`~app.nlp.marks.Stretch` each, exact to the character, and
    ``doc.spans[spans_key]`` the tokens each reaches, in the same order; headings are passed over.
    """

    def __init__(self, name: str, *, paragraphs_key: str, spans_key: str) -> None:
        self.name = name
        self.paragraphs_key = paragraphs_key
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its quotations."""
        paragraphs = doc.spans[self.paragraphs_key] if self.paragraphs_key in doc.spans else list(lines(doc))
        texts = [
            TextSpan(span.start_char, span.end_char) for span in paragraphs if span.label_ != ParagraphKind.HEADING
        ]
        found = tuple(stretches(doc.text, texts))
        doc._.quotations = found
        doc.spans[self.spans_key] = token_spans(doc, found)
        return doc


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
