"""Everything by which a quote is cited, put together."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.citing import copies
from app.present.citing.item import csl_item
from app.present.citing.line import citation
from app.present.citing.styles import Reference, references
from app.store.rows import ArticleRow, QuoteRow


@dataclass(frozen=True, slots=True)
class Cited:
    """How a quote is cited.

    Attributes:
        line: in one line, without its address.
        markdown, html: as a block quotation.
        references: its article in the usual styles.
        source: where that was published, at these words; ``None`` where it has no address.
    """

    line: str
    markdown: str
    html: str
    references: tuple[Reference, ...]
    source: str | None


def cited(article: ArticleRow, quote: QuoteRow) -> Cited:
    """How *quote* of *article* is cited."""
    return Cited(
        line=citation(quote),
        markdown=copies.markdown(quote),
        html=copies.html(quote),
        references=references(csl_item(article, quote)),
        source=copies.source_address(quote),
    )
