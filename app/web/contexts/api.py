"""The pages that describe what programs can ask for."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.contexts.site import Links, Site

Kind = Links
"""What a value is, in words; each with the address of the page of the type that it names, or none."""


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter or a field: its name, what it is, what it means, and whether it must be there."""

    name: str
    where: str
    kind: Kind
    words: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with what it means, the media types that come with it, and the type of the JSON."""

    status: str
    words: str
    media_types: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at one address by one method.

    Attributes:
        id: its name in the document, and its place on the page.
        words, more: what it does, in a sentence and in some more.
        parameters: but for those of the filter.
        filtered: whether it takes the filter.
        takes: the media types that can be sent, each with the type of its JSON.
        answers: those that this operation alone has.
        call: it as a command of curl.
    """

    id: str
    method: str
    path: str
    words: str
    more: str
    parameters: tuple[Named, ...]
    filtered: bool
    takes: tuple[tuple[str, Kind], ...]
    answers: tuple[Answer, ...]
    call: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations on the same thing."""

    name: str
    words: str
    href: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """``/api``: how to ask, what there is, and what is promised.

    Attributes:
        about: how to ask, paragraph by paragraph.
        token: how a share link's token is sent.
        groups: all operations.
        every: the statuses that can come from any of them.
        promise: what stays as it is.
        call: a first command of curl.
    """

    site: Site
    about: tuple[str, ...]
    token: str
    groups: tuple[Group, ...]
    every: tuple[Answer, ...]
    promise: tuple[tuple[str, str], ...]
    call: str


@dataclass(frozen=True, slots=True)
class ApiGroupPage:
    """``/api?group=…``: each operation of a group; ``filters`` are the parameters that several have in common."""

    site: Site
    group: Group
    filters: tuple[Named, ...]
    others: Links


@dataclass(frozen=True, slots=True)
class ApiTypePage:
    """``/api?type=…``: a type with its fields, where it has some, and its values, where these are few.

    ``used`` are the operations and the types that name it.
    """

    site: Site
    name: str
    words: str
    fields: tuple[Named, ...]
    values: tuple[str, ...]
    used: Links
