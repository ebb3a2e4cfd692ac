"""The filter in an address: read, held to what is allowed, and written again. Every page and its JSON share it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from app.domain import AttributionKind
from app.errors import AppError, NotFound
from app.present.filter_query import NAMES, NO_PUBLISHER_NAME, query_of
from app.present.numbers import day
from app.present.templates import address
from app.store import known, search
from app.store.cube.choosing import Order
from app.store.filters import NO_PUBLISHER, AttributionFilter
from app.store.merging import speaks_instead
from app.web import filter_values
from app.web.contexts.site import Links
from app.web.dates import SHAPE, days_of
from app.web.deps import Reading, ReadingDep

WORDS = {
    "kind": tuple(kind.value for kind in AttributionKind),
    "confidence": ("sure", "fairly", "unsure", "uncounted"),
    "corrected": ("yes", "no"),
}
"""The fields that take one of few words."""

ORDERS = tuple(order.value for order in Order)
LONGEST_VALUE = 1_000
LONGEST_SHOWN = 60
JOINERS = "\u200c\u200d\u200e\u200f"
"""What scripts from right to left, and those of India, write names with."""
WRITE_DATES = "Write 2023-03-21, 2023-03 or 2023."


__all__ = ["BadFilter", "FilterDep", "View", "ViewDep", "asked_by", "query_of", "read_filter"]


class BadFilter(AppError):  # noqa: N818 - named as what it is for whoever asked
    """A filter that cannot be used. Its message says what is allowed, its links lead on."""

    status = 400

    def __init__(self, message: str, field: str = "", links: Links = ()) -> None:
        super().__init__(message)
        self.field, self.links = field, links


class CursorGoneError(NotFound):
    """A page of a list that began behind a quote which is no longer there."""

    def __init__(self, first: str) -> None:
        super().__init__("The quote that this page of the list began behind is gone: it was changed or deleted.")
        self.links: Links = (("The first page of the list", first),)


@dataclass(frozen=True, slots=True)
class View:
    """How a list is looked at: in which order, and behind which quote."""

    order: str = "newest"
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The address of a request: its path, and what is given in it; fields that are left empty are none."""

    path: str
    given: Mapping[str, str]

    def but(self, *dropped: str, **changed: str) -> str:
        """The same address without the fields *dropped* and with those *changed*, from the first page on."""
        kept = {name: self.given[name] for name in (*NAMES, "order") if name in self.given and name not in dropped}
        kept |= changed
        if "q" not in kept and kept.get("order") == Order.RELEVANCE:
            del kept["order"]
        path = self.path.removesuffix(".json").removesuffix("/charts")
        return address("/" if path == "/index" else path, **kept)

    def wrong(self, field: str, message: str, *links: tuple[str, str]) -> BadFilter:
        """The error for *field*, with a way on without it."""
        return BadFilter(message, field, (*links, ("The same without this filter", self.but(field))))


def asked_by(request: Request) -> Asked:
    """What the address of *request* asks for.

    Raises:
        BadFilter: a value is too long, has control characters, or stands there twice.
    """
    given: dict[str, str] = {}
    names = {*NAMES, "order", "after", "page"}
    values = [(name, value.strip()) for name, value in request.query_params.multi_items() if name in names]
    asked = Asked(request.url.path, given)
    given |= {name: value for name, value in reversed(values) if value and _usable(value)}
    for name, value in values:
        if value and given.setdefault(name, value) != value:
            other = asked.but(**{name: value}) if _usable(value) else ""
            links = ((f"Only “{short(given[name])}”", asked.but()), (f"Only “{short(value)}”", other))
            told = f"“{name}” stands twice in the address. A field takes one value."
            raise BadFilter(told, name, links[: 1 + bool(other)])
    for name, value in values:
        if not _usable(value):
            told = "is too long" if len(value) > LONGEST_VALUE else "has characters that no value can have"
            raise asked.wrong(name, f"The value of “{name}” {told}: it starts with “{short(value)}”.")
    return asked


def _usable(value: str) -> bool:
    return len(value) <= LONGEST_VALUE and all(char.isprintable() or char in JOINERS for char in value)


