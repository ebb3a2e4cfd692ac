"""The fields of a topic as a person edits them: what each is called, what it does, and an example."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """A field of the form: ``help`` is a sentence, ``example`` an entry as it may be typed."""

    name: str
    label: str
    help: str
    example: str


LABEL = FieldHelp("label", "Label", "What the topic is called on every page.", "Energy")
DESCRIPTION = FieldHelp("description", "Description", "What belongs to it, in a sentence.", "Oil, gas and electricity.")
COLOUR = FieldHelp("colour", "Colour", "All its shades are made of it.", "")
TERMS = FieldHelp(
    "terms", "Words and phrases", "Found in every form and case: “pipeline” finds “Pipelines” too.", "pipeline"
)
NAMES = FieldHelp("names", "Names", "Found to the letter: “US” is not “us”.", "NATO")
ENTITIES = FieldHelp(
    "entities",
    "Names of one kind",
    "Count only where the text means that kind of thing: GPE is a country or town, PERSON, ORG, LOC and others.",
    "GPE: Georgia",
)
EXCLUDED = FieldHelp(
    "excluded", "Not in these phrases", "Inside them none of the other words counts.", "Washington Post"
)
MENTIONS = FieldHelp("mentions", "Later mentions", "Mean the topic once the article has named it.", "the alliance")
VOICES = FieldHelp(
    "voices", "Who speaks for it", "Of somebody whom the article introduces so, “we” means the topic.", "NATO chief"
)
PATTERNS = FieldHelp(
    "patterns",
    "Patterns",
    "Patterns of tokens for spaCy’s Matcher, each a list in JSON.",
    '[{"LEMMA": "gas"}, {"LOWER": "price"}]',
)
TEXTS = (LABEL, DESCRIPTION, COLOUR)
LISTS = (TERMS, NAMES, ENTITIES, EXCLUDED, MENTIONS, VOICES, PATTERNS)
"""One entry a line."""

FIELDS = {field.name: field for field in (*TEXTS, *LISTS)}
