"""What a file is called and which filter it was made under, in words, as far as its own quotes tell them."""

from __future__ import annotations

from collections.abc import Mapping

from app.present.filter_query import NAMES
from app.present.standalone.tally import Tally
from app.store.filters import AttributionFilter

WORDS = {
    "topic": "Topic",
    "speaker": "Speaker",
    "kind": "Kind",
    "article": "Article",
    "publisher": "Publisher",
    "language": "Language",
    "from": "From",
    "to": "To",
    "confidence": "How sure",
    "corrected": "Corrected",
    "q": "Words",
    "order": "Order",
}
ALL = "All quotes"


def heading(chosen: AttributionFilter, tally: Tally, title: str) -> str:
    """The title of the one article, the name of the one topic or speaker, else that these are quotes."""
    if title:
        return title
    if not chosen.given:
        return ALL
    [field, *more] = chosen.given
    if not more and field in ("topic", "speaker"):
        return _label(field, str(getattr(chosen, field)), tally)
    return "Quotes"


def chosen_words(filters: Mapping[str, str], tally: Tally) -> tuple[tuple[str, str], ...]:
    """*filters*, which an address has, as names and values."""
    return tuple((WORDS[name], _label(NAMES.get(name, name), value, tally)) for name, value in filters.items())


def _label(field: str, value: str, tally: Tally) -> str:
    if field not in tally.fields:
        return value
    return next((one.label for one in tally.fields[field].listed if one.key == value), value)
