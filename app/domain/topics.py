"""Topics, why a quote has them, and what it takes to say so again."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.spans import TextSpan

OTHER = "other"
"""The id of the topic that stands alone where no topic fits."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a person wants quotes sorted by.

    Attributes:
        colour: a CSS hex colour.
        terms: phrases matched by lemma without regard to case.
        names: words matched to the letter: ``US``, not ``us``.
        entities: names that count only where the entity recogniser takes them for that, as ``GPE: Georgia``.
        excluded: phrases, matched as terms are, in which none of the topic's words counts: ``Washington Post``.
        mentions: phrases, matched whatever the case, that mean the topic only once it has been named: ``alliance``.
        voices: words by which somebody is introduced who speaks for the topic, so that their "we" means it.
        patterns: token patterns of spaCy's ``Matcher``, each as JSON in its shortest form.
    """

    id: str
    label: str
    description: str
    colour: str
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """Why a topic was given: the words at *span* in the article, and the rule that took them.

    Attributes:
        term: the topic's term as the text has it, at *span* or, where there is one, at *refers*.
        rule: ``quote`` (the words stand in the quote), ``clause`` (in the clause it completes), ``context`` (they say
            to whom or of what it is said), ``mention`` (they refer to an earlier mention, *refers*) or ``voice`` (they
            are the "we" of somebody who speaks for the topic, introduced so at *refers*).
        score: the share of findings by the rule that were right where they were counted, from 0 to 1.
    """

    topic: str
    span: TextSpan
    term: str
    rule: str
    refers: TextSpan | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to judge the topics of a quote or a paragraph anew without parsing: stretches of the article.

    Attributes:
        own: the words judged.
        clause: what they complete, for a fragment.
        context: to whom, or of what, they are said.
        before: the sentences before, latest first, that a pronoun may point into.
        pointers: pronouns in *own* and *clause* that point back.
        we: words in *own* and *clause* by which the speaker's side calls itself, or the cue by which it commits itself.
        voices: where the article says who the speaker is.
    """

    own: tuple[TextSpan, ...]
    clause: tuple[TextSpan, ...] = ()
    context: tuple[TextSpan, ...] = ()
    before: tuple[TextSpan, ...] = ()
    pointers: tuple[TextSpan, ...] = ()
    we: tuple[TextSpan, ...] = ()
    voices: tuple[TextSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an article, blanks left out, one entry each: what terms are matched against.

    ``entities`` are runs of tokens, half-open, with the recogniser's label.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    lemmas: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    entities: tuple[tuple[int, int, str], ...] = ()


NO_TOKENS = Tokens()
