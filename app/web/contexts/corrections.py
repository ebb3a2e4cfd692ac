"""The pages on which people correct what was found, and the list of all that they corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.store.corrections import Correction
from app.store.rows import ArticleRow, Page, QuoteRow, SpeakerRow
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """``/quotes/{id}/correct``: all that can be corrected of a quote.

    Attributes:
        typed: what stands in the fields.
        before: what the quote was when the form was made; only what differs from it is saved.
        errors: what is wrong, by field.
        speakers: names that are offered.
        based_on: the number of the last correction that the person has seen.
        conflict: what somebody else said in between.
        saved: what was saved before the conflict.
    """

    site: Site
    quote: QuoteRow
    typed: Mapping[str, str]
    before: Mapping[str, str]
    errors: Mapping[str, str]
    speakers: tuple[SpeakerRow, ...]
    based_on: int
    conflict: Correction | None = None
    saved: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places at which words stand: where, and what is around them."""

    start: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class AddQuotePage:
    """``/articles/{slug}/add-quote``: a quote that was missed; ``places`` are asked about where the words recur."""

    site: Site
    article: ArticleRow
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    speakers: tuple[SpeakerRow, ...]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A link that lists fewer corrections, or all again."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """``/corrections``: what people said, the last first.

    Attributes:
        unplaced: those whose words stand in their text no more; on the first page of all.
        corrections: the page of the list.
        states, people: links that narrow it.
        article: the slug that it is narrowed to.
        whole_url: the list without any of these; ``None`` where it is not narrowed.
        done: what was just done.
    """

    site: Site
    unplaced: tuple[Correction, ...]
    corrections: Page[Correction]
    states: tuple[Narrowing, ...]
    people: tuple[Narrowing, ...]
    article: str | None
    whole_url: str | None
    next_url: str | None
    first_url: str | None
    done: str = ""


@dataclass(frozen=True, slots=True)
class MergePage:
    """``/speakers/{slug}/merge``: two speakers who are one. ``candidates`` are asked about where a name has several."""

    site: Site
    speaker: SpeakerRow
    quotes: int
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    speakers: tuple[SpeakerRow, ...]
    candidates: tuple[SpeakerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedPage:
    """``/quotes/{id}`` of what a person said is no quote; ``unsaved`` is what another typed of it meanwhile."""

    site: Site
    rejected: Correction
    corrections: tuple[Correction, ...]
    unsaved: tuple[tuple[str, str], ...] = ()
