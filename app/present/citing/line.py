"""A quote as one cites it: its words, who said them, and where they stand."""

from __future__ import annotations

from app.domain import AttributionKind
from app.present.numbers import day
from app.present.rows import speaker_name, words_at
from app.store.rows import QuoteRow


def citation(quote: QuoteRow) -> str:
    """*quote* in one line, without its address: ``“We agree” – Ann Klein, in “The day”, The Example, 16 May 2024.``

    Words that stand in no quotation marks get none here either, and are said to be reported.
    """
    words = " ".join(quote.text.split())
    reported = quote.kind is AttributionKind.INDIRECT
    source = words_at(quote.clause, quote.attribution.source)
    speaker = speaker_name(quote.speaker, source, quote.article.language)
    article = quote.article
    place = [f"in “{article.title}”", *([article.publisher] if article.publisher else [])]
    if article.date:
        place.append(day(article.date, article.date_precision))
    said = f"{words} (reported)" if reported else f"“{words}”"
    return f"{said} – {', '.join([speaker, *place])}."
