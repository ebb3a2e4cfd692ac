"""Why a page could not be had, as sentences."""

from __future__ import annotations

from http import HTTPStatus

from app.errors import IngestError

SAVE_IT = "open it in your browser, save it, and give the file."
_LONGEST_WAIT = 86_400


class FetchError(IngestError):
    """A page that cannot be had; *retry* where the same address may well answer later."""

    def __init__(self, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.retry = retry


class NoAnswerError(FetchError):
    """Nobody at the address speaks HTTP with us just now: no name, no connection, no answer."""


def refusal(status: int, retry_after: str | None) -> FetchError:
    """What to tell of an answer that is neither a page nor a redirect."""
    if status in {401, 402, 403, 407, 451}:
        return FetchError(f"The site does not let programs read this page ({status}): {SAVE_IT}")
    if status in {404, 410}:
        return FetchError(f"There is nothing at this address ({status}).")
    if status == 429:
        return FetchError(f"The site has been asked too often (429): {_wait(retry_after)}.", retry=True)
    if status in {408, 425} or status >= 500:
        return FetchError(f"The site has trouble of its own ({_named(status)}): {_wait(retry_after)}.", retry=True)
    if status in {204, 205}:
        return FetchError(f"The page at this address is empty ({status}).")
    return FetchError(f"The site gives no page at this address ({_named(status)}).")


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _wait(retry_after: str | None) -> str:
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit() and 0 < (seconds := int(text[:9])) <= _LONGEST_WAIT:
        return f"try again in {seconds} seconds" if seconds < 120 else f"try again in {-(-seconds // 60)} minutes"
    return "try again later"
