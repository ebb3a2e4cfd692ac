"""Names as layouts write them: in capitals, behind a title, with an office after a comma."""

from __future__ import annotations

import re

from app.nlp.cues import TITLES

NAME_WORD = r"(?:[^\W\d_a-z][\w’'-]*\.?(?:[^\W\d_a-z]\.)*)"
"""A pattern for a word that starts with a capital: ``Ellis``, ``O’Neill``, ``SEN.``, ``J.R.``."""
PARTICLE = r"(?:of|the|for|and|de|da|del|della|der|den|di|du|la|le|van|von|al|bin|ibn|ter|zu)"

ROLES = TITLES | frozenset(
    """
    moderator host anchor reporter question answer interviewer interviewee spokesman spokeswoman spokesperson operator
    correspondent journalist chair chairperson presenter audience caller narrator translator interpreter questioner
    witness counsel attorney official commissioner admiral delegate coordinator director analyst economist
    """.split()
)
"""Words that a transcript calls somebody by instead of, or before, a name."""
VERBS_FIRST = frozenset(
    """
    Said Says Added Adds Asked Asks Wrote Writes Tweeted Replied Responded Continued Concluded Noted Recalled
    """.split()
)
"""Verbs that open a line before a name, as in ``Said Ellis: "…"``."""
PARTICLES = frozenset("von van der den de da di do dos del della du la le al el bin ibn ben ter zu".split())
SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV"))
POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_AROUND = '.,;:()[]“”"‘>*|'
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_SHORTEST = 2
"""Words of a name that are never taken for a role."""
_BEFORE_NAMES = frozenset("activist rival executive author actor actress singer billionaire candidate nominee".split())
_LEADING = frozenset(("the", "a", "an"))
_RUBRICS = frozenset(
    """
    about address agenda agreement aim also analysis and appendix april article attachment august author background
    bcc breaking brief bullet but caption category cc challenge chapter claim clarification climate comment
    conclusion consider contact context copyright correction cost credit currency date deadline december defence
    defense details deutsch disclaimer disclosure economy edited editor email end energy english example exclusive
    exhibit explainer fact facts false fax february figure file filed finance first follow footnote fourth friday
    from further goal guest guests health here hint how however image impact infographic introduction issue issues
    item january july june key language last latest lead length lesson level links listen live location look map
    march may meanwhile media method methodology mobile monday more myth name network next no note notes november
    now number objective objectives october opinion option outcome overview owner page panel panelists part
    participants people phone photo photos picture pictures place platform podcast point points poll position
    postscript premise present price problem proposal proposition pros ps publication published publisher purpose
    quote rating re read reason recommendation recommended reference references related remark remember reminder
    report reported requirement responsibility result results risk rule saturday schedule score second section
    security see september size solution source sources spoiler sport status step still story subject subtitle
    summary sunday table tag tags target task tel telephone terms text theme think third thursday time timeline tip
    title to today tomorrow topic topics total trade transcript translation true truth tuesday twitter type update
    updated url verdict version via video view vote warning watch weather website wednesday week what when where who
    why winner with writing written year yes yesterday
    """.split()
)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a person's name without titles and possessives; empty where nothing is left."""
    words = [POSSESSIVE.sub("", word).strip(_AROUND) for word in text.split()]
    words = [f"{word}." if _abbreviated(word) and f"{word}." in text else word for word in words]
    words = [word for word in words if word and not word.isdigit()]
    while words and _no_name(words[0]):
        words = words[1:]
    while len(words) > _SHORTEST and words[0].casefold() in ROLES | _BEFORE_NAMES:
        words = words[1:]
    return tuple(words)


def surname(words: tuple[str, ...]) -> str:
    """The last word of the name *words* that is no "Jr." or the like."""
    return next((word for word in reversed(words) if word.rstrip(".") not in SUFFIXES), words[-1])


def is_initial(word: str) -> bool:
    """Whether *word* is a given name's initial: ``E.``, ``J.R.``."""
    return _INITIALS.fullmatch(word.rstrip(".")) is not None


def _abbreviated(word: str) -> bool:
    return is_initial(word) or word in ("Jr", "Sr")


def _no_name(word: str) -> bool:
    plain = word.casefold().rstrip(".")
    return plain in TITLES or (word.islower() and plain not in PARTICLES)


def plain_label(name: str, *, titles: bool = False) -> str:
    """*name* in lower case without marks of abbreviation and articles, and without titles unless *titles* is true."""
    words = [word.strip(".").casefold() for word in name.split()]
    words = [word for word in words if word not in _LEADING] or words
    if not titles:
        words = [word for word in words if word not in TITLES] or words
    return " ".join(words)


def names_a_rubric(label: str) -> bool:
    """Whether *label* is the heading of an entry and not a speaker: "Note", "Read more", "Step 2"."""
    words = plain_label(label, titles=True).replace("’s", "").replace("'s", "").split()
    return words[0] in _RUBRICS or any(word.isdigit() for word in words)


def mixed_case(name: str) -> str:
    """*name* as prose writes it where it stands in capitals: ``CHRIS O’NEILL`` is ``Chris O’Neill``."""
    return " ".join(_capitalised(word) if len(word) > 1 and word.isupper() else word for word in name.split())


def _capitalised(word: str) -> str:
    if re.fullmatch(r"(?:\w\.)+", word):
        return word
    parts = [part.capitalize() for part in re.split(r"(?<=[’'-])", word)]
    joined = "".join(parts)
    return re.sub(r"^Mc(\w)", lambda found: "Mc" + found.group(1).upper(), joined)
