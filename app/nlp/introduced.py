"""Where a text says who a speaker is: the office before or behind the name, or the name alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from app.domain import Speaker, SpeakerKind, TextSpan
from app.nlp.cast import Cast, Member
from app.nlp.cues import OFFICES, TITLES
from app.nlp.descriptions import BEFORE

_MOST = 12
"""Mentions of a speaker that are looked at."""
_LONGEST = 20
"""Tokens of an apposition or a relative clause at most."""
_OFFICE = (
    (TITLES - frozenset("mr mrs ms miss dr sir lord lady prof professor then former foreign prime vice".split()))
    | set(OFFICES)
    | frozenset(
        """
        adviser advisor administration attorney chief coordinator democrat department diplomat envoy government lawmaker
        ministry nominee official republican representative rep. sen. gov. spokesperson vice-president
        """.split()
    )
)
_BEHIND = frozenset(("appos", "relcl", "acl"))


def introductions(cast: Cast, speaker: Speaker, chain: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
    """The places that say who *speaker* is, each once, in the order of the text, the mentions of *chain* among them.

    Several speakers together speak for none of them.
    """
    if speaker.members:
        return ()
    member = cast.people.get(tuple(speaker.name.split())) or cast.bodies.get(speaker.name.casefold())
    found = tuple(_of(cast, member)) if member is not None else ()
    person = speaker.kind in (SpeakerKind.PERSON, SpeakerKind.UNRESOLVED)
    called = (one for one in chain if not person or _tells_office(one.of(cast.scene.text).casefold().split()))
    return tuple(sorted(dict.fromkeys((*found, *called))))


def _of(cast: Cast, member: Member) -> Iterator[TextSpan]:
    doc = cast.scene.doc
    for start in sorted(member.mentions)[:_MOST]:
        span = doc[slice(*cast.ranges.get(start, (start, start + 1)))]
        yield TextSpan(span.start_char, span.end_char)
        for words in (_before(span), *_behind(span)):
            if _tells_office(form for token in words for form in (token.lower_, token.lemma_.casefold())):
                yield TextSpan(words.start_char, words.end_char)


def _tells_office(words: Iterable[str]) -> bool:
    return any(word.strip(',.“”"') in _OFFICE or word in _OFFICE for word in words)


def _before(name: Span) -> Span:
    """The words before *name* that belong to it: "US Vice-President"."""
    start = name.start
    while start > max(name.start - BEFORE, 0) and _tells(name.doc[start - 1]):
        start -= 1
    return name.doc[start : name.start]


def _tells(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "PART") or token.lower_ in ("-", "of")


def _behind(name: Span) -> Iterator[Span]:
    """Appositions to *name*, and clauses that say what the person is or was."""
    heads = [child for child in name.root.children if child.dep_ in _BEHIND and child.i >= name.end]
    if name.root.dep_ == "appos":
        heads.append(name.root.head)
    for head in heads:
        end = min(head.right_edge.i + 1, head.left_edge.i + _LONGEST)
        if head.left_edge.i < name.start:
            end = min(end, name.start)
        yield name.doc[head.left_edge.i : end]
