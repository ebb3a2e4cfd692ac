"""What a site asks of programs (robots.txt), asked once an hour."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.text.fetching.addresses import Address
from app.text.fetching.errors import SAVE_IT, FetchError, NoAnswerError

PRODUCT = "Communique"
LARGEST = 500_000
SECONDS = 5.0
_KEPT_SECONDS = 3_600.0
_MOST_KEPT = 500


class Rules(Protocol):
    """What protego reads from a robots.txt."""

    def can_fetch(self, url: str, user_agent: str) -> bool:
        """Whether the site lets *user_agent* read *url*."""


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Rules
    until: float


class Robots:
    """The rules of the sites asked lately; *read* gives the bytes of a robots.txt or raises ``FetchError``."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._kept: dict[str, _Kept] = {}
        self._now = now

    def check(self, address: Address, read: Callable[[str], bytes]) -> None:
        """Nothing, where the site lets programs read *address*.

        Raises:
            FetchError: it does not, or does not say so just now.
        """
        if address.target == "/robots.txt":
            return
        if not self._rules(address.origin, read).can_fetch(address.url, PRODUCT):
            raise FetchError(f"The site asks programs not to read this page (robots.txt): {SAVE_IT}")

    def _rules(self, origin: str, read: Callable[[str], bytes]) -> Rules:
        kept = self._kept.get(origin)
        if kept is None or kept.until <= self._now():
            kept = _Kept(_parsed(_asked(origin, read)), self._now() + _KEPT_SECONDS)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept.pop(origin, None)
            self._kept[origin] = kept
        return kept.rules


def _asked(origin: str, read: Callable[[str], bytes]) -> bytes:
    """The robots.txt of *origin*; nothing where there is none that can be read."""
    try:
        return read(f"{origin}/robots.txt")
    except NoAnswerError:
        raise  # the page itself would fare no better
    except FetchError as error:
        if not error.retry:
            return b""
        reason = str(error)[:1].lower() + str(error)[1:].removesuffix(".")
        raise FetchError(
            f"Whether programs may read this page cannot be learned (robots.txt): {reason}, or {SAVE_IT}", retry=True
        ) from error


def _parsed(data: bytes) -> Rules:
    from protego import Protego  # noqa: PLC0415 - only once a site is asked

    rules: Rules = Protego.parse(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    return rules
