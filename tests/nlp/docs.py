"""Parsed texts made by hand, so that a rule is tested without a model's opinion."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from app.nlp.attribution import Attributions
from app.nlp.keys import ATTRIBUTIONS_KEY, CUES_KEY, PARAGRAPHS_KEY, QUOTATIONS_KEY
from app.nlp.quotations import Quotations

VOCAB = spacy.blank("en").vocab
_POS = {
    "V": ("VERB", "VBD"),
    "G": ("VERB", "VBG"),
    "N": ("NOUN", "NN"),
    "NS": ("NOUN", "NNS"),
    "P": ("PROPN", "NNP"),
    "R": ("PRON", "PRP"),
    "W": ("PRON", "WP"),
    "D": ("DET", "DT"),
    "A": ("ADJ", "JJ"),
    "I": ("ADP", "IN"),
    "X": ("AUX", "MD"),
    ".": ("PUNCT", "."),
    "_": ("SPACE", "_SP"),
    "T": ("PART", "POS"),
    "B": ("ADV", "RB"),
    "C": ("CCONJ", "CC"),
}


def doc_of(lines: str, *, starts: tuple[int, ...] = (0,), ents: dict[str, str] | None = None) -> Doc:
    """A ``Doc`` from one line a token: ``form pos head dep [lemma]``, *head* as a token's number.

    A form that ends in ``~`` has no blank after it; ``¶`` is a line end. *starts* are the sentences' first tokens;
    *ents* labels the runs of words it names.
    """
    rows = [line.split() for line in lines.strip().splitlines()]
    words = [row[0].rstrip("~").replace("¶", "\n") for row in rows]
    doc = Doc(
        VOCAB,
        words=words,
        spaces=[not row[0].endswith(("~", "¶")) for row in rows],
        pos=[_POS[row[1]][0] for row in rows],
        tags=[_POS[row[1]][1] for row in rows],
        heads=[int(row[2]) for row in rows],
        deps=[row[3] for row in rows],
        lemmas=[row[4] if len(row) > 4 else word.lower() for row, word in zip(rows, words, strict=True)],
    )
    named = [
        Span(doc, i, i + len(name.split()), label=label)
        for name, label in (ents or {}).items()
        for i in range(len(doc))
        if [token.text for token in doc[i : i + len(name.split())]] == name.split()
    ]
    doc.set_ents(filter_spans(named))
    assert [token.i for token in doc if token.is_sent_start] == list(starts), "heads and starts disagree"
    return doc


def linked(doc: Doc) -> Doc:
    """*doc* with its quotations and attributions."""
    quotations = Quotations("quotations", paragraphs_key=PARAGRAPHS_KEY, spans_key=QUOTATIONS_KEY)
    attributions = Attributions("attributions", cues_key=CUES_KEY, spans_key=ATTRIBUTIONS_KEY, indirect=True)
    return attributions(quotations(doc))
