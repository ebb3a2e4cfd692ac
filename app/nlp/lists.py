"""Names that stand together: "A and B", "A, the president B and C"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from app.domain import Speaker, SpeakerKind
from app.nlp.cast import Cast
from app.nlp.scene import Scene

_LISTED = 3
"""People that make a list; two are left to the parser."""
_GAP = 8
_DIRECT = frozenset("meet host receive greet phone".split())
_MEETING = _DIRECT | frozenset("speak talk hold have confer negotiate agree dine".split())
_GAP_POS = frozenset(("PROPN", "ADJ", "NOUN", "PUNCT", "CCONJ", "PART", "DET"))


def group_of(names: tuple[str, ...]) -> Speaker:
    """The people called *names* as one speaker."""
    return Speaker("; ".join(names), SpeakerKind.GROUP, names)


def joined(head: Token) -> list[Token]:
    """The names and nouns that are joined to *head* by "and" and stand after it."""
    if head.dep_ == "appos":
        return []
    return [token for token in head.conjuncts if token.i > head.i and token.pos_ in ("PROPN", "NOUN")]


def met(subject: Token) -> list[Token]:
    """Those with whom *subject* is said to have met or spoken: "A met B", "A held talks with B"."""
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in _MEETING:
        return []
    beside = [verb, *(child for child in verb.children if child.dep_ == "dobj")]
    withs = [child for one in beside for child in one.children if child.dep_ == "prep" and child.lower_ == "with"]
    met_with = [child for one in withs for child in one.children if child.dep_ == "pobj"]
    others = [*(beside[1:] if verb.lemma_ in _DIRECT else ()), *met_with]
    return [one for other in others for one in (other, *_apposed(other)) if one.pos_ == "PROPN"]


def _apposed(noun: Token) -> list[Token]:
    """The names behind "her counterpart, …"."""
    return [child for child in noun.children if child.dep_ == "appos"] if noun.pos_ == "NOUN" else []


def listed_people(scene: Scene, cast: Cast) -> list[tuple[int, int, Speaker]]:
    """Three or more people listed in narration ("A, the president B and C"), whatever the parser made of it.

    Each is the first and one-past-last token of the list, and the group.
    """
    lists: list[tuple[int, int, Speaker]] = []
    run: list[tuple[int, int, str]] = []
    ended = False
    for start, end, name in _named(scene, cast):
        gap = scene.doc[run[-1][1] : start] if run else None
        if gap is None or ended or not _is_gap(gap):
            _keep(lists, run, ended=ended)
            run, ended = [], False
        elif any(token.lower_ == "and" for token in gap):
            ended = True
        run.append((start, end, name))
    _keep(lists, run, ended=ended)
    return lists


def _named(scene: Scene, cast: Cast) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, member in sorted(cast.by_token.items()):
        if member.kind is not SpeakerKind.PERSON or not scene.free(scene.doc[i]):
            continue
        if found and found[-1][1] == i and found[-1][2] == member.name:
            found[-1] = (found[-1][0], i + 1, member.name)
        else:
            found.append((i, i + 1, member.name))
    return found


def _is_gap(gap: Span) -> bool:
    joins = any(token.text == "," or token.lower_ == "and" for token in gap)
    return joins and len(gap) <= _GAP and all(token.pos_ in _GAP_POS for token in gap)


def _keep(lists: list[tuple[int, int, Speaker]], run: list[tuple[int, int, str]], *, ended: bool) -> None:
    names = tuple(dict.fromkeys(name for _, _, name in run))
    if ended and len(names) >= _LISTED:
        lists.append((run[0][0], run[-1][1], group_of(names)))
