"""Topics that the quotes in "other" suggest. A person promotes, renames or dismisses them; none applies itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from sqlalchemy import Connection

from app.ingest.phrases import phrases
from app.store.dismissed import dismiss, dismissed, restore
from app.store.quote_places import QuotePlace, quote_places
from app.store.readings import unpack_tokens
from app.store.tagged import PackedArticle, packed_articles

__all__ = ["Suggestion", "dismiss", "dismissed", "log_likelihood", "restore", "suggestions"]

MOST = 12
FEWEST_QUOTES = 2
ALIKE = 0.5
"""The share of their quotes in common from which two phrases are one suggestion."""
MOSTLY = 2 / 3
_BATCH = 100
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate for a topic.

    Attributes:
        key: what it is dismissed and restored by.
        label: its leading phrase, as it is mostly written but for the first letter.
        terms: what would find its quotes, as a topic's terms.
        quotes: the ids of its quotes in "other", in the order of the library.
        score: how much more these phrases belong to "other" than to the topics; it compares within one list alone.
    """

    key: str
    label: str
    terms: tuple[str, ...]
    quotes: tuple[str, ...]
    score: float


@dataclass(slots=True)
class _Found:
    """Where a phrase stands: in quotes of "other" by number and in how many others, with the articles of each."""

    key: str
    inside: dict[int, None] = field(default_factory=dict)
    outside: int = 0
    articles: set[int] = field(default_factory=set)
    articles_outside: set[int] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    by_lemma: bool = False
    score: float = 0.0

    @property
    def terms(self) -> Iterable[str]:
        """What finds it: its lemmas, or the forms it has where these would miss them."""
        return [self.key] if self.by_lemma else sorted({self.key, *self.written})


@dataclass(slots=True)
class _Group:
    """Phrases that are one suggestion: the one that names it, and those merged with it."""

    head: _Found
    score: float
    others: list[_Found] = field(default_factory=list)


@dataclass(slots=True)
class _Sizes:
    inside: int = 0
    outside: int = 0
    articles: set[int] = field(default_factory=set)
    articles_outside: set[int] = field(default_factory=set)


def suggestions(conn: Connection, *, most: int = MOST) -> list[Suggestion]:
    """At most *most* candidates from the noun phrases of quotes in "other", the strongest first.

    A phrase must stand in two of these quotes at least. It is ranked by how far the number of its quotes, and that
    of its articles, exceeds what it would be if it were spread over "other" and the topics alike. Phrases that
    contain each other, or that mostly stand in the same quotes, are one. The same library gives the same list.

    Source:
        The log-likelihood ratio: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence,
        Computational Linguistics 19(1), 1993; as keyness: P. Rayson and R. Garside, Comparing Corpora using
        Frequency Profiling, 2000.
    """
    found, ids, sizes = _count(conn)
    hidden = dismissed(conn)
    chosen = [one for one in found.values() if len(one.inside) >= FEWEST_QUOTES]
    for one in chosen:
        one.score = _score(one, sizes)
    ranked = sorted((one for one in chosen if one.score >= 0), key=lambda one: (-one.score, -len(one.inside), one.key))
    made = (_suggestion(group, ids) for group in _merged(ranked))
    return [one for one in made if one.key not in hidden][:most]


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """How surely *a* of *c* is more than *b* of *d*: Dunning's G², below 0 where it is less."""
    if not c or not d:
        return 0.0
    expected = c * (a + b) / (c + d), d * (a + b) / (c + d)
    g = 2 * sum(seen * log(seen / wanted) for seen, wanted in zip((a, b), expected, strict=True) if seen)
    return g if a * d >= b * c else -g


def _count(conn: Connection) -> tuple[dict[str, _Found], list[str], _Sizes]:
    found: dict[str, _Found] = {}
    ids: list[str] = []
    sizes = _Sizes()
    places = quote_places(conn)
    for batch in packed_articles(conn, _BATCH):
        for article in batch:
            if article.tokens is not None:
                _count_article(article, places.get(article.id, []), found, ids, sizes)
    return found, ids, sizes


def _count_article(
    article: PackedArticle, places: list[QuotePlace], found: dict[str, _Found], ids: list[str], sizes: _Sizes
) -> None:
    tokens = unpack_tokens(article.text, article.tokens or "")
    for place in places:
        sizes.inside += place.other
        sizes.outside += not place.other
        (sizes.articles if place.other else sizes.articles_outside).add(article.id)
        if place.other:
            ids.append(place.id)
        seen = set()
        for phrase in phrases(article.text, tokens, place.span):
            one = found.setdefault(phrase.key, _Found(phrase.key))
            one.by_lemma |= phrase.by_lemma
            if place.other:
                one.written[phrase.written] += 1
                one.inside[len(ids) - 1] = None
                one.articles.add(article.id)
            elif phrase.key not in seen:
                one.outside += 1
                one.articles_outside.add(article.id)
            seen.add(phrase.key)


def _score(one: _Found, sizes: _Sizes) -> float:
    quotes = log_likelihood(len(one.inside), one.outside, sizes.inside, sizes.outside)
    if quotes < 0:
        return quotes
    articles = len(one.articles), len(one.articles_outside), len(sizes.articles), len(sizes.articles_outside)
    return quotes + max(log_likelihood(*articles), 0.0)


def _merged(ranked: list[_Found]) -> list[_Group]:
    groups: list[_Group] = []
    by_quote: defaultdict[int, list[int]] = defaultdict(list)
    by_word: defaultdict[str, list[_Found]] = defaultdict(list)
    for one in ranked:
        for word in dict.fromkeys(one.key.split()):
            by_word[word].append(one)
    placed: set[str] = set()
    for one in ranked:
        if one.key in placed:
            continue
        near = sorted({number for quote in one.inside for number in by_quote[quote]})
        home = next((groups[number] for number in near if _belongs(one, groups[number].head)), None)
        if home is None:
            home = _Group(_head(one, by_word[one.key.split()[0]]), one.score)
            for quote in {**one.inside, **home.head.inside}:
                by_quote[quote].append(len(groups))
            groups.append(home)
        home.others.append(one)
        placed |= {one.key, home.head.key}
    return groups


def _head(lead: _Found, near: list[_Found]) -> _Found:
    """The longest phrase of *near* that says *lead* more exactly and stands in most of its quotes; else *lead*."""
    exact = (one for one in near if _holds(one, lead) and len(one.inside) >= MOSTLY * len(lead.inside))
    return max(exact, key=lambda one: (len(one.key.split()), len(one.inside)))


def _belongs(one: _Found, head: _Found) -> bool:
    shared = len(one.inside.keys() & head.inside.keys())
    return _holds(one, head) or _holds(head, one) or shared >= ALIKE * len(one.inside.keys() | head.inside.keys())


def _holds(one: _Found, other: _Found) -> bool:
    return f" {other.key} " in f" {one.key} "


def _suggestion(group: _Group, ids: list[str]) -> Suggestion:
    head = group.head
    kept = [head, *(one for one in group.others if not (_holds(head, one) or _holds(one, head)))]
    kept = [one for one in kept if not any(one is not other and _holds(one, other) for other in kept)]
    label = max(sorted(head.written), key=lambda form: head.written[form])
    quotes = sorted({quote for one in kept for quote in one.inside})
    return Suggestion(
        key=head.key[:_LONGEST_KEY],
        label=label[:1].upper() + label[1:],
        terms=tuple(dict.fromkeys(term for one in kept for term in one.terms)),
        quotes=tuple(ids[quote] for quote in quotes),
        score=round(group.score, 3),
    )
