"""One limit of time over all that a fetch does."""

from __future__ import annotations

import time

from app.text.fetching.errors import FetchError


class Deadline:
    """So many seconds from now, by a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left, more than zero.

        Raises:
            FetchError: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self, kind: type[FetchError] = FetchError) -> FetchError:
        """What to raise where something else noticed first that the time is up."""
        return kind(f"The site took longer than {self.seconds:g} seconds; try again later.", retry=True)

    def within(self, seconds: float) -> Deadline:
        """A deadline *seconds* from now, and no later than this one."""
        return Deadline(min(seconds, self.left()))
