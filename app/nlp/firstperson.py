"""Whether a text speaks for itself ("We reaffirm …", "The two sides agreed …"), and for whom it does."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token

from app.domain import Speaker, SpeakerKind
from app.nlp.enacting import opening_verbs
from app.nlp.front import front
from app.nlp.issuers import enacting, is_document, issuers, names_itself, principals
from app.nlp.scene import Scene

SIDES = frozenset("sides parties countries nations governments signatories participants delegations".split())
"""By which a document calls its issuers, all of them at once."""
_ONE_OF = frozenset(("side", "party", "delegation"))
PRINCIPALS = frozenset("leaders presidents ministers premiers heads chancellors".split())
_WE = frozenset(("we", "our", "us", "ourselves", "i", "my"))
_SUBJECTS = ("nsubj", "nsubjpass")
_POINTING = frozenset(("the", "both", "two", "three", "four", "all", "these"))
_FEWEST, _OFTEN = 2, 0.008
"""How many "we" outside quotations make a titled document one that speaks; which share of the words an untitled one."""
_STEM = 4
"""Letters that a country and its adjective share at least: Mexico, Mexican."""
_REPORTS = frozenset(("said", "says", "told"))
"""Words of a text that is reported rather than issued."""


class FirstPerson:
    """The document as a speaker. Its title and opening are ``doc._.front`` where the caller laid them there."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def speaker(self) -> Speaker | None:
        """The issuers, or ``None`` where the text is reported by others or does not say."""
        title, opening = front(self.scene)
        if opening_verbs(self.scene):
            return enacting(opening)
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

    def one_side(self, head: Token) -> str | None:
        """Which of the issuers "the Norlandic side" is, if one of their names fits its adjective."""
        if head.lower_ not in _ONE_OF or self.speaker is None:
            return None
        called = {child.lower_[:_STEM] for child in head.lefts if child.text[:1].isupper() and child.dep_ != "det"}
        fitting = [
            name for name in self.speaker.members if any(word[:_STEM].casefold() in called for word in name.split())
        ]
        return fitting[0] if len(fitting) == 1 else None

    def taken(self, head: Token, words: str) -> tuple[Speaker, str] | None:
        """The speaker that *head*, shown as *words*, stands for, and why; ``None`` where it is not the issuers."""
        speaker = self.speaker
        if speaker is None or (head.lower_ == "i" and speaker.kind is not SpeakerKind.PERSON):
            return None
        if self.principals(head):
            speaker = principals(front(self.scene)[1]) or speaker
        return speaker, f"“{words}” is whoever issued the document: {speaker.name}, by its title or opening."

    @cached_property
    def _we(self) -> int:
        """How often the text says "we" or "I" outside quotations."""
        return sum(token.lower_ in _WE and self.scene.free(token) for token in self.scene.doc)

    @cached_property
    def _issued(self) -> bool:
        """Whether a text in the third person still is the document itself: its sides act, and nobody "said"."""
        doc = self.scene.doc
        calls = SIDES | PRINCIPALS | _ONE_OF
        acting = sum(token.lower_ in calls and token.dep_ in _SUBJECTS for token in doc)
        return acting >= _FEWEST and not any(token.lower_ in _REPORTS and self.scene.free(token) for token in doc)
