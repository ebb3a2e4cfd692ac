"""From a cue to its source: whose verb it is."""

from __future__ import annotations

from spacy.tokens import Token

from app.nlp.scene import Scene

SUBJECTS = frozenset(("nsubj", "expl"))
_BORROWS = frozenset(("conj", "advcl", "pcomp", "xcomp", "prep", "acl", "ccomp", "dep", "parataxis", "acomp"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_REACH = 8
_AHEAD = 16
"""Tokens after "according" among which its source is looked for."""
_READS = frozenset(("say", "state", "add"))
"""Verbs of what a paper or a sign says on behalf of who shows it: "they sent a letter *saying* …"."""


def find_source(scene: Scene, cue: Token) -> Token | None:
    """The head word of *cue*'s source, or ``None`` where the sentence has none.

    The subject of the cue, of the verb it is joined to, or what its participle describes; a relative pronoun
    leads to its noun, a passive to its agent; where the parse has no subject, the noun beside the cue.
    """
    if cue.pos_ == "ADP" or cue.lower_ == "according":
        ahead = scene.doc[cue.i + 1 : min(cue.i + _AHEAD, scene.sentence(cue.i)[1])]
        return next((token for token in ahead if token.dep_ == "pobj" and scene.free(token)), None)
    if cue.is_punct:
        return _before_colon(scene, cue)
    token, hops = cue, 0
    while hops < _REACH:
        subject = _subject(scene, token)
        if subject is not None:
            return subject
        if _is_passive(token) or (token is cue and _is_asked(cue)):
            return _agent(scene, token) if token is cue else _undergoer(scene, token)
        if token.dep_ == "acl" and token.head.pos_ in _NOMINAL and scene.free(token.head):
            if _set_off(token):
                return _subject_above(scene, token)
            return token.head if token.tag_ == "VBG" else None
        if token.dep_ not in _BORROWS or token.head is token:
            break
        token, hops = token.head, hops + 1
    return beside(scene, cue)


def _subject_above(scene: Scene, token: Token) -> Token | None:
    """The subject of the nearest verb above *token* that has one."""
    for _ in range(_REACH):
        token = token.head
        if token.pos_ in ("VERB", "AUX") and (subject := _subject(scene, token)) is not None:
            return subject
    return None


def _set_off(participle: Token) -> bool:
    """Whether *participle* goes back behind the noun it hangs from: "He left after the debate, *saying* …"."""
    edge = participle.left_edge.i
    behind = edge > 0 and participle.doc[edge - 1].text in (",", "—", "–", "--")
    said = behind or participle.lemma_ in _READS
    return said and participle.tag_ == "VBG" and participle.head.dep_ in ("pobj", "dobj")


def _subject(scene: Scene, verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in SUBJECTS and scene.free(child) and child.dep_ != "expl":
            if child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" and verb.head.pos_ in _NOMINAL:
                return verb.head if scene.free(verb.head) else None
            return child
    return None


def _before_colon(scene: Scene, colon: Token) -> Token | None:
    """Whom a label without a verb names: ``Ines Prado, on the flood:``, ``the statement from Ida Moss:``."""
    doc, start = scene.doc, scene.sentence(colon.i)[0]
    while start < colon.i and (doc[start].is_space or doc[start].is_quote or doc[start].is_punct):
        start += 1
    end = start
    while end < colon.i and doc[end].pos_ == "PROPN":
        end += 1
    if end > start and doc[end].text in (",", "("):
        return doc[end - 1]
    noun = beside(scene, colon)
    if noun is None or noun.pos_ != "NOUN":
        return noun
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    return noun if owner is None or owner.pos_ == "NOUN" else owner if owner.pos_ == "PROPN" else None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _is_asked(verb: Token) -> bool:
    """Whether *verb* is a participle of what is done to the subject above: "*Asked* about it, she said …"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBN", "VBD"):
        return False
    return not any(child.dep_ in ("nsubj", "aux", "mark") for child in verb.lefts)


def _undergoer(scene: Scene, verb: Token) -> Token | None:
    """Who does what hangs from the passive *verb*: "*she* was jeered for saying …"."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubjpass" and scene.free(child)), None)
    return subject or _agent(scene, verb)


def _agent(scene: Scene, verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((token for token in child.children if token.dep_ == "pobj" and scene.free(token)), None)
    return None


def beside(scene: Scene, cue: Token) -> Token | None:
    """The noun just after *cue* (``said Ellis``) or just before it (``Ellis said``), as the words stand."""
    doc, (start, end) = cue.doc, scene.sentence(cue.i)
    quoted_before = cue.i > start and (cue.nbor(-1).is_quote or scene.quote_of[cue.i - 1] >= 0)
    if quoted_before or cue.i == start:
        for i in range(cue.i + 1, min(cue.i + 12, end)):
            token = doc[i]
            if not scene.free(token) or token.is_punct:
                break
            if token.pos_ in _NOMINAL and not _inside_name(token, end):
                return token
        return None
    for i in range(cue.i - 1, max(cue.i - 4, start - 1), -1):
        token = doc[i]
        if not scene.free(token) or token.pos_ in ("VERB", "ADP"):
            return None
        if token.pos_ in _NOMINAL:
            return token
    return None


def _inside_name(token: Token, end: int) -> bool:
    """Whether more of the same name or noun phrase follows *token*."""
    if token.i + 1 >= end:
        return False
    follower = token.nbor()
    return follower.pos_ in ("NOUN", "PROPN", "PART") and not follower.is_punct and token.pos_ != "PRON"


def source_range(scene: Scene, head: Token, cue: Token | None) -> tuple[int, int]:
    """First and one-past-last token of the source around *head*: its noun phrase, apposition with it, no more."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.dep_ in ("relcl", "acl", "advcl") or (child.pos_ == "VERB" and child.i > head.i):
            end = min(end, child.left_edge.i) if child.i > head.i else end
    if cue is not None and cue.i > head.i:
        end = min(end, cue.i)
    elif cue is not None and start <= cue.i:
        start = min(cue.i + 1, head.i)
    while start < head.i and (not scene.free(scene.doc[start]) or _trivial(scene.doc[start])):
        start += 1
    while end > head.i + 1 and (not scene.free(scene.doc[end - 1]) or _trivial(scene.doc[end - 1])):
        end -= 1
    quoted = next((i for i in range(head.i, end) if not scene.free(scene.doc[i])), end)
    return start, max(min(end, quoted), head.i + 1)


def _trivial(token: Token) -> bool:
    return token.is_punct or token.is_space
