"""What the tagger sees of a parsed text besides its words: small numbers, one row a word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from app.nlp.scene import Scene

Numbers = NDArray[np.int64]

TAGS = tuple(
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB "
    "RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``".split()
)
DEPS = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp".split()
)
ENTITIES = ("PERSON", "ORG", "GPE", "NORP")
"""Types that a source is often of; the others count as one."""

_REACHES = np.array([-17, -9, -5, -3, -2, -1, 0, 1, 2, 3, 5, 9, 17])
"""Lower ends of the classes of distance to the head, in words."""

_SHAPES, _QUOTE_STATES, _PLACES = 7, 6, 4
_SIZES = (
    len(TAGS) + 1,
    len(DEPS) + 1,
    len(TAGS) + 1,
    len(_REACHES) + 1,
    2 * (len(ENTITIES) + 1) + 1,
    _SHAPES,
    _QUOTE_STATES,
    _PLACES,
)
COLUMNS = len(_SIZES)
TABLE_SIZE = sum(_SIZES)
"""Rows of the one table of vectors that all columns share; column *k* has its own stretch of it."""

_STARTS = np.cumsum((0, *_SIZES[:-1]))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a ``Doc`` without its blanks; every array has one entry, or row, a word.

    Attributes:
        texts: the words as they stand.
        tokens: index into the ``Doc``.
        features: rows of the shared table, ``(words, COLUMNS)``.
        heads: index of the word it hangs from in the parse, itself at a root.
        relations: its dependency, as a place in :data:`DEPS`.
        lefts: index of the first word of its subtree.
        rights: index past the last one.
        paragraphs: the number of its paragraph.
        sentences: the number of its sentence.
    """

    texts: list[str]
    tokens: Numbers
    features: Numbers
    heads: Numbers
    relations: Numbers
    lefts: Numbers
    rights: Numbers
    paragraphs: Numbers
    sentences: Numbers


def words_of(scene: Scene) -> Words:
    """The words of *scene* with their features; needs a parser, a tagger and an entity recogniser before it."""
    doc = scene.doc
    tokens = list(doc)
    texts = [token.text for token in tokens]
    table: NDArray[np.uint64] = doc.to_array(_ATTRIBUTES)  # type: ignore[assignment]  # stubs say float64
    kept = np.flatnonzero(table[:, 4] == 0)
    places = np.cumsum(table[:, 4] == 0) - 1  # of each token, or of the word before a blank
    tag, relation, entity = (_numbered(doc, table[:, column], names) for column, names in _NAMED)
    reach = table[:, 2].astype(np.int64)
    heads = np.arange(len(doc)) + reach
    columns = (
        tag,
        relation,
        tag[heads],
        np.searchsorted(_REACHES, reach, side="right"),
        _entities(entity, table[:, 5]),
        np.fromiter(map(_shape, texts), np.int64, len(doc)),
        _quote_states(scene),
        _places(scene, table[:, 6]),
    )
    own = places[heads[kept]]
    blank = table[heads[kept], 4] != 0
    lefts = np.fromiter((token.left_edge.i for token in tokens), np.int64, len(doc))[kept]
    rights = np.fromiter((token.right_edge.i for token in tokens), np.int64, len(doc))[kept]
    return Words(
        texts=[texts[i] for i in kept.tolist()],
        tokens=kept,
        features=np.stack(columns, axis=1)[kept] + _STARTS,
        heads=np.where(blank, np.arange(len(kept)), own),
        relations=relation[kept],
        lefts=np.where(table[lefts, 4] == 0, places[lefts], places[lefts] + 1),
        rights=places[rights] + 1,
        paragraphs=_counted(scene, [span.start for span in scene.paragraphs[1:]])[kept],
        sentences=_counted(scene, scene.sentence_starts[1:])[kept],
    )


def _entities(kind: Numbers, place: NDArray[np.uint64]) -> Numbers:
    """0 outside, then the types as they begin, then as they go on; *place* as spaCy numbers IOB tags."""
    return np.where(place == 3, kind + 1, np.where(place == 1, kind + len(ENTITIES) + 2, 0))


def _places(scene: Scene, starts: NDArray[np.uint64]) -> Numbers:
    """0 in mid-sentence, 1 at its start, 2 at a paragraph's start, 3 in a heading."""
    places = np.zeros(len(scene.doc), dtype=np.int64)
    places[starts == 1] = 1
    places[[span.start for span in scene.paragraphs if span.start < len(places)]] = 2
    places[scene.in_heading] = 3
    return places


_ATTRIBUTES: list[int | str] = ["TAG", "DEP", "HEAD", "ENT_TYPE", "IS_SPACE", "ENT_IOB", "SENT_START"]
_NAMED = ((0, TAGS), (1, DEPS), (3, ENTITIES))


def _numbered(doc: Doc, hashes: NDArray[np.uint64], names: tuple[str, ...]) -> Numbers:
    """Each of *hashes* as the place of its string in *names*, or ``len(names)`` for any other."""
    known = {doc.vocab.strings[name]: place for place, name in enumerate(names)}
    found, inverse = np.unique(hashes, return_inverse=True)
    return np.array([known.get(int(one), len(names)) for one in found], dtype=np.int64)[inverse]


def _quote_states(scene: Scene) -> Numbers:
    """0 outside, 1 a mark, 2 the first word of a quotation, 3 inside, 4 the last word, 5 the only word."""
    states = np.zeros(len(scene.doc), dtype=np.int64)
    for span in scene.quotes:
        states[span.start : span.end] = 3
        states[span.start] = 2
        states[span.end - 1] = 4 if len(span) > 1 else 5
        for mark in (span.start - 1, span.end):
            if 0 <= mark < len(states) and states[mark] == 0:
                states[mark] = 1
    return states


def _counted(scene: Scene, starts: list[int]) -> Numbers:
    """For each token, how many of *starts* lie at or before it."""
    steps = np.zeros(len(scene.doc) + 1, dtype=np.int64)
    np.add.at(steps, starts, 1)
    return np.cumsum(steps[:-1])


def _shape(word: str) -> int:
    """0 lower case, 1 Title, 2 CAPITALS, 3 one capital, 4 a number, 5 no letter, 6 anything else."""
    if word.isalpha():
        if word.islower():
            return 0
        if word.isupper():
            return 2 if len(word) > 1 else 3
        return 1 if word[0].isupper() and word[1:].islower() else 6
    if word[0].isdigit():
        return 4
    return 6 if any(character.isalpha() for character in word) else 5
