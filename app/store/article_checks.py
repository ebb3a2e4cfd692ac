"""Whether the rows of one article hold together: every offset against its text, every quote against its words."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from app.domain import AttributionKind, DocumentKind, ParagraphKind, TextSpan
from app.store.belongings import TABLES
from app.store.correction_schema import machine_analyses
from app.store.intake_schema import bands, signatures, sources, trash
from app.store.provenance import unpack_pieces
from app.store.quote_ids import quote_ids, text_hash
from app.store.readings import spans_of, unpack_readings, unpack_tokens
from app.store.schema import (
    attribution_spans,
    attribution_topics,
    attributions,
    evidence,
    mentions,
    paragraph_topics,
    paragraphs,
    quote_topics,
    quotes,
    readings,
)
from app.store.troubles import Kind, Troubles, trouble
from app.store.versions import PERMUTATIONS, bands_of
from app.store.whole import Row, Whole

_PARAGRAPH_KINDS = frozenset(ParagraphKind)
_ATTRIBUTION_KINDS = frozenset(AttributionKind)
_DOCUMENT_KINDS = frozenset(DocumentKind)
_AROUND = (("clause", "clause"), ("sentence", "sentence"), ("before", "sentence before"), ("after", "sentence after"))
_SIGNATURE_BYTES = 4 * PERMUTATIONS


def check_article(whole: Whole, topics: Collection[str]) -> Troubles:
    """What is wrong with an article, given the ids of all *topics*."""
    yield from _text(whole)
    yield from _source(whole)
    yield from _likeness(whole)
    if whole.article.deleted is not None:
        yield from _deleted(whole)
        return
    if whole.of(trash):
        yield from _not_deleted(whole)
    yield from _paragraphs(whole)
    yield from _attributions(whole)
    yield from _parts(whole)
    yield from _quotes(whole)
    yield from _quote_ids(whole)
    yield from _topics(whole, topics)
    yield from _reading(whole)


def _text(whole: Whole) -> Troubles:
    row = whole.article
    if text_hash(row.text) != row.text_hash:
        what = f"The text of “{row.slug}” is not the one that was taken in: its hash is another."
        yield trouble(Kind.TEXT, row.slug, what, row.id, original=bool(whole.of(sources)))
    words = len(row.text.split())
    if words != row.words:
        yield trouble(Kind.WORDS, row.slug, f"“{row.slug}” has {words:,} words, not {row.words:,}.", row.id)


def _outside(whole: Whole, kind: Kind, named: str, start: int, end: int) -> Troubles:
    row = whole.article
    if not 0 <= start < end <= len(row.text):
        what = f"In “{row.slug}” {named} stands at {start}–{end} of {len(row.text)} characters."
        yield trouble(kind, row.slug, what, row.id, original=bool(whole.of(sources)))


def _source(whole: Whole) -> Troubles:
    row, kept = whole.article, whole.one(sources)
    if kept is None:  # of an older version, or what came in without a document
        return
    if kept.kind not in _DOCUMENT_KINDS:
        yield trouble(Kind.SOURCE, row.slug, f"The original of “{row.slug}” is of no known kind: {kept.kind}.", row.id)
    try:
        pieces = unpack_pieces(kept.pieces)
    except (ValueError, TypeError):
        yield trouble(Kind.SOURCE, row.slug, f"Where “{row.slug}” stands in its original cannot be read.", row.id)
        return
    last = 0
    for piece in pieces:
        found = list(_outside(whole, Kind.SOURCE, "a piece of its original", piece.span.start, piece.span.end))
        if not found and piece.span.start < last:
            what = f"The pieces of the original of “{row.slug}” overlap at {piece.span.start}."
            found.append(trouble(Kind.SOURCE, row.slug, what, row.id))
        last = piece.span.end
        if found:
            yield found[0]
            return


def _likeness(whole: Whole) -> Troubles:
    row, kept = whole.article, whole.one(signatures)
    if kept is None:
        yield trouble(Kind.SIGNATURE, row.slug, f"“{row.slug}” was not compared with the other articles.", row.id)
    elif len(kept.minhash) not in (0, _SIGNATURE_BYTES):
        yield trouble(Kind.SIGNATURE, row.slug, f"What “{row.slug}” is compared by is damaged.", row.id)
    elif {(one.band, one.value) for one in whole.of(bands)} != set(enumerate(bands_of(kept.minhash))):
        yield trouble(Kind.BANDS, row.slug, f"“{row.slug}” is not found by those that are like it.", row.id)


def _deleted(whole: Whole) -> Troubles:
    row, kept = whole.article, whole.one(trash)
    if kept is None or not _unpacks(kept.rows):
        why = "nothing was kept of it" if kept is None else "what was kept of it is damaged"
        yield trouble(Kind.TRASH, row.slug, f"“{row.slug}” was deleted and cannot be brought back: {why}.", row.id)
    elif any(whole.of(table) for table in (paragraphs, attributions, quotes, readings)):
        what = f"“{row.slug}” was deleted, but quotes or paragraphs of it are still there."
        yield trouble(Kind.LEFT_OVER, row.slug, what, row.id)


def _unpacks(packed: bytes) -> bool:
    try:
        rows = json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError):
        return False
    return isinstance(rows, dict) and set(TABLES) <= set(rows) and all(isinstance(some, list) for some in rows.values())


def _not_deleted(whole: Whole) -> Troubles:
    row = whole.article
    if whole.of(paragraphs):
        what = f"“{row.slug}” is in the library and among what was deleted too."
        yield trouble(Kind.LEFT_OVER, row.slug, what, row.id)
    else:
        what = f"“{row.slug}” is not deleted, but its paragraphs and quotes are only among what was deleted."
        yield trouble(Kind.TRASH, row.slug, what, row.id)


def _paragraphs(whole: Whole) -> Troubles:
    row, last = whole.article, 0
    for one in whole.of(paragraphs):
        found = list(_outside(whole, Kind.PARAGRAPH, "a paragraph", one.start, one.end))
        if found:
            yield from found
            return
        problem = ""
        if one.kind not in _PARAGRAPH_KINDS:
            problem = f"A paragraph of “{row.slug}” is of no known kind: {one.kind}."
        elif one.start < last:
            problem = f"The paragraphs of “{row.slug}” overlap, or are in another order, at {one.start}."
        if problem:
            yield trouble(Kind.PARAGRAPH, row.slug, problem, row.id, original=bool(whole.of(sources)))
            return
        last = one.end


def _attributions(whole: Whole) -> Troubles:
    row = whole.article
    for one in whole.of(attributions):
        for name, words in _AROUND:
            start, end = getattr(one, f"{name}_start"), getattr(one, f"{name}_end")
            if start is not None or end is not None:
                yield from _outside(whole, Kind.SPAN, f"the {words} of an attribution", start or 0, end or 0)
        if one.kind not in _ATTRIBUTION_KINDS:
            yield trouble(
                Kind.SPAN, row.slug, f"An attribution of “{row.slug}” is of no known kind: {one.kind}.", row.id
            )
        if one.speaker_id is not None and one.known_speaker is None:
            yield trouble(Kind.SPAN, row.slug, f"A speaker of “{row.slug}” is missing.", row.id)


def _parts(whole: Whole) -> Troubles:
    for one in whole.of(attribution_spans):
        yield from _outside(whole, Kind.SPAN, f"a {one.role}", one.start, one.end)
    for one in whole.of(mentions):
        yield from _outside(whole, Kind.SPAN, "a mention of a speaker", one.start, one.end)
    owners = {one.id: one.attribution_id for one in whole.of(quotes)}
    row = whole.article
    for one in whole.of(evidence):
        yield from _outside(whole, Kind.SPAN, "evidence", one.start, one.end)
        if one.refers_start is not None:
            yield from _outside(whole, Kind.SPAN, "what evidence refers to", one.refers_start, one.refers_end or 0)
        if one.quote_id is not None and owners.get(one.quote_id) != one.attribution_id:
            yield trouble(
                Kind.SPAN, row.slug, f"Evidence in “{row.slug}” belongs to a quote of something else.", row.id
            )


def _quotes(whole: Whole) -> Troubles:
    row = whole.article
    said = {one.id for one in whole.of(attributions)}
    content = _contents(whole)
    for one in whole.of(quotes):
        problem = ""
        found = list(_outside(whole, Kind.QUOTE, f"the quote {one.uid}", one.start, one.end))
        found += _outside(whole, Kind.QUOTE, f"what is shown of the quote {one.uid}", one.window_start, one.window_end)
        yield from found
        first, last = content.get(one.attribution_id, (one.start, one.end))
        if one.attribution_id not in said:
            problem = "belongs to an attribution of another article"
        elif one.kind not in _ATTRIBUTION_KINDS:
            problem = f"is of no known kind: {one.kind}"
        elif not found and not (one.window_start <= one.start and one.end <= one.window_end):
            problem = "stands outside of what is shown of it"
        elif not found and not (first <= one.start and one.end <= last):
            problem = "is not in what its attribution says"
        if problem:
            yield trouble(Kind.QUOTE, row.slug, f"The quote {one.uid} of “{row.slug}” {problem}.", row.id)


def _contents(whole: Whole) -> dict[int, tuple[int, int]]:
    """From where to where the content of each attribution goes; what is said without marks may come in pieces."""
    found: dict[int, tuple[int, int]] = {}
    for one in whole.of(attribution_spans):
        if one.role == "content":
            first, last = found.get(one.attribution_id, (one.start, one.end))
            found[one.attribution_id] = min(first, one.start), max(last, one.end)
    return found


def _quote_ids(whole: Whole) -> Troubles:
    row = whole.article
    if whole.of(machine_analyses):  # its quotes are compared with what they must be
        return
    rows = [one for one in whole.of(quotes) if 0 <= one.start <= one.end <= len(row.text)]
    wanted = quote_ids(row.text, [TextSpan(one.start, one.end) for one in rows])
    kept: defaultdict[TextSpan, list[str]] = defaultdict(list)
    right: defaultdict[TextSpan, list[str]] = defaultdict(list)
    for one, uid in zip(rows, wanted, strict=True):
        span = TextSpan(one.start, one.end)
        kept[span].append(one.uid)
        right[span].append(uid)
    for span, uids in kept.items():
        if sorted(uids) != sorted(right[span]):
            what = f"The quote {uids[0]} of “{row.slug}” has the address of other words."
            yield trouble(Kind.QUOTE, row.slug, what, row.id)


def _topics(whole: Whole, topics: Collection[str]) -> Troubles:
    row = whole.article
    named: list[tuple[str, Iterable[Row]]] = [
        ("A quote", whole.of(quote_topics)),
        ("An attribution", whole.of(attribution_topics)),
        ("A paragraph", whole.of(paragraph_topics)),
        ("Evidence", whole.of(evidence)),
    ]
    for owner, rows in named:
        for topic in sorted({one.topic_id for one in rows} - set(topics)):
            what = f"{owner} of “{row.slug}” has the topic “{topic}”, which the library does not have."
            yield trouble(Kind.TOPIC, row.slug, what, row.id)
    filed = {one.quote_id for one in whole.of(quote_topics)}
    for one in whole.of(quotes):
        if one.id not in filed:
            what = f"The quote {one.uid} of “{row.slug}” has no topic, not even “other”."
            yield trouble(Kind.TOPIC, row.slug, what, row.id)


def _reading(whole: Whole) -> Troubles:
    row, kept = whole.article, whole.one(readings)
    if kept is None:  # of an older version
        return
    try:
        problem = next(_misread(whole, kept), "")
    except (ValueError, TypeError, IndexError, KeyError, AttributeError):
        problem = "cannot be read"
    if problem:
        what = f"What the topics of “{row.slug}” are judged by {problem}."
        yield trouble(Kind.READING, row.slug, what, row.id)


def _misread(whole: Whole, kept: Row) -> Iterator[str]:
    text = whole.article.text
    tokens = unpack_tokens(text, kept.tokens)
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        if not last <= start < end:
            yield f"has tokens out of order at {start}"
        last = end
    if last > len(text):
        yield f"ends at {last} of {len(text)} characters"
    known = {one.uid for one in whole.of(quotes)}
    for uid, reading in unpack_readings(kept.quotes).items():
        if uid not in known:
            yield f"names a quote {uid}, which is not there"
        for span in spans_of(reading):
            if not span.start < span.end <= len(text):
                yield f"stands at {span.start}–{span.end} of {len(text)} characters"
