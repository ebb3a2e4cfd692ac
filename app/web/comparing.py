"""From the store to the page of two versions, and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.errors import AppError, NotFound
from app.present import quote_json
from app.present.differences import Change, Comparison, Kind, compare
from app.present.numbering import numbers
from app.present.replacements import replacements
from app.present.templates import address
from app.present.version_parts import NAMES, SIGNS, Names, Reading, reading
from app.present.wording import key_of
from app.store import articles, attributions
from app.store.filters import AttributionFilter
from app.store.rows import ArticleText, QuoteRow
from app.store.versions import moment, versions_of
from app.web import schemas
from app.web.contexts import Site, VersionsPage
from app.web.contexts.site import Links
from app.web.contexts.versions import KindLine, Replaced
from app.web.shapes import compare as shapes

WHOLE_ARTICLE = 100_000
MOST_REPLACED = 36
MOST_JUMPS = 30
VIEWS = ("sides", "one")


class BadComparison(AppError):  # noqa: N818 - as its neighbours in app.errors
    """What was asked for cannot be compared; ``links`` lead to what can."""

    status = 400

    def __init__(self, message: str, links: Links = ()) -> None:
        super().__init__(message)
        self.links = links


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, the earlier first, with all that differs."""

    earlier: ArticleText
    later: ArticleText
    comparison: Comparison
    names: Names


def pair(conn: Connection, slug: str, other: str) -> Pair:
    """Both articles compared, whichever is named first.

    Raises:
        NotFound: one of them is not there, or both are the same.
    """
    if slug == other:
        raise NotFound("An article does not differ from itself.")
    both = articles.article_text(conn, slug), articles.article_text(conn, other)
    earlier, later = sorted(both, key=lambda one: moment(one.row.date, one.row.added))
    old, new = _paragraphs(earlier), _paragraphs(later)
    return Pair(earlier, later, compare(old, new), (numbers(old), numbers(new)))


def versions(
    conn: Connection, site: Site, slug: str, other: str, show: str = "", view: str = "", after: int = 0
) -> VersionsPage:
    """The context of ``/articles/{slug}/versions/{other}``; any two articles can be compared, in either order.

    Args:
        conn: an open connection.
        site: the frame.
        slug: an article.
        other: another.
        show: a kind of change, to see these alone; empty for all.
        view: ``sides`` (as when empty) or ``one``, both wordings in one text.
        after: the change that the page begins with.

    Raises:
        NotFound: one of them is not there, or both are the same.
        BadComparison: there is no such kind, or no such view.
    """
    address_of = _Address(f"/articles/{slug}/versions/{other}", _kind(show), view)
    found = pair(conn, slug, other)
    link = next((row for row in versions_of(conn, slug) if row.slug == other), None)
    quotes = [_quotes(conn, one) for one in (found.earlier, found.later)]
    read = reading(found.comparison, found.names, address_of.show, max(0, after))
    replaced = _replaced(found, read, address_of)
    return VersionsPage(
        site=site,
        earlier=found.earlier.row,
        later=found.later.row,
        link=link,
        percent=link.percent if link and link.likeness else round(100 * found.comparison.alike),
        comparison=found.comparison,
        reading=read,
        kinds=_kinds(found.comparison, read, address_of),
        replaced=replaced[:MOST_REPLACED],
        more_replaced=len(replaced[MOST_REPLACED:]),
        show=address_of.show,
        sides=view != "one",
        whole_url=address_of(show=None),
        view_url=address_of(view="one" if view != "one" else None),
        next_url=address_of(after=str(read.after)) if read.after else None,
        first_url=address_of() if after else None,
        compare_url=f"/compare?with=article%3A{found.earlier.row.slug}&with=article%3A{found.later.row.slug}",
        earlier_only=_only(*quotes),
        later_only=_only(*quotes[::-1]),
    )


