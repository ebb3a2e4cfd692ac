"""What the one page is among the kinds of files, and how many quotes it has room for."""

from __future__ import annotations

from app.present.exports.formats import TooManyError

WORDS, ENDING, MEDIA_TYPE = "One page (HTML)", "html", "text/html; charset=utf-8"
MOST_QUOTES = 5_000
"""A browser shows and filters so many at once; the file has some 10 MB then."""


def check_room(count: int) -> None:
    """Raise :class:`TooManyError` where *count* quotes are too many for one page."""
    if count > MOST_QUOTES:
        told = f"These are {count:,} quotes, and one page has room for {MOST_QUOTES:,}."
        raise TooManyError(f"{told} Set a filter, or make a folder of pages: communique export --static DIR.")
