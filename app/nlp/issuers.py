"""Who speaks in a document that says "we" or "the two sides": its issuers, from its title or its opening."""

from __future__ import annotations

import re

from spacy.lang.en.stop_words import STOP_WORDS

from app.domain import Speaker, SpeakerKind
from app.nlp.names import NAME_WORD

_DOCUMENT = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|agreement|memorandum|readout|accord|pledge|manifesto|treaty|protocol|"
    r"resolution|charter|joint (?:vision|message|letter|appeal))s?\b",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:[Pp]residents?|[Pp]rime|[Ff]oreign|[Dd]efence|[Dd]efense|[Ff]inance|[Tt]rade|[Ee]nergy|[Ii]nterior|[Dd]eputy|[Vv]ice|"
    r"[Mm]inisters?|[Cc]hancellors?|[Ss]ecretar(?:y|ies)|[Ss]tate|[Gg]overnments?|[Hh]eads?|[Ll]eaders?|[Kk]ings?|[Qq]ueens?|"
    r"[Pp]rem(?:ier|iers)|[Cc]hair(?:man|woman|person)?|[Dd]irectors?|[Gg]eneral|[Aa]mbassadors?|[Gg]overnors?|[Mm]ayors?|"
    r"[Rr]epresentatives?|[Mm]embers?|[Cc]ouncil|[Ee]mperors?|[Ss]ultans?|[Cc]rown|[Pp]rinces?|[Ee]xcellenc(?:y|ies)|[Hh]is|[Hh]er)"
)
_LINK = r"(?:of|the|and|for|de|van|von|between|&)"
_HEAD = re.compile(rf"(?:(?:{NAME_WORD}|{_OFFICE}|{_LINK}|\([A-Z]\w+\))(?:,?\s+|\s?[-–—/]\s?|,?(?=\W|$)))+")
_NAME2 = rf"{NAME_WORD}(?:\s(?:{NAME_WORD}|de|van|von|al|bin|di|da))*?\s{NAME_WORD}(?:,\sJr\.)?"
_TITLED = re.compile(
    rf"(?:{_OFFICE}\s)+(?:of\s(?:the\s)?{NAME_WORD},?\s)?(?P<name>{NAME_WORD}(?:\s(?:{NAME_WORD}|de|van|von|al|bin))+)"
)
_APPOSED = re.compile(rf"(?P<name>{_NAME2}),\s(?:the\s)?{_OFFICE}\b")
_PORTFOLIO = (
    r"(?:of\s+(?:the\s+)?(?:Trade|Foreign|Defen[cs]e|Energy|Finance|Econom\w+|Agriculture|Health|Justice|Interior|Environment|"
    r"Transport|Education|Labou?r|Culture|Commerce|Fisheries|Industry|Climate)(?:\s+(?:and\s+)?(?!of\b)[A-Z]\w+)*\s+)?"
)
_OFFICE_OF = re.compile(rf"^.*?\b{_OFFICE}\s+{_PORTFOLIO}of\s+(?=[A-Z]|the\b)(?!State|Government)", re.DOTALL)
_ADVERBIAL = re.compile(r"(?:(?:Today|Yesterday|Here|In|On|At|Following|After)\b[^,—–]{0,60}[,]\s*|Today\s+)?")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[-*•–])\s+")
_WE = re.compile(r"\b[Ww]e,?\s*(?:[—–-]\s*|,\s*)")
_BY = re.compile(rf"(?:{_DOCUMENT.pattern})\s+(?:issued\s+)?(?:by|of|from|between)\s+", re.IGNORECASE)
_TRAILER = re.compile(
    r"\s*(?:['’]s?)?\s*\b(?:trilateral|bilateral|joint|common|leaders?|ministers?|ministerial|summit|foreign|final|press|media|"
    r"presidential|declaration|\d{1,2}(?:st|nd|rd|th)?|\d{4})\b['’]?.*$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\b(?:leaders|ministers|presidents)\b", re.IGNORECASE)
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+(?:of\s+)?|\s*&\s*|\s?[–—/]\s?|(?<=[\w.])-(?=[A-Z])")
_LONGEST = 500
_EARLY = 200
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b\d"
)


