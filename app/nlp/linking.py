"""From a quotation to its cue: three looks at the sentence, each good at another kind of quotation.

``after``: "…," he said · ``before``: he said: "…" · ``parse``: he called it "a last-ditch weapon".
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from app.nlp.cues import SPEECH, STANCE
from app.nlp.scene import Scene

_WIDE = SPEECH | STANCE
_REACH = 40
_CLIMB = 15


@dataclass(frozen=True, slots=True)
class Link:
    """A quotation's cue, the look that found it, and the token under the cue that holds the quoted words."""

    cue: Token
    rule: str
    under: Token | None = None


def find_link(scene: Scene, quote: Span) -> Link | None:
    """The cue that *quote* depends on, or ``None`` where its sentence has none."""
    whole = is_whole(scene, quote)
    previous = _previous(scene, quote.start)
    if whole and previous is not None and (previous.text == ":" or _hands_over(scene, quote, previous)):
        looks = (_before, _after, _parse)
    else:
        looks = (_after, _before, _parse) if whole else (_parse, _before, _after)
    for look in looks:
        link = look(scene, quote, whole)
        if link is not None:
            return link
    return None


def _hands_over(scene: Scene, quote: Span, previous: Token) -> bool:
    """Whether the verb right before *quote* takes it as its object: ``The sign said “Push” and the door “Pull”``."""
    return is_cue(scene, previous, SPEECH) and quote[-1].text[-1] not in ",?!"


def is_whole(scene: Scene, quote: Span) -> bool:
    """Whether *quote* can stand by itself: it opens a sentence, or a colon or comma hands over to it."""
    first = next((token for token in quote if token.is_alpha or token.is_digit), quote[0])
    if not (first.text[:1].isupper() or first.is_digit or quote[0].text in ("[", "...", "…", "(")):
        return False
    before = _previous(scene, quote.start)
    return before is None or before.text in ":,.!?;—–…" or before.is_bracket or before.lemma_ in SPEECH


def _previous(scene: Scene, i: int) -> Token | None:
    """The last token before *i* in its paragraph that is neither a mark nor a blank."""
    start = scene.paragraph(i).start
    j = i - 1
    while j >= start and (scene.doc[j].is_quote or scene.doc[j].is_space):
        j -= 1
    return scene.doc[j] if j >= start else None


def is_cue(scene: Scene, token: Token, lexicon: frozenset[str] = _WIDE) -> bool:
    """Whether *token* is a verb of narration in *lexicon*."""
    return token.pos_ == "VERB" and token.lemma_ in lexicon and scene.free(token)


def _after(scene: Scene, quote: Span, whole: bool) -> Link | None:
    doc, end = scene.doc, scene.paragraph(quote.start).end
    i = quote.end
    while i < end and (doc[i].is_quote or doc[i].is_space):
        i += 1
    if i >= end or not scene.free(doc[i]):
        return None
    closing = doc[quote.end - 1].text[-1]
    if closing == "." and not doc[i].text[:1].islower():
        return None
    for token in doc[i : min(i + _REACH, end)]:
        if not scene.free(token) or token.text in (".", ";", "?", "!"):
            return None
        if is_cue(scene, token, SPEECH) and token.dep_ not in ("relcl", "acl"):
            return Link(token, "after")
        if not whole and token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _before(scene: Scene, quote: Span, whole: bool) -> Link | None:
    doc = scene.doc
    previous = _previous(scene, quote.start)
    if previous is None or (whole and previous.text in ".!?"):
        return None
    start, _ = scene.sentence(quote.start)
    for i in range(previous.i, max(previous.i - _REACH, start) - 1, -1):
        token = doc[i]
        if scene.in_heading[i] or (whole and token.text in (".", "!", "?")):
            return None
        if is_cue(scene, token, SPEECH if whole else _WIDE) and token.dep_ != "relcl":
            return Link(token, "before")
    if whole and previous.text == ":":
        return _label(scene, start, previous)
    return None


def _label(scene: Scene, start: int, colon: Token) -> Link | None:
    """A colon as the cue (``Pence: "We stand"``), or the verb of the clause before it (``made a comment:``)."""
    before = scene.doc[max(start, colon.i - _REACH) : colon.i]
    for token in reversed(before):
        if token.pos_ == "VERB" and scene.free(token) and any(child.dep_ == "nsubj" for child in token.children):
            return Link(token, "before")
    named = any(token.pos_ in ("PROPN", "NOUN", "PRON") for token in before)
    return Link(colon, "colon") if named and colon.i - start <= _CLIMB else None


def _parse(scene: Scene, quote: Span, whole: bool) -> Link | None:
    for root in _roots(quote):
        token = root
        for _ in range(_CLIMB):
            if aside := scene.asides.get(token.i):
                return Link(aside, "parse", token)
            parent = token.head
            if parent is token:
                break
            if is_cue(scene, parent) and not (parent.dep_ == "relcl" and parent.head.i >= quote.start):
                if outer := _outer_speech(scene, parent):
                    return outer
                return Link(parent, "parse", token)
            token = parent
    return None


def _outer_speech(scene: Scene, cue: Token) -> Link | None:
    """The verb of speech above *cue*, where *cue* itself says nothing: "May said they treat it with …"."""
    if cue.lemma_ in SPEECH:
        return None
    under = cue
    for _ in range(_CLIMB):
        above = under.head
        if above is under:
            break
        if under.dep_ == "ccomp" and is_cue(scene, above, SPEECH):
            return Link(above, "parse", under)
        under = above
    return None


def _roots(quote: Span) -> list[Token]:
    """The tokens of *quote* whose heads stand outside it: of its first and of its last sentence."""
    outside = [
        token
        for token in (*quote[:_REACH], *quote[-_REACH:])
        if not quote.start <= token.head.i < quote.end and not token.is_punct
    ]
    if not outside:
        root = quote.root
        return [root]
    return [outside[0]] if len(outside) == 1 else [outside[0], outside[-1]]


def governing_verb(scene: Scene, quote: Span) -> Token | None:
    """The nearest verb of narration above a fragment, whatever it means: who does it may be who is quoted."""
    for root in _roots(quote):
        token = root
        for _ in range(_CLIMB):
            parent = token.head
            if parent is token:
                break
            if parent.pos_ == "VERB" and scene.free(parent):
                return parent
            token = parent
    return None
