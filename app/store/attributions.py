"""Quotes with everything a page shows of them: at most four statements, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from app.domain import AttributionKind, DatePrecision, TextSpan
from app.errors import NotFound
from app.store.batches import batches
from app.store.checks import check_limit
from app.store.counted import newest_with, total
from app.store.cube.choosing import Order, behind, choose, ordered
from app.store.details import Details, read_details
from app.store.filters import AttributionFilter
from app.store.rows import ArticleRef, AttributionRow, Excerpt, Page, QuoteRow
from app.store.schema import articles, attributions, quotes, speakers
from app.store.speakers import COLUMNS as SPEAKER
from app.store.speakers import speaker_of

READING_ORDER = (quotes.c.article_id.desc(), quotes.c.start, quotes.c.id)
_AROUND = ("clause", "sentence", "before", "after")
_WINDOW = func.substr(articles.c.text, quotes.c.window_start + 1, quotes.c.window_end - quotes.c.window_start).label(
    "window"
)
ARTICLE = (
    articles.c.slug,
    articles.c.title,
    articles.c.publisher,
    articles.c.date,
    articles.c.url,
    articles.c.language,
    articles.c.date_precision,
)
"""What :func:`article_of` reads."""

_ROWS = (
    select(
        quotes.c.id,
        quotes.c.uid,
        quotes.c.start,
        quotes.c.end,
        quotes.c.kind,
        quotes.c.window_start,
        quotes.c.attribution_id,
        quotes.c.corrected,
        attributions.c.rule,
        attributions.c.reason,
        attributions.c.confidence,
        *(attributions.c[f"{name}_{side}"] for name in _AROUND for side in ("start", "end")),
        *ARTICLE,
        _WINDOW,
        *SPEAKER,
    )
    .select_from(quotes)
    .join(articles, articles.c.id == quotes.c.article_id)
    .join(attributions, attributions.c.id == quotes.c.attribution_id)
    .outerjoin(speakers, speakers.c.id == attributions.c.speaker_id)
)


def list_quotes(
    conn: Connection,
    chosen: AttributionFilter,
    *,
    limit: int = 20,
    after: str | None = None,
    order: str = Order.NEWEST,
) -> Page[QuoteRow]:
    """The quotes that *chosen* lets through, and how many there are in all.

    Args:
        conn: an open connection.
        chosen: a value in it that nothing has gives an empty page.
        limit: quotes on a page, at least 1.
        after: the ``next`` of the page before; quotes added since do not shift the pages.
        order: one of :class:`app.store.cube.choosing.Order`; the quotes of an article stand in the order of its text,
            but by relevance. Without words nothing is more relevant than anything else: then newest first.

    Raises:
        NotFound: no quote has the id *after*.
        QueryError: the words cannot be looked for.
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    if order != Order.NEWEST or not chosen.counted:
        return _from_cube(conn, chosen, limit, after, Order(order))
    place = None if after is None else _place(conn, after)
    page = select(quotes.c.id).where(*chosen.where()).order_by(*READING_ORDER).limit(limit + 1)
    if chosen.article is None:
        # The counts say which articles to open, so that a page is found alike among a hundred quotes and a million.
        near = newest_with(chosen, limit + 1, place.article_id if place else None)
        page = page.where(quotes.c.article_id.in_(near))
    if place is not None:
        page = page.where(_behind(place))
    # Ids first: the texts of the rows that a page leaves out are then never read.
    rows = conn.execute(_ROWS.where(quotes.c.id.in_(page.subquery().select())).order_by(*READING_ORDER)).all()
    shown = rows[:limit]
    following = shown[-1].uid if len(rows) > limit else None
    return Page(total(conn, chosen), _quotes(conn, shown), following)


def _from_cube(
    conn: Connection, chosen: AttributionFilter, limit: int, after: str | None, order: Order
) -> Page[QuoteRow]:
    choice = choose(conn, chosen)
    places = ordered(conn, choice, chosen, order)
    first = 0 if after is None else behind(choice.cube, places, _place(conn, after).id, order)
    if first is None:
        raise _no_quote(after or "")
    keys = choice.cube.columns.key[places]
    shown: list[int] = keys[first : first + limit].tolist()
    rows = {row.id: row for row in conn.execute(_ROWS.where(quotes.c.id.in_(shown)))}
    here = [rows[key] for key in shown if key in rows]
    following = here[-1].uid if here and first + limit < len(keys) else None
    return Page(len(keys), _quotes(conn, here), following)


