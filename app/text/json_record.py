"""Articles in JSON: one object with its text and what is known of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from app.domain import Article, Document, DocumentKind, Paragraph, ParagraphKind, TextSpan
from app.errors import IngestError
from app.text.charsets import decode
from app.text.fields import address, day, line, string
from app.text.given import Given
from app.text.paragraphs import split_paragraphs
from app.text.plain import title_of, usable_text

TEXTS = ("text", "content", "body", "articleBody", "full_text", "article_text", "fulltext", "article")
TITLES = ("title", "headline", "name")
URLS = ("url", "link", "source_url", "address")
PUBLISHERS = ("publisher", "source", "site", "newspaper", "outlet")
DATES = ("date", "published", "datePublished", "date_published", "publish_date", "published_at", "pub_date")
BYLINES = ("byline", "author", "authors")
LANGUAGES = ("language", "lang")
_NO_PARAGRAPHS = (
    "“paragraphs” must be a list of stretches of the text, one behind the other: "
    '{"start": 0, "end": 12, "kind": "body"}. Leave it out, and they are told by the text.'
)


def read_json(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The article in the one JSON object *data*; its text stays to the letter, ``html`` goes the way of a page.

    Raises:
        IngestError: it is no JSON, has no text, or a field that makes no sense.
    """
    record = parse_object(decode(data).text)
    name = next((name for name in TEXTS if record.get(name) is not None), None)
    if name is None and isinstance(record.get("html"), str):
        return _page(record, given, max_characters)
    if name is None:
        raise IngestError("The JSON object has no “text”.")
    text = usable_text(string(record, name), max_characters=max_characters)
    article = described(Article(title_of(text, otherwise=given.stem), text), record)
    return Document(article, _paragraphs(record, text) or split_paragraphs(text), DocumentKind.JSON)


def described(article: Article, record: dict[str, Any]) -> Article:
    """*article* with what *record* says of it.

    Raises:
        IngestError: a field is no string, or no date or address where it should be one.
    """
    date, precision = day(_line(record, DATES), _name(record, DATES))
    return replace(
        article,
        title=_line(record, TITLES) or article.title,
        url=address(_line(record, URLS), _name(record, URLS)) or article.url,
        publisher=_line(record, PUBLISHERS) or article.publisher,
        date=date or article.date,
        date_precision=precision if date else article.date_precision,
        byline=_line(record, BYLINES) or article.byline,
        language=_line(record, LANGUAGES)[:2].lower() or article.language,
    )


def _paragraphs(record: dict[str, Any], text: str) -> tuple[Paragraph, ...]:
    """The paragraphs that *record* has itself, as ``/articles.jsonl`` writes them; none where it has others or none.

    Raises:
        IngestError: they are no stretches of *text* one behind the other.
    """
    given = record.get("paragraphs")
    if not isinstance(given, list) or not all(isinstance(one, dict) and {"start", "end"} <= set(one) for one in given):
        return ()
    found, last = [], 0
    for one in given:
        start, end, kind = one["start"], one["end"], one.get("kind", ParagraphKind.BODY)
        if kind not in tuple(ParagraphKind) or not type(start) is type(end) is int:
            raise IngestError(_NO_PARAGRAPHS)
        if not last <= start < end <= len(text):
            raise IngestError(_NO_PARAGRAPHS)
        found.append(Paragraph(TextSpan(start, end), ParagraphKind(kind)))
        last = end
    return tuple(found)


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object that *text* is.

    Raises:
        IngestError: it is anything else.
    """
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise IngestError(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise IngestError("This JSON is nested too deeply or holds a number too long.") from error
    if not isinstance(record, dict):
        raise IngestError('The JSON must be one object with “text” in it, such as {"title": …, "text": …}.')
    return record


def _page(record: dict[str, Any], given: Given, max_characters: int) -> Document:
    from app.text.webpage import read_page  # noqa: PLC0415 - a JSON text needs no HTML

    url = given.url or address(_line(record, URLS), _name(record, URLS))
    document = read_page(
        record["html"].encode("utf-8", "replace"),
        replace(given, url=url, charset="utf-8"),
        max_characters=max_characters,
    )
    return replace(document, article=described(document.article, record), kind=DocumentKind.JSON)


def _name(record: dict[str, Any], names: tuple[str, ...]) -> str:
    return (
        next((name for name in names if record.get(name) not in {None, ""}), names[0])
        if _flat(record, names)
        else names[0]
    )


def _flat(record: dict[str, Any], names: tuple[str, ...]) -> bool:
    return all(not isinstance(record.get(name), (dict, list)) for name in names)


def _line(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first field of *names* that *record* has, as one line; names in a list are put in one."""
    for name in names:
        value = record.get(name)
        if name in BYLINES and isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if isinstance(value, dict) and isinstance(value.get("name"), str) and name in {*BYLINES, *PUBLISHERS}:
            value = value["name"]
        if value not in (None, ""):
            return line({name: value}, name)
    return ""
