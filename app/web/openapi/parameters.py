"""Every parameter of a path, a query or a header with what it means and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from app.domain import AttributionKind
from app.present.exports.endings import CHART_FILES
from app.present.exports.formats import ARTICLE_FORMATS, FORMATS
from app.present.filter_query import NAMES
from app.store.correction_lists import State
from app.store.job_rows import JobStatus
from app.store.speaker_lists import Sort
from app.web import atom, compare_pages, filtering, searching, speaker_pages, time_pages, timing

Json = dict[str, Any]
FILTER, VIEW = tuple(NAMES), ("order", "after")
READ_BY_HAND: dict[Callable[..., Any], tuple[str, ...]] = {
    filtering.chosen_filter: FILTER,
    searching.loose_filter: FILTER,
    compare_pages.common_filter: FILTER,
    filtering.chosen_view: VIEW,
    atom.place: ("after",),
    speaker_pages.list_view: ("sort", "name", "after"),
    time_pages.view: ("unit", "as"),
}
"""The parameters that a dependency takes from the address itself."""


def _text(most: int = filtering.LONGEST_VALUE) -> Json:
    return {"type": "string", "maxLength": most}


def _one_of(*values: str) -> Json:
    """One of *values*; a field that a form leaves empty counts as not given."""
    return {"type": "string", "enum": [*values, ""]}


_NUMBER: Json = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_SLUG: Json = {"type": "string", "minLength": 1}
_ANY: Json = {"type": "string"}
_DATE: Json = {"type": "string", "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"}
PATH: dict[str, tuple[str, Json]] = {
    "slug": ("The slug of the article, or of the speaker; unnamed is whoever the text does not name.", _SLUG),
    "other": ("The slug of the other article.", _SLUG),
    "topic_id": ("The id of the topic.", _SLUG),
    "quote_id": ("The id of the quote. One that it had before leads to the one that it has (308).", _SLUG),
    "uid": ("The uid of the job, or of the batch.", _SLUG),
    "number": ("The number of the correction.", _NUMBER),
    "field": ("The filter whose values are wanted.", _ANY),
    "ending": ("The kind of file.", _ANY),
}
QUERY: dict[str, tuple[str, Json]] = {
    "topic": ("Only quotes on this topic, by its id.", _text()),
    "speaker": ("Only quotes of this speaker, by its slug; unnamed for those that name nobody.", _text()),
    "kind": ("Only quotes of this kind.", _one_of(*(one.value for one in AttributionKind))),
    "article": ("Only quotes of this article, by its slug.", _text()),
    "publisher": ("Only quotes of this publisher's articles; none for articles without one.", _text()),
    "language": ("Only quotes of articles in this language, such as en.", _text()),
    "from": ("Only quotes of articles of this day, month or year and later.", _DATE),
    "to": ("Only quotes of articles of this day, month or year and earlier.", _DATE),
    "confidence": ("How sure it is who speaks.", _one_of(*filtering.WORDS["confidence"])),
    "corrected": ("Whether a person said something of the quote.", _one_of(*filtering.WORDS["corrected"])),
    "q": ('Words to look for, as the pages take them: "phrases in marks", OR, -without, begin*.', _text()),
    "order": ("The order of the list; relevance needs q.", _one_of(*filtering.ORDERS)),
    "after": ("The cursor of a page, as the list's next has it; the first page without.", _ANY),
    "sort": ("The order of the speakers.", _one_of(*(one.value for one in Sort))),
    "name": ("Only speakers whose name has these words.", _ANY),
    "unit": ("What a bar of the chart is; the shortest that fits without.", _one_of("day", "week", "month", "year")),
    "as": ("How the chart is drawn.", _one_of(*timing.SHAPE_WORDS)),
    "v": ("The library's revision: under its own, an answer may be kept for ever.", _ANY),
    "show": (
        "Only changes of this kind.",
        _one_of("kept", "reworded", "moved", "gone", "new"),
    ),
    "with": (
        "Two to six things, such as topic:energy, speaker:…, article:…, publisher:… or period:2023.",
        {"type": "array", "items": {"type": "string"}},
    ),
    "by": ("How the chart counts: share or number.", _ANY),
    "part": ("The part of the text, from 1.", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}),
    "quote": ("The part in which this quote stands, by its id.", _ANY),
    "status": ("Only jobs that are so far.", _one_of(*(one.value for one in JobStatus))),
    "state": ("Only corrections that stand so.", _one_of(*(one.value for one in State))),
    "chart": ("Which chart of the page; the first without.", _ANY),
    "before": ("The number of the line that the page ends before.", {"type": "integer"}),
    "batch": ("A batch that the documents are added to, by its uid.", _ANY),
    "title": ("Of a document that is sent as it is: its title.", _text()),
    "url": ("Of a document that is sent as it is: where it was published.", _text(2_000)),
    "date": ("Of a document that is sent as it is: 2023-03-21, 2023-03 or 2023.", _DATE),
}
ELSEWHERE: dict[tuple[str, str], tuple[str, Json]] = {
    ("/corrections.json", "by"): ("Only corrections of this person.", _ANY),
    ("/api/corrections", "by"): ("Only corrections of this person.", _ANY),
    ("/corrections.json", "article"): ("Only corrections of quotes of this article, by its slug.", _ANY),
    ("/api/corrections", "article"): ("Only corrections of quotes of this article, by its slug.", _ANY),
    ("/api/articles", "publisher"): (
        "Of a document that is sent as it is: its publisher.",
        _text(),
    ),
    ("/api/articles", "name"): ("Of a document that is sent as it is: the name of its file.", _ANY),
}
"""What a name means at one address alone."""

HEADERS: dict[str, tuple[str, Json]] = {
    "If-Match": (
        'The revision of the topics that the change was made on, as /topics.json gives it, such as "3"; * for any.',
        {"type": "string", "pattern": r'^("[0-9]{1,9}"|\*)$'},
    ),
}


class Dependant(Protocol):
    """What FastAPI knows of a function: its parameters, and the functions that it depends on."""

    call: Callable[..., Any] | None
    dependencies: list[Any]
    query_params: list[Any]
    path_params: list[Any]


def asked(dependant: Dependant) -> Iterator[str]:
    """The query parameters of *dependant* and of all that it depends on."""
    for one in every(dependant):
        yield from READ_BY_HAND.get(one.call, ()) if one.call else ()
        yield from (field.alias for field in one.query_params)


def every(dependant: Dependant) -> Iterator[Dependant]:
    """*dependant*, and all that it depends on."""
    yield dependant
    for below in dependant.dependencies:
        yield from every(below)


def parameters(path: str, names: Iterable[str], by_hand: Iterable[str], in_path: Iterable[str]) -> list[Json]:
    """The parameters of *path* as OpenAPI has them; those of the query by reference where they mean the same.

    Args:
        path: as the document has it.
        names: those of the query that the function or what it depends on takes.
        by_hand: those that are declared, of the query and of the header.
        in_path: those of the path.
    """
    fixed = {"topic" if path.startswith("/topics/{") else "", "speaker" if path.startswith("/speakers/{") else ""}
    fixed |= {"after"} if "{ending}" in path else set()
    found = [_in_path(path, name) for name in in_path]
    for name in dict.fromkeys((*names, *by_hand)):
        if name in HEADERS:
            found.append({"$ref": f"#/components/parameters/{name}"})
        elif (path, name) in ELSEWHERE:
            found.append(_query(name, *ELSEWHERE[path, name]))
        elif name not in fixed:
            found.append({"$ref": f"#/components/parameters/{name}"})
    return found


def components() -> Json:
    """The parameters that mean the same wherever they are."""
    headers = {
        name: {"name": name, "in": "header", "required": True, "description": words, "schema": schema}
        for name, (words, schema) in HEADERS.items()
    }
    return {**{name: _query(name, *one) for name, one in QUERY.items()}, **headers}


def _query(name: str, words: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _in_path(path: str, name: str) -> Json:
    words, schema = PATH[name]
    if name == "ending":
        kinds = FORMATS if path.startswith("/search") else CHART_FILES if "charts" in path else ARTICLE_FORMATS
        schema = {"type": "string", "enum": list(kinds)}
    if name == "field":
        schema = {"type": "string", "enum": ["publisher", "article", "language", "topic"]}
    if name == "slug":
        words = f"The slug of the {'speaker' if path.startswith('/speakers') else 'article'}."
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}
