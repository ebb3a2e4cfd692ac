"""Whether a text speaks for itself ("We reaffirm …", "The two sides agreed …"), and for whom it does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from app.domain import ParagraphKind, Speaker, SpeakerKind
from app.nlp.issuers import OPENING, is_document, issuers, names_itself, principals
from app.nlp.scene import Scene

if not Doc.has_extension("front"):
    Doc.set_extension("front", default=None)

SIDES = frozenset("sides side parties party countries nations governments signatories participants delegations".split())
"""By which a document calls its issuers, all of them at once."""
PRINCIPALS = frozenset("leaders presidents ministers premiers heads chancellors".split())
_WE = frozenset(("we", "our", "us", "ourselves", "i", "my"))
_POINTING = frozenset(("the", "both", "two", "three", "four", "all", "these"))
_FEWEST, _OFTEN = 2, 0.008
"""How many "we" outside quotations make a titled document one that speaks; which share of the words an untitled one."""
_REPORTS = frozenset(("said", "says", "told"))
"""Words of a text that is reported rather than issued."""


class FirstPerson:
    """The document as a speaker. Its title and opening are ``doc._.front`` where the caller laid them there."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def speaker(self) -> Speaker | None:
        """The issuers, or ``None`` where the text is reported by others or does not say."""
        title, opening = self._front()
        titled = is_document(title)
        if not titled and not names_itself(opening) and self._we < max(_FEWEST + 1, _OFTEN * len(self.scene.doc)):
            return None
        if titled and self._we < _FEWEST and not self._issued:
            return None
        return issuers(title, opening)

    def means(self, head: Token) -> bool:
        """Whether *head* stands for the issuers, if the text has any: "we", "the two sides", "the Parties"."""
        word = head.lower_
        if word in ("we", "i", "our"):
            return True
        return word in SIDES and any(child.lower_ in _POINTING for child in head.lefts)

    def principals(self, head: Token) -> bool:
        """The same of words that may stand for people named in the text as well: "the leaders"."""
        return head.lower_ in PRINCIPALS and any(child.lower_ in _POINTING for child in head.lefts)

    def taken(self, head: Token, words: str) -> tuple[Speaker, str] | None:
        """The speaker that *head*, shown as *words*, stands for, and why; ``None`` where it is not the issuers."""
        speaker = self.speaker
        if speaker is None or (head.lower_ == "i" and speaker.kind is not SpeakerKind.PERSON):
            return None
        if self.principals(head):
            speaker = principals(self._front()[1]) or speaker
        return speaker, f"“{words}” is whoever issued the document: {speaker.name}, by its title or opening."

    @cached_property
    def _we(self) -> int:
        """How often the text says "we" or "I" outside quotations."""
        return sum(token.lower_ in _WE and self.scene.free(token) for token in self.scene.doc)

    @cached_property
    def _issued(self) -> bool:
        """Whether a text in the third person still is the document itself: its sides act, and nobody "said"."""
        doc = self.scene.doc
        calls = SIDES | PRINCIPALS
        acting = sum(token.lower_ in calls and token.dep_ in ("nsubj", "nsubjpass") for token in doc)
        return acting >= _FEWEST and not any(token.lower_ in _REPORTS and self.scene.free(token) for token in doc)

    def _front(self) -> tuple[str, str]:
        """The title, and the first paragraphs under it."""
        if self.scene.doc._.front is not None:
            title, opening = self.scene.doc._.front
            return title, opening
        return front_of([(span.label_, span.text) for span in self.scene.paragraphs[:FIRST_PARAGRAPHS]])


FIRST_PARAGRAPHS = 8
"""Paragraphs in which the opening is looked for."""


def front_of(paragraphs: Sequence[tuple[str, str]], title: str = "") -> tuple[str, str]:
    """The title and the opening of a text whose first *paragraphs* are given by kind and words.

    A heading above all else is the title where none is given; headings after it are no part of the opening.
    """
    if not title and paragraphs and paragraphs[0][0] == ParagraphKind.HEADING:
        title = paragraphs[0][1]
    body = [words for kind, words in paragraphs if kind in (ParagraphKind.BODY, ParagraphKind.LIST)]
    return title, "\n".join(body[:2])[:OPENING]
