"""Plain text: fit to be taken in, and named."""

from __future__ import annotations

from app.errors import IngestError

_LONGEST_LINE = 200
_CUT = 80


def usable_text(text: str, *, max_characters: int) -> str:
    """*text* itself, when it can be an article.

    Raises:
        IngestError: it is blank, longer than *max_characters*, or has a NUL or half of a surrogate pair.
    """
    if not text.strip():
        raise IngestError("The text is blank." if text else "The text is empty.")
    if len(text) > max_characters:
        raise IngestError(
            f"The text has {len(text):,} characters; at most {max_characters:,} are taken in "
            "(the setting COMMUNIQUE_MAX_CHARACTERS)."
        )
    if "\0" in text:
        raise IngestError(f"The text has a NUL character at {text.index(chr(0)) + 1:,}, so it is no text.")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise IngestError("The text has half of a surrogate pair, which stands for no character.")
    return text


def title_of(text: str, *, otherwise: str) -> str:
    """What to call *text*: its first line where that is short and more follows, else its first words.

    *otherwise* where it begins with one endless word.
    """
    first, _, rest = text.strip().partition("\n")
    line = " ".join(first.split())
    if rest.strip() and len(line) <= _LONGEST_LINE:
        return line
    if len(line) <= _CUT:
        return line
    words = line[: _CUT + 1].rpartition(" ")[0].rstrip(",;:—– ")
    return f"{words}…" if words else otherwise
