"""Which words take what: the cues of attributions without marks, by the frame in which they report.

Counted on PolNeAR train (Newell, Margolin and Ruths, LREC 2018): a word stands in a frame where at least two
attributions there have it so, where about four in ten of all its uses in that frame are attributions, and a quarter
with the very source and edges that are found by the frame. Verbs of speech that are too rare to count are added.
The surest frames come first; where a cue stands in several at once, the first one counts.
"""

from __future__ import annotations

from spacy.tokens import Token

from app.nlp.cues import INDIRECT

_LEXICON: dict[str, tuple[str, str]] = {
    "object of ing": ("infinitive", "accuse"),
    "passive wh": ("object", "ask"),
    "against ing": ("infinitive", "be caution warn"),
    "object as ing": ("infinitive", "describe quote see"),
    "aside": ("clause", "add argue conclude explain note predict say write"),
    "that": (
        "clause",
        """
        acknowledge add admit agree allege allow announce argue ask assert assume assure believe boast
        calculate caution charge cite claim clarify complain concede conclude confirm contend convince dawn
        declare demonstrate deny determine discover doubt emphasize estimate explain express fear find
        forecast guess hop imply indicate inform insist joke know learn maintain make mention note notice
        order pledge point posit predict promise propose question realize rebut recall recognize recommend
        reiterate remark remind report respond reveal rule say see show signal speculate state stress
        suggest suspect tell think tweet warn wonder worry write
        """,
    ),
    "bare": (
        "clause",
        """
        acknowledge add admit agree announce argue ask assure believe claim conclude confirm consider
        counter decide declare deny fear find hop hope indicate insist know learn let note point predict
        realize report reveal say show suggest tell think want warn worry
        """,
    ),
    "passive to": ("infinitive", "ask expect say"),
    "object for ing": ("infinitive", "attack blame blast chide criticize praise slam thank"),
    "passive for ing": ("infinitive", "criticize know"),
    "at ing": ("infinitive", "balk"),
    "passive that": ("object", "ask report reveal tell"),
    "passive around": ("impersonal", "ask assume declare deem expect intend invite mean report reveal say show"),
    "about ing": ("infinitive", "speak talk think worry"),
    "object state": ("object", "call deem"),
    "before": ("clause", "add announce confirm find note predict report reveal say show suggest tell"),
    "object as": (
        "object",
        """
        attack cast characterize cite defend describe dismiss frame hail identify list mention name paint
        pitch portray position reference regard savage see sign view
        """,
    ),
    "to be": ("infinitive", "ask call criticize"),
    "A in": ("adjective", "confident"),
    "small": ("infinitive", "argue find remember show"),
    "A about": ("adjective", "upbeat worried"),
    "about": ("object", "boast brag complain fight report speak speculate talk"),
    "object with ing": ("infinitive", "show"),
    "wh": (
        "clause",
        """
        address announce ask define describe discuss explain know make note outline question recall reveal
        say tell understand wonder
        """,
    ),
    "as aside": ("clause", "note point report reveal"),
    "passive of": ("object", "accuse"),
    "object in ing": ("infinitive", "foresee"),
    "object with": ("object", "announce charge distinguish find list show"),
    "passive of ing": ("infinitive", "accuse"),
    "by ing": ("infinitive", "conclude follow"),
    "object by": ("object", "mention show"),
    "A that": (
        "adjective",
        """
        adamant aware clear concerned confident convinced glad hopeful optimistic upset worried
        """,
    ),
    "ing": ("infinitive", "endorse mention propose report rule say show suggest support"),
    "of": ("object", "boast complain learn speak warn"),
    "N for": ("noun", "praise"),
    "A of": ("adjective", "critical enamored sick skeptical supportive wary"),
    "object in": ("object", "deny emphasize endorse promise propound"),
    "on ing": ("infinitive", "agree comment disagree"),
    "for": ("object", "apologize argue ask call cheer feel hop push vouch"),
    "no subject": ("infinitive", "argue explain hope note show"),
    "passive about": ("object", "ask"),
    "object": (
        "object",
        """
        accuse acknowledge announce applaud articulate assail attack bash believe bemoan blame blast boo
        broadcast brush characterize chide cite condemn confirm congratulate credit criticize declare
        decline decry defend denounce deride describe discuss dismiss dispute disregard document echo
        emphasize endorse estimate evince explain express extoll fear hail hat heap herald highlight insult
        invalidate justify lambast lament liken list mention mock mull note oppose outline pitch portray
        post praise preach prefer prescribe propose question quote ratify rebuke rebut recall recite recount
        reference refuse refute reiterate reject remember repeat replay report reprimand repudiate restrict
        retweete reveal rip satirize savage say sentence shrug single size slam spell state stress talk
        taunt thank tick tout trumpet voice vow witness
        """,
    ),
    "N on": ("noun", "consensus ruling"),
    "object on": ("object", "air announce blame call criticize name share"),
    "object for": ("object", "announce back blame blast call congratulate criticize endorse say support thank"),
    "to": (
        "infinitive",
        """
        acquiesce agree aim allude call claim consider decide decline forget hop like look love offer plead
        point prefer promise propose push refer refuse seek threaten vote vow
        """,
    ),
    "object at": ("object", "expect prosecute"),
    "passive subject": (
        "object",
        """
        announce approve argue boo claim condemn confirm criticize describe echo endorse know lambast
        mention nominate project recommend reject report revile support
        """,
    ),
    "object since": ("object", "enjoy"),
    "object against": ("object", "defend"),
    "passive object": ("object", "announce ask"),
    "A on": ("adjective", "unified"),
    "object over": ("object", "attack"),
    "participle": ("object", "announce reject"),
    "object to": (
        "infinitive",
        """
        advise appoint ask attribute challenge compare defend describe encourage expect hire liken name
        order point press promise propose request sentence tell tweet urge want warn
        """,
    ),
    "N that": (
        "noun",
        """
        admission agreement argument assertion case complaint concern confidence doubt hope insistence
        remark statement suggestion
        """,
    ),
    "N against": ("noun", "turn"),
    "A to": ("adjective", "devoted eager guilty"),
    "around": ("impersonal", "appear dawn project seem"),
    "object of": ("object", "accuse"),
    "over": ("object", "spar"),
    "on": ("object", "agree comment push sound touch"),
    "passive as": ("object", "know nominate portray regard see"),
    "N about": ("noun", "anxiety attitude concern joke message note speech view word year"),
    "adverbial": ("infinitive", "dwell insist remember"),
    "object into": ("object", "call"),
    "behind": ("object", "line"),
    "with": ("object", "chime concur empathize provide reckon"),
    "against": ("object", "argue campaign come rail vote"),
    "to ing": ("infinitive", "pivot"),
    "N of": ("noun", "architect defender defense disclosure embrace secret statement understanding"),
    "passive as ing": ("infinitive", "see"),
    "at": ("object", "balk hint lash"),
    "N to": ("noun", "hope reluctance vow"),
    "A with": ("adjective", "pleased"),
    "by": ("object", "stand"),
}
"""By frame: the rule that it belongs to, and its words as lemmas."""

