"""Documents of a command line into the queue, some at a time: what was queued goes on whatever happens here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from app.errors import IngestError
from app.ingest.finding import Address, Found, LeftOut, Unread
from app.ingest.intake import queue_documents, queue_urls
from app.ingest.streams import Piece, pieces
from app.store.job_rows import Priority
from app.store.jobs import new_uid
from app.text.fetch import check_url
from app.text.given import Given

FEW = 10
"""So many are waited for by somebody; more are bulk. So many are queued first, so that work begins at once."""

MANY = 200
BYTES = 16_000_000
"""What is queued in one transaction, and held in memory until then."""


@dataclass(slots=True)
class Delivered:
    """What a transaction queued, and what could not be.

    ``places`` has how a person named the document of a job, by its uid, where that is not the job's own name.
    """

    batch: str
    jobs: int = 0
    places: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def deliver(engine: Engine, found: Iterable[Found], given: Given | None = None) -> Iterator[Delivered]:
    """Queue what was *found*, as one batch.

    Args:
        engine: a library that may be written.
        found: read as it is needed.
        given: what a person said of the one document.

    Raises:
        StoreError: the library cannot be written.
    """
    batch, first = new_uid(), True
    for some, last in _chunks(_items(found, given)):
        priority = Priority.NOW if first and last else Priority.BULK
        yield _queue(engine, some, given, batch, priority)
        first = False


_Item = Piece | Address | Unread | LeftOut


def _items(found: Iterable[Found], given: Given | None) -> Iterator[_Item]:
    for one in found:
        if isinstance(one, Address):
            yield _checked(one)
        elif isinstance(one, Unread | LeftOut):
            yield one
        else:
            yield from pieces(one, given)


def _checked(address: Address) -> Address | Unread:
    try:
        return Address(check_url(address.url))
    except IngestError as error:
        return Unread(address.url, str(error))


def _chunks(items: Iterable[_Item]) -> Iterator[tuple[list[_Item], bool]]:
    """*items* in lists, first a short one; and whether each is the last."""
    some: list[_Item] = []
    size, most = 0, FEW
    for item in items:
        if len(some) >= most or size >= BYTES:
            yield some, False
            some, size, most = [], 0, MANY
        some.append(item)
        size += len(item.data) if isinstance(item, Piece) else 0
    yield some, True


def _queue(engine: Engine, some: list[_Item], given: Given | None, batch: str, priority: Priority) -> Delivered:
    done = Delivered(batch)
    documents = [item for item in some if isinstance(item, Piece)]
    urls = [item.url for item in some if isinstance(item, Address)]
    if documents:
        queued = queue_documents(engine, ((one.data, one.given) for one in documents), batch=batch, priority=priority)
        named = zip(queued.jobs, documents, strict=True)
        done.places |= {uid: one.place for uid, one in named if one.place != one.given.name}
        done.jobs += len(documents)
    if urls:
        queued = queue_urls(engine, urls, replace(given, name="") if given else None, batch=batch, priority=priority)
        done.jobs += len(queued.jobs)
    done.unread = [item for item in some if isinstance(item, Unread)]
    done.left_out = [item for item in some if isinstance(item, LeftOut)]
    return done
