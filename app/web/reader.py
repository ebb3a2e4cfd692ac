"""``/articles/{slug}/read``: the whole text, part by part, with every quote labelled in the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.errors import NotFound
from app.present import quote_json
from app.present.parts import STRIP, cut_parts, numbered, runs, strip
from app.present.reading import Block, Note, reading_blocks
from app.present.rows import full_name
from app.present.templates import address
from app.store import attributions
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import ArticleText, QuoteRow
from app.web import library
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.contexts import ReadPage, Site
from app.web.contexts.reader import PartLink, Rail, RailLine, ShownBlock, ShownNote
from app.web.contexts.site import Links
from app.web.deps import ReadingDep, json_response, page_response
from app.web.filtering import FilterDep
from app.web.shapes.articles import ArticlePart

router = APIRouter()
READ = ["GET", "HEAD"]
WHOLE_ARTICLE = 100_000
MOST_LINES = 12
"""Topics, and speakers, that the rail offers; the one in force is always among them."""


class NoSuchPartError(NotFound):
    """A part, or a quote, that the article does not have."""

    def __init__(self, message: str, slug: str) -> None:
        super().__init__(message)
        self.links: Links = (("The article from its beginning", address(f"/articles/{slug}/read")),)


@router.api_route("/articles/{slug}/read", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
def read(now: ReadingDep, slug: str, filters: FilterDep, part: int | None = None, quote: str = "") -> Response:
    """A part of the text; the one in which *quote* stands, where that is given."""
    return page_response(now, "pages/read.html", read_page, slug, filters.topic, filters.speaker, part, quote)


@router.api_route("/articles/{slug}/read.json", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
@answers(ArticlePart, 400, 404)
def read_json(now: ReadingDep, slug: str, filters: FilterDep, part: int | None = None, quote: str = "") -> Response:
    """A part of an article's text, with every quote of it."""
    reader, page = _opened(now.conn, now.site, slug, filters.topic, filters.speaker, part, quote)
    return json_response(now, as_json(reader, page))


def read_page(
    conn: Connection, site: Site, slug: str, topic: str | None, speaker: str | None, part: int | None, quote: str = ""
) -> ReadPage:
    """The context of ``/articles/{slug}/read``.

    Raises:
        NotFound: there is no such article, no such part of it, or no such quote in it.
    """
    return _opened(conn, site, slug, topic, speaker, part, quote)[1]


def _opened(
    conn: Connection, site: Site, slug: str, topic: str | None, speaker: str | None, part: int | None, quote: str
) -> tuple[Reader, ReadPage]:
    found = library.article(conn, slug)
    quotes = attributions.list_quotes(conn, AttributionFilter(article=slug), limit=WHOLE_ARTICLE).items
    reader = Reader(site, found, quotes, topic, speaker)
    return reader, reader.page(part, quote)