FRAMES = {frame: rule for frame, (rule, _) in _LEXICON.items()}
"""By frame, the rule that a record names."""
RANK = {frame: place for place, frame in enumerate(_LEXICON)}
CLAUSES = frozenset(frame for frame, rule in FRAMES.items() if rule == "clause")

_SPOKEN = frozenset(("that", "bare", "before", "aside"))
"""Frames of every verb of speech, also of those too rare to count."""
_NOTHING: frozenset[str] = frozenset()
_VERBAL, _NOMINAL, _ADJECTIVAL = "VERB", "NOUN", "ADJ"


def _kind(frame: str) -> str:
    return {"N": _NOMINAL, "A": _ADJECTIVAL}.get(frame.split(" ", maxsplit=1)[0], _VERBAL)


def _by_word() -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for frame, (_, words) in _LEXICON.items():
        for word in words.split():
            found.setdefault((_kind(frame), word), set()).add(frame)
    for word in INDIRECT:
        found.setdefault((_VERBAL, word), set()).update(_SPOKEN)
    return {key: frozenset(frames) for key, frames in found.items()}


_BY_WORD = _by_word()


def frames_of(cue: Token) -> frozenset[str]:
    """The frames in which *cue* reports, by its lemma and part of speech; none for most words."""
    return _BY_WORD.get((cue.pos_ if cue.pos_ != "AUX" else _VERBAL, cue.lemma_.lower()), _NOTHING)
