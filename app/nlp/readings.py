"""What the topics of a quotation are judged by: its words, the clause it completes, and what both refer to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Span, Token

from app.domain import Reading, SpeakerKind, TextSpan
from app.nlp.linking import is_whole
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_PRONOUNS = frozenset(("it", "this", "that", "they", "them", "these", "those"))
_NONE: frozenset[str] = frozenset()
_OWN_PRONOUNS = {
    SpeakerKind.GROUP: frozenset(("they", "them")),
    SpeakerKind.UNRESOLVED: frozenset(("they", "them", "it")),
    SpeakerKind.ORGANISATION: frozenset(("it", "they", "them")),
    SpeakerKind.DOCUMENT: frozenset(("it",)),
}
"""What the narration calls a speaker in what it reports: "they said they oppose …"."""
_EXPLETIVE = frozenset(("expl", "mark", "det", "relcl"))
_WE = frozenset(("we", "our", "ours"))
_COMMITTING = frozenset("vow pledge promise threaten commit".split())
_WARNING = frozenset(("warn",))
_PASSING = frozenset("in at from near outside inside aboard during on after before since by via through until".split())
"""Prepositions of where and when something is said."""
_ABOUT = frozenset(("about", "of", "on", "to", "regarding", "concerning", "over"))
_SPEAKING = frozenset("speak talk appear write stand sit".split())
_ASKED = frozenset("ask refer comment respond react reply question speak talk address".split())
_CLAUSAL = frozenset(("advcl", "conj", "parataxis", "relcl", "acl"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_RELATIVE = frozenset(("WDT", "WP", "IN"))
_BESIDE = frozenset(("pobj", "npadvmod", "compound"))
_NEAR = 200
"""Tokens to either side of a quotation in which its clause and context are, which keeps endless sentences linear."""
_BACK = 2
"""Sentences that a pronoun may point back over."""
_EARLY = 8
"""Tokens of a quotation among which a pronoun points back; a later one mostly finds its noun within it."""


class Reader:
    """Makes the readings of one parsed text with its attribution *records*."""

    def __init__(self, scene: Scene, records: Sequence[AttributionRecord]) -> None:
        self.scene = scene
        self.doc = scene.doc
        self._sources = [False] * len(self.doc)
        self._cue_of: dict[int, AttributionRecord] = {}
        self._clauses: dict[int, list[int]] = {}
        self._contexts: dict[tuple[int, bool], list[int]] = {}
        self._commits: dict[int, tuple[TextSpan, ...]] = {}
        for record in records:
            for i in range(*(record.source or (0, 0))):
                self._sources[i] = True
            for i in range(*(record.cue or (0, 0))):
                self._cue_of.setdefault(i, record)

    def of_quotation(self, record: AttributionRecord, number: int) -> Reading:
        """The reading of the stretch *number* of *record*."""
        quote = self.scene.quotes[number]
        fragment = not is_whole(self.scene, quote)
        clause = self._clause(record, quote) if fragment else set()
        words = {*range(quote.start, quote.end), *clause}
        return Reading(
            own=(self.doc._.quotations[number].span,),
            clause=self._spans(clause),
            context=self._spans(self._near(self._context(record, told=not fragment), quote) - words),
            before=self._before(quote.start),
            pointers=self._pointers(sorted(words), record),
            we=self._we(record, quote, fragment=fragment),
            voices=tuple(record.introduced),
        )

    def of_clause(self, record: AttributionRecord) -> Reading:
        """The reading of all that *record*, an indirect one, reports."""
        tokens = [i for span in record.content for i in self._tokens(span)]
        return Reading(
            own=tuple(record.content),
            before=self._before(tokens[0]) if tokens else (),
            pointers=self._pointers(tokens, record),
            we=self._committed(record),
            voices=tuple(record.introduced),
        )

    def _clause(self, record: AttributionRecord, quote: Span) -> set[int]:
        """The tokens of the clause that *quote* completes: what is reported with it, and what hangs from the cue."""
        start, end = self.scene.sentence(quote.start)
        start, end = max(start, quote.start - _NEAR), min(end, quote.end + _NEAR)
        if record.cue is None:
            found = [i for i in range(start, end) if self._told(i)]
        else:
            whole = self._reported(record)
            found = whole[bisect_left(whole, start) : bisect_left(whole, end)]
        return {i for i in found if not quote.start <= i < quote.end}

    def _reported(self, record: AttributionRecord) -> list[int]:
        """The tokens of all that *record* reports and of what hangs from its cue, in order; worked out once."""
        if id(record) not in self._clauses and record.cue is not None:
            found = {i for span in record.content for i in self._tokens(span)}
            found.update(self._under(self.doc[slice(*record.cue)].root, record))
            self._clauses[id(record)] = sorted(filter(self._told, found))
        return self._clauses.get(id(record), [])

    def _told(self, i: int) -> bool:
        return not (self._sources[i] or self.scene.in_heading[i])

    def _under(self, cue: Token, record: AttributionRecord) -> Iterator[int]:
        """What hangs from *cue*, but clauses that others report and where or when it is said."""
        yield cue.i
        for child in cue.children:
            if child.dep_ == "advcl" and child.lemma_ in _SPEAKING:  # "Speaking at a summit of NATO, he said …"
                waiting = [one for one in child.children if one.lower_ in _ABOUT]
            else:
                waiting = [] if self._passing(child) or self._others(child, record) else [child]
            for one in waiting:
                yield from self._tree(one, record)

    def _tree(self, token: Token, record: AttributionRecord) -> Iterator[int]:
        waiting = [token]
        while waiting:
            one = waiting.pop()
            yield one.i
            waiting += [child for child in one.children if not self._others(child, record)]

    def _others(self, child: Token, record: AttributionRecord) -> bool:
        """Whether *child* heads a clause that somebody else reports, or that stands beside with its own subject."""
        owner = self._cue_of.get(child.i)
        if owner is not None and owner is not record and not _shares(owner, record) and child.dep_ in _CLAUSAL:
            return True
        return (
            child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and any(one.dep_ in _SUBJECTS for one in child.lefts)
        )

    def _passing(self, child: Token) -> bool:
        return child.dep_ == "prep" and child.lower_ in _PASSING and child.lower_ not in _ABOUT

    def _near(self, tokens: list[int], quote: Span) -> set[int]:
        """Those of *tokens*, which are in order, that stand near *quote*."""
        first, last = quote.start - _NEAR, quote.end + _NEAR
        return set(tokens[bisect_left(tokens, first) : bisect_left(tokens, last)])

    def _context(self, record: AttributionRecord, *, told: bool) -> list[int]:
        """What the speaker has just said in the sentence ("…, adding she was …"), and where *told* to whom it is said,
        and of what: "told the allies", "asked about the pipeline". In order; worked out once."""
        key = id(record), told
        if key not in self._contexts:
            self._contexts[key] = sorted(self._around(record, told=told))
        return self._contexts[key]

    def _around(self, record: AttributionRecord, *, told: bool) -> set[int]:
        if record.cue is None:
            return set()
        cue = self.doc[slice(*record.cue)].root
        found: set[int] = set()
        above = self._cue_of.get(cue.head.i) if cue.dep_ in ("advcl", "conj") else None
        if above is not None and above is not record and above.speaker == record.speaker:
            found.update(i for span in above.content for i in self._tokens(span))
        for child in cue.children if told else ():
            hearer = child.dep_ in ("dobj", "dative") or (
                child.dep_ == "prep" and child.lower_ in _ABOUT - {"on", "to"}
            )
            asked = child.dep_ == "advcl" and child.lemma_ in _ASKED
            if hearer or asked:
                found.update(i for i in self._tree(child, record) if self.scene.free(self.doc[i]))
        return {i for i in found if not self._sources[i]}

    def _before(self, i: int) -> tuple[TextSpan, ...]:
        """The two sentences before that of token *i*, the nearer first, up to a heading; without who speaks in them."""
        found: list[TextSpan] = []
        first = self.scene.sentence(i)[0]
        for _ in range(_BACK):
            if first == 0 or self.scene.in_heading[first - 1]:
                break
            start, end = self.scene.sentence(first - 1)
            found += self._spans({j for j in range(max(start, end - _NEAR), end) if not self._sources[j]})
            first = start
        return tuple(found)

    def _pointers(self, tokens: Sequence[int], record: AttributionRecord) -> tuple[TextSpan, ...]:
        """Pronouns among the first of *tokens* that no noun stands before, and that do not mean the speaker."""
        own = _OWN_PRONOUNS.get(record.speaker.kind, _NONE) if record.speaker else _NONE
        for i in tokens[:_EARLY]:
            token = self.doc[i]
            if token.lower_ in own and self.scene.free(token):
                continue
            back = token.lower_ in _PRONOUNS and token.pos_ in ("PRON", "DET") and token.tag_ not in _RELATIVE
            if back and token.dep_ not in _EXPLETIVE and not _announces(token):
                return (TextSpan(token.idx, token.idx + len(token)),)
            if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _BESIDE:
                return ()
        return ()

    def _we(self, record: AttributionRecord, quote: Span, *, fragment: bool) -> tuple[TextSpan, ...]:
        ours = tuple(TextSpan(token.idx, token.idx + len(token)) for token in quote if token.lower_ in _WE)
        return ours or (self._committed(record) if fragment else ())

    def _committed(self, record: AttributionRecord) -> tuple[TextSpan, ...]:
        """The cue, where by it the speaker commits the speaker's own side: "vowed a swift response"."""
        if id(record) not in self._commits:
            self._commits[id(record)] = self._commitment(record)
        return self._commits[id(record)]

    def _commitment(self, record: AttributionRecord) -> tuple[TextSpan, ...]:
        if record.cue is None:
            return ()
        cue = self.doc[slice(*record.cue)]
        subject = any(
            self.doc[i].dep_ in _SUBJECTS and self.doc[i].pos_ != "PRON" and self.doc[i].head.dep_ != "advcl"
            for span in record.content
            for i in self._tokens(span)
        )
        warned = cue.root.lemma_ in _WARNING and (
            cue[-1].lower_ == "of" or any(child.lower_ == "of" for child in cue.root.children)
        )
        committing = cue.root.lemma_ in _COMMITTING or warned
        return (TextSpan(cue.start_char, cue.end_char),) if committing and not subject else ()

    def _tokens(self, span: TextSpan) -> range:
        if span.start == span.end:
            return range(0)
        return range(self.scene.token_at(span.start), self.scene.token_at(span.end - 1) + 1)

    def _spans(self, tokens: Iterable[int]) -> tuple[TextSpan, ...]:
        """*tokens* as spans, those that stand together in one."""
        found: list[TextSpan] = []
        last = -2
        for i in sorted(tokens):
            token = self.doc[i]
            if token.is_space:
                last += i == last + 1
                continue
            if i == last + 1 and found:
                found[-1] = TextSpan(found[-1].start, token.idx + len(token))
            else:
                found.append(TextSpan(token.idx, token.idx + len(token)))
            last = i
        return tuple(found)


def _announces(pronoun: Token) -> bool:
    """Whether *pronoun* only holds the place of the clause behind it: "it is clear that …"."""
    verb = pronoun.head
    told = (*verb.children, *(inner for child in verb.children if child.dep_ == "acomp" for inner in child.children))
    clause = any(child.dep_ in ("ccomp", "xcomp", "csubj") and child.i > verb.i for child in told)
    return pronoun.lower_ == "it" and pronoun.dep_ in _SUBJECTS and verb.lemma_ == "be" and clause


def _shares(one: AttributionRecord, other: AttributionRecord) -> bool:
    """Whether the contents of two records overlap: one is said within the other."""
    return any(a.start < b.end and b.start < a.end for a in one.content for b in other.content)