@dataclass(frozen=True)
class Reader:
    """An article with all its quotes in order, and what is chosen of them."""

    site: Site
    article: ArticleText
    quotes: Sequence[QuoteRow]
    topic: str | None
    speaker: str | None

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each quote by its id."""
        return {quote.id: number for number, quote in enumerate(self.quotes, 1)}

    @cached_property
    def parts(self) -> tuple[tuple[Block, ...], ...]:
        """The text in parts; an article without a word has one, and that is empty."""
        blocks = reading_blocks(self.article.text, self.article.paragraphs, self.quotes, evidence=False)
        return cut_parts(blocks)

    @cached_property
    def starts(self) -> list[int]:
        """Where each part begins."""
        return [part[0].start if part else 0 for part in self.parts]

    @cached_property
    def stops(self) -> list[int]:
        """The first number of each note that has what is chosen."""
        notes = (note for part in self.parts for block in part for note in block.notes)
        return sorted(note.numbers[0] for note in notes if not self.off(note))

    @cached_property
    def matching(self) -> set[int]:
        """The quotes that have what is chosen."""
        return {self.numbers[quote.id] for quote in self.quotes if self._has(quote)}

    def _has(self, quote: QuoteRow) -> bool:
        said_by = slug_of(quote)
        return (self.topic is None or self.topic in quote.topics) and self.speaker in (None, said_by)

    def off(self, note: Note) -> bool:
        """Whether *note* is dimmed."""
        return not self.matching.intersection(note.numbers)

    def part_of(self, quote: QuoteRow) -> int:
        """The number of the part in which *quote* begins."""
        return max(1, bisect_right(self.starts, quote.span.start))

    def url(self, part: int, at: str = "", **changed: str | None) -> str:
        """The address of *part* with what is chosen, or *changed*; *at* is a quote in it."""
        query = {"topic": self.topic, "speaker": self.speaker, **changed}
        number = str(part) if part > 1 else None
        path = address(f"/articles/{self.article.row.slug}/read", part=number, **query)
        return f"{path}#at-{at}" if at else path

    def page(self, part: int | None, quote: str) -> ReadPage:
        """What the page of *part* needs; of the one with *quote*, where that is given.

        Raises:
            NotFound: the article has no such part or quote.
        """
        number = self._asked(part, quote)
        links = self._links()
        shown = self.parts[number - 1]
        return ReadPage(
            site=self.site,
            article=self.article.row,
            total=len(self.quotes),
            matching=len(self.matching),
            parts=links,
            part=links[number - 1],
            blocks=tuple(self._block(block, number) for block in shown),
            topics=self._rail("topic", self.topic, self._by_topic),
            speakers=self._rail("speaker", self.speaker, self._by_speaker),
            here=quote,
            every=self._every(),
            whole_url=self.url(number, topic=None, speaker=None),
        )

    def _asked(self, part: int | None, quote: str) -> int:
        slug = self.article.row.slug
        if quote:
            if quote not in self.numbers:
                raise NoSuchPartError(f"There is no quote “{quote[:40]}” in this article.", slug)
            return self.part_of(self.quotes[self.numbers[quote] - 1])
        number = 1 if part is None else part
        if not 1 <= number <= len(self.parts):
            has = "one part" if len(self.parts) == 1 else f"{len(self.parts)} parts"
            raise NoSuchPartError(f"This article has {has} to read, and no part {str(number)[:12]}.", slug)
        return number

    def _links(self) -> tuple[PartLink, ...]:
        """All parts; the numbers of quotes are those that begin in them."""
        length = max(1, len(self.article.text))
        places = [quote.span.start for quote in self.quotes]
        ends = [*self.starts[1:], length]
        links, first = [], 0
        for number, (start, end) in enumerate(zip(self.starts, ends, strict=True), 1):
            last = bisect_left(places, end) if number < len(self.starts) else len(places)
            some = (first + 1, last) if last > first else (0, 0)
            at = start * STRIP // length
            links.append(PartLink(number, self.url(number), *some, at, max(1, end * STRIP // length - at)))
            first = last
        return tuple(links)

    def _block(self, block: Block, part: int) -> ShownBlock:
        notes = tuple(self._note(note, part) for note in block.notes)
        return ShownBlock(block.kind, block.start, runs(block, self.numbers, self.matching), notes)

    def _note(self, note: Note, part: int) -> ShownNote:
        own = note.numbers[0]
        before, after = bisect_left(self.stops, own), bisect_right(self.stops, own)
        previous_url = self._stop(self.stops[before - 1], part) if before else ""
        next_url = self._stop(self.stops[after], part) if after < len(self.stops) else ""
        return ShownNote(note, numbered(note.numbers), self.off(note), previous_url, next_url)

    def _stop(self, number: int, part: int) -> str:
        quote = self.quotes[number - 1]
        there = self.part_of(quote)
        return f"#at-{quote.id}" if there == part else self.url(there, quote.id)

    @cached_property
    def _by_topic(self) -> dict[str, list[QuoteRow]]:
        found: dict[str, list[QuoteRow]] = {topic.id: [] for topic in self.site.topics}
        for quote in self.quotes:
            for topic in quote.topics:
                found.setdefault(topic, []).append(quote)
        return {topic: some for topic, some in found.items() if some}

    @cached_property
    def _by_speaker(self) -> dict[str, list[QuoteRow]]:
        found: dict[str, list[QuoteRow]] = {}
        for quote in self.quotes:
            found.setdefault(slug_of(quote), []).append(quote)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    def _rail(self, name: str, chosen: str | None, by: Mapping[str, Sequence[QuoteRow]]) -> Rail:
        most = sorted(by, key=lambda value: (value != chosen, -len(by[value])))[:MOST_LINES]
        lines = [
            self._line(name, value, index, some, chosen=value == chosen)
            for index, (value, some) in enumerate(by.items())
            if value in most
        ]
        return Rail(tuple(lines), len(by) - len(lines))

    def _line(self, name: str, value: str, index: int, some: Sequence[QuoteRow], *, chosen: bool) -> RailLine:
        given = {name: None if chosen else value}
        url = self.url(self.part_of(some[0]), some[0].id, **given)
        if name == "speaker":
            return RailLine(value, index, full_name(some[0].speaker), len(some), url, chosen)
        path = strip((quote.span.start for quote in some), len(self.article.text))
        return RailLine(value, index, self.site.labels.get(value, value), len(some), url, chosen, path)

    def _every(self) -> str:
        topics = {value: str(index) for index, value in enumerate(self._by_topic)}
        speakers = {value: index for index, value in enumerate(self._by_speaker)}
        return " ".join(
            f"{'.'.join(topics[one] for one in quote.topics)}/{speakers[slug_of(quote)]}" for quote in self.quotes
        )


def slug_of(quote: QuoteRow) -> str:
    """The slug of who says *quote*, as a filter names it."""
    return quote.speaker.slug if quote.speaker else UNNAMED


def as_json(reader: Reader, page: ReadPage) -> ArticlePart:
    """``/articles/{slug}/read.json``: the paragraphs of a part with its quotes; offsets count in the whole article."""
    first, last = page.part.first, page.part.last
    return {
        "article": quote_json.whole_article(page.article),
        "part": page.part.number,
        "parts": [{"part": one.number, "first": one.first, "last": one.last} for one in page.parts],
        "quotes": {
            "total": page.total,
            "matching": page.matching,
            "items": [quote_json.quote(quote) for quote in reader.quotes[first - 1 : last]] if first else [],
        },
        "topics": [{"topic": one.value, "count": one.count} for one in page.topics.lines],
        "speakers": [{"speaker": one.value, "count": one.count} for one in page.speakers.lines],
        "blocks": [
            {
                "start": block.start,
                "end": block.start + len(block.text),
                "kind": block.kind,
                "text": block.text,
                "notes": [one.note.quote for one in block.notes],
            }
            for block in page.blocks
        ],
    }
