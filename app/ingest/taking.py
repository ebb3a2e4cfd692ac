"""One document into the library: read, looked for, analysed, stored; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from app.domain import Analysis, AttributionKind, Document
from app.errors import Conflict
from app.ingest.analysers import TextAnalyser
from app.ingest.given import pack_given
from app.ingest.likeness import Signer, signature
from app.ingest.limits import READING_SECONDS, deadline, memory
from app.settings import Settings
from app.store import meta
from app.store.articles import add_article
from app.store.deleting import restore_article
from app.store.job_rows import JobKind, JobOutcome, NewJob
from app.store.jobs import add_jobs
from app.store.originals import keep_original, original_hash
from app.store.provenance import Source, article_from, put_source
from app.store.reanalysing import Found, find_text
from app.store.topic_revisions import current_revision
from app.store.versions import link_versions, put_signature
from app.text.given import Given
from app.text.reading import read_document

TRIES = 5
"""How often a text is analysed anew because somebody saved other topics meanwhile."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document: ``article_id`` is the row of the article that has it now."""

    outcome: JobOutcome
    article_id: int
    slug: str
    message: str


class LostError(Exception):
    """The job was taken from whoever did it; what was written for it must not stand."""


Ending = Callable[[Connection, Taken], bool]
"""Told what became of the document, in the transaction that stores it; whether it may stand."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What it takes to take documents in; *sign* makes the signatures by which near-copies are known."""

    engine: Engine
    settings: Settings
    analyser: TextAnalyser
    sign: Signer = signature


def take_in(
    shop: Shop, data: bytes, given: Given, end: Ending, *, address: str | None = None, quiet: bool = False
) -> Taken:
    """Read the document *data* and store its article, once.

    Args:
        shop: the library and who analyses.
        data: the document as it was given.
        given: what else is known of it.
        end: called once, in the transaction of what became of it.
        address: where it was fetched from, if it was.
        quiet: whether more is to come at once, so that pages need not show this one before the others.

    Raises:
        IngestError: it cannot be read.
        AnalysisError: it cannot be analysed.
        Conflict: somebody saved other topics again and again meanwhile.
        LostError: *end* said no, and nothing was changed.
    """
    known = _same_bytes(shop.engine, data, given)
    if known is None:
        document = read(data, given, shop.settings)
        known = _same_text(shop.engine, document)
        if known is None:
            return _add(shop, data, given, document, end, address=address, quiet=quiet)
    return _known(shop.engine, known, end)


def read(data: bytes, given: Given, settings: Settings) -> Document:
    """The document in *data*, read within limits: a process that takes too long over it ends.

    Raises:
        IngestError: it cannot be read, or takes too much memory.
    """
    with deadline(READING_SECONDS), memory():
        return read_document(data, given, max_characters=settings.max_characters)


def _same_bytes(engine: Engine, data: bytes, given: Given) -> Found | None:
    if given.repair:
        return None
    with engine.connect() as conn:
        return article_from(conn, original_hash(data))


def _same_text(engine: Engine, document: Document) -> Found | None:
    with engine.connect() as conn:
        return find_text(conn, document.article.text)


def _known(engine: Engine, found: Found, end: Ending) -> Taken:
    with engine.begin() as conn:
        if found.deleted:
            if restore_article(conn, found.slug):  # the topics are other ones now
                add_jobs(conn, [NewJob(JobKind.REANALYSE, found.slug, article=found.slug)])
            message = f"You had deleted this text; it is back as “{found.slug}”."
            return _ended(conn, Taken(JobOutcome.RESTORED, found.id, found.slug, message), end)
        message = f"This text is in the library as “{found.slug}”; nothing was changed."
        return _ended(conn, Taken(JobOutcome.KNOWN, found.id, found.slug, message), end)


def _ended(conn: Connection, taken: Taken, end: Ending) -> Taken:
    if not end(conn, taken):
        raise LostError
    return taken


def _add(
    shop: Shop, data: bytes, given: Given, document: Document, end: Ending, *, address: str | None, quiet: bool
) -> Taken:
    article, engine = document.article, shop.engine
    likeness = shop.sign(article.text)
    for _ in range(TRIES):
        with engine.connect() as conn:
            revision = current_revision(conn)
        analysis = shop.analyser.analyse(article.text, document.paragraphs, article.title)
        with engine.begin() as conn:
            meta.lock(conn)
            if current_revision(conn) != revision:
                continue
            slug, created = add_article(conn, article, analysis, quiet=quiet)
            found = find_text(conn, article.text)
            if found is None or not created:
                message = f"This text is in the library as “{slug}”; nothing was changed."
                return _ended(conn, Taken(JobOutcome.KNOWN, found.id if found else 0, slug, message), end)
            put_source(conn, found.id, source_of(keep_original(conn, data), given, document, address))
            put_signature(conn, found.id, likeness)
            versions = link_versions(conn, found.id, signature=likeness, url=article.url)
            message = found_in(analysis)
            if versions:
                message += f" A version of “{versions[0].title}”."
            outcome = JobOutcome.VERSION if versions else JobOutcome.ADDED
            return _ended(conn, Taken(outcome, found.id, slug, message), end)
    raise Conflict("The topics were changed again and again while this text was read; try again.")


def source_of(digest: str, given: Given, document: Document, address: str | None) -> Source:
    """Where *document* came from, to be kept beside its article."""
    return Source(
        original=digest,
        name=given.name or address or "",
        kind=document.kind,
        media_type=given.media_type,
        encoding=document.encoding,
        address=address,
        given=pack_given(given),
        notes=document.notes,
        garbled=document.garbled,
        pieces=document.sources,
    )


def found_in(analysis: Analysis) -> str:
    """What *analysis* found, in a sentence."""
    indirect = sum(quote.kind is AttributionKind.INDIRECT for quote in analysis.quotes)
    quotes = len(analysis.quotes) - indirect
    if not analysis.quotes:
        return "No quotes found: the text quotes nobody in words or in marks."
    return f"{quotes:,} {'quote' if quotes == 1 else 'quotes'}, {indirect:,} indirect."
