"""Jobs worked off at the terminal: a line a document as it ends, a bar meanwhile, and what came of it all."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.cli.progress import Bar
from app.cli.terms import one_line, say
from app.cli.topic_printing import counted

if TYPE_CHECKING:
    from app.cli.library import Library
    from app.store.job_rows import JobRow

LOOK_SECONDS = 0.2
STATUSES = ("added", "version", "known", "restored", "updated", "failed", "cancelled")


@dataclass(slots=True)
class Tally:
    """What came of the documents so far."""

    statuses: Counter[str] = field(default_factory=Counter)
    words: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since it was begun."""
        return time.monotonic() - self.began

    def __str__(self) -> str:
        total = self.statuses.total()
        parts = ", ".join(f"{self.statuses[one]:,} {one}" for one in STATUSES if self.statuses[one])
        rate = f"{total / self.seconds * 60:,.0f} documents/min"
        if self.words:
            rate += f", {self.words / self.seconds:,.0f} words/s"
        return f"{counted(total, 'document')} in {self.seconds:.1f} s ({rate}): {parts or 'nothing to do'}."


class Working:
    """Workers for as long as it is entered. On leaving it, what is not done goes back into the queue.

    Args:
        library: whose jobs are worked off.
        quiet: whether to say nothing but what failed.
    """

    def __init__(self, library: Library, *, quiet: bool = False) -> None:
        from app.ingest.following import Follower
        from app.ingest.workforce import Workforce

        self.tally = Tally()
        self.left = Tally()
        self._quiet = quiet
        self._places: dict[str, str] = {}
        self._mine: frozenset[str] = frozenset()
        self._library = library
        self._follower = Follower(library.engine)
        self._workforce = Workforce(library.engine, library.settings, bulk=True)
        self._bar = Bar(shown=not quiet)
        self._troubles: set[str] = set()
        self._all_queued = False

    def __enter__(self) -> Self:
        self._workforce.start()
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _uninterrupted():
            self._bar.stop()
            self._workforce.close()
            if kind is not None and issubclass(kind, KeyboardInterrupt):
                self._say_what_waits()

    def take_over(self) -> None:
        """Go on with what an earlier run has left, and say how much that is."""
        if count := self._follower.add_open():
            self.say(f"{counted(count, 'document')} of before {'waits' if count == 1 else 'wait'}; they are read too.")

    def follow_open(self) -> int:
        """Follow whatever is open, as what was asked for; how many jobs that is."""
        count = self._follower.add_open()
        self._mine = self._follower.batches
        self._workforce.ring()
        return count

    def follow(self, batch: str, places: Mapping[str, str] | None = None) -> None:
        """Tell of the jobs of *batch* as they end, by the names in *places* where it has them."""
        self._mine |= {batch}
        self._places.update(places or {})
        self._follower.add(batch)
        self._workforce.ring()
        self.tell()

    def fail(self, places: Iterable[tuple[str, str]]) -> None:
        """Tell of what could not even be queued, each with its reason."""
        for place, reason in places:
            self.tally.statuses["failed"] += 1
            self._bar.print(line("failed", place, None, reason))

    def tell(self) -> None:
        """Tell of what has ended meanwhile, and move the bar on."""
        for job in self._follower.ended():
            self._tell(job)
        done, total = self._follower.counts()
        self._bar.show(done, total, self.tally.words + self.left.words)
        if (trouble := self._workforce.trouble) and trouble not in self._troubles:
            self._troubles.add(trouble)
            self.say(f"{trouble} It is tried again until it can be; Ctrl-C ends this.")

    def wait(self) -> None:
        """Wait until all that is followed is over; nothing more is to come."""
        self._all_queued = True
        while True:
            done, total = self._follower.counts()
            self.tell()
            if done >= total:
                return
            time.sleep(LOOK_SECONDS)

    def summary(self) -> None:
        """Say what came of it all."""
        self.say(str(self.tally))
        if self.left.statuses:
            failed = self.left.statuses["failed"]
            more = "; communique jobs list --status failed names them" if failed else ""
            self.say(f"Of before: {self.left}"[:-1] + f"{more}.")

    @property
    def failed(self) -> bool:
        """Whether a document failed."""
        return self.tally.statuses["failed"] > 0

    def _tell(self, job: JobRow) -> None:
        from app.store.job_rows import JobOutcome, JobStatus

        place = self._places.pop(job.uid, job.name)
        if job.outcome is JobOutcome.SPLIT:
            self.say(f"{one_line(place)}: {job.message}")
            return
        status = (job.outcome or job.status).value if job.status is JobStatus.DONE else job.status.value
        mine = job.batch in self._mine
        tally = self.tally if mine else self.left
        tally.statuses[status] += 1
        if status in {"added", "version", "updated"}:
            tally.words += job.words or 0
        if mine and (status == "failed" or not self._quiet):
            self._bar.print(line(status, place, job.slug, job.message))

    def say(self, message: str) -> None:
        """Tell the person at the terminal, unless they want it quiet."""
        if not self._quiet:
            self._bar.say(message)

    def _say_what_waits(self) -> None:
        from app.store.job_lists import progress

        with self._library.engine.connect() as conn:
            waiting = progress(conn).open
        if waiting:
            goes = "goes" if waiting == 1 else "go"
            say(
                f"\nStopped. {counted(waiting, 'document')} {goes} on with the next `communique ingest`, "
                "`communique jobs work` or `communique serve`."
            )
        if not self._all_queued:
            say("Not all was queued: give it again; what is there already is known then.")


def line(status: str, place: str, slug: str | None, message: str) -> str:
    """What came of one document, parted by tabs: status, name, address in the dashboard, and what was found."""
    address = f"/articles/{slug}" if slug else "-"
    return "\t".join((status, one_line(place), address, one_line(message)))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C be for a moment: giving the jobs back takes a second or two."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