def short(value: str) -> str:
    """*value* as a sentence can quote it: cut, and without what cannot be shown."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value[:LONGEST_SHOWN])
    return shown + "…" * (len(value) > LONGEST_SHOWN)


def chosen_filter(request: Request, now: ReadingDep) -> AttributionFilter:
    """The filter in the address, whole and usable. On a topic's page the path names the topic.

    Raises:
        BadFilter: a value is malformed, or nothing in the library has it.
        NotFound: the topic of the path does not exist.
    """
    asked = asked_by(request)
    chosen = read_filter(now, asked, request.path_params.get("topic_id"))
    if chosen.words is not None:
        try:
            search.parse(chosen.words)
        except AppError as error:
            raise asked.wrong("q", str(error)) from None
    return chosen


def read_filter(now: Reading, asked: Asked, topic: str | None = None) -> AttributionFilter:
    """The filter that *asked* gives, on *topic* where the path names one; the words of a search are not read here.

    A speaker who was merged with another stands for that one, so that old links go on to show their quotes.

    Raises:
        BadFilter: as :func:`chosen_filter`.
        NotFound: there is no topic *topic*.
    """
    given = dict(asked.given)
    if topic is not None:
        _check_path(now, asked, topic)
        given["topic"] = topic
    whole = now.site.visitor.whole  # others are not told which values there are
    for name, allowed in WORDS.items():
        if name in given and given[name] not in allowed:
            offered = ", ".join(allowed[:-1]) + f" or {allowed[-1]}"
            raise asked.wrong(name, f"“{short(given[name])}” is no value of “{name}”. It can be {offered}.")
    if "language" in given:
        given["language"] = given["language"].lower()
    if given.get("publisher") == NO_PUBLISHER_NAME:
        given["publisher"] = NO_PUBLISHER
    for name in ("topic", "speaker", "article", "publisher", "language"):
        if whole and name in given and not filter_values.there(now, name, given[name]):
            raise asked.wrong(name, filter_values.missing(now, name, short(given[name])))
    if "speaker" in given:
        given["speaker"] = speaks_instead(now.conn, given["speaker"]) or given["speaker"]
    fields: dict[str, Any] = {field: given.get(name) for name, field in NAMES.items()}
    since, until = _span(asked)
    return AttributionFilter(**{**fields, "since": since, "until": until})


def _check_path(now: Reading, asked: Asked, topic: str) -> None:
    if not filter_values.there(now, "topic", topic):
        raise NotFound(f"There is no topic “{short(topic)}”.")
    other = asked.given.get("topic", topic)
    if other != topic:
        label = now.site.labels.get(other, other)
        links = ((f"The same for {short(label)}", address(f"/topics/{other}", **_rest(asked))),)
        raise asked.wrong("topic", f"This page is about {now.site.labels[topic]} alone.", *links)


def _rest(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.given.items() if name not in ("topic", "after")}


def _span(asked: Asked) -> tuple[dt.date | None, dt.date | None]:
    since, until = (_date(asked, name) for name in ("from", "to"))
    first, last = (since[0] if since else None), (until[1] if until else None)
    if since and until and since[0] > until[1]:
        turned = asked.but(**{"from": asked.given["to"], "to": asked.given["from"]})
        told = f"The dates end before they begin: from {day(first)} to {day(last)}."
        links = (("The other way round", turned), ("The same without dates", asked.but("from", "to")))
        raise BadFilter(told, "from", links)
    return first, last


def _date(asked: Asked, name: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of the day, month or year that is given as *name*."""
    value = asked.given.get(name)
    if value is None:
        return None
    days = days_of(value)
    if days is None:
        told = f"There is no day “{value}”." if SHAPE.fullmatch(value) else f"“{short(value)}” is no date."
        raise asked.wrong(name, f"{told} {WRITE_DATES}")
    return days


def chosen_view(request: Request, now: ReadingDep) -> View:
    """The order and the place in the address.

    Raises:
        CursorGoneError: the quote that the page begins behind is not there.
        BadFilter: there is no such order, it needs words to go by, or pages are numbered.
    """
    asked = asked_by(request)
    order = asked.given.get("order", Order.NEWEST.value)
    if order not in ORDERS:
        raise asked.wrong("order", f"“{short(order)}” is no order. It can be newest, date or relevance.")
    if order == Order.RELEVANCE and "q" not in asked.given and "q" in request.query_params:
        order = Order.NEWEST.value  # a form whose words were emptied
    if order == Order.RELEVANCE and "q" not in asked.given:
        told = "By relevance there is an order only with words to look for. Type some, or take another order."
        raise BadFilter(told, "order", (("The newest first", asked.but("order")), ("By date", asked.but(order="date"))))
    if "page" in asked.given:
        told = "Pages of a list have no numbers here: the link below a list leads to the next one."
        raise BadFilter(told, "page", (("The first page of the list", asked.but("page")),))
    after = asked.given.get("after")
    if after is not None and not known.has_quote(now.conn, after):
        raise CursorGoneError(asked.but())
    return View(order, after)


FilterDep = Annotated[AttributionFilter, Depends(chosen_filter)]
ViewDep = Annotated[View, Depends(chosen_view)]
