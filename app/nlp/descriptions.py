"""The words a person is introduced by: before the name, in apposition to it, or as what the person "is"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

BEFORE = 7
"""Words before a name that may tell of the person."""
_NAMING = frozenset(("be", "become"))


def described(span: Span) -> list[str]:
    """Lemmas, in lower case, of what the text calls the person named at *span*."""
    doc = span.doc
    found: list[Token] = []
    for i in range(span.start - 1, max(span.start - 1 - BEFORE, -1), -1):
        token = doc[i]
        if token.lower_ == "of" and i + 1 < span.start:
            continue
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PART") or token.is_punct:
            break
        found.append(token)
    for noun in _equals(span.root):
        found += [
            token
            for token in (noun, *noun.lefts)
            if token.pos_ in ("NOUN", "PROPN", "ADJ") and not span.start <= token.i < span.end
        ]
    return [token.lemma_.casefold() for token in found]


def _equals(head: Token) -> Iterator[Token]:
    """The nouns that say who the person is whose name has the *head*."""
    for child in head.children:
        if child.dep_ == "appos":
            yield child
    above = head.head
    if head.dep_ == "appos" and above.pos_ == "NOUN":
        yield above
    elif head.dep_ == "nsubj" and above.lemma_ in _NAMING and not any(one.dep_ == "neg" for one in above.children):
        yield from (child for child in above.children if child.dep_ == "attr" and child.tag_ != "NNS")
