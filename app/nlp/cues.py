"""The cue lexicon: the words by which English says that somebody says something.

Chosen by hand from the verbs that reporting guides list; lemmas, lower case. ``SPEECH`` verbs make an attribution by
themselves, quotation marks or none. ``STANCE`` verbs do so only where the words between marks stand in their object.
"""

SPEECH = frozenset(
    """
    acknowledge add admit advise affirm agree allege announce answer argue ask assert assure caution challenge
    cite claim clarify comment complain concede conclude confess confirm contend continue counter declare demand
    deny describe disclose echo elaborate emphasise emphasize exclaim explain express hint inform insist
    interject joke lament maintain mutter note observe opine pledge point proclaim promise pronounce
    propose protest quip quote read reaffirm reassure recall reckon recommend recount reiterate rejoin remark
    remind repeat reply report request respond retort reveal say shout speculate state stress suggest tell
    testify think threaten tweet underline underscore urge vow warn whisper wonder write post predict stipulate
    summarise summarize believe hail
    """.split()
)

STANCE = frozenset(
    """
    abhor accuse applaud back blame blast brand call characterise characterize compare condemn criticise
    criticize decry defend demand denounce deplore deride describe dismiss dub endorse hail label laud lambast
    mock name oppose portray praise present recognise recognize refer reject rebuff rebuke regard renew seek
    slam support talk term title use view voice welcome advocate cite define detail end begin open close
    conclude signal outline pen set commit convey invoke reference speak stand vow expect fear hope see treat
    hit
    """.split()
)

INDIRECT = SPEECH - frozenset(
    """
    read recall cite quote post describe express hail remind challenge
    """.split()
)
"""Verbs whose clause is an indirect attribution though nothing in it is quoted."""

DOCUMENT_NOUNS = frozenset(
    """
    statement communique communiqué declaration document report letter text agreement resolution treaty
    joint-statement memo memorandum paper article release transcript dossier bill law order editorial study
    survey poll speech tweet post
    """.split()
)

PLURAL_GROUP_NOUNS = frozenset(
    """
    leader president side party two pair duo trio quartet minister counterpart government country nation head
    man both
    """.split()
)

COLLECTIVES = {
    **dict.fromkeys(("pair", "duo", "couple", "two"), 2),
    **dict.fromkeys(("trio", "three"), 3),
    **dict.fromkeys(("quartet", "four"), 4),
    **dict.fromkeys(("quintet", "five"), 5),
}
"""Words for several people named before, with how many they are."""

OFFICES = {
    "president": ("president", "head of state", "leader"),
    "premier": ("premier", "prime minister", "leader"),
    "pm": ("pm", "prime minister", "premier", "leader"),
    "prime minister": ("prime minister", "pm", "premier", "leader"),
    "congressman": ("congressman", "representative", "rep.", "rep", "lawmaker"),
    "congresswoman": ("congresswoman", "representative", "rep.", "rep", "lawmaker"),
    "senator": ("senator", "sen.", "sen", "lawmaker"),
    "governor": ("governor", "gov.", "gov"),
    "spokeswoman": ("spokeswoman", "spokesperson"),
    "spokesman": ("spokesman", "spokesperson"),
    "adviser": ("adviser", "advisor", "aide"),
    "advisor": ("adviser", "advisor", "aide"),
}
"""Other words by which the holder of an office is called."""

TITLES = frozenset(
    """
    mr mrs ms miss dr sir dame lord lady president prime minister premier chancellor secretary senator sen rep
    representative governor gov general gen judge justice king queen prince princess pope ambassador congressman
    congresswoman chairman chairwoman mayor professor prof pm vice vice-president foreign former then leader
    captain colonel col lt sgt speaker
    admiral councillor councilman councilwoman commissioner archbishop sheriff lieutenant commander assemblyman
    assemblywoman chairperson spokesman spokeswoman marshal superintendent inspector reverend rev pastor president-elect
    """.split()
)

BODY_NOUNS = frozenset(
    """
    ministry government administration department agency office party committee council company army military
    police court parliament embassy union commission bank group presidency firm organisation organization
    alliance service campaign team authority regime bloc house network force coalition newspaper
    """.split()
)
"""Common nouns that name an organisation."""
