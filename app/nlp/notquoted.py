"""Words between marks that nobody says: titles of works, nicknames, words that the writer keeps at arm's length."""

from __future__ import annotations

from spacy.tokens import Span, Token

from app.nlp.scene import Scene

_WORKS = frozenset(
    """
    album anthem article artwork ballad band biography blog book broadcast cartoon column comedy comic documentary drama
    episode essay exhibition film franchise game hit hymn magazine memoir movie musical newsletter newspaper novel opera
    painting paper play playlist podcast poem programme program sculpture sequel series ship show single sitcom song
    soundtrack story symphony thriller track trilogy tune video yacht vessel
    """.split()
)
"""Nouns that a title or a name in marks may follow."""
_MAKING = frozenset(
    """
    close compose direct host name open paint perform play present produce publish read record release sing star title
    write appear dub finish start begin end film stream broadcast air screen stage cover hum whistle sell christen
    stand run campaign join vote
    """.split()
)
"""Verbs of what is done with a work."""
_HELD = frozenset(("so-called", "self-styled", "self-proclaimed", "supposed", "alleged", "purported"))
_TITLE_WORDS = 2
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_TERM = 6
"""Tokens of a term at most."""
_NICKNAME = 4
"""Words of a nickname at most."""


def looks_like_title(quote: Span) -> bool:
    """Names of works, people and things: every word of weight is capitalised."""
    words = [token for token in quote if token.is_alpha]
    weighty = [token for token in words if not token.is_stop or token.is_title]
    capitals = sum(token.text[0].isupper() for token in weighty)
    return bool(weighty) and capitals == len(weighty) and (len(weighty) >= _TITLE_WORDS or len(words) == 1)


def is_name(scene: Scene, quote: Span, cue: Token | None) -> bool:
    """Whether *quote* is a nickname, the title of a work, or a word held at arm's length, whatever *cue* is near."""
    before, after = _beside(scene, quote.start - 1, -1), _beside(scene, quote.end, 1)
    if before is None:
        return False
    if _nickname(quote, before, after) or before.lower_ in _HELD:
        return True
    if before.lower_ == "called" and before.i > 1 and before.nbor(-2).lower_ == "so":
        return True
    if not looks_like_title(quote) or quote[-1].text in (".", "!", "?", ","):
        return False
    return before.lemma_.casefold() in _WORKS or (cue is not None and cue.lemma_ in _MAKING)


def _nickname(quote: Span, before: Token, after: Token | None) -> bool:
    """Whether *quote* stands between a first name and a surname, or behind "nicknamed" and "known as"."""
    if len(quote) > _NICKNAME:
        return False
    if after is None or not (before.pos_ == after.pos_ == "PROPN" and after.is_title and before.is_title):
        return False
    return after.head is not before or after.dep_ in ("flat", "compound", "appos")


def _beside(scene: Scene, i: int, step: int) -> Token | None:
    """The token of narration directly beside a quotation's marks at *i*."""
    doc = scene.doc
    while 0 <= i < len(doc) and doc[i].is_quote:
        i += step
    return doc[i] if 0 <= i < len(doc) and scene.free(doc[i]) and not doc[i].is_space else None


def is_own_term(source: Token, quote: Span) -> bool:
    """Whether the writer, who says "we" outside quotations, sets *quote* in marks as a term: We noted "stablecoins"."""
    finite = any(token.tag_ in _FINITE for token in quote)
    return source.lower_ in ("we", "i") and len(quote) <= _TERM and not finite


def within_subject(scene: Scene, quote: Span, verb: Token) -> bool:
    """Whether *quote* is part of the subject of *verb*: who does something is not what is said."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(child.left_edge.i <= quote.start and quote.end - 1 <= child.right_edge.i for child in subjects)
