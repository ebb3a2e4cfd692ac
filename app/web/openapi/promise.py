"""What stays as it is for programs, written once: for the page and the document; ``docs/api.md`` is held to it."""

from __future__ import annotations

PROMISE = (
    (
        "What stays",
        "Addresses, methods, the names of parameters and fields, what they mean, and the status of each error stay as "
        "they are.",
    ),
    (
        "Ids",
        "The id of a quote is made from its words: it stays when the article is read again or moved to another "
        "library. When a correction moves its edges, the old id leads to the new one (308). Slugs of articles and "
        "speakers and ids of topics stay as long as these are there.",
    ),
    (
        "What may come",
        "New addresses, parameters that may be left out, fields, media types, and values where a field is one of few "
        "words may come at any time. Pass over what you do not know.",
    ),
    (
        "What is not promised",
        "The order of fields, the sentences in “detail” and “title”, what cursors and ETags look like, how sure a "
        "reading is, and the figures of the charts, which are for the Plotly of the day.",
    ),
    (
        "How a change is announced",
        "What has to become another thing is kept beside the new one for a year at least. From its first day on the "
        "CHANGELOG says so under Deprecated, the document marks it as deprecated, and each of its answers has a "
        "Deprecation header (RFC 9745) with the day, a Sunset header (RFC 8594) with the last one, and a Link to "
        "what comes instead. When it goes, the first number of the version rises; as long as that is 0, the second.",
    ),
)
"""Each point with what it is about."""
