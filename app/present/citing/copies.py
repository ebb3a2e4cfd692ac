"""A quote to be put into another text: as Markdown, as HTML; and the address of its words where they were published."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote as percent

from app.domain import AttributionKind
from app.present.numbers import day
from app.present.rows import speaker_name, words_at
from app.present.templates import web_address
from app.store.rows import QuoteRow

LONGEST_FRAGMENT = 200
"""Code points of a quote that is named whole; of a longer one its first and last words are."""
ENDS = 5
"""So many of them."""
_ENDS_LINK = re.compile(r"[<>\\\s]")
"""What Markdown would take for the end of an address."""
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|"})


def markdown(quote: QuoteRow) -> str:
    """*quote* as a block quotation of Markdown with its speaker and its source."""
    words, speaker, place = _parts(quote)
    title = f"“{quote.article.title}”".translate(_MARKDOWN)
    url = source_address(quote)
    cited = f"[{title}](<{url}>)" if url else title
    behind = "".join(f", {one.translate(_MARKDOWN)}" for one in place)
    return f"> {words.translate(_MARKDOWN)}\n>\n> — {speaker.translate(_MARKDOWN)}, {cited}{behind}\n"


def html(quote: QuoteRow) -> str:
    """*quote* as a block quotation of HTML."""
    words, speaker, place = _parts(quote)
    url = source_address(quote)
    cite = f"<cite>{escape(quote.article.title)}</cite>"
    cited = f'<a href="{escape(url)}">{cite}</a>' if url else cite
    published = web_address(quote.article.url)
    source = f' cite="{escape(published)}"' if published else ""
    behind = "".join(f", {escape(one)}" for one in place)
    return (
        f"<figure><blockquote{source}><p>{escape(words)}</p></blockquote>"
        f"<figcaption>— {escape(speaker)}, {cited}{behind}</figcaption></figure>\n"
    )


def source_address(quote: QuoteRow) -> str | None:
    """Where the article of *quote* was published, at these words, as far as it has an address of the web.

    Source:
        URL Fragment Text Directives, WICG draft: ``#:~:text=start,end``.
    """
    url = web_address(quote.article.url)
    if not url:
        return None
    url = _ENDS_LINK.sub(lambda found: percent(found[0]), url)
    words = quote.text.split()
    whole = " ".join(words)
    if len(whole) <= LONGEST_FRAGMENT or len(words) <= 2 * ENDS:
        told = _fragment(whole)
    else:
        told = f"{_fragment(' '.join(words[:ENDS]))},{_fragment(' '.join(words[-ENDS:]))}"
    between = "" if "#" in url else "#"
    return f"{url}{between}:~:text={told}"


def _fragment(words: str) -> str:
    # A hyphen, a comma and an ampersand mean something there, and "percent" leaves the hyphen as it is.
    return percent(words, safe="").replace("-", "%2D")


def _parts(quote: QuoteRow) -> tuple[str, str, list[str]]:
    words = " ".join(quote.text.split())
    if quote.kind is not AttributionKind.INDIRECT:
        words = f"“{words}”"
    speaker = speaker_name(quote.speaker, words_at(quote.clause, quote.attribution.source), quote.article.language)
    article = quote.article
    place = [article.publisher] if article.publisher else []
    return words, speaker, [*place, *([day(article.date, article.date_precision)] if article.date else [])]
