"""Which words take what: the cues of attributions without marks, by the frame in which they report.

Counted on PolNeAR train (Newell, Margolin and Ruths, LREC 2018): a word stands in a frame where at least two
attributions there have it so, where about a third of all its uses in that frame are attributions, and a fifth with
the very source and edges that are found by the frame: more wrong ones would cost more than the right ones bring.
Verbs of speech that are too rare to count are added. Words are lemmas as spaCy makes them, slips among them.
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
    "aside": ("clause", "add argue conclude explain note predict say think write"),
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
        counter decide declare deny fear feel find hop hope indicate insist know learn let note point
        predict realize report reveal say show suggest tell think want warn worry
        """,
    ),
    "passive to": ("infinitive", "ask expect say"),
    "object for ing": ("infinitive", "attack blame blast chide criticize praise slam thank"),
    "passive for ing": ("infinitive", "criticize know"),
    "at ing": ("infinitive", "balk"),
    "passive that": ("object", "ask report reveal tell"),
    "passive around": ("impersonal", "ask assume declare deem expect intend invite mean report reveal say show"),
    "object state": ("object", "call deem"),
    "A in": ("adjective", "confident"),
    "about ing": ("infinitive", "ask speak talk think worry"),
    "before": ("clause", "add announce argue confirm find note predict report reveal say show suggest tell write"),
    "object as": (
        "object",
        """
        attack cast characterize cite defend describe dismiss frame hail identify list mention name paint
        pitch portray position present reference regard savage see sign tout view
        """,
    ),
    "object with ing": ("infinitive", "show"),
    "wh": (
        "clause",
        """
        address announce ask define describe discuss explain know make note outline question reveal say tell
        understand wonder
        """,
    ),
    "as aside": ("clause", "note point report reveal"),
    "passive of": ("object", "accuse"),
    "small": ("infinitive", "argue find remember show want"),
    "object in ing": ("infinitive", "foresee"),
    "object with": ("object", "announce charge distinguish find list show"),
    "passive of ing": ("infinitive", "accuse"),
    "object by": ("object", "mention show"),
    "to be": ("infinitive", "ask call criticize look respond"),
    "N for": ("noun", "praise"),
    "A that": (
        "adjective",
        """
        adamant aware clear concerned confident convinced glad hopeful optimistic upset worried
        """,
    ),
    "A of": ("adjective", "critical enamored sick skeptical supportive wary"),
    "about": ("object", "boast brag care complain fight report speak speculate talk think write"),
    "ing": ("infinitive", "endorse mention oppose propose report rule say show suggest support"),
    "for": ("object", "apologize argue ask call cheer feel hop plead push vouch"),
    "on ing": ("infinitive", "agree comment disagree"),
    "no subject": ("infinitive", "argue explain hope note show"),
    "passive about": ("object", "ask"),
    "of": ("object", "boast complain learn speak talk warn"),
    "object on": ("object", "air announce blame call criticize name share"),
    "object for": (
        "object",
        """
        announce attack back blame blast call congratulate criticize endorse nominate say see support thank
        """,
    ),
    "object at": ("object", "expect prosecute"),
    "object since": ("object", "enjoy"),
    "object against": ("object", "defend"),
    "passive object": ("object", "announce ask"),
    "A on": ("adjective", "unified"),
    "object over": ("object", "attack"),
    "participle": ("object", "announce reject"),
    "object": (
        "object",
        """
        accuse acknowledge announce applaud articulate assail attack attribute bash believe bemoan blame
        blast boo broadcast brush characterize chide cite claim concede condemn confirm congratulate
        contemplate credit criticize declare decline decry defend denounce deride describe discuss dismiss
        disparage dispute disregard document echo emphasize endorse estimate evince expect explain express
        extoll fear hail hat hate heap herald highlight identify insult interpret invalidate invoke jab
        justify lambast lament liken list mention mock mull name note offer oppose outline peg pitch point
        portray post praise preach prefer prescribe propose question quote ratify rebuke rebut recall recite
        recognize recommend recount reference refuse refute reiterate reject remember renounce repeat replay
        report reprimand reprise repudiate restrict retweete reveal ridicule rip satirize savage say
        sentence shrug single size slam spell state stress suggest talk taunt thank tick tout trash trumpet
        voice vow want witness
        """,
    ),
    "N against": ("noun", "turn"),
    "object to": (
        "infinitive",
        """
        advise announce appoint ask attribute challenge compare defend describe discuss encourage expect
        hire liken name order point press promise propose request sentence show tell tweet urge want warn
        """,
    ),
    "N that": (
        "noun",
        """
        admission agreement argument assertion assumption case complaint concern confidence doubt hope
        insistence remark sense statement suggestion
        """,
    ),
    "around": ("impersonal", "appear dawn project seem"),
    "object of": ("object", "accuse"),
    "over": ("object", "spar"),
    "A about": ("adjective", "concerned nervous upbeat worried"),
    "on": ("object", "agree comment push sound touch"),
    "passive as": ("object", "know nominate portray regard see"),
    "to": (
        "infinitive",
        """
        acquiesce agree aim allude ask call claim consider decide decline forget hop like look love offer
        opt plead pledge point prefer promise propose push refer refuse seek show threaten vote vow want
        """,
    ),
    "A to": ("adjective", "devoted eager guilty happy"),
    "behind": ("object", "line"),
    "for ing": ("infinitive", "call"),
    "object in": ("object", "deny emphasize endorse lay list oppose promise propound"),
    "passive subject": (
        "object",
        """
        announce approve argue boo celebrate claim condemn confirm criticize describe echo endorse identify
        know lambast mention nominate project recommend regard reject report request revile see support
        """,
    ),
    "object to ing": ("infinitive", "shift"),
    "to ing": ("infinitive", "pivot"),
    "against": ("object", "argue campaign come push rail vote"),
    "adverbial": ("infinitive", "ask dwell insist remember"),
    "N about": ("noun", "anxiety attitude comment concern detail joke message note remark speech view word year"),
    "passive as ing": ("infinitive", "see"),
    "at": ("object", "balk hint lash"),
    "N on": ("noun", "consensus decision ruling"),
    "N of": (
        "noun",
        """
        architect defender defense disclosure embrace footage mention opinion secret statement understanding
        """,
    ),
    "by": ("object", "stand"),
    "by ing": ("infinitive", "conclude follow respond"),
    "with": ("object", "agree chime concur disagree empathize provide reckon"),
    "object into": ("object", "call sign"),
    "N to": ("noun", "allegiance hope pledge reluctance vow"),
    "A with": ("adjective", "comfortable pleased unhappy"),
    "object about": ("object", "tell"),
    "in": ("object", "believe"),
    "object from ing": ("infinitive", "prohibit"),
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
