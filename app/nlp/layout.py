"""Keeps what is not running prose apart before the parser sees it: paragraphs, headings, datelines.

The parser respects sentence starts that are set before it, so a heading on its own line, or one that lost its line
end and was glued to the sentence after it, no longer lends its words to that sentence's subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from app.domain import ParagraphKind
from app.errors import AnalysisError
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY

_DATELINE = re.compile(
    r"(?=[^—–\n]{0,70}?(?:\b[A-Z]{2,}\b|\([A-Z][^)\n]*\)))"
    r"(?:(?:[A-Z][\w.'’]*|\([A-Z][^)\n]{1,30}\)|of|the|de|\d{1,2}),?\s?/?){1,9}\s*(?:—|–|--|-)\s"
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPENERS = frozenset(("DT", "PRP", "PRP$", "IN", "EX", "CC", "RB", "WRB"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "CD"))
_GLUED_LINE = 800
"""Code points: only a line this long is taken for paragraphs that lost their line ends."""
_HEADING_TOKENS = range(4, 17)


@Language.factory(
    "layout",
    assigns=["token.is_sent_start", "doc.spans"],
    requires=["token.tag"],
    default_config={"paragraphs_key": PARAGRAPHS_KEY, "spans_key": HEADINGS_KEY, "glued_line": _GLUED_LINE},
)
def make_layout(nlp: Language, name: str, paragraphs_key: str, spans_key: str, glued_line: int) -> Layout:
    """Build the component; place it after the tagger and before the parser."""
    return Layout(name, paragraphs_key=paragraphs_key, spans_key=spans_key, glued_line=glued_line)


class Layout:
    """Sets ``token.is_sent_start`` at paragraphs, headings and datelines, and lists these in ``doc.spans``.

    Paragraphs are taken from ``doc.spans[paragraphs_key]`` where the caller laid them there, else from line ends.
    """

    def __init__(self, name: str, *, paragraphs_key: str, spans_key: str, glued_line: int) -> None:
        self.name = name
        self.paragraphs_key = paragraphs_key
        self.spans_key = spans_key
        self.glued_line = glued_line

    def __call__(self, doc: Doc) -> Doc:
        """*doc*, with its sentence starts and headings set.

        Raises:
            AnalysisError: *doc* is parsed already, so that its sentences can no longer be kept apart.
        """
        if len(doc) and doc.has_annotation("DEP"):
            raise AnalysisError(
                f'The component {self.name!r} must stand before the parser: add it with before="parser".'
            )
        if self.paragraphs_key not in doc.spans:
            doc.spans[self.paragraphs_key] = list(lines(doc))
        headings = [span for paragraph in doc.spans[self.paragraphs_key] for span in self._headings(paragraph)]
        doc.spans[self.spans_key] = headings
        _start_sentences(doc, (*doc.spans[self.paragraphs_key], *headings))
        return doc

    def _headings(self, paragraph: Span) -> Iterator[Span]:
        doc = paragraph.doc
        if paragraph.label_ == ParagraphKind.HEADING:
            yield Span(doc, paragraph.start, paragraph.end, label=ParagraphKind.HEADING)
            return
        start = paragraph.start
        if match := _DATELINE.match(paragraph.text[:90]):
            end = _token_at(doc, paragraph, paragraph.start_char + match.end())
            if end > start:
                yield Span(doc, start, end, label=ParagraphKind.DATELINE)
        if paragraph.end_char - paragraph.start_char >= self.glued_line:
            yield from _glued_headings(paragraph)


def lines(doc: Doc) -> Iterator[Span]:
    """The lines of *doc* that have words, each a span labelled ``body``."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if start < token.i:
                yield Span(doc, start, token.i, label=ParagraphKind.BODY)
            start = token.i + 1
    if start < len(doc):
        yield Span(doc, start, len(doc), label=ParagraphKind.BODY)


def _glued_headings(paragraph: Span) -> Iterator[Span]:
    """Headings in sentence case that run into the sentence after them: "New order and alignment Experts say …"."""
    doc = paragraph.doc
    inner = range(paragraph.start + 1, paragraph.end)
    for start in (paragraph.start, *(i for i in inner if doc[i].text[:1].isupper() and _ends_sentence(doc, i - 1))):
        if end := _heading_end(doc, start, paragraph.end):
            yield Span(doc, start, end, label=ParagraphKind.HEADING)


def _ends_sentence(doc: Doc, i: int) -> bool:
    while i > 0 and (doc[i].is_quote or doc[i].is_space):
        i -= 1
    return doc[i].text in {".", "!", "?"}


def _heading_end(doc: Doc, start: int, limit: int) -> int | None:
    """Where the heading that starts at token *start* ends, or ``None`` where there is none."""
    if not doc[start].text[:1].isupper():
        return None
    plain = False
    for i in range(start, min(start + _HEADING_TOKENS.stop, limit)):
        token = doc[i]
        if token.tag_ in _FINITE or token.is_quote or token.text in {".", "!", "?", ","}:
            return None
        if i - start in _HEADING_TOKENS and plain and _opens_sentence(token, limit):
            return i
        plain = plain or (token.is_lower and token.is_alpha and not token.is_stop)
    return None


def _opens_sentence(token: Token, limit: int) -> bool:
    if not token.is_title or token.nbor(-1).tag_ not in _NOUNS:
        return False
    if token.tag_ in ("NN", "NNS"):
        reach = 3
    elif token.tag_ in _OPENERS:
        reach = 15
    else:
        return False
    ahead = token.doc[token.i + 1 : min(token.i + 1 + reach, limit)]
    return any(later.tag_ in _FINITE for later in ahead)


def _token_at(doc: Doc, paragraph: Span, offset: int) -> int:
    return next((token.i for token in paragraph if token.idx >= offset), paragraph.end)


def _start_sentences(doc: Doc, spans: Iterable[Span]) -> None:
    """Let a sentence start where each of *spans* starts and where it ends.

    All at once: setting ``is_sent_start`` one by one looks through the whole text each time.
    """
    starts = doc.to_array(["SENT_START"])
    for span in spans:
        starts[span.start] = 1
        if span.end < len(doc):
            starts[span.end] = 1
    doc.from_array(["SENT_START"], starts)  # type: ignore[arg-type]  # the stub knows only two dimensions
