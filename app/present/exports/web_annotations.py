"""W3C Web Annotations in JSON-LD: each quote an annotation of its words in the article.

Source:
    Web Annotation Data Model, W3C Recommendation, 23 February 2017: sections 3.2, 4.2 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.present.exports.about import About
from app.present.exports.pieces import with_items
from app.present.quote_json import Json
from app.store.anchors import CONTEXT
from app.store.rows import QuoteRow


def write(about: About, quotes: Iterable[QuoteRow]) -> Iterator[bytes]:
    """One collection with all of *quotes* in its first page."""
    name = f"urn:communique:export:{about.made:%Y%m%dT%H%M%SZ}"
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": about.title,
        "summary": "; ".join(f"{key}: {value}" for key, value in about.lines()[1:]),
        "generated": about.made.isoformat().replace("+00:00", "Z"),
        "total": about.count,
        "first": {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": []},
    }
    return with_items(collection, (annotation(quote, about) for quote in quotes))


def annotation(quote: QuoteRow, about: About) -> Json:
    """*quote* as an annotation: its topics, its speaker and its kind, of these words at this place.

    The target is the article where it was published; one without an address is named by its address here.
    """
    bodies = [_body("tagging", about.labels.get(topic, topic)) for topic in quote.topics]
    if quote.speaker is not None:
        bodies.append(_body("identifying", quote.speaker.name))
    bodies.append(_body("classifying", quote.kind.value))
    prefix, suffix = around(quote)
    return {
        "id": f"urn:communique:quote:{quote.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": quote.article.url or f"urn:communique:article:{quote.article.slug}",
            "selector": [
                {"type": "TextQuoteSelector", "exact": quote.text, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": quote.span.start, "end": quote.span.end},
            ],
        },
    }


def around(quote: QuoteRow) -> tuple[str, str]:
    """What stands before and after *quote* in its sentence, as much as a selector takes."""
    sentence, shift = quote.sentence.text, quote.sentence.span.start
    start, end = quote.span.start - shift, quote.span.end - shift
    return sentence[max(0, start - CONTEXT) : max(0, start)], sentence[end : end + CONTEXT]


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
