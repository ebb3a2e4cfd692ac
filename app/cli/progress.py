"""The bar of a long command, on standard error where that is a terminal; results stay on standard output."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.cli.terms import say, terminal

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """How many documents are done, how quickly, and how long the rest will take."""

    def __init__(self, *, shown: bool = True) -> None:
        self._progress = _progress() if shown else None
        self._task = self._progress.add_task("Reading", total=None, rate="") if self._progress else None
        self._wanted = False
        self._began = time.monotonic()

    def start(self) -> None:
        """Show it."""
        self._wanted = True
        if self._progress:
            self._progress.start()

    def stop(self) -> None:
        """Take it away."""
        self._wanted = False
        self._hide()

    def show(self, done: int, total: int, words: int) -> None:
        """Say how far it is; *words* are those read so far."""
        if self._progress is None or self._task is None:
            return
        seconds = max(time.monotonic() - self._began, 0.001)
        rate = f"{done / seconds * 60:,.0f} documents/min, {words / seconds:,.0f} words/s" if done else ""
        self._progress.update(self._task, completed=done, total=total or None, rate=rate)
        if self._wanted:
            self._progress.start()

    def print(self, line: str) -> None:
        """Print *line* on standard output; the bar is away until it is shown again, since both may share one screen."""
        self._hide()
        print(line, flush=True)

    def say(self, message: str) -> None:
        """Tell the person at the terminal."""
        self._hide()
        say(message)

    def _hide(self) -> None:
        if self._progress and self._progress.live.is_started:
            self._progress.stop()


def _progress() -> Progress | None:
    console = terminal()
    if not console.is_interactive:
        return None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    # Redirecting standard output would send the results to where the bar is drawn.
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