class _Address:
    """The address of the page, with one thing about it changed."""

    def __init__(self, path: str, show: Kind | None, view: str) -> None:
        if view and view not in VIEWS:
            raise BadComparison(f"“{view}” is no view: it can be sides or one.", ((("Side by side", address(path))),))
        self.path, self.show, self.view = path, show, "one" if view == "one" else None

    def __call__(self, **changed: str | None) -> str:
        query = {"show": self.show, "view": self.view, **changed}
        return address(self.path, **query)


def _kind(show: str) -> Kind | None:
    if show and show not in NAMES:
        raise BadComparison(f"“{show}” is no kind of change: it can be {', '.join(NAMES)}.")
    return next((kind for kind in NAMES if kind == show), None)


def _kinds(comparison: Comparison, read: Reading, address_of: _Address) -> tuple[KindLine, ...]:
    jumps: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in NAMES}
    for part in read.parts:
        if part.kind != "kept":
            jumps[part.kind].append(((part.new or part.old)[0], f"#c{part.number}"))
    return tuple(
        KindLine(
            kind,
            name,
            SIGNS[kind],
            comparison.counts[kind],
            address_of(show=kind),
            address_of.show == kind,
            tuple(jumps[kind][:MOST_JUMPS]),
        )
        for kind, name in NAMES.items()
        if comparison.counts[kind]
    )


def _replaced(found: Pair, read: Reading, address_of: _Address) -> tuple[Replaced, ...]:
    here = {part.number for part in read.parts}

    def link(change: int) -> tuple[str, str]:
        name = found.names[1][found.comparison.changes[change].new[0]]
        anchor = f"#c{change}"
        return name, anchor if change in here else address_of(show=None, after=str(change)) + anchor

    return tuple(
        Replaced(one, tuple(link(change) for change in dict.fromkeys(place.change for place in one.places)))
        for one in replacements(found.comparison)
    )


def as_json(page: VersionsPage) -> shapes.Versions:
    """``/articles/{slug}/versions/{other}.json``: all that differs; places are those of the articles' paragraphs."""
    comparison = page.comparison
    return {
        "earlier": quote_json.whole_article(page.earlier),
        "later": quote_json.whole_article(page.later),
        "likeness": round(page.link.likeness, 3) if page.link else None,
        "same_url": bool(page.link and page.link.same_url),
        "alike": round(comparison.alike, 3),
        "paragraphs": comparison.counts,
        "words": comparison.words,
        "whole": comparison.whole,
        "changes": [_change(one) for one in comparison.changes if page.show in (None, one.kind)],
        "replaced": [
            {
                "earlier": one.old,
                "later": one.new,
                "changes": [place.change for place in one.places],
            }
            for one in replacements(comparison)
        ],
        "quotes": {
            "earlier_only": schemas.whole(quote_json.quote(row) for row in page.earlier_only),
            "later_only": schemas.whole(quote_json.quote(row) for row in page.later_only),
        },
    }


def _change(change: Change) -> shapes.Change:
    """Words stand with those that differ; the others are in the articles."""
    found: shapes.Change = {"kind": change.kind, "earlier": list(change.old), "later": list(change.new)}
    if change.kind != "kept":
        found["pieces"] = [{"what": one.what, "earlier": one.old, "later": one.new} for one in change.pieces]
    return found


def _paragraphs(article: ArticleText) -> list[str]:
    return [paragraph.span.of(article.text) for paragraph in article.paragraphs]


def _quotes(conn: Connection, article: ArticleText) -> tuple[QuoteRow, ...]:
    chosen = AttributionFilter(article=article.row.slug)
    return attributions.list_quotes(conn, chosen, limit=WHOLE_ARTICLE).items


def _only(quotes: tuple[QuoteRow, ...], others: tuple[QuoteRow, ...]) -> tuple[QuoteRow, ...]:
    """Those of *quotes* whose words none of *others* has."""
    there = {_words(quote) for quote in others}
    return tuple(quote for quote in quotes if _words(quote) not in there)


def _words(quote: QuoteRow) -> str:
    # The comma that American style sets inside the marks is not part of what was said.
    return key_of(quote.text).rstrip(" .,!?;:")
