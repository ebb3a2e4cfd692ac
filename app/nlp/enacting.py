"""Resolutions, whose paragraphs go on from their issuer without a subject: "The Council, … 2. Calls upon all …"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from app.domain import AttributionKind, ParagraphKind
from app.nlp.content import clipped, settle_content
from app.nlp.cues import SPEECH, STANCE
from app.nlp.front import front
from app.nlp.issuers import enacting
from app.nlp.notquoted import is_name
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

OPENING_VERB = "opening verb"
"""The rule's name."""

_ENACTING = SPEECH | STANCE | frozenset("authorize authorise decide determine encourage invite regret resolve".split())
_FEWEST = 2
"""Paragraphs that a verb opens, at least."""
_BEFORE_VERB = frozenset(("also", "further", "again", "and"))
_PARTICLES = frozenset(("on", "upon"))
_OPEN = frozenset((";", ":", ","))
_SUBJECTS = ("nsubj", "nsubjpass")
_HEADLESS = frozenset(("amod", "compound", "nsubj", "nsubjpass"))
_FEWEST_WORDS = 3


def opening_verbs(scene: Scene) -> tuple[Token, ...]:
    """The verbs that open the paragraphs of a resolution, behind number and adverb: ``2. Strongly condemns``.

    None where the first paragraph is not all the subject of them, or fewer than two paragraphs are opened so.
    """
    if enacting(front(scene)[1]) is None:
        return ()
    body = (span for span in scene.paragraphs if span.label_ in (ParagraphKind.BODY, ParagraphKind.LIST))
    firsts = (_first(span) for span in body)
    verbs = tuple(word for word in firsts if word is not None and _is_verb(word))
    return verbs if len(verbs) >= _FEWEST else ()


def enacted(scene: Scene, records: Sequence[AttributionRecord]) -> list[AttributionRecord]:
    """*records* with one for each paragraph that a verb opens, in place of what else was made of that paragraph.

    What somebody who is named there says by a verb of speech stays, and so do quotations under it.
    """
    verbs = opening_verbs(scene)
    if not verbs:
        return list(records)
    paragraphs = {scene.paragraph_index(verb.i): verb for verb in verbs}
    first = scene.paragraph_index(verbs[0].i)
    kept = [one for one in records if _stays(scene, one, paragraphs, first)]
    owned = {number for one in kept for number in one.quotes}
    return [*kept, *(made for verb in verbs for made in _record(scene, verb, owned))]


def _first(paragraph: Iterable[Token]) -> Token | None:
    """The first word of *paragraph* behind its number and its adverbs."""
    words = (token for token in paragraph if token.is_alpha and len(token) > 1)
    return next((word for word in words if not (word.lower_ in _BEFORE_VERB or word.lower_.endswith("ly"))), None)


def _is_verb(word: Token) -> bool:
    """Whether *word* opens its paragraph as a verb; the tagger takes "Demands" there for a noun."""
    if any(child.dep_ in _SUBJECTS and child.i < word.i for child in word.children):
        return False
    known = word.lower_.removesuffix("s") in _ENACTING or word.lower_.removesuffix("es") in _ENACTING
    return known or (word.pos_ in ("VERB", "AUX", "ADJ") and word.dep_ not in _HEADLESS)


def _stays(scene: Scene, record: AttributionRecord, paragraphs: dict[int, Token], first: int) -> bool:
    """Whether *record* is none of a paragraph that a verb opens, or of somebody else who speaks in one."""
    place = scene.paragraph_index(scene.token_at(record.content[0].start))
    if place not in paragraphs:
        return place >= first
    verb = paragraphs[place]
    if record.cue is None or record.head is None or record.head < verb.i or record.rule == "governing verb":
        return False
    cue, head = scene.doc[record.cue[0]], scene.doc[record.head]
    return cue.i > verb.i + 1 and cue.lemma_ in SPEECH and cue.tag_ == "VBD" and head.dep_ in _SUBJECTS


def _record(scene: Scene, verb: Token, owned: set[int]) -> Iterator[AttributionRecord]:
    end = _end(scene, verb)
    start = verb.i + 1
    while start < end and scene.doc[start].lower_ in _PARTICLES:
        start += 1
    if sum(token.is_alpha for token in scene.doc[start:end]) < _FEWEST_WORDS:
        return
    numbers = sorted({scene.quote_of[i] for i in range(start, end)} - {-1} - owned)
    record = AttributionRecord(
        cue=(verb.i, start),
        source=None,
        head=None,
        content=[],
        quotes=[number for number in numbers if not is_name(scene, scene.quotes[number], verb)],
        kind=AttributionKind.INDIRECT,
        rule=OPENING_VERB,
        pieces=[clipped(scene, start, end)],
    )
    settle_content(scene, record)
    yield record


def _end(scene: Scene, verb: Token) -> int:
    """Where what *verb* opens ends: with its sentence, which semicolons and colons do not end here."""
    last = scene.paragraph(verb.i).end
    end = min(scene.sentence(verb.i)[1], last)
    while end < last and scene.doc[end - 1].text in _OPEN:
        end = min(scene.sentence(end)[1], last)
    return end
