"""What the OpenAPI document says in words: of the whole, of its groups, and of each status."""

from __future__ import annotations

TITLE = "Communiqué"
ABOUT = """Who said what, on which topic, in which words: all that the pages show and do, for programs.

What answers in HTML, and the forms of the pages, are not part of it: each page has a twin in JSON at the same address
with `.json` behind it (`/index.json` is that of `/`), and each change an address under `/api/`. Every GET can also be
asked as HEAD. Each JSON has an `ETag`: send it as `If-None-Match`, and 304 says that nothing has changed. Files are
written while they are sent, and so have none. Lists come in pages: `next` is the address of the next one, or null.
Errors are `application/problem+json` (RFC 9457) everywhere. Changes from a web page of another site are refused (403).

Places in texts are half-open and count Unicode code points from 0. Times are RFC 3339. A parameter that is left empty
counts as not given, and one that no address knows is passed over. Fields may be added at any time: pass over those
that you do not know.
"""
LICENSE = {"name": "MIT", "identifier": "MIT"}
SHOWN = """The token of a share link, sent as `Authorization: Bearer …`. On a machine of one's own, where only this \
machine can connect, none is needed."""

GROUPS = {
    "Quotes": "Lists of quotes under any filter, single quotes, and files of both.",
    "Articles": "Articles with their texts: listed, added, changed, deleted and brought back.",
    "Topics": "Topics with their words and their quotes: listed, changed, deleted.",
    "Speakers": "Who speaks, on what, and when.",
    "Overviews": "The first page, quotes over time, and comparisons.",
    "Corrections": "What people said of quotes: listed, made, undone.",
    "Coming in": "Documents that are being read, and feeds that are looked at.",
    "Sharing": "Share links, and the log of who did what.",
    "Service": "The service itself.",
}
GROUP_OF = {
    "search": "Quotes",
    "quotes": "Quotes",
    "articles": "Articles",
    "topics": "Topics",
    "speakers": "Speakers",
    "index": "Overviews",
    "charts": "Overviews",
    "time": "Overviews",
    "compare": "Overviews",
    "corrections": "Corrections",
    "jobs": "Coming in",
    "batches": "Coming in",
    "feeds": "Coming in",
    "shares": "Sharing",
    "audit": "Sharing",
    "keys": "Service",
    "healthz": "Service",
    "openapi": "Service",
}
"""By the first part of the address, behind ``/api``."""

STATUS = {
    200: "As asked for.",
    201: "It was made.",
    202: "It is queued.",
    304: "Nothing has changed since the answer whose ETag was sent.",
    307: "It is at another address.",
    308: "It has another address now.",
    400: "Something in the address cannot be used, or the request was cut off; the detail says what is allowed.",
    401: "Whoever asks has not shown what lets them in: this library is shared by links.",
    403: "The share link does not go so far, or another site asked for a change.",
    404: "There is nothing of this name, or no longer.",
    405: "This address cannot be used like that; Allow says how it can.",
    409: "Somebody else was quicker, or it is over already.",
    412: "It was changed since the revision that the request was made on.",
    413: "It is too large.",
    415: "It is nothing that can be read here.",
    421: "The service does not go by this name.",
    422: "What was sent can be read and cannot be used; the detail says what is allowed.",
    428: "The request does not say which revision it was made on.",
    429: "That was too often; Retry-After says how long to wait.",
    500: "A fault on our side.",
    503: "The library does not answer just now.",
}
EVERY = (401, 403, 421, 429, 500, 503)
"""The statuses that may come whatever is asked."""

CHANGES = (400, 413)
"""And those of everything that sends something."""


def group_of(path: str) -> str:
    """The group of the operations at *path*.

    Raises:
        KeyError: no group is named for it in :data:`GROUP_OF`.
    """
    parts = path.strip("/").split("/")
    first = parts[1] if parts[0] == "api" else parts[0]
    return GROUP_OF[first.partition(".")[0]]
