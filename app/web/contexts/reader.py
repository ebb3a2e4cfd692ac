"""The whole text of an article to read, in parts."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import ParagraphKind
from app.present.parts import Run
from app.present.reading import Note
from app.store.rows import ArticleRow
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note in the margin.

    Attributes:
        note: what it says.
        numbers: which of the article's quotes it is about, as a person writes them.
        off: whether it is dimmed, since it does not have what was chosen.
        previous_url, next_url: the quote before it and the one behind it, of those that are not dimmed; or empty.
    """

    note: Note
    numbers: str
    off: bool
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph or a piece of one; ``start`` counts the code points of the article before it."""

    kind: ParagraphKind
    start: int
    runs: tuple[Run, ...]
    notes: tuple[ShownNote, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for run in self.runs for piece in run.pieces)


@dataclass(frozen=True, slots=True)
class RailLine:
    """A topic or a speaker of the article.

    Attributes:
        value: the topic's id or the speaker's slug.
        index: its place in the whole list, by which ``data-quotes`` names it.
        count: its quotes.
        url: chooses it and leads to its first quote, or gives it up where it is chosen.
        strip: where its quotes stand, as a path; only of topics.
    """

    value: str
    index: int
    label: str
    count: int
    url: str
    chosen: bool
    strip: str = ""


@dataclass(frozen=True, slots=True)
class Rail:
    """The topics or the speakers of an article; ``more`` are those left out."""

    lines: tuple[RailLine, ...]
    more: int

    @property
    def chosen(self) -> RailLine | None:
        """The one in force."""
        return next((line for line in self.lines if line.chosen), None)


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part of the article, with the numbers of the quotes that begin in it (0 where none does) and how long it is.

    ``start`` and ``width`` say where it lies in a strip.
    """

    number: int
    url: str
    first: int
    last: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class ReadPage:
    """``/articles/{slug}/read``: a part of the article's text with its quotes marked and labelled.

    Attributes:
        article: without its text.
        total: the quotes of the whole article, indirect ones as well.
        matching: how many of these have what was chosen; all where nothing is.
        parts: all parts in order.
        part: the one shown.
        blocks: its text.
        topics, speakers: what can be chosen.
        here: the quote that was asked for.
        every: topics and speaker of each quote in order, by their places in the whole lists: ``0.2/5``.
        whole_url: the same part with nothing chosen.
    """

    site: Site
    article: ArticleRow
    total: int
    matching: int
    parts: tuple[PartLink, ...]
    part: PartLink
    blocks: tuple[ShownBlock, ...]
    topics: Rail
    speakers: Rail
    here: str
    every: str
    whole_url: str
