"""``communique topics test``: what a text would be sorted by, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.domain import AttributionKind, Topic, TopicEvidence
from app.errors import AppError, IngestError

_ENDINGS = (".txt", ".json")
_SHOWN = 100


def text_of(given: str, *, max_characters: int) -> str:
    """The text of the file *given*, or *given* itself where it names none.

    Raises:
        AppError: the file cannot be read, or there is none where the ending promises one.
    """
    from app.text.plain import usable_text
    from app.text.readers import read_file

    path = Path(given)
    try:
        if _exists(path):
            return read_file(path, max_characters=max_characters).text
        if path.suffix.lower() in _ENDINGS and not any(sign.isspace() for sign in given):
            raise AppError(f"{given}: There is no such file.")
        return usable_text(given, max_characters=max_characters)
    except IngestError as error:
        raise AppError(f"{path.name[:_SHOWN]}: {error}") from error


def trial(text: str, topics: Sequence[Topic], pipeline: str | None) -> Iterator[str]:
    """A line for every topic of every paragraph and quote of *text*, in its order, parted by tabs.

    What it is (paragraph, quote or indirect), the topic, the words that decided with their rules, and its own words.
    """
    from app.domain import Reading
    from app.nlp.pipeline import Analyser
    from app.nlp.retagging import TopicTagger
    from app.text.paragraphs import split_paragraphs

    analysis = Analyser(pipeline, topics).analyse(text, split_paragraphs(text))
    wholes = [Reading((paragraph.span,)) for paragraph in analysis.paragraphs]
    reasons = TopicTagger(topics).evidence(text, analysis.tokens, wholes)
    found = [
        *((one.span, "paragraph", why) for one, why in zip(analysis.paragraphs, reasons, strict=True)),
        *((quote.span, _kind(quote.kind), quote.evidence) for quote in analysis.quotes),
    ]
    for span, kind, evidence in sorted(found, key=lambda entry: entry[0].start):
        for topic, why in _by_topic(text, evidence):
            yield "\t".join((kind, topic, why, _short(span.of(text))))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a name, so it is a text
        return False


def _kind(kind: AttributionKind) -> str:
    return "indirect" if kind is AttributionKind.INDIRECT else "quote"


def _by_topic(text: str, evidence: Iterable[TopicEvidence]) -> Iterator[tuple[str, str]]:
    words: dict[str, dict[str, None]] = {}
    for one in evidence:
        pointing = f"{_short(one.span.of(text))} → " if one.refers else ""
        words.setdefault(one.topic, {})[f"{pointing}{_short(one.term)} ({one.rule})"] = None
    yield from ((topic, ", ".join(why)) for topic, why in words.items())
    if not words:
        yield "other", "-"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
