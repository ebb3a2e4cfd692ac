"""What a person asks for: words, "phrases", beginnings*, -not, speaker:, title:, topic:, OR. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.errors import QueryError
from app.store.search_words import folded_words

LONGEST, MOST = 500, 20
"""Characters of a query, and terms in it."""

SPEAKER, TITLE, TOPIC = "speaker", "title", "topic"
FIELDS = (SPEAKER, TOPIC, TITLE)
_MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"'))
_PIECE = re.compile(
    r"(?P<minus>[-−]?)(?:(?P<field>[^\W\d_]+):(?!//))?"
    r"(?:\"(?P<phrase>[^\"]*)\"(?P<star>\**)|(?P<bare>[^\s\"]+))"
)
_PLAIN = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other in one field.

    Attributes:
        words: as :func:`app.store.search_words.folded_words` has them; of a topic, its id or label as it was typed.
        prefix: whether the last word may go on.
        field: ``speaker``, ``title`` or ``topic``; empty is any of the texts.
    """

    words: tuple[str, ...]
    prefix: bool = False
    field: str = ""

    def __str__(self) -> str:
        words, star = " ".join(self.words), "*" if self.prefix else ""
        plain = len(self.words) == 1 and _PLAIN.fullmatch(words) and folded_words(words) == self.words
        return f"{self.field}{':' if self.field else ''}{words if plain else f'{chr(34)}{words}{chr(34)}'}{star}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for, in a form of its own: ``str()`` of it is a query that means the same.

    Attributes:
        wanted: of each group, one term must match.
        unwanted: none of these may.
        topics: of each group, the quote must have one topic.
        other_topics: none of these.
    """

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    topics: tuple[tuple[Term, ...], ...] = ()
    other_topics: tuple[Term, ...] = ()

    def __str__(self) -> str:
        groups = [" OR ".join(map(str, group)) for group in (*self.wanted, *self.topics)]
        return " ".join((*groups, *(f"-{term}" for term in (*self.unwanted, *self.other_topics))))


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a query: a term, or a word in capitals that joins terms."""

    term: Term | None
    minus: bool = False
    joint: str = ""


def parse(query: str) -> Query:
    """The meaning of *query*.

    Raises:
        QueryError: it has none, or is too long; the message says what to write instead.
    """
    text = query.encode("utf-8", "replace").decode().translate(_MARKS)
    if len(text) > LONGEST:
        raise QueryError(f"This search has {len(text):,} characters; {LONGEST} are enough for it to be understood.")
    if text.count('"') % 2:
        behind = " ".join(text.rpartition('"')[2].split())[:40]
        where = f" before “{behind}”" if behind else " at the end"
        raise QueryError(f"The quotation mark{where} is not closed: put one behind the last word too, or take it away.")
    parts = list(_joined(list(_parts(text))))
    if len(parts) > MOST:
        raise QueryError(
            f"This search has {len(parts)} terms; leave some of them out, so that there are {MOST} at most."
        )
    return _query(parts)


def _query(parts: Sequence[_Part]) -> Query:
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    for part in parts:
        if part.term is None:
            continue
        if part.minus:
            unwanted.append(part.term)
        elif part.joint:
            groups[-1].append(part.term)
        else:
            groups.append([part.term])
    kinds: dict[bool, dict[tuple[Term, ...], None]] = {True: {}, False: {}}
    for group in groups:
        [*kind] = {term.field == TOPIC for term in group}
        if len(kind) > 1:
            raise QueryError("OR stands between words or between topics, not between a word and a topic.")
        kinds[kind[0]][tuple(dict.fromkeys(group))] = None
    if not groups:
        raise QueryError(
            "This says only what must not be there: add a word that must, such as gas -oil."
            if unwanted
            else 'There is no word to look for: type one, such as gas, or a phrase, such as "energy partnership".'
        )
    without = dict.fromkeys(unwanted)
    return Query(
        tuple(kinds[False]),
        tuple(term for term in without if term.field != TOPIC),
        tuple(kinds[True]),
        tuple(term for term in without if term.field == TOPIC),
    )


def _joined(parts: Sequence[_Part]) -> Iterator[_Part]:
    """The terms of *parts*, each with what joins it to the one before."""
    joint, last = "", None
    for part in parts:
        if part.term is None:
            if joint or (part.joint == "OR" and (last is None or last.minus)):
                raise _misplaced(joint or part.joint)
            joint = "" if part.joint == "AND" else part.joint
            continue
        if joint == "OR" and part.minus:
            raise _misplaced(joint)
        last = replace(part, minus=part.minus or joint == "NOT", joint="OR" if joint == "OR" else "")
        yield last
        joint = ""
    if joint:
        raise _misplaced(joint)


def _misplaced(joint: str) -> QueryError:
    right = "between two words: gas OR oil" if joint == "OR" else "before a word: gas NOT oil"
    return QueryError(f"{joint} in capitals stands {right}. To look for the word itself, write it small.")


def _parts(text: str) -> Iterator[_Part]:
    for found in _PIECE.finditer(text):
        minus, field = bool(found["minus"]), (found["field"] or "").casefold()
        if field and field not in FIELDS:
            raise _unknown(found["field"], found["phrase"] or found["bare"] or "")
        if found["bare"] in ("OR", "AND", "NOT") and not minus and not field:
            yield _Part(None, joint=found["bare"])
            continue
        term = _phrase(found, field) if found["phrase"] is not None else _word(found["bare"], field)
        if term is not None:
            yield _Part(term, minus)


def _phrase(found: re.Match[str], field: str) -> Term:
    phrase, star = found["phrase"], found["star"]
    if field == TOPIC:
        term = _topic(phrase)
    else:
        inside = phrase.rstrip()
        term = _term(inside.rstrip("*"), bool(star) or inside.endswith("*"), field)
    if term is None:
        raise QueryError("There is no word between these quotation marks: write one, or take them away.")
    return term


def _word(bare: str, field: str) -> Term | None:
    """The term of a word without quotation marks; ``None`` where it is punctuation."""
    if field == TOPIC:
        return _topic(bare)
    if bare.strip("*") == "":
        raise QueryError("A * stands behind the beginning of a word, such as ener*.")
    name = bare.removesuffix(":").casefold()
    if name in FIELDS and bare.endswith(":") and not field:
        raise QueryError(f"{name}: wants something right behind it, without a blank, such as {_EXAMPLES[name]}.")
    return _term(bare.rstrip("*"), bare.endswith("*"), field)


_EXAMPLES = {SPEAKER: 'speaker:putin or speaker:"vladimir putin"', TITLE: "title:summit", TOPIC: "topic:energy"}


def _topic(name: str) -> Term | None:
    words = " ".join(name.split())
    return Term((words,), field=TOPIC) if words else None


def _term(text: str, prefix: bool, field: str) -> Term | None:
    if "*" in text:
        raise QueryError("A * stands behind the beginning of a word, such as ener*, not before or within a word.")
    words = folded_words(text)
    if not words:
        if prefix or field:
            raise QueryError("There is a sign where a word should stand: write letters or digits there.")
        return None
    if prefix and len(words[-1]) < 2 and words[-1].isascii():
        raise QueryError(f"Too many words begin with {words[-1]}: write at least two letters before the *.")
    return Term(words, prefix, field)


def _unknown(field: str, value: str) -> QueryError:
    there = ", ".join(f"{name}:" for name in FIELDS[:-1])
    return QueryError(
        f"Nothing is known as “{field}:”; there are {there} and {FIELDS[-1]}:. "
        f'To look for the words themselves, put them in quotation marks: "{field} {value}".'
    )