def each_quote(
    conn: Connection, chosen: AttributionFilter, order: str = Order.NEWEST, *, together: int = 500
) -> Iterator[QuoteRow]:
    """Every quote that *chosen* lets through, in the order of :func:`list_quotes`; *together* are read at once.

    Raises:
        QueryError: the words cannot be looked for.
    """
    choice = choose(conn, chosen)
    keys = choice.cube.columns.key[ordered(conn, choice, chosen, Order(order))]
    for first in range(0, len(keys), together):
        some: list[int] = keys[first : first + together].tolist()
        rows = {row.id: row for row in conn.execute(_ROWS.where(quotes.c.id.in_(some)))}
        yield from _quotes(conn, [rows[key] for key in some if key in rows])


def quote_by_id(conn: Connection, quote_id: str) -> QuoteRow:
    """The quote *quote_id*.

    Raises:
        NotFound: no quote has this id.
    """
    rows = conn.execute(_ROWS.where(quotes.c.uid == quote_id)).all()
    if not rows:
        raise _no_quote(quote_id)
    return _quotes(conn, rows)[0]


def quotes_by_key(conn: Connection, keys: Collection[int], most: int) -> dict[int, QuoteRow]:
    """The first *most* of the quotes with the row ids *keys* by these, in the order of every list."""
    places: list[Any] = []
    for some in batches(keys):
        places += conn.execute(select(quotes.c.id, quotes.c.article_id, quotes.c.start).where(quotes.c.id.in_(some)))
    places.sort(key=lambda place: (-place.article_id, place.start, place.id))
    chosen = [place.id for place in places[:most]]
    rows = conn.execute(_ROWS.where(quotes.c.id.in_(chosen)).order_by(*READING_ORDER)).all()
    return dict(zip([row.id for row in rows], _quotes(conn, rows), strict=True))


def article_of(row: Any) -> ArticleRef:
    """The article in a row that carries :data:`ARTICLE`."""
    return ArticleRef(
        row.slug, row.title, row.publisher, row.date, row.url, row.language, DatePrecision(row.date_precision)
    )


def _no_quote(quote_id: str) -> NotFound:
    return NotFound(f"There is no quote “{quote_id}”.")


def _place(conn: Connection, quote_id: str) -> Any:
    place: Select[Any] = select(quotes.c.article_id, quotes.c.start, quotes.c.id)
    row = conn.execute(place.where(quotes.c.uid == quote_id)).one_or_none()
    if row is None:
        raise _no_quote(quote_id)
    return row


def _behind(place: Any) -> ColumnElement[bool]:
    article, start, key = quotes.c.article_id, quotes.c.start, quotes.c.id
    later = or_(start > place.start, and_(start == place.start, key > place.id))
    return or_(article < place.article_id, and_(article == place.article_id, later))


def _quotes(conn: Connection, rows: Sequence[Any]) -> tuple[QuoteRow, ...]:
    if not rows:
        return ()
    details = read_details(conn, [row.id for row in rows], [row.attribution_id for row in rows])
    return tuple(_quote(row, details) for row in rows)


def _quote(row: Any, details: Details) -> QuoteRow:
    def excerpt(start: int, end: int) -> Excerpt:
        return Excerpt(TextSpan(start, end), window[start - shift : end - shift])

    window, shift = row.window, row.window_start
    quote = excerpt(row.start, row.end)
    return QuoteRow(
        id=row.uid,
        span=quote.span,
        text=quote.text,
        kind=AttributionKind(row.kind),
        topics=tuple(details.quote_topics[row.id]),
        evidence=tuple(details.evidence[row.id]),
        speaker=speaker_of(row),
        attribution=_attribution(row, details),
        article=article_of(row),
        clause=excerpt(row.clause_start, row.clause_end),
        sentence=excerpt(row.sentence_start, row.sentence_end),
        before=None if row.before_start is None else excerpt(row.before_start, row.before_end),
        after=None if row.after_start is None else excerpt(row.after_start, row.after_end),
        corrected=tuple(row.corrected.split()),
    )


def _attribution(row: Any, details: Details) -> AttributionRow:
    key, spans = row.attribution_id, details.spans
    return AttributionRow(
        id=key,
        source=tuple(spans[key, "source"]),
        cue=tuple(spans[key, "cue"]),
        content=tuple(spans[key, "content"]),
        rule=row.rule,
        reason=row.reason,
        topics=tuple(details.attribution_topics[key]),
        chain=tuple(details.chains[key]),
        confidence=row.confidence,
    )
