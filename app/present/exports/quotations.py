"""``Quotation`` of schema.org in JSON-LD, for the web's search engines: what was said in these words, and no reports.

Source:
    https://schema.org/Quotation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain import AttributionKind, SpeakerKind
from app.present.exports.about import About
from app.present.exports.pieces import with_items
from app.present.numbers import iso_date
from app.present.quote_json import Json
from app.store.rows import ArticleRef, QuoteRow

_TYPES = {SpeakerKind.PERSON: "Person", SpeakerKind.ORGANISATION: "Organization"}


def write(about: About, quotes: Iterable[QuoteRow]) -> Iterator[bytes]:
    """A collection of those of *quotes* that are direct; how many of all there were stands in its description."""
    head: Json = {
        "@context": "https://schema.org",
        "@type": "Collection",
        "name": about.title,
        "description": "; ".join(f"{name}: {value}" for name, value in about.lines()[1:]),
        "dateCreated": about.made.isoformat(),
        "hasPart": [],
    }
    direct = (quote for quote in quotes if quote.kind is AttributionKind.DIRECT)
    return with_items(head, (quotation(quote, about) for quote in direct))


def quotation(quote: QuoteRow, about: About) -> Json:
    """*quote* with who said it, on what, and in which article."""
    found: Json = {"@type": "Quotation", "@id": f"urn:communique:quote:{quote.id}", "text": quote.text}
    speaker = quote.speaker
    if speaker is not None:
        people = [name for name in speaker.members if name] if speaker.kind is SpeakerKind.GROUP else []
        if people:
            found["creator"] = [{"@type": "Person", "name": name} for name in people]
        else:
            found["creator"] = {"@type": _TYPES.get(speaker.kind, "Thing"), "name": speaker.name}
    found["about"] = [{"@type": "Thing", "name": about.labels.get(topic, topic)} for topic in quote.topics]
    return {**found, "isPartOf": _article(quote.article)}


def _article(article: ArticleRef) -> Json:
    known = {
        "url": article.url,
        "datePublished": iso_date(article.date, article.date_precision),
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
    }
    return {"@type": "Article", "name": article.title, **{name: value for name, value in known.items() if value}}
