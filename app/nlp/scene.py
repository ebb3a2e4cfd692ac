"""What the rules ask of a parsed text again and again, worked out once: who is inside which quotation, and where
sentences really end."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from app.domain import TextSpan
from app.nlp.cues import SPEECH
from app.nlp.keys import SceneKeys
from app.nlp.layout import lines
from app.nlp.packing import NotCarried

DEFAULT_KEYS = SceneKeys()
_OPEN_ENDED = frozenset(",?!…—–-")
_SHORT_TAIL = 8
_ASIDES = frozenset(("parataxis", "ccomp", "dep", "advcl", "intj"))

if not Doc.has_extension("scene"):
    Doc.set_extension("scene", default=None)


class Scene(NotCarried):
    """A ``Doc`` with its quotations, paragraphs and sentences by token.

    A sentence here never ends inside a quotation, nor between a quotation that ends in a comma, a question or an
    exclamation mark and the short clause that says who spoke; spaCy's sentences do both.
    """

    def __init__(self, doc: Doc, keys: SceneKeys) -> None:
        self.doc = doc
        self.keys = keys
        self.text: str = doc.text  # which spaCy joins anew at each call
        self._token_starts = [token.idx for token in doc]
        self.quotes: list[Span] = list(doc.spans.get(keys.quotations, ()))
        self.quote_of = [-1] * len(doc)
        for number, span in enumerate(self.quotes):
            for i in range(span.start, span.end):
                self.quote_of[i] = number
        self.paragraphs: list[Span] = list(doc.spans[keys.paragraphs] if keys.paragraphs in doc.spans else lines(doc))
        self._paragraph_starts = [span.start for span in self.paragraphs]
        self.in_heading = [False] * len(doc)
        for span in doc.spans.get(keys.headings, ()):
            self.in_heading[span.start : span.end] = [True] * len(span)
        self.sentence_starts = self._join_sentences()
        self.asides = self._asides()

    @classmethod
    def of(cls, doc: Doc, keys: SceneKeys = DEFAULT_KEYS) -> Scene:
        """The scene of *doc*, worked out once; its paragraphs, headings and quotations must be settled by then."""
        if doc._.scene is None or doc._.scene.keys != keys:
            doc._.scene = cls(doc, keys)
        scene: Scene = doc._.scene
        return scene

    def token_at(self, offset: int) -> int:
        """The token that the code point *offset* stands in, or the one before it."""
        return max(bisect_right(self._token_starts, offset) - 1, 0)

    def characters(self, start: int, end: int) -> TextSpan:
        """The characters of tokens *start* to *end*, without blanks at the ends; empty where there are none."""
        while start < end and self.doc[start].is_space:
            start += 1
        while end > start and self.doc[end - 1].is_space:
            end -= 1
        if start == end:
            return TextSpan(0, 0)
        return TextSpan(self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1]))

    def paragraph(self, i: int) -> Span:
        """The paragraph that token *i* stands in, or the one before it."""
        return self.paragraphs[max(bisect_right(self._paragraph_starts, i) - 1, 0)]

    def paragraph_index(self, i: int) -> int:
        """The place of that paragraph in the text."""
        return max(bisect_right(self._paragraph_starts, i) - 1, 0)

    def sentence(self, i: int) -> tuple[int, int]:
        """First and one-past-last token of the sentence that token *i* stands in."""
        place = bisect_right(self.sentence_starts, i) - 1
        start = self.sentence_starts[place]
        after = place + 1
        end = self.sentence_starts[after] if after < len(self.sentence_starts) else len(self.doc)
        return start, end

    def free(self, token: Token) -> bool:
        """Whether *token* is narration: in no quotation and in no heading."""
        return self.quote_of[token.i] < 0 and not self.in_heading[token.i]

    def _asides(self) -> dict[int, Token]:
        """By the token they hang from: the verbs of speech set off from their sentence ("…, he added, …").

        Listed once, since a sentence of thousands of quotations would otherwise be searched for each of them.
        """
        found: dict[int, Token] = {}
        for token in self.doc:
            if token.pos_ == "VERB" and token.dep_ in _ASIDES and token.lemma_ in SPEECH and self.free(token):
                edge = token.left_edge
                opens = edge.i == 0 or edge.nbor(-1).is_punct or edge.nbor(-1).is_space or edge.is_sent_start
                if opens and any(child.dep_ == "nsubj" for child in token.children):
                    found.setdefault(token.head.i, token)
        return found

    def _join_sentences(self) -> list[int]:
        starts = [sentence.start for sentence in self.doc.sents] or [0]
        paragraph_starts = set(self._paragraph_starts)
        kept = [starts[0]]
        for start, end in pairwise([*starts[1:], len(self.doc)]):
            new_part = start in paragraph_starts or self.in_heading[start] or self.in_heading[start - 1]
            if new_part or not self._belongs_before(start, end):
                kept.append(start)
        return kept

    def _belongs_before(self, start: int, end: int) -> bool:
        quote = self.quote_of[start]
        if quote >= 0 and quote == self.quote_of[start - 1]:
            return True
        first, last = start, start - 1
        while first < end and (self.doc[first].is_quote or self.doc[first].is_space):
            first += 1
        if first == end:
            return True
        if quote >= 0 or self.quote_of[first] >= 0:
            return False
        while last > 0 and (self.doc[last].is_quote or self.doc[last].is_space):
            last -= 1
        if self.quote_of[last] < 0 or self.doc[last].text[-1] not in _OPEN_ENDED:
            return False
        return self.doc[first].text[:1].islower() or end - first <= _SHORT_TAIL or self.doc[last].text == ","