def is_document(title: str) -> bool:
    """Whether *title* is that of a statement, a declaration and the like."""
    return _DOCUMENT.search(title) is not None


def issuers(title: str, opening: str) -> Speaker | None:
    """Those who speak in a document: named behind "We, …", in its title, as those who act in its first sentence.

    Returns:
        a group with its members where there are several, one issuer, or the document by its title; ``None`` where
        neither title nor opening says who it is.
    """
    if (we := _WE.search(opening)) and (found := _named(opening[we.end() :])):
        return found
    if (by := _BY.search(title)) and (found := _named(title[by.end() :])):
        return found
    if is_document(title) and (found := _before_document(title)):
        return found
    opening = _NUMBER.sub("", opening)
    if (found := _named(_ADVERBIAL.sub("", opening, count=1))) and (
        found.members or (found.kind is SpeakerKind.PERSON and is_document(title))
    ):
        return found
    return Speaker(" ".join(title.split()), SpeakerKind.DOCUMENT) if is_document(title) else None


def _before_document(title: str) -> Speaker | None:
    """Who stands before what says which document it is: ``Norland–Sudovia Joint Statement``, ``G7 Statement``.

    One name alone must be an abbreviation or have its leaders behind it; else it is the name of the document.
    """
    found = _DOCUMENT.search(title)
    before = title[: found.start()] if found else ""
    named = _named(_TRAILER.sub("", before))
    if named is None or named.members or _LEADERS.search(before) or re.search(r"[A-Z][A-Z\d]", named.name):
        return named
    return None


def _named(words: str) -> Speaker | None:
    """The people, or else the countries and bodies, that *words* begin with."""
    head = _HEAD.match(words[:_LONGEST])
    if head is None:
        return None
    run = head.group().strip(" ,-–—")
    people = _people(run)
    if len(people) > 1 or (people and " and " not in run):
        names = tuple(dict.fromkeys(people))
        return _group(names, SpeakerKind.PERSON)
    bare = _OFFICE_OF.sub("", run)
    names = tuple(dict.fromkeys(filter(None, map(_plain, _SPLIT.split(bare)))))
    return _group(names, SpeakerKind.ORGANISATION if bare == run else SpeakerKind.GROUP) if names else None


def _people(run: str) -> list[str]:
    titled = [found.group("name") for found in _TITLED.finditer(run)]
    return titled or [found.group("name") for found in _APPOSED.finditer(run)]


def names_itself(opening: str) -> bool:
    """Whether a text starts with who "we" are: ``We, the leaders of …``."""
    we = _WE.search(opening[:_EARLY])
    return we is not None and _named(opening[we.end() :]) is not None


def enacting(opening: str) -> Speaker | None:
    """Whom the first paragraph of a resolution or a declaration is, all of it, up to a comma: ``The Council,``."""
    first, *_ = opening.split("\n")
    if not (first.startswith("The ") and first.endswith(",")):  # "Dear Mr. President," begins a letter
        return None
    return _named(first) if (head := _HEAD.match(first)) and head.end() == len(first) else None


def principals(opening: str) -> Speaker | None:
    """The people whom the first sentence of a document names together, with their offices: "the two leaders"."""
    head = _HEAD.match(_ADVERBIAL.sub("", opening[:_LONGEST], count=1))
    people = tuple(dict.fromkeys(_people(head.group()))) if head else ()
    return _group(people, SpeakerKind.PERSON) if len(people) > 1 else None


def _group(names: tuple[str, ...], alone: SpeakerKind) -> Speaker:
    if len(names) == 1:
        return Speaker(names[0], alone)
    return Speaker("; ".join(names), SpeakerKind.GROUP, names)


def _plain(name: str) -> str:
    """*name* without article, abbreviation and possessive; empty where it is no name."""
    name = re.sub(r"\s*\([^)]*\)|['’]s?$", "", name.strip(" ,.-–—"))
    name = re.sub(r"^(?:(?:the|The|of|and|between)\s+)+", "", name)
    if not name[:1].isupper() or name.split()[0].casefold() in STOP_WORDS or _MONTHS.search(name) or is_document(name):
        return ""
    return re.sub(r"\s+(?:of|the|and|for)$", "", name)
