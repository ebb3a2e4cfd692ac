"""The names under which the components leave their findings on a ``Doc``."""

from dataclasses import dataclass

QUOTATIONS_KEY = "quotations"
"""``doc.spans`` key: the words between quotation marks, marks left out."""

CUES_KEY = "cues"
"""``doc.spans`` key: the words that may introduce what somebody says."""

ATTRIBUTIONS_KEY = "attributions"
"""``doc.spans`` key: spans labelled :data:`SOURCE`, :data:`CUE` or :data:`CONTENT`, one ``Span.id_`` an attribution."""

PARAGRAPHS_KEY = "paragraphs"
"""``doc.spans`` key: the paragraphs, labelled by their kind; laid there by the caller, else one a line."""

HEADINGS_KEY = "headings"
"""``doc.spans`` key: headings and datelines, which no speaker and no quote reaches into."""

SOURCE, CUE, CONTENT = "SOURCE", "CUE", "CONTENT"

TOPIC_TERMS_KEY = "topic_terms"
"""``doc.spans`` key: where topics' terms stand, labelled with the topic's id."""


@dataclass(frozen=True, slots=True)
class SceneKeys:
    """Where in ``doc.spans`` the rules look for what the components before them found."""

    quotations: str = QUOTATIONS_KEY
    paragraphs: str = PARAGRAPHS_KEY
    headings: str = HEADINGS_KEY
